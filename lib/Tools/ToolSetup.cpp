//===- ToolSetup.cpp - What the command-line tools share -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Tools/ToolSetup.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"

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

bool mlir::kcfi::hasOption(int argc, char **argv, llvm::StringRef name) {
  for (llvm::StringRef argument : llvm::ArrayRef(argv + 1, argc - 1)) {
    if (argument == "--")
      return false;
    if ((argument.consume_front("--") || argument.consume_front("-")) &&
        argument.split('=').first == name)
      return true;
  }
  return false;
}
