//===- ImportHook.h - A look at an import while it runs -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_IMPORTHOOK_H
#define KCFI_LIB_TARGET_LLVMIR_IMPORTHOOK_H

#include "mlir/IR/MLIRContext.h"
#include "mlir/Support/LLVM.h"

namespace llvm {
class LLVMContext;
} // namespace llvm

namespace mlir {
namespace LLVM {
class LLVMFuncOp;
class ModuleImport;
} // namespace LLVM

namespace kcfi {

/// Is called while MLIR imports a module whose instructions are marked
/// (ImportCopy.h): the importer knows which operation an instruction became
/// only until the next function.
class ImportHook {
public:
  virtual ~ImportHook() = default;
  /// The function itself has been imported; its body has not.
  virtual void startFunction(LLVM::LLVMFuncOp function,
                             LLVM::ModuleImport &import) = 0;
  /// A marked instruction has been imported.
  virtual LogicalResult visit(LLVM::LLVMFuncOp function, unsigned block,
                              unsigned instruction,
                              LLVM::ModuleImport &import) = 0;
};

/// Registers a hook for imports from `llvmContext`, as long as the object
/// lives.
class ImportHookScope {
public:
  ImportHookScope(MLIRContext *context, llvm::LLVMContext &llvmContext,
                  ImportHook &hook);
  ~ImportHookScope();
  ImportHookScope(const ImportHookScope &) = delete;
  ImportHookScope &operator=(const ImportHookScope &) = delete;

private:
  MLIRContext *context;
  llvm::LLVMContext &llvmContext;
};

} // namespace kcfi
} // namespace mlir

#endif // KCFI_LIB_TARGET_LLVMIR_IMPORTHOOK_H
