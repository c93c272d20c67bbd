; H45: a function with a type id does not get the alignment that it asks for. LLVM
; gives it to what stands in front of the function, so that the function itself
; lies 16 bytes behind it on x86-64, 4 bytes elsewhere. Nothing traps; what asks
; for the alignment (a hot loop, the low bits of the address) does not get it.
;
; What we do: entries with an alignment get it, by prefix data of the right size.
; Functions without entries are left as LLVM places them.
; If this test fails because the functions are aligned: the prefix data of entries
; has to be computed anew (TargetInfo::layOutEntries).

; RUN: llc -mtriple=x86_64-linux-gnu -filetype=obj -o %t.o %s
; RUN: llvm-nm %t.o | FileCheck %s --check-prefix=X86
; RUN: llc -mtriple=aarch64-linux-gnu -filetype=obj -o %t.o %s
; RUN: llvm-nm %t.o | FileCheck %s --check-prefix=WORD
; RUN: llc -mtriple=riscv64-linux-gnu -filetype=obj -o %t.o %s
; RUN: llvm-nm %t.o | FileCheck %s --check-prefix=WORD
; RUN: llc -mtriple=i386-linux-gnu -filetype=obj -o %t.o %s
; RUN: llvm-nm %t.o | FileCheck %s --check-prefix=X86

; X86: {{^0*}}10 T f
; WORD: {{^0*}}4 T f

define void @f() align 64 !kcfi_type !1 {
  ret void
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
