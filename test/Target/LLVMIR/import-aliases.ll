; Aliases as clang makes them for constructors: they come back, without dso_local,
; which MLIR's aliases do not have and which only lets LLVM optimise.

; RUN: kcfi-translate --import-llvm-ir %s -o %t.mlir 2>&1 | count 0
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.mlir | kcfi-translate --kcfi-to-llvmir | FileCheck %s

; CHECK: @_ZN1SC1Ei = unnamed_addr alias void (ptr, i32), ptr @_ZN1SC2Ei
; CHECK: define dso_local void @_ZN1SC2Ei(ptr %{{.*}}, i32 %{{.*}}) unnamed_addr !kcfi_type

target triple = "x86_64-unknown-linux-gnu"
@_ZN1SC1Ei = dso_local unnamed_addr alias void (ptr, i32), ptr @_ZN1SC2Ei
define dso_local void @_ZN1SC2Ei(ptr %this, i32 %x) unnamed_addr !kcfi_type !1 {
  store i32 %x, ptr %this, align 4
  ret void
}
!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4711}
