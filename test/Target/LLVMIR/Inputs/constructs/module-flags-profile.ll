; A profile summary

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
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0, !3}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
!3 = !{i32 1, !"ProfileSummary", !4}
!4 = !{!5, !6, !7, !8, !9, !10, !11, !12}
!5 = !{!"ProfileFormat", !"InstrProf"}
!6 = !{!"TotalCount", i64 100}
!7 = !{!"MaxCount", i64 50}
!8 = !{!"MaxInternalCount", i64 10}
!9 = !{!"MaxFunctionCount", i64 50}
!10 = !{!"NumCounts", i64 3}
!11 = !{!"NumFunctions", i64 2}
!12 = !{!"DetailedSummary", !13}
!13 = !{!14, !15}
!14 = !{i32 10000, i64 50, i32 1}
!15 = !{i32 999999, i64 10, i32 2}
