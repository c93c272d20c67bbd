; H43 *: LLVM writes the attribute 'hybrid_patchable' (ARM64EC) into bitcode and
; does not read it.
;
; What we do: the import refuses the module, since it has no other way to keep a
; copy.
; If this test fails because LLVM reads its bitcode: the refusal goes by itself.

; RUN: llvm-as %s -o %t.bc
; RUN: not llvm-dis %t.bc -o - 2>&1 | FileCheck %s --check-prefix=LLVM
; RUN: not kcfi-translate --import-llvm-ir %s 2>&1 | FileCheck %s --check-prefix=OURS

; LLVM: error: Unknown attribute kind
; OURS: error: attribute 'hybrid_patchable' of function 'f': LLVM cannot read its own bitcode of it

target triple = "arm64ec-pc-windows-msvc"

define void @f() hybrid_patchable {
  ret void
}
