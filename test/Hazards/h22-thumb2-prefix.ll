; H22, second part: on Thumb2 the check takes every NOP of a patchable prefix for
; 4 bytes, but those of Thumb code have 2. The id of a function stands 8 bytes in
; front of the entry here, the check looks 12 bytes in front of it: right calls
; trap. In ARM code (A32) both agree.
;
; What we do: patchable prefixes are refused on ARM, as clang does.
; If this test fails because the displacement is right: supportsPatchablePrefix()
; of the ARM target can return true.

; RUN: llc -mtriple=thumbv7a-unknown-linux-gnueabi -filetype=obj -o %t.o %s
; RUN: llvm-objdump -d --no-show-raw-insn %t.o | FileCheck %s
; RUN: llvm-objdump -s -j .text %t.o | FileCheck %s --check-prefix=BYTES
; RUN: llc -mtriple=armv7a-unknown-linux-gnueabi -filetype=obj -o %t.arm.o %s
; RUN: llvm-objdump -d --no-show-raw-insn %t.arm.o | FileCheck %s --check-prefix=ARM

; The id 0x12345678, then two NOPs of two bytes (00 bf), then the code.
; BYTES: 0000 78563412 00bf00bf
; CHECK-LABEL: <caller>:
; CHECK:         ldr{{.*}}, [{{.*}}, #-{{12|0xc}}]

; In ARM code the NOPs have four bytes, so the entry is at 12.
; ARM-LABEL: {{0000000c}} <caller>:
; ARM:         ldr r12, [{{.*}}, #-{{12|0xc}}]

define void @caller(ptr %f) "patchable-function-prefix"="2" !kcfi_type !1 {
  call void %f() [ "kcfi"(i32 305419896) ]
  ret void
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
