; Definitions whose code LLVM could merge have one digest, all others do not.

; RUN: split-file %s %t
; RUN: kcfi-translate --llvmir-to-summary --unit=a %t/a.ll -o %t/a
; RUN: kcfi-translate --llvmir-to-summary --unit=b %t/b.ll -o %t/b
; RUN: env LC_ALL=C sort -u %t/a %t/b | grep '"body"' > %t/all
; RUN: FileCheck %s --input-file=%t/all

; Names, own ids, debug info, TBAA, order of blocks and of functions say nothing.
; Constants without identity count by content, recursion as such.
; CHECK: "unit":"a","name":"base"{{.*}}"body":"[[BASE:[0-9a-f]{16}]]"
; CHECK-NOT: "body":"[[BASE]]"
; CHECK: "unit":"a","name":"call"{{.*}}"body":"[[CALL:[0-9a-f]{16}]]"
; CHECK-NOT: "body":"[[CALL]]"
; CHECK: "unit":"a","name":"recursive"{{.*}}"body":"[[RECURSIVE:[0-9a-f]{16}]]"
; CHECK: "unit":"a","name":"same.base"{{.*}}"body":"[[BASE]]"
; CHECK: "unit":"a","name":"same.recursive"{{.*}}"body":"[[RECURSIVE]]"
; CHECK: "unit":"a","name":"string"{{.*}}"body":"[[STRING:[0-9a-f]{16}]]"
; CHECK-NOT: "body":"[[BASE]]"
; CHECK-NOT: "body":"[[CALL]]"
; CHECK: "unit":"b","name":"base.in.other.unit"{{.*}}"body":"[[BASE]]"
; CHECK-NOT: "body":"[[BASE]]"
; Local symbols of two units are two symbols, others are one.
; CHECK: "unit":"b","name":"call.in.other.unit"{{.*}}"body":"[[CALL]]"
; CHECK-NOT: "body":"[[CALL]]"
; CHECK: "unit":"b","name":"string.in.other.unit"{{.*}}"body":"[[STRING]]"
; CHECK-NOT: "body":"[[BASE]]"

; All of these differ from each other and from the rest.
; RUN: grep -o '"name":"\(differs[^"]*\|base\|call\|string\|recursive\)"' %t/all | count 20
; RUN: grep '"name":"\(differs[^"]*\|base\|call\|string\|recursive\)"' %t/all | grep -o '"body":"[0-9a-f]*"' | sort -u | count 20

;--- a.ll
@.str.1 = private unnamed_addr constant [2 x i8] c"x\00"
@.str.2 = private unnamed_addr constant [2 x i8] c"y\00"
@identity = private constant [2 x i8] c"x\00"
declare void @puts(ptr)
declare void @gets(ptr)
define internal void @helper() {
  ret void
}

