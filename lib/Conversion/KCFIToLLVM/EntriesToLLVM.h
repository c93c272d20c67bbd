//===- EntriesToLLVM.h - Conversion of extra entries ------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_CONVERSION_ENTRIESTOLLVM_H
#define KCFI_LIB_CONVERSION_ENTRIESTOLLVM_H

#include "mlir/IR/BuiltinOps.h"

namespace mlir::kcfi {

/// Replaces the `kcfi.entry` operations of a module whose functions are in the
/// LLVM dialect already: a form may change the function, and which is possible
/// depends on all of its attributes.
LogicalResult convertEntriesToLLVM(ModuleOp module);

} // namespace mlir::kcfi

#endif // KCFI_LIB_CONVERSION_ENTRIESTOLLVM_H
