; What MLIR has no form for is kept as a fact of its operation, without a word. What
; has no form there either is carried as bitcode, or is an error that names
; construct and function (--carry=none). --allow-loss drops with a warning.

; RUN: split-file %s %t
; RUN: kcfi-translate --import-llvm-ir --carry=none %t/all.ll -o %t/none.mlir 2>%t/none.err
; RUN: count 0 < %t/none.err
; RUN: FileCheck %s --check-prefix=FACTS --input-file=%t/none.mlir
; RUN: not kcfi-translate --import-llvm-ir --carry=none %t/none.ll -o %t/refused.mlir 2>&1 | FileCheck %s --check-prefix=ERROR
; RUN: not ls %t/refused.mlir
; RUN: kcfi-translate --import-llvm-ir --carry=none %t/all.ll -o %t/some.mlir \
; RUN:   --allow-loss=bundle,prefix-data,prologue-data,function-metadata,global-metadata,named-metadata 2>&1 \
; RUN:   | FileCheck %s --check-prefix=WARNING
; RUN: FileCheck %s --check-prefix=MLIR --input-file=%t/some.mlir
; RUN: not kcfi-translate --import-llvm-ir %t/all.ll --allow-loss=everything 2>&1 | FileCheck %s --check-prefix=KIND

; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t/none.mlir | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=BACK
; RUN: kcfi-translate --import-llvm-ir %t/all.ll --allow-loss=bundle,named-metadata -o %t/mixed.mlir 2>&1 \
; RUN:   | FileCheck %s --check-prefix=MIXED

; RUN: kcfi-translate --import-llvm-ir %t/hint.ll -o %t/hint.mlir 2>%t/hint.err
; RUN: count 0 < %t/hint.err
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t/hint.mlir | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=KEPT
; RUN: kcfi-translate --import-llvm-ir %t/unreachable.ll -o %t/unreachable.mlir 2>&1 | FileCheck %s --check-prefix=UNREACHABLE

; Facts of a declaration, also those that refer to others.
; RUN: kcfi-translate --import-llvm-ir %t/declaration.ll 2>%t/declaration.err \
; RUN:   | kcfi-opt --kcfi-roundtrip-pipeline | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=DECLARATION
; RUN: count 0 < %t/declaration.err

; Flags of the module that MLIR does not know, or knows in a narrower form.
; RUN: kcfi-translate --import-llvm-ir %t/flags.ll 2>%t/flags.err \
; RUN:   | kcfi-opt --kcfi-roundtrip-pipeline | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=FLAGS
; RUN: count 0 < %t/flags.err

; Symbols of MLIR have names.
; RUN: kcfi-translate --import-llvm-ir %t/unnamed.ll -o %t/unnamed.mlir 2>&1 | FileCheck %s --check-prefix=UNNAMED
; RUN: kcfi-translate --kcfi-to-llvmir %t/unnamed.mlir | FileCheck %s --check-prefix=NAMED

; RUN: kcfi-translate --import-llvm-ir %t/alias.ll | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=ALIAS
; RUN: kcfi-translate --import-llvm-ir %t/appending.ll | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=APPENDING

; What cannot be kept.
; RUN: not kcfi-translate --import-llvm-ir %t/address-space.ll 2>&1 | FileCheck %s --check-prefix=SPACE
; RUN: not kcfi-translate --import-llvm-ir %t/bitcode.ll 2>&1 | FileCheck %s --check-prefix=BITCODE

