// What other dialects left goes through the stock conversion; a module without
// such operations is left alone, and MLIR does not verify it again.
// RUN: kcfi-opt --kcfi-convert-rest --split-input-file %s | FileCheck %s
// RUN: kcfi-opt --kcfi-convert-rest --split-input-file --mlir-print-ir-after-change --mlir-print-ir-after-all %s -o /dev/null 2>&1 | FileCheck %s --check-prefix=PASSES

// CHECK-LABEL: llvm.func @other
// CHECK: llvm.mlir.constant
// CHECK: llvm.add
// CHECK-NOT: arith
// PASSES: IR Dump After ConvertToLLVMPass
// PASSES: llvm.func @other
func.func @other(%x: i32) -> i32 {
  %one = arith.constant 1 : i32
  %y = arith.addi %x, %one : i32
  return %y : i32
}

// -----

// CHECK-LABEL: llvm.func @casts
// CHECK-SAME: (%[[X:.*]]: i32)
// CHECK-NEXT: llvm.return %[[X]]
// PASSES: IR Dump After ReconcileUnrealizedCastsPass
// PASSES: llvm.func @casts
llvm.func @casts(%x: i32) -> i32 {
  %0 = builtin.unrealized_conversion_cast %x : i32 to index
  %1 = builtin.unrealized_conversion_cast %0 : index to i32
  llvm.return %1 : i32
}

// -----

// CHECK-LABEL: llvm.func @nothing
// PASSES: IR Dump After KCFIConvertRest
// PASSES-NOT: IR Dump
llvm.func @nothing(%x: i32) -> i32 {
  llvm.return %x : i32
}
