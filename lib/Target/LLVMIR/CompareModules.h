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

#include <set>
#include <string>
#include <vector>

namespace mlir::kcfi {

/// How a definition or declaration differs from what it was. Bundles and ids of
/// KCFI, names of values and types, and debug info are not compared.
struct Difference {
  /// The first change of meaning found, or empty.
  std::string change;
  /// Kinds of things that LLVM may drop by its own rules, but that can change
  /// the code it makes.
  std::set<std::string> hints;
};

Difference compare(const llvm::Function &before, const llvm::Function &after);
Difference compare(const llvm::GlobalVariable &before,
                   const llvm::GlobalVariable &after);

/// The names of module flags that are not there, or not the same.
std::vector<std::string> findChangedFlags(const llvm::Module &before,
                                          const llvm::Module &after);

/// The first difference in what else belongs to no definition (target, aliases
/// ...), or an empty string.
std::string compareModuleFacts(const llvm::Module &before,
                               const llvm::Module &after);

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_COMPAREMODULES_H
