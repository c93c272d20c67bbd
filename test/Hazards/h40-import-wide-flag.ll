; H40 *: MLIR's import cuts module flags of 64 bits to 32.
;
; What we do: flags that would change are facts of the module.
; If this test fails because the value comes back: 'findChangedFlags' of the
; import finds less.

; RUN: mlir-translate --import-llvm %s | FileCheck %s --check-prefix=CUT
; RUN: kcfi-translate --import-llvm-ir %s | kcfi-opt --kcfi-roundtrip-pipeline \
; RUN:   | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=KEPT

; CUT:  #llvm.mlir.module_flag<error, "wide", 1 : i32>
; KEPT: !{i32 1, !"wide", i64 8589934593}

target triple = "x86_64-unknown-linux-gnu"
!llvm.module.flags = !{!0}
!0 = !{i32 1, !"wide", i64 8589934593}
