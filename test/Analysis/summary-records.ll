; What is read from LLVM IR besides flows: flags, linkage, ids, calls, taken
; addresses, names, locations.

; RUN: kcfi-translate --llvmir-to-summary --unit=u %s -o %t
; RUN: FileCheck %s --input-file=%t
; RUN: llvm-as %s -o %t.bc
; RUN: kcfi-translate --llvmir-to-summary --unit=u %t.bc | diff %t -
; Without a name the unit has that of the input.
; RUN: kcfi-translate --llvmir-to-summary %s | FileCheck %s --check-prefix=UNIT
; UNIT: "unit":"{{.*}}summary-records.ll"

; CHECK:      {"kind":"alias","unit":"u","name":"ifunc","target":"resolver","ifunc":true}
; CHECK-NEXT: {"kind":"alias","unit":"u","name":"other.name","target":"defined","shape":"i32 (i32)"}

; A bundle of a direct call is dropped without a comparison. An alias is a
; callee by its own name.
; CHECK-NEXT: {"kind":"call","unit":"u","caller":"caller","callee":"defined","id":"0x00050794","location":"f.c:7:3"}
; CHECK-NEXT: {"kind":"call","unit":"u","caller":"caller","callee":"other.name"}

; Of the strings, the one that has the id.
; CHECK-NEXT: {"kind":"class","id":"0x00050794","string":"_ZTSFiiE","type":"int (int)"}

