; Ways of pointers through a function, one function each.

; RUN: kcfi-translate --llvmir-to-summary --unit=u %s -o %t
; RUN: FileCheck %s --input-file=%t
; RUN: grep -v '"kind":"\(call\|class\|function\|site\|unit\)"' %t | FileCheck %s --check-prefix=ONLY

; Nothing but the lines that the functions below name.
; ONLY-COUNT-38: {"kind":
; ONLY-NOT: {"kind":

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

%struct.ops = type { i64, ptr, ptr }
%struct.ops.17 = type { i64, ptr, ptr }
%struct.holder = type { i32, %struct.ops }
%"class.ns::Base" = type { ptr, ptr }

@slot = internal global ptr null
@dead = internal global ptr null
@handlers = internal global [4 x ptr] zeroinitializer

declare void @f()
declare void @g()
declare void @h()
declare void @sink(ptr)
declare void @sinks(ptr, ...)
declare void @unprototyped(...)
declare ptr @same(ptr returned)
declare noalias ptr @allocate()

; phi, select, freeze, integer casts and calls that return their argument.
; CHECK-DAG: {"kind":"view","unit":"u","function":"f","place":"site:merge#0"}
; CHECK-DAG: {"kind":"view","unit":"u","function":"g","place":"site:merge#0"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"param:merge#1","to":"site:merge#0"}
define void @merge(i1 %c, ptr %p) {
  %same = call ptr @same(ptr %p)
  br i1 %c, label %then, label %join
then:
  %selected = select i1 %c, ptr @f, ptr @g
  %frozen = freeze ptr %selected
  br label %join
join:
  %phi = phi ptr [ %frozen, %then ], [ %same, %0 ]
  %integer = ptrtoint ptr %phi to i64
  %pointer = inttoptr i64 %integer to ptr
  call void %pointer()
  ret void
}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"param:merge#1","to":"param:same#0"}

; Local variables, with what is stored on any path.
; CHECK-DAG: {"kind":"view","unit":"u","function":"h","place":"site:variable#0"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"param:variable#0","to":"site:variable#0"}
define void @variable(ptr %p) {
  %v = alloca ptr
  store ptr %p, ptr %v
  store ptr @h, ptr %v
  %loaded = load ptr, ptr %v
  call void %loaded()
  ret void
}

; A variable whose address is known elsewhere can hold anything.
; CHECK-DAG: {"kind":"flow","unit":"u","from":"elsewhere","to":"site:escaped#0"}
define void @escaped() {
  %v = alloca ptr
  call void @sink(ptr %v)
  %loaded = load ptr, ptr %v
  call void %loaded()
  ret void
}

; The fields of a local struct are told apart.
; CHECK-DAG: {"kind":"view","unit":"u","function":"f","place":"site:members#0"}
; CHECK-DAG: {"kind":"view","unit":"u","function":"g","place":"site:members#1"}
define void @members() {
  %v = alloca %struct.ops
  %1 = getelementptr %struct.ops, ptr %v, i32 0, i32 1
  store ptr @f, ptr %1
  %2 = getelementptr i8, ptr %v, i64 16
  store ptr @g, ptr %2
  %3 = load ptr, ptr %1
  call void %3()
  %4 = load ptr, ptr %2
  call void %4()
  ret void
}

; Two fields are stored as one vector, and read as two.
; CHECK-DAG: {"kind":"view","unit":"u","function":"f","place":"field:ops+8"}
; CHECK-DAG: {"kind":"view","unit":"u","function":"g","place":"field:ops+16"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"field:ops+8","to":"param:sink#0"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"field:ops+16","to":"site:vectors#0"}
define void @vectors(ptr %p, ptr %q) {
  %1 = getelementptr %struct.ops, ptr %p, i32 0, i32 1
  store <2 x ptr> <ptr @f, ptr @g>, ptr %1
  %2 = getelementptr %struct.ops, ptr %q, i32 0, i32 1
  %3 = load <2 x ptr>, ptr %2
  %4 = shufflevector <2 x ptr> %3, <2 x ptr> poison, <2 x i32> <i32 1, i32 0>
  %5 = extractelement <2 x ptr> %4, i64 0
  call void %5()
  %6 = extractelement <2 x ptr> %4, i64 1
  call void @sink(ptr %6)
  ret void
}

; LLVM's numbers behind names of types say nothing; the innermost struct counts.
; CHECK-DAG: {"kind":"view","unit":"u","function":"h","place":"field:ops+8"}
; CHECK-DAG: {"kind":"view","unit":"u","function":"h","place":"field:ops+16"}
define void @names(ptr %p, ptr %q) {
  %1 = getelementptr %struct.ops.17, ptr %p, i32 0, i32 1
  store ptr @h, ptr %1
  %2 = getelementptr %struct.holder, ptr %q, i64 3, i32 1, i32 2
  store ptr @h, ptr %2
  ret void
}

; C++: the mangled name of TBAA and the name of the IR type are one.
; CHECK-DAG: {"kind":"flow","unit":"u","from":"field:ns::Base+8","to":"site:classes#0"}
; CHECK-DAG: {"kind":"view","unit":"u","function":"f","place":"field:ns::Base+8"}
define void @classes(ptr %p) {
  %1 = getelementptr i8, ptr %p, i64 8
  %2 = load ptr, ptr %1, !tbaa !4
  call void %2()
  %3 = getelementptr %"class.ns::Base", ptr %p, i32 0, i32 1
  store ptr @f, ptr %3
  ret void
}

; An access without a type of its own, to an object that another access names:
; by clang members of unions are characters.
; CHECK-DAG: {"kind":"view","unit":"u","function":"g","place":"field:mixed+8"}
define void @unions(ptr %p) {
  store i64 1, ptr %p, !tbaa !8
  %1 = getelementptr i8, ptr %p, i64 8
  store ptr @g, ptr %1, !tbaa !9
  ret void
}

; What is only stored and compared is seen, without a place.
; CHECK-DAG: {"kind":"view","unit":"u","function":"h","place":"elsewhere"}
define void @unknown(ptr %p) {
  store ptr @h, ptr %p
  ret void
}

; Variable arguments share the number after the last parameter; calls without a
; prototype have none.
; CHECK-DAG: {"kind":"view","unit":"u","function":"f","place":"param:sinks#0"}
; CHECK-DAG: {"kind":"view","unit":"u","function":"g","place":"param:sinks#1"}
; CHECK-DAG: {"kind":"view","unit":"u","function":"h","place":"param:sinks#1"}
; CHECK-DAG: {"kind":"view","unit":"u","function":"g","place":"param:unprototyped#1"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"param:variadic#1","to":"site:variadic#0"}
define void @variadic(i32 %n, ...) {
  call void (ptr, ...) @sinks(ptr @f, i32 1, ptr @g, ptr @h)
  call void (...) @unprototyped(i32 1, ptr @g)
  %list = alloca [24 x i8]
  call void @llvm.va_start(ptr %list)
  %1 = getelementptr i8, ptr %list, i64 16
  %area = load ptr, ptr %1
  %2 = getelementptr i8, ptr %area, i64 8
  %argument = load ptr, ptr %2
  call void %argument()
  ret void
}

; Static variables that nobody reads end flows, those that nobody writes begin
; none. An element of unknown index is any of them.
; CHECK-DAG: {"kind":"flow","unit":"u","from":"param:statics#0","to":"global:slot+0"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"global:slot+0","to":"site:statics#0"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"param:statics#1","to":"elements:handlers+0"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"elements:handlers+0","to":"site:statics#1"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"param:statics#1","to":"global:handlers+16"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"global:handlers+16","to":"site:statics#2"}
; CHECK-DAG: {"kind":"global","unit":"u","name":"slot","local":true}
; CHECK-DAG: {"kind":"global","unit":"u","name":"handlers","local":true}
define void @statics(ptr %p, ptr %q, i64 %i) {
  store ptr %p, ptr @slot
  store ptr %p, ptr @dead
  %1 = load ptr, ptr @slot
  call void %1()
  %2 = getelementptr [4 x ptr], ptr @handlers, i64 0, i64 %i
  store ptr %q, ptr %2
  %3 = load ptr, ptr %2
  call void %3()
  %4 = load ptr, ptr getelementptr (i8, ptr @handlers, i64 16)
  call void %4()
  ret void
}

; A local function ends flows into parameters that it does not pass on.
define internal void @unused(ptr %p) {
  ret void
}

; Pointers that something is loaded from or stored to, new memory, and addresses
; of data are no functions.
define ptr @data(ptr %p, ptr %q) {
  %1 = load i32, ptr %p
  call void @sink(ptr %p)
  %2 = getelementptr i8, ptr %q, i64 4
  call void @sink(ptr %q)
  call void @sink(ptr @slot)
  call void @unused(ptr %2)
  %3 = call ptr @allocate()
  ret ptr %3
}

; Pairs keep their parts together.
; CHECK-DAG: {"kind":"view","unit":"u","function":"f","place":"result:pair"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"param:pair#0","to":"result:pair"}
define { ptr, ptr } @pair(ptr %p) {
  %1 = insertvalue { ptr, ptr } undef, ptr %p, 0
  %2 = insertvalue { ptr, ptr } %1, ptr @f, 1
  ret { ptr, ptr } %2
}

; A local function may be called with anything that its unit does not name.
; CHECK-DAG: {"kind":"flow","unit":"u","from":"elsewhere","to":"param:hidden#0"}
; CHECK-DAG: {"kind":"flow","unit":"u","from":"param:hidden#0","to":"site:hidden#0"}
define internal void @hidden(ptr %p) {
  call void %p()
  ret void
}
define void @hiding(ptr %p) {
  %1 = load ptr, ptr %p
  call void @hidden(ptr %1)
  ret void
}

; TBAA has no name for a struct that only a typedef names, a variable has.
; CHECK-DAG: {"kind":"flow","unit":"u","from":"field:ops+8","to":"site:reader#0"}
define void @variables() {
  %v = alloca %struct.ops
  %1 = getelementptr i8, ptr %v, i64 8
  store ptr null, ptr %1, !tbaa !11
  call void @sink(ptr %v)
  ret void
}
define void @reader(ptr %p) {
  %1 = getelementptr i8, ptr %p, i64 8
  %2 = load ptr, ptr %1, !tbaa !11
  call void %2()
  ret void
}

; A union of a function and data: the call counts.
; CHECK-DAG: {"kind":"flow","unit":"u","from":"field:mixed+8","to":"site:both#0"}
define void @both(ptr %p) {
  store i64 1, ptr %p, !tbaa !8
  %1 = getelementptr i8, ptr %p, i64 8
  %2 = load ptr, ptr %1, !tbaa !9
  %3 = load i32, ptr %2
  call void %2()
  ret void
}

!0 = !{!"root"}
!1 = !{!"omnipotent char", !0, i64 0}
!2 = !{!"any pointer", !1, i64 0}
!3 = !{!"_ZTSN2ns4BaseE", !2, i64 0, !2, i64 8}
!4 = !{!3, !2, i64 8}
!5 = !{!"long", !1, i64 0}
!7 = !{!"mixed", !5, i64 0, !1, i64 8}
!8 = !{!7, !5, i64 0}
!9 = !{!1, !1, i64 0}
!10 = !{!"", !5, i64 0, !2, i64 8}
!11 = !{!10, !2, i64 8}
