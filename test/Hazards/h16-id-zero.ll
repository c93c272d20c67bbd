; H16: an id of zero is valid IR and means "no check" to every back end.
;
; What we do: an id of zero is an error, at the function and at the call.
; If this test fails because a check appears: zero would be an ordinary id for
; LLVM; the Linux kernel still takes it for "no id".

; RUN: opt -passes=verify -disable-output %s
; RUN: llc -mtriple=x86_64-unknown-linux-gnu -o - %s | FileCheck %s '-D$TRAP=ud2'
; RUN: llc -mtriple=aarch64-unknown-linux-gnu -o - %s | FileCheck %s '-D$TRAP=brk'
; RUN: llc -mtriple=riscv64-unknown-linux-gnu -o - %s | FileCheck %s '-D$TRAP=ebreak'
; RUN: llc -mtriple=riscv32-unknown-linux-gnu -o - %s | FileCheck %s '-D$TRAP=ebreak'
; RUN: llc -mtriple=armv7a-unknown-linux-gnueabi -o - %s | FileCheck %s '-D$TRAP=udf'
; RUN: llc -mtriple=thumbv7a-unknown-linux-gnueabi -o - %s | FileCheck %s '-D$TRAP=udf'

; CHECK-LABEL: {{^}}ordinary:
; CHECK:         [[$TRAP]]
; CHECK-LABEL: {{^}}zero:
; CHECK-NOT:     [[$TRAP]]
; CHECK:         {{callq|blr|jalr|blx}}
; CHECK-NOT:     [[$TRAP]]
; CHECK:       .Lfunc_end

define i32 @ordinary(ptr %f) !kcfi_type !1 {
  %r = call i32 %f() [ "kcfi"(i32 1) ]
  %s = add i32 %r, 1
  ret i32 %s
}

define i32 @zero(ptr %f) !kcfi_type !1 {
  %r = call i32 %f() [ "kcfi"(i32 0) ]
  %s = add i32 %r, 1
  ret i32 %s
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 0}
