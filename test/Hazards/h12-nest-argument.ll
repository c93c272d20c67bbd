; H12: the register of a `nest` argument (static chain) is a scratch register of
; the check: r10 on x86-64, t2 on RISC-V (where even the move into it is
; deleted), r12 on ARM. AArch64 uses x15, which the check leaves alone.
;
; What we do: a checked call with a `nest` argument is expanded in IR on the
; targets that get it wrong.
; If this test fails because a target keeps the register: that target may return
; Bundle whatever `hasNestArgument` says.

; RUN: llc -mtriple=x86_64-unknown-linux-gnu -o - %s | FileCheck %s --check-prefix=X86
; RUN: llc -mtriple=riscv64-unknown-linux-gnu -o - %s | FileCheck %s --check-prefix=RISCV
; RUN: llc -mtriple=armv7a-unknown-linux-gnueabi -o - %s | FileCheck %s --check-prefix=ARM
; RUN: llc -mtriple=thumbv7a-unknown-linux-gnueabi -o - %s | FileCheck %s --check-prefix=ARM
; RUN: llc -mtriple=aarch64-unknown-linux-gnu -o - %s | FileCheck %s --check-prefix=AARCH64

; X86-LABEL: {{^}}caller:
; X86:         movq %rsi, %r10
; X86-NEXT:    movl $3989547400, %r10d
; X86-NEXT:    addl -4(%rdi), %r10d
; X86-NOT:     %r10
; X86:         callq *%rdi

; RISCV-LABEL: {{^}}caller:
; RISCV-NOT:     {{mv|addi}} t2
; RISCV:         lui t2, 74565
; RISCV-NEXT:    addiw t2, t2, 1656
; RISCV-NOT:     mv t2
; RISCV:         jalr a0

; ARM-LABEL: {{^}}caller:
; ARM:         mov r12, r1
; ARM-NEXT:    bic r12, r0, #1
; ARM-NEXT:    ldr r12, [r12, #-4]
; ARM-NOT:     mov r12
; ARM:         blx r0

; AARCH64-LABEL: {{^}}caller:
; AARCH64:         mov x15, x1
; AARCH64-NOT:     {{[wx]}}15
; AARCH64:         blr x0

define i64 @caller(ptr %f, ptr %chain) {
  %r = call i64 %f(ptr nest %chain) [ "kcfi"(i32 305419896) ]
  %s = add i64 %r, 1
  ret i64 %s
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
