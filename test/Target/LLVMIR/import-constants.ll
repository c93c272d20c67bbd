; An instruction on constants alone, which a builder folds, has a stand-in.

; RUN: kcfi-translate --import-llvm-ir %s -o %t.mlir 2>&1 | FileCheck %s --check-prefix=REMARK
; REMARK: remark: 3 instructions and constants are carried as LLVM bitcode, with a call in the place of each: an instruction on constants (3, first in 'f')
; REMARK-NOT: {{.}}
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.mlir | kcfi-translate --kcfi-to-llvmir | FileCheck %s
; CHECK: %[[A:.*]] = zext i1 false to i32
; CHECK: %[[B:.*]] = icmp eq ptr @g, null
; CHECK: getelementptr i8, ptr @g, i64 4
; CHECK: select i1 %[[B]], i32 %[[A]], i32 7

target triple = "x86_64-unknown-linux-gnu"
@g = external global i64
define i32 @f(ptr %p) {
  %1 = zext i1 false to i32
  %2 = icmp eq ptr @g, null
  %3 = getelementptr i8, ptr @g, i64 4
  store ptr %3, ptr %p
  %4 = select i1 %2, i32 %1, i32 7
  ret i32 %4
}
