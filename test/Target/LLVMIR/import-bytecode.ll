; MLIR reads the text of a constant as a double, whatever its type: 1e200 of
; x86_fp80 would be another number, 1e400 no number at all. What has such a number
; is carried. Locations hold debug info, they are part of text and bytecode.

; RUN: kcfi-translate --import-llvm-ir %s -o %t.mlir 2>&1 | FileCheck %s --check-prefix=REMARK
; REMARK: remark: 1 instruction or constant is carried as LLVM bitcode, with a call in the place of each: a floating-point constant that is no double (1, first in 'f')
; REMARK: remark: 1 of 3 definitions is carried whole as LLVM bitcode: a floating-point constant that is no double (1, first in 'table')
; RUN: kcfi-opt --kcfi-roundtrip-pipeline --mlir-print-debuginfo %t.mlir | kcfi-translate --kcfi-to-llvmir | FileCheck %s
; RUN: FileCheck %s --check-prefix=TEXT --input-file=%t.mlir
; TEXT: #di_subprogram{{.*}}name = "g"
; RUN: kcfi-translate --import-llvm-ir --emit-bytecode %s -o %t.mlirbc
; RUN: kcfi-opt --kcfi-roundtrip-pipeline --emit-bytecode %t.mlirbc | kcfi-translate --kcfi-to-llvmir | FileCheck %s
; Plain MLIR writes and reads it.
; RUN: mlir-translate --import-llvm %s | mlir-translate --mlir-to-llvmir | FileCheck %s --check-prefix=PLAIN

; CHECK: @table = constant [2 x x86_fp80] [x86_fp80 0xK3FFF8000000000000000, x86_fp80 0xK452FDA763FC8CB9FFDCF]
; PLAIN: @table = constant [2 x x86_fp80] [x86_fp80 0xK3FFF8000000000000000, x86_fp80 0xK7FFF8000000000000000]
@table = constant [2 x x86_fp80] [x86_fp80 0xK3FFF8000000000000000, x86_fp80 0xK452FDA763FC8CB9FFDCF]

; CHECK: ret x86_fp80 0xK4297A738C6BEBB12D2EC, !dbg
; PLAIN: ret x86_fp80 0xK4297A738C6BEBB12D000
define x86_fp80 @f() !dbg !3 {
  ret x86_fp80 0xK4297A738C6BEBB12D2EC, !dbg !5
}

define void @g() !dbg !6 {
  ret void, !dbg !7
}

!llvm.dbg.cu = !{!1}
!llvm.module.flags = !{!0}
!0 = !{i32 2, !"Debug Info Version", i32 3}
!1 = distinct !DICompileUnit(language: DW_LANG_C11, file: !2, emissionKind: FullDebug)
!2 = !DIFile(filename: "f.c", directory: "/")
!3 = distinct !DISubprogram(name: "f", scope: !2, file: !2, line: 1, type: !4, unit: !1, spFlags: DISPFlagDefinition)
!4 = !DISubroutineType(types: !{})
!5 = !DILocation(line: 2, scope: !3)
!6 = distinct !DISubprogram(name: "g", scope: !2, file: !2, line: 3, type: !4, unit: !1, spFlags: DISPFlagDefinition)
!7 = !DILocation(line: 4, scope: !6)
