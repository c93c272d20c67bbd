//===- ImportTranslation.cpp - kcfi-translate --import-llvm-ir --*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Target/LLVMIR/Import.h"
#include "kcfi/Tools/ToolSetup.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Tools/mlir-translate/Translation.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ManagedStatic.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
struct CommandLineOptions {
  llvm::cl::list<LossKind> allowedLosses{
      "allow-loss", llvm::cl::CommaSeparated,
      llvm::cl::desc("With --import-llvm-ir: drop, with a warning, what "
                     "MLIR has no form for"),
      llvm::cl::values(
          clEnumValN(LossKind::Bundle, getLossName(LossKind::Bundle),
                     "bundles other than kcfi"),
          clEnumValN(LossKind::PrefixData, getLossName(LossKind::PrefixData),
                     "prefix data"),
          clEnumValN(LossKind::PrologueData,
                     getLossName(LossKind::PrologueData), "prologue data"),
          clEnumValN(LossKind::FunctionMetadata,
                     getLossName(LossKind::FunctionMetadata),
                     "metadata of functions that has no MLIR form"),
          clEnumValN(LossKind::GlobalMetadata,
                     getLossName(LossKind::GlobalMetadata),
                     "metadata of global variables that has no MLIR form"),
          clEnumValN(LossKind::NamedMetadata,
                     getLossName(LossKind::NamedMetadata),
                     "named metadata of the module that has no MLIR form"))};
  llvm::cl::opt<CarryMode> carry{
      "carry",
      llvm::cl::desc("With --import-llvm-ir: what stays LLVM bitcode in the "
                     "MLIR module"),
      llvm::cl::init(CarryMode::Needed),
      llvm::cl::values(clEnumValN(CarryMode::None, "none",
                                  "none: what has no form in MLIR is an error"),
                       clEnumValN(CarryMode::Needed, "needed",
                                  "what MLIR cannot express (the default)"),
                       clEnumValN(CarryMode::Exact, "exact",
                                  "also what only could change the code"))};
  llvm::cl::opt<ImportRemarks> remarks{
      "remarks",
      llvm::cl::desc("With --import-llvm-ir: what is told of what is carried"),
      llvm::cl::init(ImportRemarks::Summary),
      llvm::cl::values(
          clEnumValN(ImportRemarks::Summary, "summary",
                     "a line with reasons and numbers (the default)"),
          clEnumValN(ImportRemarks::All, "all",
                     "a line an instruction and definition"))};
  llvm::cl::opt<bool> emitBytecode{
      "emit-bytecode", llvm::cl::desc("With --import-llvm-ir: write bytecode")};
};
} // namespace

static llvm::ManagedStatic<CommandLineOptions> commandLine;

ImportOptions mlir::kcfi::getCommandLineImportOptions() {
  ImportOptions options;
  options.allowedLosses.assign(commandLine->allowedLosses.begin(),
                               commandLine->allowedLosses.end());
  options.carry = commandLine->carry;
  options.remarks = commandLine->remarks;
  return options;
}

void mlir::kcfi::registerFromLLVMIRTranslation() {
  *commandLine;
  // Not a TranslateToMLIRRegistration, which knows only text.
  static TranslateRegistration registration(
      "import-llvm-ir",
      "Import LLVM IR (text or bitcode) without losing ids or checks",
      [](const std::shared_ptr<llvm::SourceMgr> &sourceMgr, raw_ostream &os,
         MLIRContext *context) -> LogicalResult {
        DialectRegistry registry;
        registerShortDiagnostics(registry);
        registerAllFromLLVMIR(registry);
        context->appendDialectRegistry(registry);
        const llvm::MemoryBuffer &buffer =
            *sourceMgr->getMemoryBuffer(sourceMgr->getMainFileID());
        if (failed(refuseEmptyInput(buffer, context)))
          return failure();
        llvm::LLVMContext llvmContext;
        std::unique_ptr<llvm::Module> llvmModule =
            parseLLVMIR(buffer, llvmContext, context);
        if (!llvmModule)
          return failure();
        bool hasDebugInfo = !llvmModule->debug_compile_units().empty();
        OwningOpRef<ModuleOp> module = importModule(
            std::move(llvmModule), context, getCommandLineImportOptions());
        if (!module)
          return failure();
        if (commandLine->emitBytecode)
          return writeBytecodeToFile(*module, os);
        // Locations hold the debug info of functions.
        OpPrintingFlags flags;
        if (hasDebugInfo)
          flags.enableDebugInfo();
        module->print(os, flags);
        return success();
      });
}
