//===- CarriedModules.h - What stays LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bitcode of a `kcfi.carried_bodies` has three parts, each of which may be
// missing: the instructions of stand-ins, the list of metadata nodes that facts
// refer to, and whole definitions.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_CARRIEDMODULES_H
#define KCFI_LIB_TARGET_LLVMIR_CARRIEDMODULES_H

#include "kcfi/IR/KCFIOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/IR/Module.h"

#include <string>

namespace mlir::kcfi {

class StandIns;

/// What is carried whole, with the reason: definitions, and declarations for
/// what MLIR does not know of them.
using CarriedObjects = llvm::MapVector<const llvm::GlobalObject *, std::string>;

/// Definitions that must stay in one module: the address of a basic block means
/// nothing outside of the module that has the block.
using InseparableObjects = llvm::EquivalenceClasses<const llvm::GlobalObject *>;
InseparableObjects findInseparable(const llvm::Module &module);

/// Gives `to`, in another module, the comdat of `from`.
void copyComdat(const llvm::GlobalObject &from, llvm::GlobalObject &to);

/// Writes what is carried of `module` into a new operation at the end of
/// `imported`, and marks the declarations there.
void carry(llvm::Module &module, const CarriedObjects &objects,
           const StandIns &standIns, ArrayRef<llvm::MDNode *> nodes,
           ModuleOp imported);

/// Brings instructions of stand-ins and metadata nodes into the module that a
/// translation is making, before functions have bodies.
LogicalResult moveParts(CarriedBodiesOp op, llvm::Module &translated);

/// Puts the definitions that are carried whole into the translation of
/// `module`.
LogicalResult linkCarriedBodies(ModuleOp module, llvm::Module &translated);

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_CARRIEDMODULES_H
