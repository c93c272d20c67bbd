; What MLIR cannot express is carried as bitcode, an error that names construct
; and function (--carry=none), or dropped with a warning (--allow-loss).

; RUN: split-file %s %t
; RUN: not kcfi-translate --import-llvm-ir --carry=none %t/all.ll -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=ERROR
; RUN: not ls %t/none.mlir
; RUN: kcfi-translate --import-llvm-ir --carry=none %t/all.ll -o %t/some.mlir \
; RUN:   --allow-loss=bundle,prefix-data,prologue-data,function-metadata,global-metadata,named-metadata 2>&1 \
; RUN:   | FileCheck %s --check-prefix=WARNING
; RUN: FileCheck %s --check-prefix=MLIR --input-file=%t/some.mlir
; RUN: not kcfi-translate --import-llvm-ir --carry=none %t/all.ll --allow-loss=bundle 2>&1 | FileCheck %s --check-prefix=ONE
; RUN: not kcfi-translate --import-llvm-ir %t/all.ll --allow-loss=everything 2>&1 | FileCheck %s --check-prefix=KIND

; RUN: kcfi-translate --import-llvm-ir %t/all.ll -o %t/carried.mlir 2>&1 | FileCheck %s --check-prefix=CARRIED
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t/carried.mlir | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=BACK
; RUN: kcfi-translate --import-llvm-ir %t/all.ll --allow-loss=bundle,named-metadata -o %t/mixed.mlir 2>&1 \
; RUN:   | FileCheck %s --check-prefix=MIXED

; RUN: kcfi-translate --import-llvm-ir %t/hint.ll -o %t/hint.mlir 2>&1 | FileCheck %s --check-prefix=HINT
; RUN: kcfi-translate --import-llvm-ir --carry=exact %t/hint.ll -o %t/exact.mlir 2>&1 | FileCheck %s --check-prefix=EXACT
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t/exact.mlir | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=KEPT

; A declaration is carried for its attributes, also those that refer to others.
; RUN: kcfi-translate --import-llvm-ir %t/declaration.ll 2>%t/declaration.err \
; RUN:   | kcfi-opt --kcfi-roundtrip-pipeline | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=DECLARATION
; RUN: FileCheck %s --check-prefix=DECLARATION-REMARK --input-file=%t/declaration.err

; Flags of the module that MLIR does not know, or knows in a narrower form.
; RUN: kcfi-translate --import-llvm-ir %t/flags.ll 2>%t/flags.err \
; RUN:   | kcfi-opt --kcfi-roundtrip-pipeline | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=FLAGS
; RUN: FileCheck %s --check-prefix=FLAGS-REMARK --input-file=%t/flags.err
; RUN: not kcfi-translate --import-llvm-ir --carry=none %t/flags.ll 2>&1 | FileCheck %s --check-prefix=FLAGS-NONE

; Symbols of MLIR have names.
; RUN: kcfi-translate --import-llvm-ir %t/unnamed.ll -o %t/unnamed.mlir 2>&1 | FileCheck %s --check-prefix=UNNAMED
; RUN: kcfi-translate --kcfi-to-llvmir %t/unnamed.mlir | FileCheck %s --check-prefix=NAMED

; What cannot be carried.
; RUN: not kcfi-translate --import-llvm-ir %t/alias.ll 2>&1 | FileCheck %s --check-prefix=ALIAS
; RUN: not kcfi-translate --import-llvm-ir %t/appending.ll 2>&1 | FileCheck %s --check-prefix=APPENDING
; RUN: not kcfi-translate --import-llvm-ir %t/address-space.ll 2>&1 | FileCheck %s --check-prefix=SPACE
; RUN: not kcfi-translate --import-llvm-ir %t/bitcode.ll 2>&1 | FileCheck %s --check-prefix=BITCODE

