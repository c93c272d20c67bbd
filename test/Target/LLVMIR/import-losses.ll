; What MLIR cannot express is an error that names construct and function;
; --allow-loss accepts one kind.

; RUN: split-file %s %t
; RUN: not kcfi-translate --import-llvm-ir %t/all.ll -o %t/none.mlir 2>&1 | FileCheck %s --check-prefix=ERROR
; RUN: not ls %t/none.mlir
; RUN: kcfi-translate --import-llvm-ir %t/all.ll -o %t/some.mlir \
; RUN:   --allow-loss=bundle,prefix-data,prologue-data,function-metadata,global-metadata,named-metadata 2>&1 \
; RUN:   | FileCheck %s --check-prefix=WARNING
; RUN: FileCheck %s --check-prefix=MLIR --input-file=%t/some.mlir
; RUN: not kcfi-translate --import-llvm-ir %t/all.ll --allow-loss=bundle 2>&1 | FileCheck %s --check-prefix=ONE
; RUN: not kcfi-translate --import-llvm-ir %t/all.ll --allow-loss=everything 2>&1 | FileCheck %s --check-prefix=KIND

; RUN: kcfi-translate --import-llvm-ir %t/hint.ll -o %t/hint.mlir 2>&1 | FileCheck %s --check-prefix=HINT
; RUN: not kcfi-translate --import-llvm-ir --require-instruction-metadata %t/hint.ll 2>&1 | FileCheck %s --check-prefix=STRICT

; ERROR: all.ll:{{.*}} error: metadata '!custom' of global 'g' would be lost; '--allow-loss=global-metadata' accepts that
; ERROR: error: named metadata '!custom.named' would be lost; '--allow-loss=named-metadata' accepts that
; ERROR: error: prefix data of function 'f' would be lost; '--allow-loss=prefix-data' accepts that
; ERROR: error: prologue data of function 'f' would be lost; '--allow-loss=prologue-data' accepts that
; ERROR: error: metadata '!custom' of function 'f' would be lost; '--allow-loss=function-metadata' accepts that
; ERROR: error: bundle "deopt" of a call in function 'f' would be lost; '--allow-loss=bundle' accepts that
; ERROR-NOT: error

; WARNING-NOT: error
; WARNING-COUNT-6: is lost
; WARNING-NOT: error
; MLIR: kcfi.type_id = #kcfi.type_id<0x00001388>
; MLIR: llvm.call %{{.*}}() {kcfi.type_id = #kcfi.type_id<0x00001388>}

; ONE: warning: bundle "deopt" of a call in function 'f' is lost
; ONE-NOT: error: bundle
; KIND: Cannot find option named 'everything'

; HINT: warning: named metadata '!llvm.errno.tbaa' is dropped: it has no MLIR form
; HINT: warning: metadata '!custom.hint' of 2 instruction(s) is dropped: it has no MLIR form
; STRICT: error: metadata '!custom.hint' of 2 instruction(s) would be lost

;--- all.ll
@g = global i32 0, !custom !2
define void @f(ptr %p) prefix i32 1 prologue i8 -112 !kcfi_type !1 !custom !2 {
  call void %p() [ "kcfi"(i32 5000), "deopt"(i32 1) ]
  ret void
}
!llvm.module.flags = !{!0}
!custom.named = !{!2}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 5000}
!2 = !{!"x"}
;--- hint.ll
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
