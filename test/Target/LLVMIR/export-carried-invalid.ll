; Carried bodies that do not fit the module around them.

; RUN: kcfi-translate --import-llvm-ir %s -o %t.mlir
; RUN: kcfi-translate --kcfi-to-llvmir %t.mlir | FileCheck %s --check-prefix=GOOD
; GOOD: cleanuppad

; RUN: sed '/kcfi.carried = /d' %t.mlir | sed 's/symbols {f = @f}/symbols {}/' > %t.undeclared.mlir
; RUN: not kcfi-translate --kcfi-to-llvmir %t.undeclared.mlir 2>&1 | FileCheck %s --check-prefix=UNDECLARED
; UNDECLARED: error: 'kcfi.carried_bodies' op has a body of 'f', which is not declared in the module

; RUN: sed 's/^  llvm.func @f.*/llvm.func @f() { llvm.return }/' %t.mlir > %t.defined.mlir
; RUN: not kcfi-translate --kcfi-to-llvmir %t.defined.mlir 2>&1 | FileCheck %s --check-prefix=DEFINED
; DEFINED: error: 'kcfi.carried_bodies' op has a body of 'f', which is defined in the module

; RUN: sed 's/symbols {f = @f}/symbols {g = @f}/' %t.mlir > %t.unknown.mlir
; RUN: not kcfi-translate --kcfi-to-llvmir %t.unknown.mlir 2>&1 | FileCheck %s --check-prefix=UNKNOWN
; UNKNOWN: error: 'kcfi.carried_bodies' op has no symbol "g" in its bitcode

; A symbol that was renamed in the MLIR module is renamed in the bitcode too.
; RUN: sed -e 's/^  llvm.func @f(/llvm.func @renamed(/' -e 's/symbols {f = @f}/symbols {f = @renamed}/' %t.mlir > %t.renamed.mlir
; RUN: kcfi-translate --kcfi-to-llvmir %t.renamed.mlir | FileCheck %s --check-prefix=RENAMED
; RENAMED: define i64 @renamed()

target triple = "x86_64-unknown-linux-gnu"
define i64 @f() personality ptr null {
  invoke void null() to label %done unwind label %pad
pad:
  %p = cleanuppad within none []
  cleanupret from %p unwind to caller
done:
  ret i64 0
}
