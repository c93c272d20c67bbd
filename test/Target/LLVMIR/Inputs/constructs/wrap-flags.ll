; nuw, nsw, exact, disjoint, nneg, samesign and trunc flags

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  %a = add nuw nsw i32 %n, 1
  %b = sub nuw i32 %a, %n
  %c = mul nsw i32 %b, 3
  %d = shl nuw nsw i32 %c, 1
  %e = udiv exact i32 %d, 2
  %f = sdiv exact i32 %e, 2
  %g = lshr exact i32 %f, 1
  %h = ashr exact i32 %g, 1
  %i = or disjoint i32 %h, 1
  %j = zext nneg i32 %i to i64
  store i64 %j, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
