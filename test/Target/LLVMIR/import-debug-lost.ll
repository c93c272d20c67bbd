; Debug info that MLIR has no form for is counted, by kind.

; RUN: kcfi-translate --import-llvm-ir %s -o /dev/null 2>&1 | FileCheck %s
; CHECK: remark: debug info changes, since MLIR has no form for some: 1 of 1 checksums of files, 2 of 2 enumerators
; CHECK-NOT: {{.}}

target triple = "x86_64-unknown-linux-gnu"
define void @f(i32 %x) !dbg !5 {
  #dbg_value(i32 %x, !9, !DIExpression(), !11)
  ret void, !dbg !11
}
!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}
!0 = distinct !DICompileUnit(language: DW_LANG_C11, file: !1, emissionKind: FullDebug, producer: "clang")
!1 = !DIFile(filename: "a.c", directory: "/src", checksumkind: CSK_MD5, checksum: "00112233445566778899aabbccddeeff")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !DISubroutineType(types: !4)
!4 = !{null, !6}
!5 = distinct !DISubprogram(name: "f", scope: !1, file: !1, line: 1, type: !3, scopeLine: 1, spFlags: DISPFlagDefinition, unit: !0, retainedNodes: !10)
!6 = !DICompositeType(tag: DW_TAG_enumeration_type, name: "e", file: !1, line: 1, baseType: !12, size: 32, elements: !7)
!7 = !{!8, !13}
!8 = !DIEnumerator(name: "one", value: 1)
!9 = !DILocalVariable(name: "x", arg: 1, scope: !5, file: !1, line: 1, type: !6)
!10 = !{!9}
!11 = !DILocation(line: 1, scope: !5)
!12 = !DIBasicType(name: "unsigned int", size: 32, encoding: DW_ATE_unsigned)
!13 = !DIEnumerator(name: "two", value: 2)
