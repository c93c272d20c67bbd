//===- Through.cpp - A unit through MLIR passes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Jobs.h"
#include "kcfi/InitAll.h"
#include "kcfi/Pipelines/Pipelines.h"
#include "kcfi/Target/LLVMIR/Export.h"
#include "kcfi/Target/LLVMIR/Import.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/Transforms/Passes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/TypeFinder.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Contents of modules
//===----------------------------------------------------------------------===//

static void moveComdat(llvm::GlobalObject &object, llvm::Module &to) {
  const llvm::Comdat *comdat = object.getComdat();
  if (!comdat)
    return;
  llvm::Comdat *copy = to.getOrInsertComdat(comdat->getName());
  copy->setSelectionKind(comdat->getSelectionKind());
  object.setComdat(copy);
}

/// Moves all that `from` has into `to`, which is empty and of the same context.
/// Others know a module by its address, so its contents are exchanged.
static void moveContents(llvm::Module &from, llvm::Module &to) {
  to.setSourceFileName(from.getSourceFileName());
  to.setDataLayout(from.getDataLayout());
  to.setTargetTriple(from.getTargetTriple());
  to.setModuleInlineAsm(from.getModuleInlineAsm());
  from.setModuleInlineAsm("");
  for (llvm::GlobalVariable &variable :
       llvm::make_early_inc_range(from.globals())) {
    from.removeGlobalVariable(&variable);
    to.insertGlobalVariable(&variable);
    moveComdat(variable, to);
  }
  for (llvm::Function &function :
       llvm::make_early_inc_range(from.functions())) {
    function.removeFromParent();
    to.getFunctionList().push_back(&function);
    moveComdat(function, to);
  }
  for (llvm::GlobalAlias &alias : llvm::make_early_inc_range(from.aliases())) {
    from.removeAlias(&alias);
    to.insertAlias(&alias);
  }
  for (llvm::GlobalIFunc &ifunc : llvm::make_early_inc_range(from.ifuncs())) {
    from.removeIFunc(&ifunc);
    to.insertIFunc(&ifunc);
  }
  for (llvm::NamedMDNode &list :
       llvm::make_early_inc_range(from.named_metadata())) {
    llvm::NamedMDNode *copy = to.getOrInsertNamedMetadata(list.getName());
    for (llvm::MDNode *node : list.operands())
      copy->addOperand(node);
    list.eraseFromParent();
  }
}

//===----------------------------------------------------------------------===//
// The way through MLIR
//===----------------------------------------------------------------------===//

/// Prints diagnostics as a compiler does; remarks on demand.
static void print(Diagnostic &diagnostic, bool remarks) {
  StringRef severity;
  switch (diagnostic.getSeverity()) {
  case DiagnosticSeverity::Note:
    severity = "note";
    break;
  case DiagnosticSeverity::Warning:
    severity = "warning";
    break;
  case DiagnosticSeverity::Error:
    severity = "error";
    break;
  case DiagnosticSeverity::Remark:
    if (!remarks)
      return;
    severity = "remark";
    break;
  }
  Location loc = diagnostic.getLocation();
  if (auto place = loc->findInstanceOf<FileLineColLoc>()) {
    llvm::errs() << place.getFilename().getValue();
    if (place.getLine())
      llvm::errs() << ":" << place.getLine() << ":" << place.getColumn();
    llvm::errs() << ": ";
  }
  llvm::errs() << severity << ": " << diagnostic.str() << "\n";
  for (Diagnostic &note : diagnostic.getNotes())
    print(note, remarks);
}

static void registerPassesOnce() {
  static const bool isDone = [] {
    registerAllPasses();
    registerTransformsPasses();
    LLVM::registerLLVMPasses();
    return true;
  }();
  (void)isDone;
}

bool mlir::kcfi::plugin::runThrough(llvm::Module &module,
                                    const Options &options) {
  registerPassesOnce();
  DialectRegistry registry;
  registry.insert<LLVM::LLVMDialect, DLTIDialect, arith::ArithDialect,
                  cf::ControlFlowDialect, func::FuncDialect>();
  registerDialect(registry);
  registerAllFromLLVMIR(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    print(diagnostic, options.remarks);
    return success();
  });
  PassManager passes(&context, ModuleOp::getOperationName());
  if (failed(parsePassPipeline(options.through, passes)))
    return false;
  buildRoundtripPipeline(passes);

  std::string source = module.getSourceFileName();
  auto original = std::make_unique<llvm::Module>(module.getModuleIdentifier(),
                                                 module.getContext());
  moveContents(module, *original);
  llvm::TypeFinder types;
  types.run(*original, /*onlyNamed=*/true);
  OwningOpRef<ModuleOp> imported =
      importModule(std::move(original), &context, ImportOptions());
  if (!imported || failed(passes.run(*imported)))
    return false;
  // The same types are made again and would get other names.
  for (llvm::StructType *type : types)
    type->setName("");
  std::unique_ptr<llvm::Module> exported =
      exportModule(*imported, module.getContext());
  if (!exported)
    return false;
  moveContents(*exported, module);
  module.setSourceFileName(source);
  return true;
}
