// A flag that the module sets itself, to the value that it has to have, is
// neither an error nor there twice.
// RUN: kcfi-translate --kcfi-to-llvmir %s | FileCheck %s
// RUN: kcfi-translate --kcfi-to-llvmir %s | llvm-as -o /dev/null

// CHECK-COUNT-1: !"kcfi", i32 1}
// CHECK-NOT:     !"kcfi",
module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>} {
  llvm.module_flags [#llvm.mlir.module_flag<override, "kcfi", 1 : i32>,
                     #llvm.mlir.module_flag<override, "kcfi-hash", "xxHash64">]
}
