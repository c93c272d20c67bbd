; A debug record of several values

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 !dbg !7 {
  %a = load i32, ptr %slot, !dbg !11
  #dbg_value(!DIArgList(i32 %a, i32 %n), !13, !DIExpression(DW_OP_LLVM_arg, 0, DW_OP_LLVM_arg, 1, DW_OP_plus, DW_OP_stack_value), !11)
  store i32 %a, ptr %slot, !dbg !11
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0, !3, !4}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
!3 = !{i32 2, !"Debug Info Version", i32 3}
!4 = !{i32 7, !"Dwarf Version", i32 5}
!5 = distinct !DICompileUnit(language: DW_LANG_C11, file: !6, producer: "p", isOptimized: false, runtimeVersion: 0, emissionKind: FullDebug)
!6 = !DIFile(filename: "a.c", directory: "/d")
!7 = distinct !DISubprogram(name: "user", scope: !6, file: !6, line: 1, type: !8, scopeLine: 1, spFlags: DISPFlagDefinition, unit: !5)
!8 = !DISubroutineType(types: !9)
!9 = !{!10, !10}
!10 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!11 = !DILocation(line: 2, column: 3, scope: !7)
!12 = !{}
!13 = !DILocalVariable(name: "v", arg: 3, scope: !7, file: !6, line: 1, type: !10)
!14 = !DILocalVariable(name: "w", scope: !7, file: !6, line: 2, type: !10)
!llvm.dbg.cu = !{!5}
