; H14: with a "ptrauth" bundle next to it the AArch64 check reads the id through
; the pointer that is still signed; the authentication happens in the call.
;
; What we do: nothing of ours makes a "ptrauth" bundle; a call that has one is
; not given a "kcfi" bundle as well.
; If this test fails because the check reads through an authenticated pointer,
; or the combination is rejected: the restriction can go, or is LLVM's own.

; RUN: llc -mtriple=aarch64-unknown-linux-gnu -mattr=+pauth -o - %s | FileCheck %s

; CHECK-LABEL: {{^}}caller:
; CHECK-NOT:     aut
; CHECK:         ldur w16, [x0, #-4]
; CHECK-NOT:     aut
; CHECK:         brk #0x8220
; CHECK:         blraa x0, x1

define i32 @caller(ptr %signed, i64 %discriminator) !kcfi_type !1 {
  %r = call i32 %signed() [ "kcfi"(i32 305419896), "ptrauth"(i32 0, i64 %discriminator) ]
  %s = add i32 %r, 1
  ret i32 %s
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
