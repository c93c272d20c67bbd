; Calling conventions x86_stdcallcc, x86_fastcallcc, x86_thiscallcc

target datalayout = "e-m:e-p:32:32-p270:32:32-p271:32:32-p272:64:64-i128:128-f64:32:64-f80:32-n8:16:32-S128"
target triple = "i386-unknown-linux-gnu"

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  %result_x86_stdcallcc = call x86_stdcallcc i32 @x86_stdcallcc(i32 %n)
  %through_x86_stdcallcc = call x86_stdcallcc i32 %slot(i32 %n)
  store i32 %result_x86_stdcallcc, ptr %slot
  %result_x86_fastcallcc = call x86_fastcallcc i32 @x86_fastcallcc(i32 %n)
  %through_x86_fastcallcc = call x86_fastcallcc i32 %slot(i32 %n)
  store i32 %result_x86_fastcallcc, ptr %slot
  %result_x86_thiscallcc = call x86_thiscallcc i32 @x86_thiscallcc(i32 %n)
  %through_x86_thiscallcc = call x86_thiscallcc i32 %slot(i32 %n)
  store i32 %result_x86_thiscallcc, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

define x86_stdcallcc i32 @x86_stdcallcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define x86_fastcallcc i32 @x86_fastcallcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define x86_thiscallcc i32 @x86_thiscallcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
