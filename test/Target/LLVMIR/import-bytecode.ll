; Text has no locations, which are the debug info of the export; bytecode has.

; RUN: kcfi-translate --import-llvm-ir --emit-bytecode %s -o %t.mlirbc
; RUN: kcfi-opt --kcfi-roundtrip-pipeline --emit-bytecode %t.mlirbc | kcfi-translate --kcfi-to-llvmir | FileCheck %s
; RUN: kcfi-translate --import-llvm-ir %s | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=TEXT

; CHECK: define i32 @f() !dbg
; CHECK-NEXT: ret i32 1, !dbg
; TEXT: define i32 @f() {
; TEXT-NEXT: ret i32 1{{$}}
define i32 @f() !dbg !3 {
  ret i32 1, !dbg !5
}

!llvm.dbg.cu = !{!1}
!llvm.module.flags = !{!0}
!0 = !{i32 2, !"Debug Info Version", i32 3}
!1 = distinct !DICompileUnit(language: DW_LANG_C11, file: !2, emissionKind: FullDebug)
!2 = !DIFile(filename: "f.c", directory: "/")
!3 = distinct !DISubprogram(name: "f", scope: !2, file: !2, line: 1, type: !4, unit: !1, spFlags: DISPFlagDefinition)
!4 = !DISubroutineType(types: !{})
!5 = !DILocation(line: 2, scope: !3)
