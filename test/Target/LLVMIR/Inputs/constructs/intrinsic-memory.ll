; memcpy.inline, memset.inline, element-wise atomic copies

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
  call void @llvm.memcpy.inline.p0.p0.i64(ptr align 4 %slot, ptr %callee, i64 16, i1 true)
  call void @llvm.memset.inline.p0.i64(ptr %slot, i8 1, i64 16, i1 false)
  call void @llvm.memcpy.element.unordered.atomic.p0.p0.i64(ptr align 4 %slot, ptr align 4 %callee, i64 16, i32 4)
  call void @llvm.memmove.element.unordered.atomic.p0.p0.i64(ptr align 4 %slot, ptr align 4 %callee, i64 16, i32 4)
  call void @llvm.memset.element.unordered.atomic.p0.i64(ptr align 4 %slot, i8 0, i64 16, i32 4)
  call void @llvm.experimental.memset.pattern.p0.i32.i64(ptr %slot, i32 5, i64 16, i1 false)
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare void @llvm.memcpy.inline.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memset.inline.p0.i64(ptr, i8, i64, i1)
declare void @llvm.memcpy.element.unordered.atomic.p0.p0.i64(ptr, ptr, i64, i32)
declare void @llvm.memmove.element.unordered.atomic.p0.p0.i64(ptr, ptr, i64, i32)
declare void @llvm.memset.element.unordered.atomic.p0.i64(ptr, i8, i64, i32)
declare void @llvm.experimental.memset.pattern.p0.i32.i64(ptr, i32, i64, i1)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
