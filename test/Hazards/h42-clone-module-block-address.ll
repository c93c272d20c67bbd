; H42 *: llvm::CloneModule crashes where a function takes the address of a block
; of a later function, since that has no blocks yet. llvm-split shows it.
;
; What we do: the import copies modules by way of bitcode.
; If this test fails because llvm-split works: CloneModule will do, too.

; RUN: llvm-as %s -o %t.bc
; RUN: not --crash %llvm_bin/llvm-split %t.bc -j 2 -o %t.part
; RUN: kcfi-translate --import-llvm-ir %s | kcfi-opt --kcfi-roundtrip-pipeline \
; RUN:   | kcfi-translate --kcfi-to-llvmir | FileCheck %s

; CHECK: ret ptr blockaddress(@later, %{{.*}})

target triple = "x86_64-unknown-linux-gnu"

define ptr @earlier() {
  ret ptr blockaddress(@later, %there)
}

define void @later() {
  br label %there
there:
  ret void
}
