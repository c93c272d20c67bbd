//===- ImportCopy.h - The module that MLIR imports -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR's importer owns and destroys what it imports, so it gets a copy of the
// module, in the same context, which differs by the plan: calls of stand-ins
// are in the place of instructions, and definitions that are carried whole are
// declarations. Metadata is shared with the original.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_IMPORTCOPY_H
#define KCFI_LIB_TARGET_LLVMIR_IMPORTCOPY_H

#include "CarriedModules.h"
#include "ImportPlan.h"
#include "StandIns.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace mlir::kcfi {

/// Metadata of this kind marks places of the copy, for the hook of the import:
/// `{block, instruction}` of terminators (of all instructions where a fault is
/// looked for), and the start of functions.
inline constexpr llvm::StringLiteral kPlaceMetadata = "kcfi.place";

class ImportCopy {
public:
  ImportCopy(llvm::Module &original, const ImportPlan &plan);

  /// The copy, for the importer. The object knows its parts as long as they
  /// live.
  std::unique_ptr<llvm::Module> take() { return std::move(copy); }

  /// The instruction in the copy that came from one in the original.
  llvm::Instruction *lookup(const llvm::Instruction &original) const {
    return instructions.lookup(&original);
  }
  /// True if a stand-in is in the place of an instruction of the original.
  bool isStandIn(const llvm::Instruction &original) const {
    return replaced.contains(&original);
  }
  /// Frees the copy of a body that has been imported.
  void release(llvm::Function &original);

  const CarriedObjects &getWhole() const { return whole; }
  const StandIns &getStandIns() const { return standIns; }

private:
  void declare(llvm::Function &function);
  void declare(llvm::GlobalVariable &variable);
  void copyBody(llvm::Function &function, const ImportPlan &plan);
  /// Puts calls in the place of constants without a form.
  void replaceConstants(llvm::Instruction &user, const llvm::Function &owner);
  void copySymbols();
  void copyMetadata();
  /// Maps constants with addresses of blocks.
  void mapBlockAddresses();
  llvm::MDNode *getMark(unsigned block, unsigned instruction);

  llvm::Module &original;
  std::unique_ptr<llvm::Module> copy;
  CarriedObjects whole;
  StandIns standIns;
  llvm::DenseMap<const llvm::Instruction *, llvm::Instruction *> instructions;
  llvm::DenseSet<const llvm::Instruction *> replaced;
  llvm::DenseMap<const llvm::Function *, llvm::Function *> functions;
};

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_IMPORTCOPY_H
