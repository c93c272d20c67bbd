; What a call says again of an intrinsic is kept where the same code is wanted:
; LLVM compares the attributes of calls before it makes one of two.

; RUN: kcfi-translate --through= --carry=exact %s -S -o - | FileCheck %s --check-prefix=EXACT
; EXACT: call void @llvm.donothing() #[[$N:[0-9]+]]
; EXACT: call void @llvm.donothing(){{$}}

; RUN: kcfi-translate --import-llvm-ir %s | FileCheck %s
; CHECK: llvm.func @f
; CHECK-NOT: kcfi.llvm_facts
; CHECK: llvm.func @g
; RUN: kcfi-translate --through= %s -S -o - | FileCheck %s --check-prefix=NEEDED
; NEEDED-NOT: call void @llvm.donothing() #

target triple = "x86_64-unknown-linux-gnu"
define void @f() {
  call void @llvm.donothing() nounwind
  call void @llvm.donothing()
  ret void
}

; Facts of calls that MLIR's importer does not tell apart.
; EXACT-LABEL: define void @g(
; EXACT: call void @llvm.sideeffect() #[[A:[0-9]+]], !annotation ![[M:[0-9]+]]
; EXACT: call void @llvm.donothing(), !annotation ![[O:[0-9]+]]
; EXACT-DAG: attributes #[[$N]] = { nounwind }
; EXACT-DAG: attributes #[[A]] = { "one"="1" }
; EXACT: ![[M]] = !{!"first"}
; EXACT: ![[O]] = !{!"second"}
define void @g() {
  call void @llvm.sideeffect() "one"="1", !annotation !0
  call void @llvm.donothing(), !annotation !1
  ret void
}
declare void @llvm.sideeffect()
!0 = !{!"first"}
!1 = !{!"second"}
declare void @llvm.donothing()
