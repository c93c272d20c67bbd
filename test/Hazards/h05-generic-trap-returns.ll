; H5: the generic pass reports a mismatch with llvm.debugtrap, after which
; control reaches the call all the same. Whoever continues after the trap (a
; debugger, a signal handler) makes the unchecked call.
;
; What we do: our own expansion ends the failing path with llvm.trap and
; unreachable.
; If this test fails because the block of the trap no longer branches to the
; call: on targets without native bundles the generic pass could do the work of
; our expansion, as far as H4 and H6 allow.

; RUN: opt -mtriple=loongarch64-unknown-linux-gnu -passes=kcfi -S %s | FileCheck %s
; RUN: opt -mtriple=loongarch64-unknown-linux-gnu -passes=kcfi -S %s -o %t.ll
; RUN: llc -mtriple=loongarch64-unknown-linux-gnu -o - %t.ll | FileCheck %s --check-prefix=ASM

; CHECK-LABEL: define void @caller(
; CHECK:         br i1 %{{.*}}, label %[[#TRAP:]], label %[[#CALL:]], !prof
; CHECK:       [[#TRAP]]:
; CHECK-NEXT:    call void @llvm.debugtrap()
; CHECK-NEXT:    br label %[[#CALL]]
; CHECK:       [[#CALL]]:
; CHECK-NEXT:    call void %f(){{$}}

; ASM-LABEL: {{^}}caller:
; ASM:         bne ${{.*}}, [[TRAP:\.LBB[0-9_]+]]
; ASM:       [[TRAP]]:
; ASM-NEXT:    break 0
; ASM-NEXT:    jr $

define void @caller(ptr %f) !kcfi_type !1 {
  tail call void %f() [ "kcfi"(i32 305419896) ]
  ret void
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
