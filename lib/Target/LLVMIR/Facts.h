//===- Facts.h - What MLIR has no form for -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `kcfi.llvm_facts` of an operation holds what LLVM IR says of it and MLIR has
// no form for. The import reads these facts off each instruction, function and
// variable, with the operation at hand, so that only what is missing there is
// written. The export gives them back. A new kind of fact is a row of a table.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_FACTS_H
#define KCFI_LIB_TARGET_LLVMIR_FACTS_H

#include "MetadataForms.h"
#include "kcfi/Target/LLVMIR/Import.h"
#include "mlir/IR/BuiltinOps.h"

namespace llvm {
class BasicBlock;
class Function;
class GlobalValue;
class Instruction;
class LLVMContext;
} // namespace llvm

namespace mlir {
namespace LLVM {
class ModuleImport;
class ModuleTranslation;
} // namespace LLVM

namespace kcfi {

/// Reads facts off LLVM IR and sets them on operations.
class FactReader {
public:
  FactReader(MLIRContext *context, llvm::LLVMContext &llvmContext,
             MetadataWriter &metadata, CarryMode carry);

  /// The importer that knows the types, while it lives.
  void setImport(LLVM::ModuleImport &newImport) { import = &newImport; }
  /// The blocks of the function whose phis are read.
  void setBlocks(ArrayRef<llvm::BasicBlock *> blocks);

  void setFacts(const llvm::Instruction &instruction, Operation *op);
  /// The facts of the phis of a block stand on its terminator.
  void setPhiFacts(const llvm::BasicBlock &block, Operation *terminator);
  void setFacts(const llvm::GlobalValue &symbol, Operation *op);
  /// The facts that belong to the module as a whole.
  void setFacts(const llvm::Module &module, ModuleOp imported);

  LLVM::ModuleImport *import = nullptr;
  MLIRContext *context;
  MetadataWriter &metadata;
  SmallVector<StringRef> kindNames;
  /// Whether what MLIR says is enough where it says less than LLVM IR.
  bool acceptsInexactForms;
  /// Loops with places in the source: their numbers, and, where MLIR has no
  /// form for them, what is left of them.
  llvm::DenseMap<const llvm::MDNode *, unsigned> loops;
  llvm::DenseMap<const llvm::MDNode *, const llvm::MDNode *> strippedLoops;
  /// Whether calls keep what the declarations of intrinsics say already.
  bool keepsRepetitions;

private:
  Attribute readModuleFlags(const llvm::Module &module, ModuleOp imported);

  llvm::DenseMap<const llvm::BasicBlock *, unsigned> places;
};

/// True if MLIR has a form for named metadata.
bool hasNamedMetadataForm(StringRef name);

/// True if MLIR has a text for a calling convention.
bool hasConventionForm(unsigned convention);

/// Gives the facts of an operation to what it was translated to.
LogicalResult applyFacts(Operation *op, DictionaryAttr facts,
                         ArrayRef<llvm::Instruction *> instructions,
                         LLVM::ModuleTranslation &translation);

/// The same for a module.
LogicalResult applyFacts(ModuleOp op, DictionaryAttr facts,
                         llvm::Module &translated);

/// Gives the module and its variables, aliases and ifuncs their facts, and phis
/// their order: that of the blocks, or the one that was written.
LogicalResult applyModuleFacts(ModuleOp module, llvm::Module &translated);

} // namespace kcfi
} // namespace mlir

#endif // KCFI_LIB_TARGET_LLVMIR_FACTS_H
