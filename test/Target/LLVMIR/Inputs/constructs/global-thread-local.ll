; Thread-local variables of every model

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@g = thread_local global i32 1
@g2 = thread_local(localdynamic) global i32 2
@g3 = thread_local(initialexec) global i32 3
@g4 = external thread_local(localexec) global i32
@g5 = internal thread_local global i32 0

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  %p = call ptr @llvm.threadlocal.address.p0(ptr @g)
  store ptr %p, ptr %slot
  %p2 = call ptr @llvm.threadlocal.address.p0(ptr @g2)
  store ptr %p2, ptr %slot
  %p3 = call ptr @llvm.threadlocal.address.p0(ptr @g3)
  store ptr %p3, ptr %slot
  %p4 = call ptr @llvm.threadlocal.address.p0(ptr @g4)
  store ptr %p4, ptr %slot
  store ptr @g5, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare ptr @llvm.threadlocal.address.p0(ptr)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
