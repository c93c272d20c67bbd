; H41 *: a calling convention that MLIR has no name for is printed as none, and
; is C's when the text is read. In memory the module is right, so nothing that
; looks at it there can notice.
;
; What we do: such a convention is a fact of the function or call.
; If this test fails because the convention comes back: facts need not have it.

; RUN: mlir-translate --import-llvm %s -o %t.mlir
; RUN: FileCheck %s --check-prefix=NONE --input-file=%t.mlir
; RUN: mlir-translate --mlir-to-llvmir %t.mlir | FileCheck %s --check-prefix=LOST
; RUN: kcfi-translate --import-llvm-ir %s -o %t.kcfi.mlir
; RUN: FileCheck %s --check-prefix=FACT --input-file=%t.kcfi.mlir
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.kcfi.mlir | kcfi-translate --kcfi-to-llvmir \
; RUN:   | FileCheck %s --check-prefix=KEPT

; NONE: llvm.func  @other(
; LOST: define void @other(
; LOST: call void @other(
; FACT: llvm.func @other(%{{.*}}: i32) attributes {kcfi.llvm_facts = {convention = 21 : i32}}
; FACT: llvm.call @other(%{{.*}}) {kcfi.llvm_facts = {convention = 21 : i32}}
; KEPT: declare preserve_nonecc void @declared(i32)
; KEPT: define preserve_nonecc void @other(
; KEPT: call preserve_nonecc void @other(

target triple = "x86_64-unknown-linux-gnu"
declare preserve_nonecc void @declared(i32)

define preserve_nonecc void @other(i32 %x) {
  ret void
}

define void @caller(i32 %x) {
  call preserve_nonecc void @other(i32 %x)
  ret void
}
