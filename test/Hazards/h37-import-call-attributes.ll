; H37 *: MLIR's import drops most attributes at calls: 'returns_twice' of a call
; of setjmp, without which values may be kept in registers that longjmp does not
; restore, and those of arguments that choose their registers ('swiftself',
; 'swiftasync', 'swifterror'). The second program passes its argument elsewhere.
;
; What we do: such attributes are facts of their calls.
; If this test fails: MLIR has learnt the attribute; there are fewer facts.

; RUN: mlir-translate --import-llvm %s | mlir-translate --mlir-to-llvmir -o %t.stock.ll
; RUN: FileCheck %s --check-prefix=LOST --input-file=%t.stock.ll
; RUN: llc -o - %s | FileCheck %s --check-prefix=R13
; RUN: llc -o - %t.stock.ll | FileCheck %s --check-prefix=RDI
; RUN: kcfi-translate --import-llvm-ir %s | kcfi-opt --kcfi-roundtrip-pipeline \
; RUN:   | kcfi-translate --kcfi-to-llvmir -o %t.ll
; RUN: FileCheck %s --check-prefix=KEPT --input-file=%t.ll
; RUN: llc -o - %t.ll | FileCheck %s --check-prefix=R13

; LOST-NOT: returns_twice
; LOST-NOT: swiftself
; KEPT:     call i32 @setjmp(ptr %{{.*}}) #[[SETJMP:[0-9]+]]
; KEPT:     call void %{{.*}}(ptr swiftself %{{.*}})
; KEPT:     attributes #[[SETJMP]] = { returns_twice }
; R13:      method:
; R13:      movq %rsi, %r13
; RDI:      method:
; RDI-NOT:  r13
; RDI:      movq %rsi, %rdi
; RDI-NOT:  r13

target triple = "x86_64-unknown-linux-gnu"
declare i32 @setjmp(ptr)

define i32 @save(ptr %buffer) {
  %r = call i32 @setjmp(ptr %buffer) returns_twice
  ret i32 %r
}

define void @method(ptr %f, ptr %self) {
  call void %f(ptr swiftself %self)
  ret void
}
