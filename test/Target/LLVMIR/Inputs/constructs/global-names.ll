; Names with quotes, spaces, control characters and a \01 prefix

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@"a \22quoted\22 name" = global i32 1
@"\01_raw" = global i32 2
@"\E2\82\AC" = global i32 3
@"new\0Aline" = internal global i32 5
@"llvm.mine" = global i32 4

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  store i32 5, ptr @"a \22quoted\22 name"
  store i32 5, ptr @"\01_raw"
  store i32 5, ptr @"\E2\82\AC"
  store i32 5, ptr @"new\0Aline"
  call void @"\01raw function"()
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare void @"\01raw function"()

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
