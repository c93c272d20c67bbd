; H19: when the callee of a checked call is known, LLVM drops the bundle without
; comparing ids. The call that would have trapped is made, and nothing is said.
;
; What we do: a mismatch that can be proved in the dialect is lowered to a trap,
; with a warning.
; If this test fails because LLVM compares the ids: the rule of our own can stay
; for the diagnostic, but is no longer what protects the call.

; RUN: opt -passes=instcombine -S %s | FileCheck %s --check-prefixes=CHECK,DIRECT
; RUN: opt -mtriple=loongarch64-unknown-linux-gnu -passes=kcfi -S %s | FileCheck %s --check-prefixes=CHECK,DIRECT
; RUN: opt -passes='default<O2>' -S %s | FileCheck %s --check-prefixes=CHECK,OPTIMISED
; RUN: llc -mtriple=x86_64-unknown-linux-gnu -o - %s | FileCheck %s --check-prefix=ASM

; CHECK-LABEL: define {{.*}}i32 @known(
; DIRECT:        call i32 @callee(i32 1){{$}}
; OPTIMISED-NOT: {{trap|unreachable}}
; OPTIMISED:     ret i32 1
; CHECK:       }

; Inlining makes the second one known.
; CHECK-LABEL: define {{.*}}i32 @becomes_known(
; OPTIMISED-NOT: {{trap|unreachable}}
; OPTIMISED:     ret i32 1
; CHECK:       }

; ASM-LABEL: {{^}}known:
; ASM-NOT:     ud2
; ASM:         callq callee@PLT
; ASM-NOT:     ud2
; ASM:       .Lfunc_end

define i32 @callee(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @known() {
  %r = call i32 @callee(i32 1) [ "kcfi"(i32 271733878) ]
  ret i32 %r
}

define internal i32 @apply(ptr %f) {
  %r = call i32 %f(i32 1) [ "kcfi"(i32 271733878) ]
  ret i32 %r
}

define i32 @becomes_known() {
  %r = call i32 @apply(ptr @callee)
  ret i32 %r
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
