//===- Inventory.h - Ids and checks of a module -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_INVENTORY_H
#define KCFI_LIB_TARGET_LLVMIR_INVENTORY_H

#include "mlir/IR/BuiltinOps.h"

namespace llvm {
class Function;
class Module;
} // namespace llvm

namespace mlir::kcfi {

/// What must be the same before and after a translation.
struct Inventory {
  /// Functions with a type id.
  unsigned ids = 0;
  /// Calls and invokes with the id that they check, as bundle or attribute.
  unsigned checks = 0;

  bool operator==(const Inventory &other) const {
    return ids == other.ids && checks == other.checks;
  }
};

/// The ids that the calls of a function check, in the order of the code.
SmallVector<uint32_t> getCheckedIds(const llvm::Function &function);

/// Bodies that are carried as bitcode are not counted.
Inventory countProtection(ModuleOp module);
Inventory countProtection(const llvm::Module &module);

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_INVENTORY_H
