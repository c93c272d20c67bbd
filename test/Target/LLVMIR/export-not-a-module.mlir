// Only modules can be exported.

// RUN: not kcfi-translate --kcfi-to-llvmir --no-implicit-module %s 2>&1 | FileCheck %s
// CHECK: error: expected a module

llvm.func @f()
