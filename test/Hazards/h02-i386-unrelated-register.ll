; H2: the x86 back end accepts the bundle on 32-bit x86, where the check cannot
; work: it reads through a 64-bit register that holds nothing of the kind, and
; the call's target comes from memory. Encoded, the register turns into another.
;
; What we do: i386 never gets a bundle; the check is expanded in IR.
; If this test fails because the check reads through the called pointer: i386
; may become a target with native bundles. If llc refuses instead: only the
; comment at the i386 target changes.

; RUN: llc -mtriple=i686-unknown-linux-gnu -o - %s | FileCheck %s --check-prefix=ASM
; RUN: llc -mtriple=i686-unknown-linux-gnu -filetype=obj -o %t.o %s
; RUN: llvm-objdump -d %t.o | FileCheck %s --check-prefix=OBJ

; ASM-LABEL: {{^}}caller:
; ASM:         movl $3989547400, %r10d
; ASM-NEXT:    addl -4(%r11), %r10d
; ASM:         ud2
; ASM:         calll *{{[0-9]+}}(%esp)

; OBJ-LABEL: <caller>:
; OBJ:         movl $0xedcba988, %edx
; OBJ:         addl -0x4(%ebx), %edx
; OBJ:         ud2
; OBJ:         calll *{{.*}}(%esp)

define i32 @caller(ptr %f, i32 %x) !kcfi_type !1 {
  %r = call i32 %f(i32 %x) [ "kcfi"(i32 305419896) ]
  %s = add i32 %r, 1
  ret i32 %s
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
