//===- CarriedBodies.h - Definitions that stay LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_CARRIEDBODIES_H
#define KCFI_LIB_TARGET_LLVMIR_CARRIEDBODIES_H

#include "kcfi/IR/KCFIOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/IR/Module.h"

#include <set>
#include <string>

namespace mlir::kcfi {

/// What is carried of a module, with the reason: definitions, and declarations
/// for their attributes.
using CarriedObjects = llvm::MapVector<const llvm::GlobalObject *, std::string>;

/// Definitions that must stay in one module: the address of a basic block means
/// nothing outside of the module that has the block.
using InseparableObjects = llvm::EquivalenceClasses<const llvm::GlobalObject *>;
InseparableObjects findInseparable(const llvm::Module &module);

SmallVector<char> writeBitcode(const llvm::Module &module);

/// Reads a copy of a module from its bitcode. Of functions and variables for
/// which `isKept` is false only a declaration is left, with name, type and type
/// id; aliases and ifuncs become declarations of what they stand for.
/// (`llvm::CloneModule` crashes on addresses of blocks of later functions.)
std::unique_ptr<llvm::Module>
readParts(StringRef bitcode, llvm::LLVMContext &context,
          llvm::function_ref<bool(StringRef)> isKept);

/// What is carried of a module as a whole.
struct CarriedFacts {
  std::set<std::string> namedMetadata, flags;
  bool empty() const { return namedMetadata.empty() && flags.empty(); }
};

/// Writes what is carried of a module into a new operation at the end of
/// `imported`, and marks the declarations there.
void carryBodies(StringRef bitcode, const CarriedObjects &objects,
                 const CarriedFacts &facts, ModuleOp imported);

/// Puts the carried definitions of `module` into its translation.
LogicalResult linkCarriedBodies(ModuleOp module, llvm::Module &translated);

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_CARRIEDBODIES_H
