//===- Through.cpp - LLVM IR through passes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Through.h"
#include "kcfi/InitAll.h"
#include "kcfi/Pipelines/Pipelines.h"
#include "kcfi/Target/LLVMIR/Export.h"
#include "kcfi/Target/LLVMIR/Import.h"
#include "kcfi/Tools/ToolSetup.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ManagedStatic.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;
using namespace mlir::kcfi;

static constexpr char kOptionName[] = "through";

namespace {
struct Options {
  llvm::cl::opt<std::string> passes{
      kOptionName, llvm::cl::value_desc("passes"),
      llvm::cl::desc("Instead of a translation: import LLVM IR, run these "
                     "passes and kcfi-roundtrip-pipeline, and export LLVM IR, "
                     "with the check of the import")};
  llvm::cl::opt<bool> text{
      "S", llvm::cl::desc("With --through: write text, also for bitcode")};
};
} // namespace

static llvm::ManagedStatic<Options> options;

void mlir::kcfi::registerThroughOption() { *options; }

bool mlir::kcfi::isThroughRequested(int argc, char **argv) {
  return hasOption(argc, argv, kOptionName);
}

static LogicalResult runPasses(ModuleOp module) {
  PassManager passes(module->getName());
  if (failed(applyPassManagerCLOptions(passes)))
    return failure();
  if (failed(parsePassPipeline(options->passes, passes)))
    return failure();
  buildRoundtripPipeline(passes);
  return passes.run(module);
}

/// True for bitcode, also with a wrapper around it.
static bool isBitcode(const llvm::MemoryBuffer &buffer) {
  return llvm::isBitcode(
      reinterpret_cast<const unsigned char *>(buffer.getBufferStart()),
      reinterpret_cast<const unsigned char *>(buffer.getBufferEnd()));
}

/// Nothing is written after an error.
static LogicalResult process(const llvm::MemoryBuffer &buffer,
                             MLIRContext &context, raw_ostream &os) {
  if (failed(refuseEmptyInput(buffer, &context)))
    return failure();
  OwningOpRef<ModuleOp> module;
  {
    llvm::LLVMContext llvmContext;
    std::unique_ptr<llvm::Module> llvmModule =
        parseLLVMIR(buffer, llvmContext, &context);
    if (!llvmModule)
      return failure();
    module = importModule(std::move(llvmModule), &context,
                          getCommandLineImportOptions());
  }
  if (!module || failed(runPasses(*module)))
    return failure();
  return options->text || !isBitcode(buffer) ? exportText(*module, os)
                                             : exportBitcode(*module, os);
}

int mlir::kcfi::runThrough(int argc, char **argv) {
  registerAllPasses();
  mlir::registerAllPasses();
  registerMLIRContextCLOptions();
  registerPassManagerCLOptions();
  llvm::cl::opt<std::string> input(llvm::cl::Positional, llvm::cl::init("-"),
                                   llvm::cl::desc("<LLVM IR>"));
  llvm::cl::opt<std::string> output("o", llvm::cl::init("-"),
                                    llvm::cl::value_desc("filename"),
                                    llvm::cl::desc("Output filename"));
  llvm::cl::ParseCommandLineOptions(argc, argv, "KCFI translation driver\n");
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> buffer = openInputFile(input, &message);
  if (!buffer) {
    llvm::errs() << message << "\n";
    return 1;
  }
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllFromLLVMIR(registry);
  registerShortDiagnostics(registry);
  MLIRContext context(registry);
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, &context);
  std::string result;
  llvm::raw_string_ostream os(result);
  if (failed(process(*buffer, context, os)))
    return 1;
  std::unique_ptr<llvm::ToolOutputFile> file = openOutputFile(output, &message);
  if (!file) {
    llvm::errs() << message << "\n";
    return 1;
  }
  file->os() << result;
  file->keep();
  return 0;
}
