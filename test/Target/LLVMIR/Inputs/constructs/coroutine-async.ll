; An asynchronous coroutine

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@info = global <{ i32, i32 }> <{ i32 trunc (i64 sub (i64 ptrtoint (ptr @user to i64), i64 ptrtoint (ptr @info to i64)) to i32), i32 128 }>

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define swiftcc i32 @user(ptr %callee, ptr %slot, i32 %n) presplitcoroutine !kcfi_type !2 {
  %id = call token @llvm.coro.id.async(i32 128, i32 16, i32 0, ptr @info)
  %handle = call ptr @llvm.coro.begin(token %id, ptr null)
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  call void (ptr, i1, ...) @llvm.coro.end.async(ptr %handle, i1 false)
  unreachable
}

declare token @llvm.coro.id.async(i32, i32, i32, ptr)
declare ptr @llvm.coro.begin(token, ptr)
declare void @llvm.coro.end.async(ptr, i1, ...)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
