//===- ReadModule.cpp - Summaries of modules -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReadModule.h"
#include "kcfi/Program/DebugClasses.h"
#include "kcfi/Program/RecordFrames.h"
#include "kcfi/Program/Summarize.h"
#include "kcfi/Program/SummarizeLLVM.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
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

llvm::Expected<std::vector<Summary>>
mlir::kcfi::readLLVM(llvm::MemoryBufferRef buffer, StringRef unit) {
  llvm::LLVMContext context;
  std::string messages;
  // Repairs of old or damaged parts are no concern here.
  context.setDiagnosticHandlerCallBack(
      [](const llvm::DiagnosticInfo *info, void *data) {
        if (info->getSeverity() != llvm::DS_Error)
          return;
        llvm::raw_string_ostream os(*static_cast<std::string *>(data));
        llvm::DiagnosticPrinterRawOStream printer(os);
        info->print(printer);
      },
      &messages);
  llvm::SMDiagnostic diagnostic;
  std::unique_ptr<llvm::Module> module =
      llvm::parseIR(buffer, diagnostic, context);
  llvm::raw_string_ostream os(messages);
  if (!module &&
      llvm::identify_magic(buffer.getBuffer()) == llvm::file_magic::bitcode)
    return llvm::createStringError(
        unit + ": error: damaged LLVM bitcode: " + diagnostic.getMessage());
  if (!module) {
    diagnostic.print("", os, /*ShowColors=*/false);
    return llvm::createStringError(StringRef(messages).ltrim(": ").str());
  }
  if (llvm::verifyModule(*module, &os))
    return llvm::createStringError(unit +
                                   ": error: invalid LLVM IR: " + messages);
  // They know more than what the optimiser left.
  if (std::string frames = getEmbeddedFrames(*module); !frames.empty())
    return readFrames(frames, unit);
  llvm::Expected<Summary> summary = summarize(*module, unit);
  if (!summary)
    return summary.takeError();
  addDebugClasses(*module, *summary);
  if (llvm::Error error = summary->normalize())
    return std::move(error);
  std::vector<Summary> result;
  result.push_back(std::move(*summary));
  return result;
}

llvm::Expected<Summary>
mlir::kcfi::readMLIR(std::unique_ptr<llvm::MemoryBuffer> buffer, StringRef unit,
                     const DialectRegistry &registry) {
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  llvm::SourceMgr sourceMgr;
  sourceMgr.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  std::string messages;
  llvm::raw_string_ostream os(messages);
  SourceMgrDiagnosticHandler handler(sourceMgr, &context, os);
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(sourceMgr, &context);
  if (module)
    if (FailureOr<Summary> summary = summarize(*module, unit);
        succeeded(summary))
      return std::move(*summary);
  return llvm::createStringError(messages);
}
