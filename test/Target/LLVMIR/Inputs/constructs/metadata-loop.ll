; Hints of loops

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
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  %p = getelementptr i32, ptr %slot, i32 %i
  %a = load i32, ptr %p, !llvm.access.group !4
  %next = add i32 %i, 1
  %more = icmp slt i32 %next, %n
  br i1 %more, label %loop, label %done, !llvm.loop !3
done:
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
!3 = distinct !{!3, !5, !6, !7, !8}
!4 = distinct !{}
!5 = !{!"llvm.loop.mustprogress"}
!6 = !{!"llvm.loop.unroll.count", i32 4}
!7 = !{!"llvm.loop.vectorize.enable", i1 true}
!8 = !{!"llvm.loop.parallel_accesses", !4}
