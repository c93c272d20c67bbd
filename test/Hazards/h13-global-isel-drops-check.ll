; H13: GlobalISel for x86-64 and RISC-V drops the bundle: the id is in front of
; the function, the call has no check. AArch64's keeps it.
;
; What we do: nothing in the IR can forbid GlobalISel; the documentation says
; not to select it there, and an audit of the object finds the missing check.
; If this test fails because a check appears: the warning in the documentation
; can go for that target.

; RUN: llc -mtriple=x86_64-unknown-linux-gnu -global-isel -global-isel-abort=1 -o - %s | FileCheck %s --check-prefix=X86
; RUN: llc -mtriple=riscv64-unknown-linux-gnu -global-isel -global-isel-abort=1 -o - %s | FileCheck %s --check-prefix=RISCV
; RUN: llc -mtriple=riscv32-unknown-linux-gnu -global-isel -global-isel-abort=1 -o - %s | FileCheck %s --check-prefix=RISCV
; RUN: llc -mtriple=aarch64-unknown-linux-gnu -global-isel -global-isel-abort=1 -o - %s | FileCheck %s --check-prefix=AARCH64

; Positive control: SelectionDAG emits the check that is missing above.
; RUN: llc -mtriple=x86_64-unknown-linux-gnu -global-isel=0 -o - %s | FileCheck %s --check-prefix=DAG '-D$TRAP=ud2'
; RUN: llc -mtriple=riscv64-unknown-linux-gnu -global-isel=0 -o - %s | FileCheck %s --check-prefix=DAG '-D$TRAP=ebreak'

; X86:         movl $305419896, %eax
; X86-LABEL: {{^}}caller:
; X86-NOT:     ud2
; X86:         callq *%
; X86-NOT:     ud2
; X86:       .Lfunc_end

; RISCV:         .word 305419896
; RISCV-LABEL: {{^}}caller:
; RISCV-NOT:     ebreak
; RISCV:         jalr
; RISCV-NOT:     ebreak
; RISCV:       .Lfunc_end

; AARCH64-LABEL: {{^}}caller:
; AARCH64:         brk
; AARCH64:         blr

; DAG-LABEL: {{^}}caller:
; DAG:         [[$TRAP]]
; DAG:       .Lfunc_end

define void @caller(ptr %f, i64 %x) !kcfi_type !1 {
  call void %f(i64 %x) [ "kcfi"(i32 305419896) ]
  call void %f(i64 %x) [ "kcfi"(i32 305419896) ]
  ret void
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