define i32 @base(ptr %p, ptr %f, i1 %c) !kcfi_type !0 {
  %v = load i32, ptr %p, align 4, !tbaa !10
  br i1 %c, label %then, label %else
then:
  call void %f(i32 %v) [ "kcfi"(i32 7) ]
  br label %else
else:
  ret i32 %v
}
define i32 @same.base(ptr %a, ptr %b, i1 %d) !kcfi_type !1 !dbg !6 {
  %w = load i32, ptr %a, align 4, !dbg !8
  br i1 %d, label %first, label %second, !dbg !8
second:
  ret i32 %w, !dbg !8
first:
  call void %b(i32 %w) [ "kcfi"(i32 7) ], !dbg !8
  br label %second, !dbg !8
}
define i32 @differs.by.id.of.call(ptr %p, ptr %f, i1 %c) {
  %v = load i32, ptr %p, align 4
  br i1 %c, label %then, label %else
then:
  call void %f(i32 %v) [ "kcfi"(i32 8) ]
  br label %else
else:
  ret i32 %v
}
define i32 @differs.by.check(ptr %p, ptr %f, i1 %c) {
  %v = load i32, ptr %p, align 4
  br i1 %c, label %then, label %else
then:
  call void %f(i32 %v)
  br label %else
else:
  ret i32 %v
}
define i32 @differs.by.align(ptr %p, ptr %f, i1 %c) {
  %v = load i32, ptr %p, align 1
  br i1 %c, label %then, label %else
then:
  call void %f(i32 %v) [ "kcfi"(i32 7) ]
  br label %else
else:
  ret i32 %v
}
define i32 @differs.by.branch(ptr %p, ptr %f, i1 %c) {
  %v = load i32, ptr %p, align 4
  br i1 %c, label %else, label %then
then:
  call void %f(i32 %v) [ "kcfi"(i32 7) ]
  br label %else
else:
  ret i32 %v
}
define i32 @differs.by.attribute(ptr %p, ptr %f, i1 %c) "patchable-function-prefix"="11" {
  %v = load i32, ptr %p, align 4
  br i1 %c, label %then, label %else
then:
  call void %f(i32 %v) [ "kcfi"(i32 7) ]
  br label %else
else:
  ret i32 %v
}
define void @call(i32 %x) {
  call void @puts(ptr null)
  ret void
}
define void @differs.by.callee(i32 %x) {
  call void @gets(ptr null)
  ret void
}
define void @differs.by.type(i64 %x) {
  call void @puts(ptr null)
  ret void
}
define void @differs.by.tail(i32 %x) {
  tail call void @puts(ptr null)
  ret void
}
define void @string() {
  call void @puts(ptr @.str.1)
  ret void
}
define void @differs.by.string() {
  call void @puts(ptr @.str.2)
  ret void
}
define void @differs.by.identity() {
  call void @puts(ptr @identity)
  ret void
}
define void @recursive() {
  call void @recursive()
  ret void
}
define void @same.recursive() {
  call void @same.recursive()
  ret void
}
define void @differs.by.helper() {
  call void @helper()
  ret void
}
define i1 @differs.by.predicate.eq(i32 %x, i32 %y) {
  %r = icmp eq i32 %x, %y
  ret i1 %r
}
define i1 @differs.by.predicate.ne(i32 %x, i32 %y) {
  %r = icmp ne i32 %x, %y
  ret i1 %r
}
define i32 @differs.by.operands(i32 %x, i32 %y) {
  %r = sub i32 %x, %y
  ret i32 %r
}
define i32 @differs.by.order(i32 %x, i32 %y) {
  %r = sub i32 %y, %x
  ret i32 %r
}

!llvm.module.flags = !{!2, !3}
!llvm.dbg.cu = !{!4}
!0 = !{i32 1}
!1 = !{i32 2}
!2 = !{i32 4, !"kcfi", i32 1}
!3 = !{i32 2, !"Debug Info Version", i32 3}
!4 = distinct !DICompileUnit(language: DW_LANG_C11, file: !5, emissionKind: FullDebug)
!5 = !DIFile(filename: "f.c", directory: "")
!6 = distinct !DISubprogram(name: "same.base", file: !5, line: 5, type: !7, unit: !4, spFlags: DISPFlagDefinition)
!7 = !DISubroutineType(types: !9)
!8 = !DILocation(line: 6, column: 3, scope: !6)
!9 = !{null}
!10 = !{!11, !11, i64 0}
!11 = !{!"int", !12, i64 0}
!12 = !{!"omnipotent char", !13, i64 0}
!13 = !{!"root"}

;--- b.ll
@.str.9 = private unnamed_addr constant [2 x i8] c"x\00"
declare void @puts(ptr)
define internal void @helper() {
  ret void
}
define i32 @base.in.other.unit(ptr %p, ptr %f, i1 %c) !kcfi_type !0 {
  %v = load i32, ptr %p, align 4
  br i1 %c, label %then, label %else
then:
  call void %f(i32 %v) [ "kcfi"(i32 7) ]
  br label %else
else:
  ret i32 %v
}
define void @call.in.other.unit(i32 %x) {
  call void @puts(ptr null)
  ret void
}
define void @string.in.other.unit() {
  call void @puts(ptr @.str.9)
  ret void
}
define void @differs.by.helper.of.other.unit() {
  call void @helper()
  ret void
}
!llvm.module.flags = !{!2}
!0 = !{i32 1}
!2 = !{i32 4, !"kcfi", i32 1}
