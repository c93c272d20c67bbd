; Strings with zero bytes and long integers

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@g = global [3 x i64] [i64 -1, i64 9223372036854775807, i64 0]
@wide = global i128 170141183460469231731687303715884105727
@s = private unnamed_addr constant [4 x i8] c"\00\01\80\FF"
@i1s = global [2 x i1] [i1 true, i1 false]
@halves = global [2 x half] [half 0xH3C00, half 0xH7E01]

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

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
