; Scopes of noalias are metadata, as an argument and at instructions. MLIR has them,
; so a function with them is no reason to carry it as bitcode.

; RUN: kcfi-translate --import-llvm-ir %s -o %t.mlir 2>&1 | FileCheck %s --check-prefix=REMARK --allow-empty
; RUN: FileCheck %s --check-prefix=MLIR < %t.mlir
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.mlir | kcfi-translate --kcfi-to-llvmir -o %t.ll
; RUN: FileCheck %s --check-prefix=LL < %t.ll
; A call with other metadata as an argument has a stand-in.
; REMARK-NOT: 'two_scopes'
; REMARK: remark: 1 instruction or constant is carried as LLVM bitcode{{.*}} (1, first in 'named_register')
; REMARK-NOT: carried

; MLIR: llvm.func @two_scopes
; MLIR: llvm.intr.experimental.noalias.scope.decl #[[A:.*]]
; MLIR: llvm.intr.experimental.noalias.scope.decl #[[B:.*]]
; LL: call void @llvm.experimental.noalias.scope.decl(metadata ![[LA:[0-9]+]])
; LL: call void @llvm.experimental.noalias.scope.decl(metadata ![[LB:[0-9]+]])
; LL: load i32, {{.*}} !alias.scope ![[LA]], !noalias ![[LB]]
; LL: store i32 {{.*}} !alias.scope ![[LB]], !noalias ![[LA]]

target triple = "x86_64-unknown-linux-gnu"

define i32 @two_scopes(ptr %a, ptr %b) !kcfi_type !5 {
  call void @llvm.experimental.noalias.scope.decl(metadata !0)
  call void @llvm.experimental.noalias.scope.decl(metadata !3)
  %x = load i32, ptr %a, align 4, !alias.scope !0, !noalias !3
  store i32 %x, ptr %b, align 4, !alias.scope !3, !noalias !0
  ret i32 %x
}

define i64 @named_register() {
  %r = call i64 @llvm.read_register.i64(metadata !6)
  ret i64 %r
}

declare void @llvm.experimental.noalias.scope.decl(metadata)
declare i64 @llvm.read_register.i64(metadata)

!llvm.module.flags = !{!7}
!0 = !{!1}
!1 = distinct !{!1, !2, !"f: %a"}
!2 = distinct !{!2, !"f"}
!3 = !{!4}
!4 = distinct !{!4, !2, !"f: %b"}
!5 = !{i32 7}
!6 = !{!"rsp"}
!7 = !{i32 4, !"kcfi", i32 1}
