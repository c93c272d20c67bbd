; A module with everything whose loss run-corpus must notice: ids of definitions
; and declarations, checks of a call, a table of functions.
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@table = internal constant [2 x ptr] [ptr @twice, ptr @outside]

declare !kcfi_type !1 i32 @outside(i32)

define internal i32 @twice(i32 %n) !kcfi_type !1 {
  %result = shl i32 %n, 1
  ret i32 %result
}

define i32 @call(i64 %index, i32 %n) !kcfi_type !2 {
  %slot = getelementptr [2 x ptr], ptr @table, i64 0, i64 %index
  %target = load ptr, ptr %slot, align 8
  %result = call i32 %target(i32 %n) [ "kcfi"(i32 330644) ]
  ret i32 %result
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 330644}
!2 = !{i32 77}
