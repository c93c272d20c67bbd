; Structured exceptions: local escape and recovery

target datalayout = "e-m:w-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-pc-windows-msvc"

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) personality ptr @__C_specific_handler !kcfi_type !2 {
  %local = alloca i32
  call void (...) @llvm.localescape(ptr %local)
  invoke void @may_throw() to label %next unwind label %dispatch
next:
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
dispatch:
  %switch = catchswitch within none [label %handler] unwind to caller
handler:
  %pad = catchpad within %switch [ptr @filter]
  catchret from %pad to label %done
done:
  %value = load i32, ptr %local
  ret i32 %value
}

declare i32 @__C_specific_handler(...)
declare void @may_throw()
declare void @llvm.localescape(...)
declare ptr @llvm.localrecover(ptr, ptr, i32 immarg)
define internal i32 @filter(ptr %pointers, ptr %frame) {
  %place = call ptr @llvm.localrecover(ptr @user, ptr %frame, i32 0)
  store i32 3, ptr %place
  ret i32 1
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
