// H35: MLIR does not look at module flags as a whole. Two operations with the
// same key give invalid IR, and a value that does not fit is cut to 32 bits.
//
// What we do: lowering merges its flags into what is there, once per key, with
// values of 32 bits.
// If this test fails because MLIR rejects either module: our merge stays, its
// error message becomes unreachable.

// RUN: mlir-opt -split-input-file %s -o /dev/null
// RUN: not mlir-translate -split-input-file --mlir-to-llvmir %s 2>&1 | FileCheck %s

// CHECK: module flag identifiers must be unique
// CHECK: !"kcfi"
llvm.module_flags [#llvm.mlir.module_flag<override, "kcfi", 1 : i32>]
llvm.module_flags [#llvm.mlir.module_flag<override, "kcfi", 1 : i32>]

// -----

// 2^32 + 3 becomes 3.
// CHECK: !{i32 4, !"kcfi-offset", i32 3}
llvm.module_flags [#llvm.mlir.module_flag<override, "kcfi-offset", 4294967299 : i64>]
