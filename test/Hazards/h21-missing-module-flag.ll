; H21: without the module flag "kcfi" the native back ends ignore every bundle,
; and say nothing. The flag's value does not matter.
;
; What we do: lowering adds the flag whenever it writes an id or a bundle, and
; import refuses ids and bundles in a module without flag.
; If this test fails because a check appears without the flag: adding it becomes
; harmless repetition.

; RUN: sed 's/FLAG/kcfi/' %s > %t.with.ll
; RUN: sed 's/FLAG/other/' %s > %t.without.ll
; RUN: llc -mtriple=x86_64-unknown-linux-gnu -o - %t.with.ll | FileCheck %s --check-prefix=WITH '-D$TRAP=ud2'
; RUN: llc -mtriple=x86_64-unknown-linux-gnu -o - %t.without.ll | FileCheck %s --check-prefixes=X86,WITHOUT '-D$TRAP=ud2'
; RUN: llc -mtriple=aarch64-unknown-linux-gnu -o - %t.with.ll | FileCheck %s --check-prefix=WITH '-D$TRAP=brk'
; RUN: llc -mtriple=aarch64-unknown-linux-gnu -o - %t.without.ll | FileCheck %s --check-prefix=WITHOUT '-D$TRAP=brk'
; RUN: llc -mtriple=riscv64-unknown-linux-gnu -o - %t.with.ll | FileCheck %s --check-prefix=WITH '-D$TRAP=ebreak'
; RUN: llc -mtriple=riscv64-unknown-linux-gnu -o - %t.without.ll | FileCheck %s --check-prefix=WITHOUT '-D$TRAP=ebreak'
; RUN: llc -mtriple=armv7a-unknown-linux-gnueabi -o - %t.with.ll | FileCheck %s --check-prefix=WITH '-D$TRAP=udf'
; RUN: llc -mtriple=armv7a-unknown-linux-gnueabi -o - %t.without.ll | FileCheck %s --check-prefix=WITHOUT '-D$TRAP=udf'

; WITH:       305419896
; WITH-LABEL: {{^}}caller:
; WITH:         [[$TRAP]]
; WITH:       .Lfunc_end

; On x86-64 the id in front of the function goes as well; elsewhere it stays.
; X86-NOT:       305419896
; WITHOUT-LABEL: {{^}}caller:
; WITHOUT-NOT:     [[$TRAP]]
; WITHOUT:       .Lfunc_end

define i32 @caller(ptr %f) !kcfi_type !1 {
  %r = call i32 %f() [ "kcfi"(i32 305419896) ]
  %s = add i32 %r, 1
  ret i32 %s
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"FLAG", i32 0}
!1 = !{i32 305419896}
