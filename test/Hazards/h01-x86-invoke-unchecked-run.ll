; H1, executed: @main invokes a function of another type. On x86-64 nothing
; stops it, and the program returns the wrong function's result; AArch64 and
; RISC-V trap. See h01-x86-invoke-unchecked.ll for what follows from a fix.

; REQUIRES: run-x86_64, run-aarch64, run-riscv64
; RUN: %clang_x86_64 %s %start -o %t.x86_64
; RUN: %expect_exit 99 -- %run_x86_64 %t.x86_64
; RUN: %clang_aarch64 %s %start -o %t.aarch64
; RUN: %expect_exit SIGTRAP -- %run_aarch64 %t.aarch64
; RUN: %clang_riscv64 %s %start -o %t.riscv64
; RUN: %expect_exit SIGTRAP -- %run_riscv64 %t.riscv64

; The same program with a call instead of the invoke traps on x86-64, too.
; RUN: sed 's/= invoke \(.*\)/= call \1\n  br label %%ok/; /to label/d' %s > %t.call.ll
; RUN: %clang_x86_64 %t.call.ll %start -o %t.call
; RUN: %expect_exit SIGILL -- %run_x86_64 %t.call

@slot = global ptr @wrong

define i32 @__gxx_personality_v0() {
  ret i32 0
}

define void @_Unwind_Resume(ptr %exception) {
  ret void
}

define i32 @wrong(i32 %x) !kcfi_type !2 {
  ret i32 99
}

define i32 @main() personality ptr @__gxx_personality_v0 !kcfi_type !1 {
  %f = load volatile ptr, ptr @slot
  %r = invoke i32 %f(i32 1) [ "kcfi"(i32 305419896) ]
          to label %ok unwind label %cleanup

ok:
  ret i32 %r

cleanup:
  %pad = landingpad { ptr, i32 }
          cleanup
  resume { ptr, i32 } %pad
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
!2 = !{i32 271733878}
