//===- ImportRound.h - One attempt to import a module -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_IMPORTROUND_H
#define KCFI_LIB_TARGET_LLVMIR_IMPORTROUND_H

#include "Facts.h"
#include "ImportCopy.h"
#include "ImportHook.h"
#include "MetadataForms.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OwningOpRef.h"

namespace mlir::kcfi {

/// Keeps diagnostics from being shown, and collects the errors.
class CapturedDiagnostics {
public:
  CapturedDiagnostics(MLIRContext *context, SmallVectorImpl<Diagnostic> &errors)
      : handler(context, [&errors](Diagnostic &diagnostic) {
          if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
            errors.push_back(std::move(diagnostic));
          // What warnings of MLIR's importer speak of is found by comparing.
          return success();
        }) {}

private:
  ScopedDiagnosticHandler handler;
};

/// One attempt to import a module by a plan.
class ImportRound final : private ImportHook {
public:
  ImportRound(llvm::Module &module, ImportPlan &plan, MLIRContext *context,
              CarryMode carry);

  /// Returns null where the plan has to grow first, which it has then, or after
  /// an error, which is in `errors`.
  OwningOpRef<ModuleOp> run();
  /// Adds the facts of variables and of the module, and what is carried.
  void finish(ModuleOp imported);

  const CarriedObjects &getWhole() const { return copy.getWhole(); }
  const StandIns &getStandIns() const { return copy.getStandIns(); }
  /// Metadata that only the bitcode has.
  ArrayRef<llvm::MDNode *> getNodes() const { return metadata.getNodes(); }

  SmallVector<Diagnostic> errors;

private:
  void startFunction(LLVM::LLVMFuncOp function,
                     LLVM::ModuleImport &import) override;
  LogicalResult visit(LLVM::LLVMFuncOp function, unsigned block,
                      unsigned instruction,
                      LLVM::ModuleImport &import) override;
  LogicalResult setFacts(llvm::BasicBlock &block, LLVM::ModuleImport &import);
  /// Takes an instruction whose operation is not valid into the plan.
  void verifyPart(llvm::Instruction &instruction, LLVM::ModuleImport &import);
  /// Takes what made the import fail into the plan.
  void planAfterFailure();
  /// Takes definitions that are not valid into the plan.
  void planInvalid(ModuleOp imported);
  std::string takeError();

  llvm::Module &module;
  ImportPlan &plan;
  MLIRContext *context;
  MetadataWriter metadata;
  FactReader reader;
  ImportCopy copy;
  /// The function that is being imported, and its blocks.
  llvm::Function *current = nullptr;
  SmallVector<llvm::BasicBlock *> blocks;
  /// Where faults are looked for, the last instruction without one.
  llvm::Instruction *last = nullptr;
};

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_IMPORTROUND_H
