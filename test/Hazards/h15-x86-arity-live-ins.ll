; H15: the register of the x86-64 prefix that stands for the number of arguments
; counts the arguments that are live on entry. An unused parameter counts at -O0
; and not at -O2, so equal types get different numbers.
;
; What we do: the arity is never treated as a property of the type.
; If this test fails because both levels agree: reports may print the arity that
; belongs to a type.

; RUN: llc -mtriple=x86_64-unknown-linux-gnu -O2 -o - %s | FileCheck %s --check-prefix=O2
; RUN: llc -mtriple=x86_64-unknown-linux-gnu -O0 -o - %s | FileCheck %s --check-prefix=O0

; edx stands for two arguments, esp for four.
; O2-LABEL: {{^}}__cfi_first_and_last:
; O2:         movl $305419896, %edx
; O2-LABEL: {{^}}first_and_last:
; O0-LABEL: {{^}}__cfi_first_and_last:
; O0:         movl $305419896, %esp
; O0-LABEL: {{^}}first_and_last:

define i32 @first_and_last(i32 %a, i32 %b, i32 %c, i32 %d) !kcfi_type !2 {
  %s = add i32 %a, %d
  ret i32 %s
}

!llvm.module.flags = !{!0, !1}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4, !"kcfi-arity", i32 1}
!2 = !{i32 305419896}