; CHECK-NEXT: {"kind":"flow","unit":"u","from":"global:vtable+24","to":"elements:vtable+8"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"global:vtable+8","to":"elements:vtable+8"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:caller#0","to":"site:caller#0"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:caller#0","to":"site:caller#1"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:caller#1","to":"site:caller#3"}
; CHECK-NEXT: {"kind":"flow","unit":"u","from":"param:caller#1","to":"site:caller#4"}

; CHECK-NEXT: {"kind":"function","unit":"u","name":"@0"}
; CHECK-NEXT: {"kind":"function","unit":"u","name":"\u0001esc\\5C\\FF\"é","taken":true}
; CHECK-NEXT: {"kind":"function","unit":"u","name":"asm_only","taken":true,"id":"0x00000007"}
; CHECK-NEXT: {"kind":"function","unit":"u","name":"caller","defined":true,"body":"{{[0-9a-f]+}}","location":"f.c:5:0"}
; CHECK-NEXT: {"kind":"function","unit":"u","name":"defined","defined":true,"taken":true,"id":"0x00050794","body":"{{[0-9a-f]+}}","shape":"i32 (i32)"}
; CHECK-NEXT: {"kind":"function","unit":"u","name":"elsewhere","body":"{{[0-9a-f]+}}"}
; CHECK-NEXT: {"kind":"function","unit":"u","name":"handler"}
; CHECK-NEXT: {"kind":"function","unit":"u","name":"local","defined":true,"local":true,"taken":true,"compared":true,"body":"{{[0-9a-f]+}}"}
; CHECK-NEXT: {"kind":"function","unit":"u","name":"odr","defined":true,"weak":true,"body":"{{[0-9a-f]+}}"}
; CHECK-NEXT: {"kind":"function","unit":"u","name":"resolver","defined":true,"taken":true,"body":"{{[0-9a-f]+}}"}
; CHECK-NEXT: {"kind":"function","unit":"u","name":"weak.reference"}
; CHECK-NEXT: {"kind":"global","unit":"u","name":"relative","local":true}
; CHECK-NEXT: {"kind":"global","unit":"u","name":"vtable"}

; Inline assembly is no indirect call; neither a constant address nor an id of 0
; is checked.
; CHECK-NEXT: {"kind":"site","unit":"u","caller":"caller","index":0,"state":"bundle","id":"0xffffffff","location":"f.c:6:3"}
; CHECK-NEXT: {"kind":"site","unit":"u","caller":"caller","index":1,"state":"unchecked","location":"f.c:6:3"}
; CHECK-NEXT: {"kind":"site","unit":"u","caller":"caller","index":2,"state":"unchecked","location":"f.c:6:3"}
; CHECK-NEXT: {"kind":"site","unit":"u","caller":"caller","index":3,"state":"bundle","id":"0x00000007","location":"f.c:6:3"}
; CHECK-NEXT: {"kind":"site","unit":"u","caller":"caller","index":4,"state":"unchecked","location":"f.c:6:3"}
; CHECK-NEXT: {"kind":"unit","version":2,"unit":"u","target":"x86_64-unknown-linux-gnu","protected":true,"hash":"xxhash64","normalize":true,"prefix":11,"arity":true}

; Offsets are those of the data layout.
; CHECK-NEXT: {"kind":"view","unit":"u","function":"\u0001esc\\5C\\FF\"é","place":"global:vtable+24","location":"f.c:2:0"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"defined","place":"global:relative+4"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"defined","place":"global:vtable+8","location":"f.c:2:0"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"local","place":"elsewhere"}
; CHECK-NOT: {{.}}

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

module asm ".weak __kcfi_typeid_asm_only"
module asm ".set __kcfi_typeid_asm_only, 7"

@vtable = constant { i32, [2 x { ptr, i32 }] } { i32 1, [2 x { ptr, i32 }] [{ ptr, i32 } { ptr @defined, i32 1 }, { ptr, i32 } { ptr @"\01esc\5C\FF\22\C3\A9", i32 2 }] }, !dbg !20
@relative = private constant [2 x i32] [i32 0, i32 trunc (i64 sub (i64 ptrtoint (ptr @defined to i64), i64 ptrtoint (ptr @relative to i64)) to i32)]
@llvm.used = appending global [1 x ptr] [ptr @local]
@other.name = alias i32 (i32), ptr @defined
@ifunc = ifunc i32 (i32), ptr @resolver

declare void @"\01esc\5C\FF\22\C3\A9"()
declare void @0()
declare !kcfi_type !8 void @asm_only()
declare extern_weak void @weak.reference()
declare i32 @handler(...)

define i32 @defined(i32 %x) !kcfi_type !6 !type !9 !type !10 {
  ret i32 %x
}
define available_externally void @elsewhere() {
  ret void
}
define linkonce_odr void @odr() {
  ret void
}
define internal void @local() {
  ret void
}
define ptr @resolver() {
  ret ptr null
}

; The personality is called by the unwinder, blocks are no functions, and a
; comparison moves nothing.
define void @caller(ptr %p, ptr %q) personality ptr @handler !dbg !13 {
  %1 = call i32 %p(i32 1) [ "kcfi"(i32 -1) ], !dbg !15
  call void %p(), !dbg !15
  %2 = icmp eq ptr %q, @local
  call void asm sideeffect "nop", ""()
  %3 = call i32 @defined(i32 2) [ "kcfi"(i32 329620) ], !dbg !16
  %4 = call i32 @other.name(i32 2)
  call void inttoptr (i64 4096 to ptr)(), !dbg !15
  invoke void %q(ptr blockaddress(@caller, %landing)) [ "kcfi"(i32 7) ] to label %next unwind label %landing, !dbg !15
next:
  call void %q() [ "kcfi"(i32 0) ], !dbg !15
  ret void
landing:
  %5 = landingpad { ptr, i32 } cleanup
  ret void
}

!llvm.module.flags = !{!0, !1, !2, !3, !4, !5}
!llvm.dbg.cu = !{!11}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4, !"kcfi-hash", !"xxHash64"}
!2 = !{i32 4, !"cfi-normalize-integers", i32 1}
!3 = !{i32 4, !"kcfi-offset", i32 11}
!4 = !{i32 4, !"kcfi-arity", i32 1}
!5 = !{i32 2, !"Debug Info Version", i32 3}
!6 = !{i32 329620}
!8 = !{i32 7}
!9 = !{i64 0, !"_ZTSFiiE"}
!10 = !{i64 0, !"_ZTSFiiE.generalized"}
!11 = distinct !DICompileUnit(language: DW_LANG_C11, file: !12, emissionKind: FullDebug, globals: !19)
!12 = !DIFile(filename: "f.c", directory: "")
!13 = distinct !DISubprogram(name: "caller", file: !12, line: 5, type: !14, unit: !11, spFlags: DISPFlagDefinition)
!14 = !DISubroutineType(types: !17)
!15 = !DILocation(line: 6, column: 3, scope: !13)
!16 = !DILocation(line: 7, column: 3, scope: !13)
!17 = !{null}
!18 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!19 = !{!20}
!20 = !DIGlobalVariableExpression(var: !21, expr: !DIExpression())
!21 = distinct !DIGlobalVariable(name: "vtable", file: !12, line: 2, type: !18, isDefinition: true)
