; H7: an expanded check is ordinary code that the optimiser does not see
; through. Expanded before inlining, the check of a call that became direct and
; was inlined stays; expanded afterwards nothing is left of it.
;
; What we do: checks are expanded at the end of the pipeline; calls that are
; direct by then have no check.
; If this test fails because the first pipeline leaves no check either: the
; position of kcfi-expand-checks in the pipeline no longer matters for this.

; RUN: opt -passes='function(kcfi),default<O2>' -S %s | FileCheck %s --check-prefixes=CHECK,EARLY
; RUN: opt -passes='default<O2>,function(kcfi)' -S %s | FileCheck %s --check-prefixes=CHECK,LATE

; CHECK-LABEL: define i32 @user(
; EARLY:         load i32, ptr getelementptr{{.*}}@triple
; EARLY:         icmp eq i32 %{{.*}}, 305419896
; EARLY:         call void @llvm.debugtrap()
; EARLY:         mul i32 %x, 3
; LATE-NOT:      {{load|br|call}}
; LATE:          mul i32 %x, 3
; LATE-NOT:      {{load|br|call}}
; CHECK:       }

target triple = "loongarch64-unknown-linux-gnu"

define internal i32 @triple(i32 %x) !kcfi_type !1 {
  %r = mul i32 %x, 3
  ret i32 %r
}

define internal i32 @apply(ptr %f, i32 %x) !kcfi_type !2 {
  %r = call i32 %f(i32 %x) [ "kcfi"(i32 305419896) ]
  ret i32 %r
}

define i32 @user(i32 %x) !kcfi_type !1 {
  %r = call i32 @apply(ptr @triple, i32 %x)
  ret i32 %r
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
!2 = !{i32 271733878}
