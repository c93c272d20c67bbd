; H1: the x86-64 back end takes the bundle of an `invoke` and emits no check; a
; `call` next to it is checked. The other native back ends check both.
;
; What we do: a checked invoke for x86-64 becomes an explicit load, comparison
; and llvm.trap in IR, followed by an invoke without bundle.
; If this test fails because a check appears in @unwinding: the x86-64 target
; may return CheckDecision Bundle for invokes (from that LLVM version on).

; RUN: llc -mtriple=x86_64-unknown-linux-gnu -o - %s | FileCheck %s --check-prefix=X86
; RUN: llc -mtriple=aarch64-unknown-linux-gnu -o - %s | FileCheck %s --check-prefix=CHECKED '-D$TRAP=brk'
; RUN: llc -mtriple=riscv64-unknown-linux-gnu -o - %s | FileCheck %s --check-prefix=CHECKED '-D$TRAP=ebreak'
; RUN: llc -mtriple=armv7a-unknown-linux-gnueabi -o - %s | FileCheck %s --check-prefix=CHECKED '-D$TRAP=udf'

declare i32 @__gxx_personality_v0(...)

; X86-LABEL: {{^}}plain:
; X86:         movl $3989547400, %r10d
; X86-NEXT:    addl -4(%{{.*}}), %r10d
; X86:         ud2
; X86:         callq *%
; X86-LABEL: {{^}}unwinding:
; X86-NOT:     %r10
; X86-NOT:     ud2
; X86:         callq *%
; X86-NOT:     ud2
; X86:       .Lfunc_end

; CHECKED-LABEL: {{^}}unwinding:
; CHECKED:         [[$TRAP]]
; CHECKED:         {{blr|jalr|blx}}
; CHECKED:       .Lfunc_end

define i32 @plain(ptr %f, i32 %x) !kcfi_type !1 {
  %r = call i32 %f(i32 %x) [ "kcfi"(i32 305419896) ]
  %s = add i32 %r, 1
  ret i32 %s
}

define i32 @unwinding(ptr %f, i32 %x) personality ptr @__gxx_personality_v0 !kcfi_type !1 {
  %r = invoke i32 %f(i32 %x) [ "kcfi"(i32 305419896) ]
          to label %ok unwind label %cleanup

ok:
  %s = add i32 %r, 1
  ret i32 %s

cleanup:
  %pad = landingpad { ptr, i32 }
          cleanup
  resume { ptr, i32 } %pad
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
