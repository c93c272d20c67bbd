; H38 *: MLIR writes constants of x86_fp80 and fp128 in full, and reads them as
; doubles: what only the longer formats have is gone, without a word.
;
; What we do: stand-ins return such constants; variables with them are carried.
; If this test fails because the bits come back: 'findUnreadable' of the import
; need not look at constants.

; RUN: mlir-translate --import-llvm %s | mlir-translate --mlir-to-llvmir | FileCheck %s --check-prefix=LOST
; RUN: kcfi-translate --import-llvm-ir %s | kcfi-opt --kcfi-roundtrip-pipeline \
; RUN:   | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=KEPT

; LOST: ret x86_fp80 0xK3FFF8000000000000000
; LOST: ret fp128 0xL00000000000000003FFF000000000000
; KEPT: ret x86_fp80 0xK3FFF8000000000000001
; KEPT: ret fp128 0xL00000000000000013FFF000000000000

target triple = "x86_64-unknown-linux-gnu"

define x86_fp80 @extended() {
  ret x86_fp80 0xK3FFF8000000000000001
}

define fp128 @quad() {
  ret fp128 0xL00000000000000013FFF000000000000
}
