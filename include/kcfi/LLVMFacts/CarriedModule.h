//===- CarriedModule.h - Bodies that stayed LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LLVMFACTS_CARRIEDMODULE_H
#define KCFI_LLVMFACTS_CARRIEDMODULE_H

#include "kcfi/IR/KCFIOps.h"
#include "mlir/IR/BuiltinOps.h"

#include <memory>

namespace llvm {
class LLVMContext;
class Module;
} // namespace llvm

namespace mlir::kcfi {

/// The operation that holds the bodies of `module` that stayed LLVM IR, or
/// null.
CarriedBodiesOp findCarriedBodies(ModuleOp module);

/// Reads the bitcode and gives its symbols the names that they have in the MLIR
/// module now. Definitions have the linkage that they had in the original
/// module. Fails with an error at the operation.
FailureOr<std::unique_ptr<llvm::Module>>
readCarriedModule(CarriedBodiesOp op, llvm::LLVMContext &context);

} // namespace mlir::kcfi

#endif // KCFI_LLVMFACTS_CARRIEDMODULE_H
