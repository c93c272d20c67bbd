; !type metadata of functions and global variables is kept, as an attribute. That
; of types without linkage has no name; it is a fact.

; RUN: split-file %s %t
; RUN: kcfi-translate --import-llvm-ir %t/in.ll -o %t/in.mlir
; RUN: FileCheck %t/in.ll < %t/in.mlir
; RUN: kcfi-opt --kcfi-raise-from-llvm --kcfi-roundtrip-pipeline %t/in.mlir | kcfi-translate --kcfi-to-llvmir -o %t/out.ll
; RUN: FileCheck %t/in.ll --check-prefix=BACK < %t/out.ll
; RUN: kcfi-translate --import-llvm-ir --carry=none %t/distinct.ll -o %t/distinct.mlir
; RUN: FileCheck %t/distinct.ll < %t/distinct.mlir
; RUN: kcfi-translate --kcfi-to-llvmir %t/distinct.mlir | FileCheck %t/distinct.ll --check-prefix=BACK

;--- in.ll
target triple = "x86_64-unknown-linux-gnu"

; CHECK-LABEL: llvm.mlir.global external constant @vtable
; CHECK-SAME: kcfi.type_metadata = {{\[}}[16, "_ZTS1S"], [24, "_ZTSM1SFvvE.virtual"]]
; BACK: @vtable = constant [3 x ptr] {{.*}}, !type ![[V0:[0-9]+]], !type ![[V1:[0-9]+]]
@vtable = constant [3 x ptr] [ptr null, ptr null, ptr @f], !type !1, !type !2

; CHECK-LABEL: llvm.func @f
; CHECK-SAME: kcfi.type_id = #kcfi.type_id<0xa540670c>
; CHECK-SAME: kcfi.type_metadata = {{\[}}[0, "_ZTSFvvE"], [0, "_ZTSFvvE.generalized"]]
; BACK: define void @f() !type ![[F0:[0-9]+]] !type ![[F1:[0-9]+]] !kcfi_type
define void @f() !kcfi_type !3 !type !4 !type !5 {
  ret void
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
; BACK-DAG: ![[V0]] = !{i64 16, !"_ZTS1S"}
; BACK-DAG: ![[V1]] = !{i64 24, !"_ZTSM1SFvvE.virtual"}
; BACK-DAG: ![[F0]] = !{i64 0, !"_ZTSFvvE"}
; BACK-DAG: ![[F1]] = !{i64 0, !"_ZTSFvvE.generalized"}
!1 = !{i64 16, !"_ZTS1S"}
!2 = !{i64 24, !"_ZTSM1SFvvE.virtual"}
!3 = !{i32 -1522505972}
!4 = !{i64 0, !"_ZTSFvvE"}
!5 = !{i64 0, !"_ZTSFvvE.generalized"}

;--- distinct.ll
; CHECK: llvm.func @f() attributes {kcfi.llvm_facts = {metadata = {type = {{\[\[}}0, {distinct = 0 : index, operands = []}]]}}}
; BACK: define void @f() !type ![[T:[0-9]+]]
; BACK-DAG: ![[T]] = !{i64 0, ![[D:[0-9]+]]}
; BACK-DAG: ![[D]] = distinct !{}
define void @f() !type !0 {
  ret void
}
!0 = !{i64 0, !1}
!1 = distinct !{}
