; undef and poison as operands

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
  %a = add i32 undef, %n
  %b = insertelement <2 x i32> poison, i32 %a, i32 0
  %c = insertvalue { i32, i32 } undef, i32 %n, 1
  store <2 x i32> %b, ptr %slot
  store { i32, i32 } %c, ptr %slot
  store ptr undef, ptr %slot
  store <2 x i32> <i32 1, i32 undef>, ptr %slot
  store <2 x i32> <i32 poison, i32 2>, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
