//===- Translate.h - Translation without traces -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_TRANSLATE_H
#define KCFI_LIB_TARGET_LLVMIR_TRANSLATE_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/Module.h"

#include <memory>

namespace mlir::kcfi {

/// MLIR's translation to LLVM IR without the blocks that it adds: where several
/// edges lead from one block to another with different operands, it gives all
/// but one a block of its own, in `module` too. They are taken out of the LLVM
/// module again. The result is not verified: carried bodies are missing.
std::unique_ptr<llvm::Module>
translate(ModuleOp module, llvm::LLVMContext &context, StringRef name);

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_TRANSLATE_H
