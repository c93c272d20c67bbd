// Modules whose types were coalesced with different equivalences cannot be one
// program; nothing is known of those that do not say it.

// RUN: split-file %s %t
// RUN: kcfi-opt %t/a.mlir --kcfi-coalesce-types=preset=unified --kcfi-assign-type-ids -o %t/unified.mlir
// RUN: kcfi-opt %t/a.mlir --kcfi-coalesce-types=preset=none --kcfi-assign-type-ids -o %t/none.mlir
// RUN: kcfi-opt %t/b.mlir --kcfi-coalesce-types=preset=unified --kcfi-assign-type-ids -o %t/same.mlir
// RUN: kcfi-opt %t/b.mlir --kcfi-assign-type-ids -o %t/silent.mlir
// RUN: kcfi-report --format=summary %t/unified.mlir --all | FileCheck %s --check-prefix=SUMMARY
// RUN: kcfi-report --format=summary %t/none.mlir --all | FileCheck %s --check-prefix=NONE
// RUN: not kcfi-report %t/none.mlir %t/same.mlir 2>&1 | FileCheck %s
// RUN: kcfi-report %t/unified.mlir %t/same.mlir
// RUN: kcfi-report %t/unified.mlir %t/silent.mlir

// SUMMARY: "equivalences":"transparent_wrappers,c_void,{{.*}}unified_callables"
// NONE: "equivalences":"none"
// CHECK: error: units '{{.*}}none.mlir' and '{{.*}}same.mlir' cannot be one program: the set of equivalences is none in the first and transparent_wrappers,

//--- a.mlir
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @f() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>}
}
//--- b.mlir
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @g() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>}
}
