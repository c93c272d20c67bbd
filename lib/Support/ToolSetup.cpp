//===- ToolSetup.cpp - What the command-line tools share -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Support/ToolSetup.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

#include <dlfcn.h>

/// The file that MLIR's code comes from: the shared library, or the tool itself
/// where MLIR is linked statically.
static llvm::StringRef getMLIRLibrary() {
  // The identity object of a type lives where its code does.
  Dl_info info;
  const void *anchor = mlir::TypeID::get<mlir::ModuleOp>().getAsOpaquePointer();
  if (dladdr(anchor, &info) && info.dli_fname)
    return info.dli_fname;
  return "not known";
}

static void printVersion(llvm::raw_ostream &os) {
  os << "KCFI dialect version " KCFI_VERSION_STRING
     << "\n  MLIR and LLVM " LLVM_VERSION_STRING
     << "\n  MLIR library: " << getMLIRLibrary() << "\n";
}

void mlir::kcfi::setUpTool() {
  // What is registered before main is libLLVM's (code generation, passes); the
  // options of this tool come later.
  static const llvm::StringSet<> kept = {"help", "help-hidden", "help-list",
                                         "help-list-hidden", "version"};
  for (auto &[name, option] : llvm::cl::getRegisteredOptions())
    if (!kept.contains(name))
      option->setHiddenFlag(llvm::cl::Hidden);
  llvm::cl::SetVersionPrinter(printVersion);
}

void mlir::kcfi::registerShortDiagnostics(DialectRegistry &registry) {
  // The tools' main functions set the context up themselves; the dialect is
  // loaded after that, when the input is parsed.
  registry.addExtension(+[](MLIRContext *context, KCFIDialect *) {
    auto &options = llvm::cl::getRegisteredOptions();
    auto it = options.find("mlir-print-op-on-diagnostic");
    if (it == options.end() || !it->second->getNumOccurrences())
      context->printOpOnDiagnostic(false);
  });
}

llvm::LogicalResult
mlir::kcfi::checkBytecodeFile(StringRef file, const DialectRegistry &registry,
                              llvm::raw_ostream &errors) {
  // The standard input can be read only once.
  if (file == "-")
    return success();
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFile(file);
  if (!buffer || !isBytecode(**buffer))
    return success();

  llvm::CrashRecoveryContext::Enable();
  llvm::CrashRecoveryContext recovery;
  // What LLVM gives up on is a crash like any other, without words of its own.
  auto giveUp = [](void *, const char *, bool) {
    llvm::CrashRecoveryContext::GetCurrent()->HandleExit(EXIT_FAILURE);
  };
  llvm::ScopedFatalErrorHandler quiet(giveUp);
  llvm::install_bad_alloc_error_handler(giveUp);
  bool returned = recovery.RunSafely([&] {
    MLIRContext context(registry, MLIRContext::Threading::DISABLED);
    context.allowUnregisteredDialects();
    context.getDiagEngine().registerHandler([](Diagnostic &) {});
    llvm::SourceMgr sourceMgr;
    sourceMgr.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBuffer(**buffer),
                                 llvm::SMLoc());
    ParserConfig config(&context, /*verifyAfterParse=*/false);
    (void)parseSourceFile<ModuleOp>(sourceMgr, config);
  });
  llvm::remove_bad_alloc_error_handler();
  llvm::CrashRecoveryContext::Disable();
  if (returned)
    return success();
  errors << file
         << ":0:0: error: the bytecode is damaged: MLIR's reader crashes "
            "on it\n";
  return failure();
}
