; Integers of odd and large widths, with constants

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
  %a = trunc i32 %n to i7
  %b = add i7 %a, -3
  %c = zext i7 %b to i65
  %d = mul i65 %c, 36893488147419103231
  %e = zext i65 %d to i128
  %f = xor i128 %e, 170141183460469231731687303715884105727
  store i128 %f, ptr %slot
  %g = load i1024, ptr %slot
  %h = add i1024 %g, 1
  store i1024 %h, ptr %slot
  %i = load <3 x i5>, ptr %slot
  %j = add <3 x i5> %i, <i5 1, i5 -2, i5 3>
  store <3 x i5> %j, ptr %slot
  %k = trunc i32 %n to i1
  %l = xor i1 %k, true
  store i1 %l, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
