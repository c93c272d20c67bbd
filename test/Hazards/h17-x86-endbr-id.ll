; H17: an id that is the encoding of ENDBR32 or ENDBR64, or the negation of one,
; is replaced by id + 1 on x86, both in the prefix and in the check; the
; metadata and every other target keep the id itself.
;
; What we do: TargetInfo::getStoredId of x86-64 does the same, so that whatever
; reads or writes prefixes agrees with LLVM.
; If this test fails: adapt getStoredId to the new rule of that LLVM version.

; RUN: sed 's/ID/-98693133/' %s | llc -mtriple=x86_64-unknown-linux-gnu -o - | FileCheck %s --check-prefix=X86 '-D$STORED=4196274164' '-D$NEGATED=98693132'
; RUN: sed 's/ID/-81915917/' %s | llc -mtriple=x86_64-unknown-linux-gnu -o - | FileCheck %s --check-prefix=X86 '-D$STORED=4213051380' '-D$NEGATED=81915916'
; RUN: sed 's/ID/98693133/' %s | llc -mtriple=x86_64-unknown-linux-gnu -o - | FileCheck %s --check-prefix=X86 '-D$STORED=98693134' '-D$NEGATED=4196274162'
; RUN: sed 's/ID/81915917/' %s | llc -mtriple=x86_64-unknown-linux-gnu -o - | FileCheck %s --check-prefix=X86 '-D$STORED=81915918' '-D$NEGATED=4213051378'
; The neighbour is stored as it is.
; RUN: sed 's/ID/81915916/' %s | llc -mtriple=x86_64-unknown-linux-gnu -o - | FileCheck %s --check-prefix=X86 '-D$STORED=81915916' '-D$NEGATED=4213051380'
; RUN: sed 's/ID/98693133/' %s | llc -mtriple=aarch64-unknown-linux-gnu -o - | FileCheck %s --check-prefix=AARCH64

; X86-LABEL: {{^}}__cfi_caller:
; X86:         movl $[[$STORED]], %eax
; X86-LABEL: {{^}}caller:
; X86:         movl $[[$NEGATED]], %r10d
; X86-NEXT:    addl -4(%rdi), %r10d

; AARCH64:       .word 98693133
; AARCH64-LABEL: {{^}}caller:

define void @caller(ptr %f) !kcfi_type !1 {
  call void %f() [ "kcfi"(i32 ID) ]
  ret void
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 ID}
