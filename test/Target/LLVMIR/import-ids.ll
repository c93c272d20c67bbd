; Import keeps every id, check, flag and symbol; a round trip gives them back.

; RUN: kcfi-translate --import-llvm-ir %s -o %t.mlir
; RUN: FileCheck %s --check-prefix=MLIR --input-file=%t.mlir
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.mlir | kcfi-translate --kcfi-to-llvmir -o %t.ll
; RUN: FileCheck %s --check-prefix=LLVM --input-file=%t.ll
; RUN: llvm-as %s -o %t.bc
; RUN: kcfi-translate --import-llvm-ir %t.bc | FileCheck %s --check-prefix=MLIR

; Negative control: MLIR's own importer loses ids and checks without a word.
; RUN: mlir-translate --import-llvm %s 2>&1 | FileCheck %s --check-prefix=STOCK
; STOCK-NOT: warning
; STOCK-NOT: 0x
; STOCK-NOT: "kcfi"(
; STOCK: llvm.module_flags
; STOCK-NOT: kcfi_type

; MLIR: kcfi.codegen = #kcfi.codegen<patchable_prefix = 11>
; MLIR-SAME: kcfi.encoding = #kcfi.encoding<hash = fnv1a, normalize_integers>
; MLIR-SAME: llvm.module_asm = [".globl other"]
; MLIR-NOT: "kcfi"
; MLIR-DAG: llvm.func @callee({{.*}}) -> i32 attributes {kcfi.address_taken, kcfi.type_id = #kcfi.type_id<0x00050794>}
; MLIR-DAG: llvm.func @caller{{.*}}kcfi.type_id = #kcfi.type_id<0xffffffff>
; MLIR-DAG: llvm.call tail %{{.*}}(%{{.*}}) {kcfi.type_id = #kcfi.type_id<0x00050794>}
; MLIR-DAG: llvm.func internal @local()
; MLIR-DAG: llvm.invoke %{{.*}}() to ^bb{{.}} unwind ^bb{{.}} {kcfi.type_id = #kcfi.type_id<0x00001388>}

; LLVM-DAG: module asm ".weak __kcfi_typeid_callee"
; LLVM-DAG: module asm ".set __kcfi_typeid_callee, 329620 /* 329620 */"
; LLVM-DAG: module asm ".globl other"
; LLVM-DAG: declare !kcfi_type [[CALLEE:![0-9]+]] i32 @callee(i32)
; LLVM-DAG: define i32 @caller(ptr %0, i32 %1) #{{[0-9]+}} !kcfi_type [[CALLER:![0-9]+]]
; LLVM-DAG: tail call i32 %0(i32 %1) [ "kcfi"(i32 329620) ]
; LLVM-DAG: invoke void %0() [ "kcfi"(i32 5000) ]
; LLVM-DAG: [[CALLEE]] = !{i32 329620}
; LLVM-DAG: [[CALLER]] = !{i32 -1}
; LLVM-DAG: !{i32 4, !"kcfi", i32 1}
; LLVM-DAG: !{i32 4, !"kcfi-hash", !"FNV-1a"}
; LLVM-DAG: !{i32 4, !"kcfi-offset", i32 11}
; LLVM-DAG: !{i32 4, !"cfi-normalize-integers", i32 1}
; LLVM-DAG: !{i32 8, !"PIC Level", i32 2}

target triple = "aarch64-unknown-linux-gnu"

module asm ".weak __kcfi_typeid_callee"
module asm ".set __kcfi_typeid_callee, 329620 /* 329620 */"
module asm ".globl other"

@table = global [1 x ptr] [ptr @callee]

declare !kcfi_type !4 i32 @callee(i32)
declare i32 @__gxx_personality_v0(...)

define i32 @caller(ptr %f, i32 %x) #0 !kcfi_type !5 {
  %r = tail call i32 %f(i32 %x) [ "kcfi"(i32 329620) ]
  call void @local()
  ret i32 %r
}

define internal void @local() #0 {
  ret void
}

define void @thrower(ptr %f) #0 personality ptr @__gxx_personality_v0 !kcfi_type !6 {
  invoke void %f() [ "kcfi"(i32 5000) ]
          to label %ok unwind label %bad
ok:
  ret void
bad:
  %lp = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %lp
}

attributes #0 = { "patchable-function-prefix"="11" }

!llvm.module.flags = !{!0, !1, !2, !3, !7}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4, !"kcfi-hash", !"FNV-1a"}
!2 = !{i32 4, !"kcfi-offset", i32 11}
!3 = !{i32 4, !"cfi-normalize-integers", i32 1}
!4 = !{i32 329620}
!5 = !{i32 -1}
!6 = !{i32 77}
!7 = !{i32 8, !"PIC Level", i32 2}
