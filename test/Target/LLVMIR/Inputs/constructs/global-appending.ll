; llvm.global_ctors, llvm.global_dtors, llvm.used and llvm.compiler.used

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@llvm.global_ctors = appending global [2 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @start, ptr null }, { i32, ptr, ptr } { i32 101, ptr @start, ptr @g }]
@llvm.global_dtors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @start, ptr null }]
@llvm.used = appending global [2 x ptr] [ptr @g, ptr @start], section "llvm.metadata"
@llvm.compiler.used = appending global [1 x ptr] [ptr @local], section "llvm.metadata"
@g = internal global i32 4

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  %g = load volatile i32, ptr @g
  store volatile i32 %g, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

define internal void @start() !kcfi_type !1 {
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
