; H12, second part: calling conventions other than C's pass arguments in
; registers that the check takes for scratch.
;
; * RISC-V `fastcc` passes the ninth argument in t3; the called pointer is in t1,
;   so the check evades to t3.
; * x86-64 `preserve_none` passes an argument in r11; the called pointer is in
;   r10, so the check evades to r11. (`regcall` uses neither register.)
;
; What we do: a checked call with a convention other than C's is not handed to
; these targets as a bundle.
; If this test fails because the argument survives: the exception can go.

; RUN: llc -mtriple=riscv64-unknown-linux-gnu -o - %s | FileCheck %s --check-prefix=RISCV
; RUN: sed 's/fastcc/preserve_nonecc/' %s > %t.ll
; RUN: llc -mtriple=x86_64-unknown-linux-gnu -o - %t.ll | FileCheck %s --check-prefix=X86

; RISCV-LABEL: {{^}}caller:
; RISCV:         li t3, 1008
; RISCV:         lw t3, -4(t1)
; RISCV-NOT:     li t3
; RISCV:         jalr t1

; X86-LABEL: {{^}}caller:
; X86:         movl $1010, %r11d
; X86:         movl $3989547400, %r11d
; X86-NEXT:    addl -4(%r10), %r11d
; X86-NOT:     $1010
; X86:         callq *%r10

define void @caller(ptr %f) {
  call fastcc void %f(i64 1000, i64 1001, i64 1002, i64 1003, i64 1004, i64 1005, i64 1006, i64 1007, i64 1008, i64 1009, i64 1010, i64 1011, i64 1012) [ "kcfi"(i32 305419896) ]
  ret void
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
