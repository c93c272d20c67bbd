; Modules that an import could lose something of, or refuse, without need.

; RUN: split-file %s %t

; Flags of every behaviour are the same, also where something is carried.
; RUN: kcfi-translate --through= %t/flags.ll 2>/dev/null | FileCheck %t/flags.ll

; Metadata with constant expressions over symbols.
; RUN: kcfi-translate --through= %t/metadata.ll | FileCheck %t/metadata.ll

; A constructor, an alias, an ifunc and a variable that refer to functions with
; stand-ins, or that are carried whole.
; RUN: kcfi-translate --through= %t/references.ll -o %t/references.out.ll
; RUN: FileCheck %t/references.ll < %t/references.out.ll
; RUN: llc -filetype=obj %t/references.ll -o %t/1.o
; RUN: llc -filetype=obj %t/references.out.ll -o %t/2.o
; RUN: llvm-objdump -dr %t/1.o | tail -n +4 > %t/1.dis
; RUN: llvm-objdump -dr %t/2.o | tail -n +4 | diff %t/1.dis -
; RUN: kcfi-translate --through= %t/destructor.ll 2>/dev/null | FileCheck %t/destructor.ll

; A struct keeps its attribute whatever else is carried, and two modules in one
; process have the same names.
; RUN: kcfi-translate --through= %t/sret.ll 2>%t/sret.err | FileCheck %t/sret.ll
; RUN: FileCheck %t/sret.ll --check-prefix=REMARK < %t/sret.err

; One compile unit, each variable once.
; RUN: kcfi-translate --through= %t/debug.ll | FileCheck %t/debug.ll

; Debug info that cannot be written back is an error of the import.
; RUN: not kcfi-translate --import-llvm-ir %t/variant.ll -o %t/variant.mlir 2>&1 | FileCheck %t/variant.ll
; RUN: not ls %t/variant.mlir

; Options that do not fit.
; RUN: not kcfi-translate --through=kcfi-nothing %t/sret.ll -o %t/none.ll 2>&1 | FileCheck %s --check-prefix=PASS
; RUN: not ls %t/none.ll
; PASS: error: 'kcfi-nothing' does not refer to a registered pass or pass pipeline
; RUN: not kcfi-translate --through= %t/missing.ll 2>&1 | FileCheck %s --check-prefix=MISSING
; MISSING: cannot open input file
; RUN: not kcfi-translate --import-llvm-ir --remarks=some %t/sret.ll 2>&1 | FileCheck %s --check-prefix=REMARKS
; REMARKS: Cannot find option named 'some'

