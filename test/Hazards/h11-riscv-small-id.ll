; H11: for an id whose upper 20 bits are zero RISC-V leaves out the `lui`, but
; still adds the lower bits to the register that the `lui` would have set. The
; expected value is then whatever t2 held, plus the id: a false trap.
;
; What we do: checks with such an id are expanded in IR on RISC-V.
; If this test fails because the addition starts from zero: the RISC-V targets
; may return Bundle for these ids.

; RUN: llc -mtriple=riscv64-unknown-linux-gnu -o - %s | FileCheck %s
; RUN: llc -mtriple=riscv32-unknown-linux-gnu -o - %s | FileCheck %s

; CHECK-LABEL: {{^}}small:
; CHECK-NOT:     lui
; CHECK:         lw t1, -4(a0)
; CHECK-NEXT:    addi t2, t2, 1000
; CHECK-NEXT:    beq t1, t2,
; CHECK-LABEL: {{^}}almost_zero:
; CHECK:         lw t1, -4(a0)
; CHECK-NEXT:    addi t2, t2, -2000
; CHECK-NEXT:    beq t1, t2,
; With lower bits of zero it is the addition that is left out, rightly.
; CHECK-LABEL: {{^}}round:
; CHECK:         lw t1, -4(a0)
; CHECK-NEXT:    lui t2, 2
; CHECK-NEXT:    beq t1, t2,

define void @small(ptr %f) {
  call void %f() [ "kcfi"(i32 1000) ]
  ret void
}

define void @almost_zero(ptr %f) {
  call void %f() [ "kcfi"(i32 -2000) ]
  ret void
}

define void @round(ptr %f) {
  call void %f() [ "kcfi"(i32 8192) ]
  ret void
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
