//===- Translation.cpp - Translation in C -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi-c/Translation.h"
#include "Callback.h"
#include "kcfi/Target/LLVMIR/Export.h"
#include "kcfi/Target/LLVMIR/Import.h"
#include "mlir/CAPI/IR.h"
#include "mlir/IR/Verifier.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace mlir::kcfi;

MlirModule kcfiImportLLVMIR(MlirContext context, MlirStringRef source,
                            MlirStringRef name, MlirStringRef carry,
                            intptr_t numAllowedLosses,
                            MlirStringRef const *allowedLosses) {
  MLIRContext *mlirContext = unwrap(context);
  std::string fileName = unwrap(name).str();
  Location location = FileLineColLoc::get(mlirContext, fileName, 0, 0);
  ImportOptions options;
  if (carry.length) {
    std::optional<CarryMode> mode = parseCarryMode(unwrap(carry));
    if (!mode) {
      emitError(location) << "'" << unwrap(carry)
                          << "' is not what an import can carry, expected "
                             "'none', 'needed' or 'exact'";
      return {nullptr};
    }
    options.carry = *mode;
  }
  for (intptr_t i = 0; i < numAllowedLosses; ++i) {
    std::optional<LossKind> loss = parseLossKind(unwrap(allowedLosses[i]));
    if (!loss) {
      emitError(location) << "'" << unwrap(allowedLosses[i])
                          << "' is no kind of loss";
      return {nullptr};
    }
    options.allowedLosses.push_back(*loss);
  }

  // The reader of LLVM IR needs a zero behind the text.
  std::unique_ptr<llvm::MemoryBuffer> buffer =
      llvm::MemoryBuffer::getMemBufferCopy(unwrap(source), fileName);
  llvm::LLVMContext llvmContext;
  std::unique_ptr<llvm::Module> llvmModule =
      parseLLVMIR(*buffer, llvmContext, mlirContext);
  if (!llvmModule)
    return {nullptr};
  OwningOpRef<ModuleOp> module =
      importModule(std::move(llvmModule), mlirContext, options);
  if (!module || failed(verify(*module)))
    return {nullptr};
  return wrap(module.release());
}

MlirLogicalResult kcfiExportLLVMIR(MlirOperation module,
                                   MlirStringCallback callback,
                                   void *userData) {
  CallbackStream os(callback, userData);
  return wrap(exportText(unwrap(module), os));
}

MlirLogicalResult kcfiExportBitcode(MlirOperation module,
                                    MlirStringCallback callback,
                                    void *userData) {
  CallbackStream os(callback, userData);
  return wrap(exportBitcode(unwrap(module), os));
}
