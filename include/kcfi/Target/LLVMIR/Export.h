//===- Export.h - Export to LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TARGET_LLVMIR_EXPORT_H
#define KCFI_TARGET_LLVMIR_EXPORT_H

#include "llvm/Support/LogicalResult.h"

#include <memory>

namespace llvm {
class LLVMContext;
class Module;
class raw_ostream;
} // namespace llvm

namespace mlir {
class DialectRegistry;
class MLIRContext;
class ModuleOp;
class Operation;

namespace kcfi {

/// Translates a module on level L4 (after kcfi-lower-pipeline) to LLVM IR:
/// `!kcfi_type` on functions, module flags, `__kcfi_typeid_<name>` symbols; the
/// bundles are there already. Returns null after an error, also where something
/// would be lost: operations that were not lowered, checks without a bundle,
/// functions without an id.
std::unique_ptr<llvm::Module> exportModule(ModuleOp module,
                                           llvm::LLVMContext &context);

/// Translates `op`, which has to be such a module, and writes text or bitcode;
/// nothing is written after an error.
llvm::LogicalResult exportText(Operation *op, llvm::raw_ostream &os);
llvm::LogicalResult exportBitcode(Operation *op, llvm::raw_ostream &os);

/// Registers `--kcfi-to-llvmir` and `--kcfi-to-bitcode` for mlir-translate-like
/// tools.
void registerToLLVMIRTranslations();

} // namespace kcfi

/// Registers how the kcfi dialect's attributes and operations become LLVM IR.
void registerKCFIDialectTranslation(DialectRegistry &registry);
void registerKCFIDialectTranslation(MLIRContext &context);

} // namespace mlir

#endif // KCFI_TARGET_LLVMIR_EXPORT_H
