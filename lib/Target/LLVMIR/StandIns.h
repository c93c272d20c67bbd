//===- StandIns.h - Calls in the place of instructions -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An instruction that cannot be an operation is imported as a call of a
// stand-in: a function that takes the instruction's operands and whose body, in
// the bitcode that is carried, is the instruction. The stand-in of a terminator
// returns the number of the successor, over which a switch follows, so that the
// edges are ordinary ones. A constant without a form is what a call returns.
// The export puts instructions and constants back.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_STANDINS_H
#define KCFI_LIB_TARGET_LLVMIR_STANDINS_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <string>

namespace llvm {
class Constant;
class Function;
class FunctionCallee;
class FunctionType;
class Instruction;
class Module;
class Twine;
class Value;
} // namespace llvm

namespace mlir {
class LLVMImportInterface;

namespace kcfi {

/// The names of stand-ins, and of their instructions in the bitcode.
inline constexpr llvm::StringLiteral kStandInPrefix = "kcfi.stand_in.",
                                     kInstructionPrefix = "kcfi.instruction.";

/// Why a constant has no form that MLIR reads back, or null.
const char *findUnreadable(const llvm::Constant &constant);
/// The same for the operands of an instruction.
const char *findUnreadable(const llvm::Instruction &instruction);

/// Why an instruction needs a stand-in, or an empty string. `interface` knows
/// the intrinsics that are operations.
std::string needsStandIn(const llvm::Instruction &instruction,
                         LLVMImportInterface &interface);

/// Why there can be no stand-in for an instruction, or an empty string: calls
/// cannot take or return values of its types.
std::string cannotStandIn(const llvm::Instruction &instruction);

/// The stand-ins of a module.
class StandIns {
public:
  /// `copy` is the module that will be imported.
  explicit StandIns(llvm::Module &copy) : copy(copy) {}

  /// Puts a call in the place of `clone`, which is the copy of `instruction`.
  /// Returns what has the facts of the instruction then: the call, or the
  /// switch of a terminator.
  llvm::Instruction *replace(llvm::Instruction &instruction,
                             llvm::Instruction &clone, StringRef reason);

  /// Puts a call in front of `user` that stands for a constant which MLIR has
  /// no form for.
  llvm::Instruction *replace(llvm::Constant &constant,
                             const llvm::Function &owner,
                             llvm::Instruction &user, StringRef reason);

  /// What calls of one declaration stand for.
  struct StandIn {
    /// The opcode and a number, e.g. `callbr.0` or `constant.1`.
    std::string name;
    /// A function of the original that has it.
    const llvm::Function *owner = nullptr;
    /// One of the instructions in the original: the others are the same.
    llvm::Instruction *instruction = nullptr;
    /// Or a constant.
    llvm::Constant *constant = nullptr;
    /// The type of the stand-in.
    llvm::FunctionType *type = nullptr;
    std::string reason;
    unsigned count = 1;
  };
  ArrayRef<StandIn> getStandIns() const { return standIns; }

  /// Defines all instructions in `carried`. They still refer to the symbols of
  /// the original.
  void define(llvm::Module &carried) const;
  /// Marks the declarations in `imported`.
  void mark(ModuleOp imported) const;

private:
  /// The stand-in for an instruction: a known one, or a new one.
  const StandIn &get(llvm::Instruction &instruction, StringRef reason);
  StandIn &add(const llvm::Twine &kind, llvm::FunctionType *type);
  /// The declaration of a stand-in in the copy.
  llvm::FunctionCallee declare(const StandIn &standIn);

  llvm::Module &copy;
  SmallVector<StandIn> standIns;
  /// Candidates for being the same, by opcode.
  llvm::DenseMap<unsigned, SmallVector<unsigned>> byOpcode;
  llvm::DenseMap<const llvm::Constant *, unsigned> byConstant;
};

/// Puts the instructions back into `translated`, which has their definitions
/// from the bitcode, and takes these out.
LogicalResult restoreStandIns(ModuleOp module, llvm::Module &translated);

} // namespace kcfi
} // namespace mlir

#endif // KCFI_LIB_TARGET_LLVMIR_STANDINS_H
