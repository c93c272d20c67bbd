; Instructions of vectors

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
  %v = load <4 x i32>, ptr %slot
  %e = extractelement <4 x i32> %v, i32 %n
  %w = insertelement <4 x i32> %v, i32 %e, i64 2
  %s = shufflevector <4 x i32> %v, <4 x i32> %w, <4 x i32> <i32 0, i32 7, i32 poison, i32 3>
  %h = shufflevector <4 x i32> %v, <4 x i32> poison, <2 x i32> zeroinitializer
  %c = icmp slt <4 x i32> %v, %w
  %t = select <4 x i1> %c, <4 x i32> %s, <4 x i32> %w
  store <4 x i32> %t, ptr %slot
  store <2 x i32> %h, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
