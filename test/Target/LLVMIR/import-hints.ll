; What only helps the optimiser and comes back otherwise is counted: here scopes of
; aliasing, which MLIR has a form for on some instructions only.

; RUN: kcfi-translate --import-llvm-ir %s -o /dev/null 2>&1 | FileCheck %s
; CHECK: remark: the program means the same, but code made from it may differ: metadata '!noalias' (1)
; CHECK-SAME: changed or dropped; '--carry=exact' keeps them

target triple = "x86_64-unknown-linux-gnu"
define void @f(ptr %p) {
  call void asm sideeffect "nop", "~{memory}"(), !noalias !0
  store i64 0, ptr %p, !noalias !0
  ret void
}
!0 = !{!1}
!1 = distinct !{!1, !2}
!2 = distinct !{!2}
