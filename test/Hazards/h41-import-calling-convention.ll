; H41 *: a calling convention that MLIR has no name for is printed as none, and
; is C's when the text is read. In memory the module is right, so nothing that
; looks at it there can notice.
;
; What we do: functions that have or call one of these are carried.
; If this test fails because the convention comes back: 'findUnreadable' of the
; import need not look at conventions.

; RUN: mlir-translate --import-llvm %s -o %t.mlir
; RUN: FileCheck %s --check-prefix=NONE --input-file=%t.mlir
; RUN: mlir-translate --mlir-to-llvmir %t.mlir | FileCheck %s --check-prefix=LOST
; RUN: kcfi-translate --import-llvm-ir %s -o %t.kcfi.mlir 2>&1 | FileCheck %s --check-prefix=REMARK
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.kcfi.mlir | kcfi-translate --kcfi-to-llvmir \
; RUN:   | FileCheck %s --check-prefix=KEPT

; NONE: llvm.func  @other(
; LOST: define void @other(
; LOST: call void @other(
; REMARK-DAG: remark: function 'other' is carried as LLVM bitcode: a calling convention that MLIR's text does not have
; REMARK-DAG: remark: function 'caller' is carried as LLVM bitcode: a calling convention that MLIR's text does not have
; REMARK-DAG: remark: function 'declared' is carried as LLVM bitcode: a calling convention that MLIR's text does not have
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
