; Signing of pointers

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32"
target triple = "aarch64-unknown-linux-gnu"

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) "target-features"="+pauth" !kcfi_type !2 {
  %a = ptrtoint ptr %slot to i64
  %b = call i64 @llvm.ptrauth.blend(i64 %a, i64 5)
  %c = call i64 @llvm.ptrauth.sign(i64 %a, i32 2, i64 %b)
  %d = call i64 @llvm.ptrauth.resign(i64 %c, i32 2, i64 %b, i32 1, i64 0)
  store i64 %d, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare i64 @llvm.ptrauth.blend(i64, i64)
declare i64 @llvm.ptrauth.sign(i64, i32, i64)
declare i64 @llvm.ptrauth.resign(i64, i32, i64, i32, i64)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
