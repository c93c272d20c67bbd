//===- Summaries.cpp - Translations to summaries -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summaries.h"
#include "kcfi/IR/KCFIDialect.h"
#include "kcfi/Program/Summarize.h"
#include "kcfi/Program/SummarizeLLVM.h"
#include "kcfi/Target/LLVMIR/Export.h"
#include "kcfi/Target/LLVMIR/Import.h"
#include "kcfi/Tools/ToolSetup.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ManagedStatic.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
struct SummaryOptions {
  llvm::cl::opt<std::string> unit{
      "unit", llvm::cl::desc("With --kcfi-to-summary and --llvmir-to-summary: "
                             "the name of the module (default: the input's)")};
};
} // namespace

static llvm::ManagedStatic<SummaryOptions> summaryOptions;

/// Errors of the readers name their position themselves.
static LogicalResult report(llvm::Error error, MLIRContext *context) {
  return emitError(UnknownLoc::get(context))
         << llvm::toString(std::move(error));
}

static LogicalResult write(llvm::Expected<Summary> summary,
                           MLIRContext *context, raw_ostream &os) {
  if (!summary)
    return report(summary.takeError(), context);
  summary->write(os);
  return success();
}

static std::string getUnit(StringRef identifier) {
  return summaryOptions->unit.empty() ? identifier.str() : summaryOptions->unit;
}

void mlir::kcfi::registerToSummaryTranslations() {
  *summaryOptions;
  static TranslateFromMLIRRegistration fromMLIR(
      "kcfi-to-summary", "Write the summary of a module on any level",
      [](Operation *op, raw_ostream &os) -> LogicalResult {
        auto module = dyn_cast<ModuleOp>(op);
        if (!module)
          return op->emitError("expected a module");
        // A module that uses nothing of the dialect has its defaults.
        op->getContext()->loadDialect<KCFIDialect>();
        StringRef identifier;
        if (auto loc = op->getLoc()->findInstanceOf<FileLineColLoc>())
          identifier = loc.getFilename();
        FailureOr<Summary> summary = summarize(module, getUnit(identifier));
        if (failed(summary))
          return failure();
        summary->write(os);
        return success();
      },
      [](DialectRegistry &registry) {
        registerShortDiagnostics(registry);
        registerAllDialects(registry);
        registerKCFIDialectTranslation(registry);
      });
  static TranslateRegistration fromLLVMIR(
      "llvmir-to-summary", "Write the summary of LLVM IR (text or bitcode)",
      [](const std::shared_ptr<llvm::SourceMgr> &sourceMgr, raw_ostream &os,
         MLIRContext *context) -> LogicalResult {
        const llvm::MemoryBuffer *buffer =
            sourceMgr->getMemoryBuffer(sourceMgr->getMainFileID());
        llvm::LLVMContext llvmContext;
        std::unique_ptr<llvm::Module> module =
            parseLLVMIR(*buffer, llvmContext, context);
        if (!module)
          return failure();
        return write(summarize(*module, getUnit(buffer->getBufferIdentifier())),
                     context, os);
      });
  static TranslateRegistration normalize(
      "normalize-summary",
      "Check a summary, or several joined, and write it in normal form",
      [](const std::shared_ptr<llvm::SourceMgr> &sourceMgr, raw_ostream &os,
         MLIRContext *context) -> LogicalResult {
        return write(Summary::read(*sourceMgr->getMemoryBuffer(
                         sourceMgr->getMainFileID())),
                     context, os);
      });
}