; ERROR: error: prefix data of function 'f' would be lost; '--allow-loss=prefix-data' accepts that
; ERROR: error: prologue data of function 'f' would be lost; '--allow-loss=prologue-data' accepts that
; ERROR: error: bundle "deopt" of a call in function 'f' would be lost; '--allow-loss=bundle' accepts that
; ERROR: all.ll:{{.*}} error: metadata '!custom' of global 'g' would be lost; '--allow-loss=global-metadata' accepts that
; ERROR: error: named metadata '!custom.named' would be lost; '--allow-loss=named-metadata' accepts that
; ERROR-NOT: error

; WARNING-NOT: error
; WARNING-COUNT-6: is lost
; WARNING-NOT: error
; MLIR: kcfi.type_id = #kcfi.type_id<0x00001388>
; MLIR: llvm.call %{{.*}}() {kcfi.type_id = #kcfi.type_id<0x00001388>}

; ONE: warning: bundle "deopt" of a call in function 'f' is lost
; ONE-NOT: error: bundle
; KIND: Cannot find option named 'everything'

; CARRIED-DAG: remark: function 'f' is carried as LLVM bitcode: metadata '!custom' of function 'f'
; CARRIED-DAG: remark: global 'g' is carried as LLVM bitcode: metadata '!custom' of global 'g'
; CARRIED-DAG: remark: named metadata '!custom.named' is carried as LLVM bitcode

; BACK: @g = global i32 0, !custom ![[CUSTOM:[0-9]+]]
; BACK: define void @f(ptr %{{.*}}) prefix i32 1 prologue i8 -112 !kcfi_type ![[ID:[0-9]+]] !custom ![[CUSTOM]]
; BACK: call void %{{.*}}() [ "kcfi"(i32 5000), "deopt"(i32 1) ]
; BACK: !custom.named = !{![[CUSTOM]]}
; BACK: ![[ID]] = !{i32 5000}

; MIXED-DAG: warning: bundle "deopt" of a call in function 'f' is lost
; MIXED-DAG: warning: named metadata '!custom.named' is lost
; MIXED-DAG: remark: function 'f' is carried

; HINT: warning: named metadata '!llvm.errno.tbaa' is dropped: it has no MLIR form
; HINT: remark: the program means the same, but code made from it may differ: metadata '!custom.hint' (1) changed or dropped, with the number of definitions; '--carry=exact' keeps them
; EXACT: remark: function 'f' is carried as LLVM bitcode: metadata '!custom.hint'
; EXACT: remark: named metadata '!llvm.errno.tbaa' is carried
; KEPT: !custom.hint
; KEPT: !llvm.errno.tbaa =

; DECLARATION-REMARK: remark: function 'f' is carried as LLVM bitcode: metadata '!{{associated|custom}}' of function 'f'
; DECLARATION: declare !associated ![[G:[0-9]+]] !custom ![[TEXT:[0-9]+]] swiftcc void @f(ptr swiftself)
; DECLARATION-DAG: ![[TEXT]] = !{!"x"}
; DECLARATION-DAG: ![[G]] = !{ptr @g}

; FLAGS-REMARK: remark: module flag "wide" is carried as LLVM bitcode
; FLAGS-DAG: !{i32 1, !"wide", i64 8589934592}
; FLAGS-DAG: !{i32 1, !"narrow", i32 7}
; FLAGS-NONE: error: module flag "wide" has no MLIR form

; UNNAMED: remark: a symbol without a name becomes '__unnamed_1'
; NAMED: @__unnamed_1 = global i32 0

; ALIAS: error: alias 'a' would be lost: it has no MLIR form
; APPENDING: error: global 'llvm.global_ctors' has no MLIR form: initializer
; SPACE: error: the translation is not valid LLVM IR:
; BITCODE: error: LLVM cannot read its own bitcode of this module: Unknown attribute kind

;--- all.ll
target triple = "x86_64-unknown-linux-gnu"
@g = global i32 0, !custom !2
define void @f(ptr %p) prefix i32 1 prologue i8 -112 !custom !2 !kcfi_type !1 {
  call void %p() [ "kcfi"(i32 5000), "deopt"(i32 1) ]
  ret void
}
!llvm.module.flags = !{!0}
!custom.named = !{!2}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 5000}
!2 = !{!"x"}
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
declare !custom !0 !associated !1 swiftcc void @f(ptr swiftself)
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
