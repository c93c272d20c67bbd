; Intrinsics of memory tagging

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32"
target triple = "aarch64-unknown-linux-gnu"

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) "target-features"="+mte" !kcfi_type !2 {
  %a = call ptr @llvm.aarch64.irg(ptr %slot, i64 0)
  %b = call ptr @llvm.aarch64.tagp.p0(ptr %slot, ptr %a, i64 1)
  store ptr %b, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare ptr @llvm.aarch64.irg(ptr, i64)
declare ptr @llvm.aarch64.tagp.p0(ptr, ptr, i64 immarg)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