; FACTS: module attributes {{.*}}kcfi.llvm_facts = {named_metadata = {custom.named = {{\[\[}}"x"]]}}
; FACTS: llvm.mlir.global external @g{{.*}}kcfi.llvm_facts = {metadata = {custom = {{\[\[}}"x"]]}}
; FACTS: llvm.func @f({{.*}}kcfi.llvm_facts = {metadata = {custom = {{\[\[}}"x"]]}, prefix = [1 : i32], prologue = [-112 : i8]}
; FACTS: llvm.call %{{.*}}() ["deopt"(%{{.*}} : i32)] {kcfi.type_id = #kcfi.type_id<0x00001388>}

; ERROR: error: function 'f' has no MLIR form: instruction 'callbr'
; ERROR-NEXT: error: function 'h' has no MLIR form: a floating-point constant that is no double
; ERROR-NOT: error

; WARNING-NOT: error
; WARNING-COUNT-6: is lost
; WARNING-NOT: error
; MLIR: kcfi.type_id = #kcfi.type_id<0x00001388>
; MLIR: llvm.call %{{.*}}() {kcfi.type_id = #kcfi.type_id<0x00001388>}

; KIND: Cannot find option named 'everything'

; BACK: @g = global i32 0, !custom ![[CUSTOM:[0-9]+]]
; BACK: define void @f(ptr %{{.*}}) prefix i32 1 prologue i8 -112 !kcfi_type ![[ID:[0-9]+]] !custom ![[CUSTOM]]
; BACK: call void %{{.*}}() [ "deopt"(i32 1), "kcfi"(i32 5000) ]
; BACK: !custom.named = !{![[CUSTOM]]}
; BACK: ![[ID]] = !{i32 5000}

; MIXED-DAG: warning: bundle "deopt" of a call in function 'f' is lost
; MIXED-DAG: warning: named metadata '!custom.named' is lost
; MIXED-NOT: remark

; UNREACHABLE: remark: blocks that nothing reaches, and that have no code, are gone in 1 function
; KEPT: !custom.hint
; KEPT: !llvm.errno.tbaa =

; DECLARATION: declare !associated ![[G:[0-9]+]] !custom ![[TEXT:[0-9]+]] swiftcc void @f(ptr swiftself) section ".init.text"
; DECLARATION-DAG: ![[TEXT]] = !{!"x"}
; DECLARATION-DAG: ![[G]] = !{ptr @g}

; FLAGS-DAG: !{i32 1, !"wide", i64 8589934592}
; FLAGS-DAG: !{i32 1, !"narrow", i32 7}
; UNNAMED: remark: a symbol without a name becomes '__unnamed_1'
; NAMED: @__unnamed_1 = global i32 0

; ALIAS: @a = dllexport alias i32, ptr @g
; APPENDING: @llvm.global_ctors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 101, ptr @f, ptr @g }]
; SPACE: error: the translation is not valid LLVM IR:
; BITCODE: error: attribute 'hybrid_patchable' of function 'f': LLVM cannot read its own bitcode of it

;--- all.ll
target triple = "x86_64-unknown-linux-gnu"
@g = global i32 0, !custom !2
define void @f(ptr %p) prefix i32 1 prologue i8 -112 !custom !2 !kcfi_type !1 {
  call void %p() [ "deopt"(i32 1), "kcfi"(i32 5000) ]
  ret void
}
!llvm.module.flags = !{!0}
!custom.named = !{!2}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 5000}
!2 = !{!"x"}
; What bitcode alone can hold.
;--- none.ll
target triple = "x86_64-unknown-linux-gnu"
define void @f() {
  callbr void asm sideeffect "", "!i"() to label %a [label %b]
a:
  ret void
b:
  ret void
}
define x86_fp80 @h() {
  ret x86_fp80 0xK4297A738C6BEBB12D2EC
}
;--- unreachable.ll
target triple = "x86_64-unknown-linux-gnu"
define void @f() {
  ret void
nowhere:
  ret void
}
;--- hint.ll
target triple = "x86_64-unknown-linux-gnu"
define i32 @f(ptr %p) !kcfi_type !1 {
  %a = load i32, ptr %p, !custom.hint !2
  %b = load i32, ptr %p, !custom.hint !2
  %c = add i32 %a, %b
  ret i32 %c
}
!llvm.module.flags = !{!0}
!llvm.errno.tbaa = !{!3}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 5000}
!2 = !{!"x"}
!3 = !{!4, !4, i64 0}
!4 = !{!"int", !5, i64 0}
!5 = !{!"Simple C/C++ TBAA"}
;--- declaration.ll
target triple = "x86_64-unknown-linux-gnu"
@g = global i32 0
declare !custom !0 !associated !1 swiftcc void @f(ptr swiftself) section ".init.text"
!0 = !{!"x"}
!1 = !{ptr @g}
;--- flags.ll
target triple = "x86_64-unknown-linux-gnu"
!llvm.module.flags = !{!0, !1}
!0 = !{i32 1, !"wide", i64 8589934592}
!1 = !{i32 1, !"narrow", i32 7}
;--- unnamed.ll
target triple = "x86_64-unknown-linux-gnu"
@0 = global i32 0
;--- alias.ll
@g = global i32 0
@a = dllexport alias i32, ptr @g
;--- appending.ll
@g = global i32 0
@llvm.global_ctors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 101, ptr @f, ptr @g }]
define void @f() {
  ret void
}
;--- address-space.ll
target triple = "x86_64-unknown-linux-gnu"
@p = global ptr addrspace(1) @f
define void @f() addrspace(1) {
  ret void
}
;--- bitcode.ll
define void @f() hybrid_patchable {
  ret void
}
