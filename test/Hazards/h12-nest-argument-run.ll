; H12, executed: the callee reads through its static chain. With the check the
; program crashes (the chain is zero or the id), without it, and on AArch64, it
; works. See h12-nest-argument.ll for what follows from a fix.

; REQUIRES: run-x86_64, run-riscv64, run-arm, run-aarch64
; RUN: %clang_x86_64 -O1 %s %start -o %t.x86_64
; RUN: %expect_exit SIGSEGV -- %run_x86_64 %t.x86_64
; RUN: %clang_riscv64 -O1 %s %start -o %t.riscv64
; RUN: %expect_exit SIGSEGV -- %run_riscv64 %t.riscv64
; RUN: %clang_arm -O1 %s %start -o %t.arm
; RUN: %expect_exit SIGSEGV -- %run_arm %t.arm
; RUN: %clang_thumb -O1 %s %start -o %t.thumb
; RUN: %expect_exit SIGSEGV -- %run_thumb %t.thumb
; RUN: %clang_aarch64 -O1 %s %start -o %t.aarch64
; RUN: %expect_exit ok -- %run_aarch64 %t.aarch64

; RUN: sed 's/\[ "kcfi".*\]//' %s > %t.plain.ll
; RUN: %clang_x86_64 -O1 %t.plain.ll %start -o %t.plain.x86_64
; RUN: %expect_exit ok -- %run_x86_64 %t.plain.x86_64
; RUN: %clang_riscv64 -O1 %t.plain.ll %start -o %t.plain.riscv64
; RUN: %expect_exit ok -- %run_riscv64 %t.plain.riscv64
; RUN: %clang_arm -O1 %t.plain.ll %start -o %t.plain.arm
; RUN: %expect_exit ok -- %run_arm %t.plain.arm
; RUN: %clang_thumb -O1 %t.plain.ll %start -o %t.plain.thumb
; RUN: %expect_exit ok -- %run_thumb %t.plain.thumb

@slot = global ptr @callee
@chain = global i32 42

define i32 @callee(ptr nest %chain) !kcfi_type !1 {
  %value = load volatile i32, ptr %chain
  ret i32 %value
}

define i32 @main() {
  %f = load volatile ptr, ptr @slot
  %r = call i32 %f(ptr nest @chain) [ "kcfi"(i32 305419896) ]
  %wrong = sub i32 %r, 42
  ret i32 %wrong
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
