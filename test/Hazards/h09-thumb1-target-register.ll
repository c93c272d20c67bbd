; H9: the Thumb1 check uses r2 and r3 as scratch registers without asking
; whether the pointer to call is there. The third and fourth argument registers
; are exactly those, so after a successful check the program jumps to the id.
;
; What we do: on Thumb1 the check is expanded in IR.
; If this test fails because another scratch register is used: the ARM target
; may return Bundle for Thumb1 as well.

; RUN: llc -mtriple=thumbv6-unknown-linux-gnueabi -o - %s | FileCheck %s --check-prefix=THUMB1
; RUN: llc -mtriple=thumbv7a-unknown-linux-gnueabi -o - %s | FileCheck %s --check-prefix=THUMB2

; THUMB1-LABEL: {{^}}caller:
; THUMB1:         mov r2, r2
; THUMB1-NEXT:    bics r2, r3
; THUMB1-NEXT:    subs r2, #4
; THUMB1-NEXT:    ldr r2, [r2]
; THUMB1:         cmp r2, r3
; THUMB1:         blx r2

; THUMB2-LABEL: {{^}}caller:
; THUMB2:         bic r12, r2, #1
; THUMB2:         blx r2

define i32 @caller(i32 %a, i32 %b, ptr %f) !kcfi_type !1 {
  %r = call i32 %f(i32 %a, i32 %b) [ "kcfi"(i32 305419896) ]
  %s = add i32 %r, 1
  ret i32 %s
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
