// The dialect and its passes in a stock mlir-opt, which knows nothing of them.
//
// REQUIRES: plugin
// DEFINE: %{plugin} = --load-dialect-plugin=%kcfi_plugin --load-pass-plugin=%kcfi_plugin

// RUN: mlir-opt %{plugin} --pass-pipeline='builtin.module(kcfi-lower-pipeline)' %s | FileCheck %s
// RUN: mlir-opt %{plugin} --pass-pipeline='builtin.module(kcfi-lower-pipeline{expand-all=true})' %s | FileCheck %s --check-prefix=EXPAND
// RUN: mlir-opt %{plugin} --pass-pipeline='builtin.module(kcfi-lower-pipeline)' %s --remark-format=emitRemark --remarks-filter=kcfi -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// One dialect alone round-trips, also as bytecode.
// RUN: mlir-opt --load-dialect-plugin=%kcfi_plugin --emit-bytecode %s | mlir-opt --load-dialect-plugin=%kcfi_plugin | FileCheck %s --check-prefix=ROUND

// What one tool makes, the other reads.
// RUN: mlir-opt %{plugin} --pass-pipeline='builtin.module(kcfi-lower-pipeline)' %s | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=LLVM

// Without the plugin there is no such dialect.
// RUN: not mlir-opt %s 2>&1 | FileCheck %s --check-prefix=WITHOUT

// CHECK: llvm.func @inc
// CHECK-SAME: kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
// CHECK: llvm.func @apply
// CHECK: llvm.call %{{.*}} ["kcfi"(%{{.*}} : i32)]

// EXPAND-NOT: ["kcfi"
// EXPAND: llvm.intr.trap

// REMARK: remark: [Analysis] TypeIds | Category:kcfi | CheckedCalls=1

// ROUND: kcfi.call %{{.*}} : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32

// LLVM: call i32 %{{.*}} [ "kcfi"(i32 329620) ]

// WITHOUT: mlir-opt.mlir:[[#]]:[[#]]: error: {{.*}} type created with unregistered dialect

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func @inc(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    return %x : i32
  }
  func.func @apply(%op: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>} {
    %r = kcfi.call %op(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }
}
