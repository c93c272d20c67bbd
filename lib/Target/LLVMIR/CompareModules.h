//===- CompareModules.h - What a round trip changed -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_COMPAREMODULES_H
#define KCFI_LIB_TARGET_LLVMIR_COMPAREMODULES_H

#include "llvm/IR/Module.h"

#include <memory>
#include <string>
#include <vector>

namespace mlir::kcfi {

/// How a definition or declaration differs from what it was. Names of values
/// and types, and debug info are not compared.
struct Difference {
  struct Item {
    std::string what;
    /// The instruction of the original, or null.
    const llvm::Instruction *where;
    /// True for what LLVM may drop by its own rules, but that can change the
    /// code it makes.
    bool isHint;
  };
  /// The first change of meaning and all hints of each place.
  std::vector<Item> items;
};

/// Compares a module with what came back.
class ModuleComparer {
public:
  ModuleComparer(const llvm::Module &before, const llvm::Module &after);
  ~ModuleComparer();

  Difference compare(const llvm::Function &before, const llvm::Function &after);
  Difference compare(const llvm::GlobalVariable &before,
                     const llvm::GlobalVariable &after);

  /// The first difference in what belongs to no definition (target, flags,
  /// named metadata, aliases ...), or an empty string.
  std::string compareModuleFacts();

private:
  class Comparer;
  const llvm::Module &before, &after;
  std::unique_ptr<Comparer> comparer;
};

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_COMPAREMODULES_H
