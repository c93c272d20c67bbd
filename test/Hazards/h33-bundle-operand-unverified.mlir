// H33: MLIR's verifier has no opinion on "kcfi" bundles. What is wrong with one
// comes out after translation, without a location.
//
// What we do: only kcfi-attach-bundles makes bundles, from attributes, and the
// result is verified in MLIR.
// If this test fails because mlir-opt rejects a function: our check of the same
// thing is a second line of defence.

// RUN: mlir-opt -split-input-file %s -o /dev/null
// RUN: not mlir-translate -split-input-file --mlir-to-llvmir %s 2>&1 | FileCheck %s

// CHECK: Kcfi bundle operand must be an i32 constant
// CHECK: call void %0() [ "kcfi"(i32 %1) ]
llvm.func @not_constant(%f: !llvm.ptr, %id: i32) {
  llvm.call %f() ["kcfi"(%id : i32)] : !llvm.ptr, () -> ()
  llvm.return
}

// -----

// CHECK: Kcfi bundle operand must be an i32 constant
// CHECK: call void %0() [ "kcfi"(i64 305419896) ]
llvm.func @not_i32(%f: !llvm.ptr) {
  %id = llvm.mlir.constant(305419896 : i64) : i64
  llvm.call %f() ["kcfi"(%id : i64)] : !llvm.ptr, () -> ()
  llvm.return
}

// -----

// CHECK: Expected exactly one kcfi bundle operand
llvm.func @two_operands(%f: !llvm.ptr) {
  %id = llvm.mlir.constant(305419896 : i32) : i32
  llvm.call %f() ["kcfi"(%id, %id : i32, i32)] : !llvm.ptr, () -> ()
  llvm.return
}

// -----

// CHECK: Multiple kcfi operand bundles
llvm.func @two_bundles(%f: !llvm.ptr) {
  %id = llvm.mlir.constant(305419896 : i32) : i32
  llvm.call %f() ["kcfi"(%id : i32), "kcfi"(%id : i32)] : !llvm.ptr, () -> ()
  llvm.return
}
