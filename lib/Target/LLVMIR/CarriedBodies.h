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
#include "llvm/ADT/StringSet.h"
#include "llvm/IR/Module.h"

namespace mlir::kcfi {

/// The definitions of a module that are carried, with the reason.
using CarriedObjects = llvm::MapVector<const llvm::GlobalObject *, std::string>;

/// Definitions that must stay in one module: the address of a basic block means
/// nothing outside of the module that has the block.
using InseparableObjects = llvm::EquivalenceClasses<const llvm::GlobalObject *>;
InseparableObjects findInseparable(const llvm::Module &module);

/// Copies a module; definitions for which `isKept` is false become
/// declarations that keep their type id, aliases and ifuncs declarations of
/// what they stand for.
std::unique_ptr<llvm::Module>
cloneModule(const llvm::Module &module,
            llvm::function_ref<bool(const llvm::GlobalValue &)> isKept);

/// Writes the definitions in `objects` of `module`, and its named metadata
/// `metadata`, into a new operation at the end of `imported`, and marks their
/// declarations there.
void carryBodies(const llvm::Module &module, const CarriedObjects &objects,
                 const llvm::StringSet<> &metadata, ModuleOp imported);

/// Puts the carried definitions of `module` into its translation.
LogicalResult linkCarriedBodies(ModuleOp module, llvm::Module &translated);

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_CARRIEDBODIES_H
