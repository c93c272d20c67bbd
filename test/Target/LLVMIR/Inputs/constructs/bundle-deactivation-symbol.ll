; Bundle "deactivation-symbol"

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32"
target triple = "aarch64-unknown-linux-gnu"

@switch = external global i8

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) "target-features"="+pauth" !kcfi_type !2 {
  %a = ptrtoint ptr %slot to i64
  %s = call i64 @llvm.ptrauth.sign(i64 %a, i32 2, i64 5) [ "deactivation-symbol"(ptr @switch) ]
  store i64 %s, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare i64 @llvm.ptrauth.sign(i64, i32, i64)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
