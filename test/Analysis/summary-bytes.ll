; Local variables of bytes, as rustc writes them: offsets tell the parts apart,
; unless an index varies.

; RUN: kcfi-translate --llvmir-to-summary --unit=u %s | FileCheck %s

; CHECK-NOT: {"kind":"view",{{.*}}"place":"site
; CHECK:     {"kind":"view","unit":"u","function":"first","place":"site:parts#0"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"one","place":"site:varies#0"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"second","place":"site:parts#1"}
; CHECK-NEXT: {"kind":"view","unit":"u","function":"two","place":"site:varies#0"}
; CHECK-NOT: {{.}}

define void @parts() {
  %m = alloca [16 x i8], align 8
  %p = getelementptr i8, ptr %m, i64 8
  store ptr @first, ptr %m
  store ptr @second, ptr %p
  %f = load ptr, ptr %m
  call void %f() [ "kcfi"(i32 1) ]
  %g = load ptr, ptr %p
  call void %g(i32 1) [ "kcfi"(i32 2) ]
  ret void
}
define void @varies(i64 %i) {
  %m = alloca [16 x i8], align 8
  %p = getelementptr i8, ptr %m, i64 8
  store ptr @one, ptr %m
  store ptr @two, ptr %p
  %q = getelementptr ptr, ptr %m, i64 %i
  %f = load ptr, ptr %q
  call void %f() [ "kcfi"(i32 1) ]
  ret void
}
declare void @first()
declare void @second(i32)
declare void @one()
declare void @two()
