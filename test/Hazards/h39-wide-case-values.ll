; H39 *: MLIR writes a case value of more than 64 bits and does not read it back;
; its translation to LLVM IR would make another value of it.
;
; What we do: such switches have stand-ins; the export refuses case
; values that it would change (Target/LLVMIR/export-invalid.mlir).
; If this test fails because MLIR reads its text: remove both.

; RUN: mlir-translate --import-llvm %s -o %t.mlir
; RUN: not mlir-opt %t.mlir 2>&1 | FileCheck %s --check-prefix=UNREADABLE
; RUN: kcfi-translate --import-llvm-ir %s | kcfi-opt --kcfi-roundtrip-pipeline \
; RUN:   | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=KEPT

; UNREADABLE: error: {{.*}}integer value too large
; KEPT: i128 18446744073709551617, label

target triple = "x86_64-unknown-linux-gnu"

define i32 @choose(i128 %v) {
  switch i128 %v, label %none [ i128 18446744073709551617, label %one ]
one:
  ret i32 1
none:
  ret i32 0
}