;--- flags.ll
target triple = "aarch64-unknown-linux-gnu"
define i32 @f(ptr %p) !kcfi_type !90 {
  %r = call i32 %p(i32 1) [ "kcfi"(i32 329620) ]
  callbr void asm sideeffect "", "!i"() to label %a [label %a]
a:
  ret i32 %r
}
define void @whole() personality ptr @f {
  invoke void @whole() to label %done unwind label %pad
pad:
  %p = cleanuppad within none []
  cleanupret from %p unwind to caller
done:
  ret void
}
; CHECK-DAG: !{i32 1, !"error", i32 11}
; CHECK-DAG: !{i32 2, !"warning", i32 12}
; CHECK-DAG: !{i32 3, !"require", ![[PAIR:[0-9]+]]}
; CHECK-DAG: ![[PAIR]] = !{!"error", i32 11}
; CHECK-DAG: !{i32 4, !"override", i32 14}
; CHECK-DAG: !{i32 5, !"append", ![[A:[0-9]+]]}
; CHECK-DAG: ![[A]] = !{!"a"}
; CHECK-DAG: !{i32 6, !"appendunique", ![[B:[0-9]+]]}
; CHECK-DAG: ![[B]] = !{!"b"}
; CHECK-DAG: !{i32 7, !"max", i32 17}
; CHECK-DAG: !{i32 8, !"branch-target-enforcement", i32 18}
; CHECK-DAG: !{i32 7, !"debug-info-assignment-tracking", i1 true}
!llvm.module.flags = !{!0, !1, !2, !3, !4, !5, !6, !7, !8, !9}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 1, !"error", i32 11}
!2 = !{i32 2, !"warning", i32 12}
!3 = !{i32 3, !"require", !10}
!4 = !{i32 4, !"override", i32 14}
!5 = !{i32 5, !"append", !11}
!6 = !{i32 6, !"appendunique", !12}
!7 = !{i32 7, !"max", i32 17}
!8 = !{i32 8, !"branch-target-enforcement", i32 18}
!9 = !{i32 7, !"debug-info-assignment-tracking", i1 true}
!10 = !{!"error", i32 11}
!11 = !{!"a"}
!12 = !{!"b"}
!90 = !{i32 4660}
;--- metadata.ll
target triple = "x86_64-unknown-linux-gnu"
@far = addrspace(1) global i32 0
@near = global [2 x i32] zeroinitializer
; CHECK: define i32 @f(i32 %{{.*}}) !associated ![[ASSOCIATED:[0-9]+]] !kcfi_type !{{[0-9]+}} !foo ![[FOO:[0-9]+]]
; CHECK: call i32 @f(i32 %{{.*}}), !mine ![[SELF:[0-9]+]]
; CHECK: load i32, {{.*}} !other ![[SELF]]
; CHECK-DAG: ![[ASSOCIATED]] = !{ptr addrspacecast (ptr addrspace(1) @far to ptr)}
; CHECK-DAG: ![[FOO]] = !{ptr getelementptr (i8, ptr @near, i64 4)}
; CHECK-DAG: ![[SELF]] = distinct !{![[SELF]], ptr @f, null, float 1.000000e+00}
define i32 @f(i32 %x) !kcfi_type !4 !associated !2 !foo !3 {
  %r = call i32 @f(i32 %x), !mine !5
  %s = load i32, ptr @near, !other !5
  ret i32 %x
}
!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!2 = !{ptr addrspacecast (ptr addrspace(1) @far to ptr)}
!3 = !{ptr getelementptr (i8, ptr @near, i64 4)}
!4 = !{i32 329620}
!5 = distinct !{!5, ptr @f, null, float 1.0}
;--- references.ll
target triple = "x86_64-unknown-linux-gnu"
$v = comdat any
@v = linkonce_odr global i32 0, comdat
; CHECK: @llvm.global_ctors = appending global [2 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @bye, ptr @v }, { i32, ptr, ptr } { i32 101, ptr @g, ptr null }]
@llvm.global_ctors = appending global [2 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @bye, ptr @v }, { i32, ptr, ptr } { i32 101, ptr @g, ptr null }]
; CHECK: @bl = global ptr blockaddress(@g, %{{.*}})
@bl = global ptr blockaddress(@g, %b)
@al = alias i32 (), ptr @f
@if = ifunc void (), ptr @res
define ptr @res() {
  callbr void asm sideeffect "", "!i"() to label %a [label %b]
a:
  ret ptr @bye
b:
  ret ptr @bye
}
define i32 @f() {
  callbr void asm sideeffect "", "!i"() to label %a [label %b]
a:
  ret i32 1
b:
  ret i32 0
}
define void @g() {
  callbr void asm sideeffect "", "!i"() to label %a [label %b]
a:
  ret void
b:
  ret void
}
define void @bye() comdat($v) {
  ret void
}
;--- destructor.ll
target triple = "x86_64-unknown-linux-gnu"
@v = global i32 0
; CHECK: @llvm.global_dtors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @bye, ptr @v }]
@llvm.global_dtors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @bye, ptr @v }]
; CHECK: define internal void @bye()
define internal void @bye() personality ptr @bye {
  invoke void @bye() to label %done unwind label %pad
pad:
  %p = cleanuppad within none []
  cleanupret from %p unwind to caller
done:
  ret void
}
;--- sret.ll
target triple = "x86_64-unknown-linux-gnu"
%struct.s = type { i64, i64, i64 }
@g = external global %struct.s
; REMARK: remark: 1 instruction or constant is carried as LLVM bitcode
; REMARK-NOT: remark
; CHECK: define void @make(ptr sret(%struct.s) %{{.*}})
; CHECK: call void @make(ptr sret(%struct.s) %{{.*}})
define void @make(ptr sret(%struct.s) %r) {
  call void @make(ptr sret(%struct.s) %r)
  ret void
}
define i32 @odd() {
  callbr void asm sideeffect "", "!i"() to label %a [label %b]
a:
  ret i32 1
b:
  ret i32 0
}
!llvm.module.flags = !{!0}
!0 = !{i32 7, !"flag", i1 true}
;--- debug.ll
; CHECK-NOT: DICompileUnit
; CHECK: distinct !DICompileUnit
; CHECK-NOT: DICompileUnit
target triple = "x86_64-unknown-linux-gnu"
@v = global i32 0, !dbg !6
define void @f() !dbg !4 {
  callbr void asm sideeffect "", "!i"() to label %a [label %a], !dbg !9
a:
  ret void, !dbg !9
}
define void @whole() personality ptr @f !dbg !10 {
  invoke void @whole() to label %done unwind label %pad, !dbg !11
pad:
  %p = cleanuppad within none [], !dbg !11
  cleanupret from %p unwind to caller, !dbg !11
done:
  ret void, !dbg !11
}
!llvm.dbg.cu = !{!1}
!llvm.module.flags = !{!0}
!0 = !{i32 2, !"Debug Info Version", i32 3}
!1 = distinct !DICompileUnit(language: DW_LANG_C11, file: !2, emissionKind: FullDebug, globals: !3)
!2 = !DIFile(filename: "f.c", directory: "/")
!3 = !{!6}
!4 = distinct !DISubprogram(name: "f", scope: !2, file: !2, line: 1, type: !5, unit: !1, spFlags: DISPFlagDefinition)
!5 = !DISubroutineType(types: !{})
!6 = !DIGlobalVariableExpression(var: !7, expr: !DIExpression())
!7 = distinct !DIGlobalVariable(name: "v", scope: !1, file: !2, line: 1, type: !8)
!8 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!9 = !DILocation(line: 2, scope: !4)
!10 = distinct !DISubprogram(name: "whole", scope: !2, file: !2, line: 3, type: !5, unit: !1, spFlags: DISPFlagDefinition)
!11 = !DILocation(line: 4, scope: !10)
;--- variant.ll
; CHECK: error: the translation is not valid LLVM IR: All nodes should be resolved!{{$}}
target triple = "x86_64-unknown-linux-gnu"
define i32 @apply(ptr %f) !dbg !6 {
  ret i32 0, !dbg !15
}
!llvm.module.flags = !{!0}
!llvm.dbg.cu = !{!4}
!0 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !DIFile(filename: "a.rs", directory: "/")
!4 = distinct !DICompileUnit(language: DW_LANG_Rust, file: !3, emissionKind: FullDebug)
!5 = !{}
!6 = distinct !DISubprogram(name: "apply", scope: !3, file: !3, line: 1, type: !7, unit: !4, spFlags: DISPFlagDefinition, retainedNodes: !5)
!7 = !DISubroutineType(types: !8)
!8 = !{null, !9}
!9 = !DICompositeType(tag: DW_TAG_variant_part, scope: !3, file: !3, elements: !10)
!10 = !{!11}
!11 = !DIDerivedType(tag: DW_TAG_member, name: "Neg", scope: !9, file: !3, baseType: !12, size: 64)
!12 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: !9, size: 64)
!15 = !DILocation(line: 2, scope: !6)
