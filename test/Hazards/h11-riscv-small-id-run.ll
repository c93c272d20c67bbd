; H11, executed: two matching calls with id 1000. The first succeeds only if t2
; happens to be zero; after it t2 is 1000, and the second compares with 2000.
; With an ordinary id the same program works.
; See h11-riscv-small-id.ll for what follows from a fix.

; REQUIRES: run-riscv64, run-riscv32
; RUN: %clang_riscv64 %s %start -o %t.64
; RUN: %expect_exit SIGTRAP -- %run_riscv64 %t.64
; RUN: %clang_riscv32 %s %start -o %t.32
; RUN: %expect_exit SIGTRAP -- %run_riscv32 %t.32

; RUN: sed 's/i32 1000/i32 305419896/' %s > %t.ordinary.ll
; RUN: %clang_riscv64 %t.ordinary.ll %start -o %t.ordinary.64
; RUN: %expect_exit ok -- %run_riscv64 %t.ordinary.64
; RUN: %clang_riscv32 %t.ordinary.ll %start -o %t.ordinary.32
; RUN: %expect_exit ok -- %run_riscv32 %t.ordinary.32

@slot = global ptr @callee

define void @callee() !kcfi_type !1 {
  ret void
}

define i32 @main() {
  %f = load volatile ptr, ptr @slot
  call void %f() [ "kcfi"(i32 1000) ]
  call void %f() [ "kcfi"(i32 1000) ]
  ret i32 0
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 1000}
