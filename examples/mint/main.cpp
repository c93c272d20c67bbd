//===- main.cpp - The compiler -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emit.h"
#include "Lower.h"
#include "Mint.h"
#include "Parser.h"
#include "kcfi/IR/Builders.h"
#include "kcfi/InitAll.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;

namespace {
enum class Output { Mint, KCFI, Dialect, LLVM, Object };
} // namespace

static llvm::cl::OptionCategory category("Options of mint");
static llvm::cl::opt<std::string> input(llvm::cl::Positional,
                                        llvm::cl::desc("<source file>"),
                                        llvm::cl::init("-"),
                                        llvm::cl::cat(category));
static llvm::cl::opt<std::string> output("o", llvm::cl::desc("Output file"),
                                         llvm::cl::init("-"),
                                         llvm::cl::cat(category));
static llvm::cl::opt<Output>
    emit("emit", llvm::cl::desc("What to make"), llvm::cl::init(Output::LLVM),
         llvm::cl::values(
             clEnumValN(Output::Mint, "mint", "the dialect of the language"),
             clEnumValN(Output::KCFI, "kcfi", "the dialect kcfi"),
             clEnumValN(Output::Dialect, "llvm-dialect", "the LLVM dialect"),
             clEnumValN(Output::LLVM, "llvm", "LLVM IR"),
             clEnumValN(Output::Object, "obj", "an object file")),
         llvm::cl::cat(category));
static llvm::cl::opt<std::string>
    triple("target", llvm::cl::desc("Target triple"),
           llvm::cl::init("x86_64-unknown-linux-gnu"), llvm::cl::cat(category));

/// From the dialect of the language to LLVM's, or as far as asked for.
static LogicalResult lower(ModuleOp module) {
  PassManager pm(module.getContext());
  pm.addPass(mint::createLowerPass());
  if (emit != Output::KCFI) {
    kcfi::LowerPipelineOptions options;
    // Functions, closures and fn pointers are called in one way, so that a
    // function needs no second entry to be used as a closure. One that
    // implements a method does if its address is taken.
    options.preset = kcfi::EquivalencePreset::Unified;
    options.entries = kcfi::EntryPolicy::Minimal;
    kcfi::buildLowerPipeline(pm, options);
  }
  return pm.run(module);
}

static LogicalResult writeObject(llvm::Module &module,
                                 llvm::raw_pwrite_stream &os) {
  llvm::InitializeAllTargetInfos();
  llvm::InitializeAllTargets();
  llvm::InitializeAllTargetMCs();
  llvm::InitializeAllAsmPrinters();
  // For the symbols of ids of C functions, which are module assembly.
  llvm::InitializeAllAsmParsers();
  std::string message;
  const llvm::Triple &target = module.getTargetTriple();
  const llvm::Target *entry =
      llvm::TargetRegistry::lookupTarget(target, message);
  if (!entry) {
    llvm::errs() << "error: " << message << "\n";
    return failure();
  }
  std::unique_ptr<llvm::TargetMachine> machine(
      entry->createTargetMachine(target, /*CPU=*/"", /*Features=*/"",
                                 llvm::TargetOptions(), llvm::Reloc::PIC_));
  module.setDataLayout(machine->createDataLayout());
  llvm::legacy::PassManager pm;
  if (machine->addPassesToEmitFile(pm, os, /*DwoOut=*/nullptr,
                                   llvm::CodeGenFileType::ObjectFile)) {
    llvm::errs() << "error: no object files for this target\n";
    return failure();
  }
  pm.run(module);
  return success();
}

static LogicalResult compile(llvm::SourceMgr &sourceMgr, MLIRContext *context,
                             llvm::raw_pwrite_stream &os) {
  std::optional<mint::Program> program =
      mint::parseProgram(sourceMgr, [&](llvm::SMLoc loc, const Twine &message) {
        emitError(mint::getLocation(sourceMgr, loc, context)) << message;
      });
  if (!program)
    return failure();
  OwningOpRef<ModuleOp> module = mint::emitModule(*program, sourceMgr, context);
  if (!module)
    return failure();
  // Integers are named by their width, so that ids agree with those of C code
  // that is compiled with
  // -fsanitize-cfi-icall-experimental-normalize-integers.
  kcfi::setTarget(*module, triple,
                  kcfi::EncodingAttr::get(context, kcfi::HashKind::XXHash64,
                                          /*normalizeIntegers=*/true,
                                          /*generalizePointers=*/false));
  if (failed(verify(*module)))
    return failure();
  if (emit != Output::Mint && failed(lower(*module)))
    return failure();
  if (emit != Output::LLVM && emit != Output::Object) {
    module->print(os);
    return success();
  }
  llvm::LLVMContext llvmContext;
  std::unique_ptr<llvm::Module> llvmModule =
      kcfi::exportModule(*module, llvmContext);
  if (!llvmModule)
    return failure();
  if (emit == Output::Object)
    return writeObject(*llvmModule, os);
  llvmModule->print(os, nullptr);
  return success();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::HideUnrelatedOptions(category);
  llvm::cl::ParseCommandLineOptions(argc, argv, "compiler of mint\n");

  DialectRegistry registry;
  registry
      .insert<mint::MintDialect, arith::ArithDialect, cf::ControlFlowDialect,
              DLTIDialect, func::FuncDialect, LLVM::LLVMDialect>();
  kcfi::registerAll(registry);
  arith::registerConvertArithToLLVMInterface(registry);
  cf::registerConvertControlFlowToLLVMInterface(registry);
  registerConvertFuncToLLVMInterface(registry);
  registerAllToLLVMIRTranslations(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  // The source line is enough.
  context.printOpOnDiagnostic(false);

  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> buffer = openInputFile(input, &message);
  if (!buffer) {
    llvm::errs() << "error: " << message << "\n";
    return 1;
  }
  llvm::SourceMgr sourceMgr;
  sourceMgr.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  SourceMgrDiagnosticHandler handler(sourceMgr, &context);
  std::unique_ptr<llvm::ToolOutputFile> file = openOutputFile(output, &message);
  if (!file) {
    llvm::errs() << "error: " << message << "\n";
    return 1;
  }
  if (failed(compile(sourceMgr, &context, file->os())))
    return 1;
  file->keep();
  return 0;
}
