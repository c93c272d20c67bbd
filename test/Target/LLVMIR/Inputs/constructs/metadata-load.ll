; Hints of loads: range, non-null, dereferenceable, aligned, invariant, noundef, nontemporal

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
  %a = load i32, ptr %slot, !range !3, !noundef !4
  %b = load ptr, ptr %slot, !nonnull !4, !dereferenceable !5, !align !5, !noundef !4
  %c = load ptr, ptr %slot, !dereferenceable_or_null !5, !invariant.load !4, !invariant.group !4
  %d = load i32, ptr %slot, !nontemporal !6
  %e = load float, ptr %slot
  store i32 %a, ptr %b
  store i32 %d, ptr %c, !nontemporal !6, !invariant.group !4
  store float %e, ptr %slot
  %f = call i32 @other(i32 1), !range !3
  store i32 %f, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
!3 = !{i32 0, i32 10}
!4 = !{}
!5 = !{i64 8}
!6 = !{i32 1}
