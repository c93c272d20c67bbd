// H32: in MLIR the operand of a bundle is an ordinary value. Aggressive region
// simplification merges two calls that differ only in their ids; the id becomes
// a block argument, and LLVM IR made from it is invalid.
//
// What we do: ids are attributes until kcfi-attach-bundles, the last pass.
// If this test fails because the blocks stay apart: bundles could be attached
// earlier as far as this is concerned.

// RUN: mlir-opt -canonicalize=region-simplify=aggressive %s | FileCheck %s
// RUN: mlir-opt -canonicalize=region-simplify=aggressive %s -o %t.mlir
// RUN: not mlir-translate --mlir-to-llvmir %t.mlir 2>&1 | FileCheck %s --check-prefix=INVALID

// Not aggressive: both calls stay.
// RUN: mlir-opt -canonicalize -cse %s | mlir-translate --mlir-to-llvmir | FileCheck %s --check-prefix=KEPT

// CHECK-LABEL: llvm.func @choose(
// CHECK:       ^{{.*}}(%[[CALLEE:.*]]: !llvm.ptr, %[[ID:.*]]: i32):
// CHECK:         llvm.call %[[CALLEE]]() ["kcfi"(%[[ID]] : i32)]
// CHECK-NOT:     llvm.call

// INVALID: Kcfi bundle operand must be an i32 constant

// KEPT-DAG: [ "kcfi"(i32 305419896) ]
// KEPT-DAG: [ "kcfi"(i32 271733878) ]

llvm.func @choose(%f: !llvm.ptr, %g: !llvm.ptr, %which: i1) -> i32 {
  llvm.cond_br %which, ^left, ^right
^left:
  %left_id = llvm.mlir.constant(305419896 : i32) : i32
  %left = llvm.call %f() ["kcfi"(%left_id : i32)] : !llvm.ptr, () -> i32
  llvm.return %left : i32
^right:
  %right_id = llvm.mlir.constant(271733878 : i32) : i32
  %right = llvm.call %g() ["kcfi"(%right_id : i32)] : !llvm.ptr, () -> i32
  llvm.return %right : i32
}
