//===- TypeSources.h - Source types in LLVM modules -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What an LLVM module says about the source types of its functions besides
// their ids, kept in attributes for kcfi-raise-from-llvm.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_TYPESOURCES_H
#define KCFI_LIB_TARGET_LLVMIR_TYPESOURCES_H

#include "mlir/IR/BuiltinOps.h"

namespace llvm {
class MDNode;
class Module;
} // namespace llvm

namespace mlir::kcfi {

/// True if `kcfi.type_metadata` can express an entry of `!type` metadata: it
/// names the type by a string. (Types without linkage have a distinct node.)
bool hasTypeMetadataForm(MLIRContext *context, const llvm::MDNode &node);

/// Adds an entry of `!type` metadata to `kcfi.type_metadata` of `op` if it has
/// a form there.
void addTypeMetadata(Operation *op, const llvm::MDNode &node);

/// `!type` metadata of global variables, which no hook of MLIR's importer sees.
void importGlobalTypeMetadata(const llvm::Module &module, ModuleOp imported);

/// `kcfi.debug_sig` of functions with ids and `kcfi.debug_types` of the module
/// from debug info. `imported` must have its encoding and target.
void importDebugTypes(const llvm::Module &module, ModuleOp imported);

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_TYPESOURCES_H
