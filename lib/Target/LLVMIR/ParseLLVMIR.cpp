//===- ParseLLVMIR.cpp - Reading of LLVM IR ---------------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Target/LLVMIR/Import.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace mlir::kcfi;

/// What an input is that is no LLVM IR, or null.
static const char *findForeignFormat(StringRef text) {
  switch (llvm::identify_magic(text)) {
  case llvm::file_magic::bitcode:
    return nullptr;
  case llvm::file_magic::archive:
    return "this is an archive, expected LLVM IR: extract a member";
  case llvm::file_magic::unknown:
    return text.contains('\0') ? "this is neither text nor bitcode of LLVM IR"
                               : nullptr;
  default:
    return "this is an object file, expected LLVM IR: compile with -emit-llvm "
           "or -flto";
  }
}

LogicalResult mlir::kcfi::refuseEmptyInput(const llvm::MemoryBuffer &buffer,
                                           MLIRContext *context) {
  if (!buffer.getBuffer().trim().empty())
    return success();
  return emitError(
      FileLineColLoc::get(context, buffer.getBufferIdentifier(), 0, 0),
      "the input is empty");
}

std::unique_ptr<llvm::Module>
mlir::kcfi::parseLLVMIR(const llvm::MemoryBuffer &buffer,
                        llvm::LLVMContext &llvmContext, MLIRContext *context) {
  // Without a handler LLVM prints and ends the process after an error.
  llvmContext.setDiagnosticHandlerCallBack(
      [](const llvm::DiagnosticInfo *info, void *data) {
        std::string message;
        llvm::raw_string_ostream os(message);
        llvm::DiagnosticPrinterRawOStream printer(os);
        info->print(printer);
        Location location = UnknownLoc::get(static_cast<MLIRContext *>(data));
        if (info->getSeverity() == llvm::DS_Error)
          emitError(location) << message;
        else
          emitWarning(location) << message;
      },
      context);
  if (const char *format = findForeignFormat(buffer.getBuffer())) {
    emitError(FileLineColLoc::get(context, buffer.getBufferIdentifier(), 0, 0))
        << format;
    return nullptr;
  }
  llvm::SMDiagnostic error;
  std::unique_ptr<llvm::Module> module =
      llvm::parseIR(buffer.getMemBufferRef(), error, llvmContext);
  if (!module) {
    emitError(FileLineColLoc::get(context, error.getFilename(),
                                  std::max(error.getLineNo(), 0),
                                  std::max(error.getColumnNo(), 0) + 1))
        << error.getMessage();
    return nullptr;
  }
  std::string message;
  llvm::raw_string_ostream os(message);
  if (llvm::verifyModule(*module, &os)) {
    emitError(FileLineColLoc::get(context, buffer.getBufferIdentifier(), 0, 0))
        << "invalid LLVM IR: " << StringRef(message).trim();
    return nullptr;
  }
  return module;
}
