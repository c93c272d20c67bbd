//===- ImportPlan.h - What is not imported as it is -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The plan of an import says what becomes of each instruction and definition
// that MLIR cannot express. A round imports a module by the plan. What it meets
// that the plan does not know is added, and another round follows. For almost
// all modules the plan of the first walk is right.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_IMPORTPLAN_H
#define KCFI_LIB_TARGET_LLVMIR_IMPORTPLAN_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

#include <map>
#include <string>

namespace llvm {
class GlobalObject;
class Instruction;
class Module;
} // namespace llvm

namespace mlir {
class LLVMImportInterface;

namespace kcfi {

/// What is not imported as it is, by names and places, so that it holds for a
/// copy of the module, too.
struct ImportPlan {
  /// Places of instructions that stand-ins stand for, with the reason.
  llvm::StringMap<std::map<unsigned, std::string>> standIns;
  /// Functions and variables that are carried whole, with the reason.
  llvm::MapVector<std::string, std::string, std::map<std::string, unsigned>>
      whole;

  /// Both return false if it is known already.
  bool addStandIn(const llvm::Instruction &instruction, StringRef reason);
  bool addWhole(const llvm::GlobalObject &object, StringRef reason);
  /// The next thing to do with an instruction that an operation is not enough
  /// for: a stand-in, then its function whole. Returns false if both have been
  /// tried.
  bool escalate(const llvm::Instruction &instruction, StringRef reason);
  /// Adds what must be in one module with what is carried whole.
  void addInseparable(const llvm::Module &module);

  /// Lets the next round look for the instruction that is at fault.
  void locate() {
    isLocating = true;
    ++size;
  }
  bool isLocating = false;

  /// Grows with everything that is added.
  size_t getSize() const { return size; }

private:
  size_t size = 0;
};

/// Plans what can be known from a look at each instruction and constant.
void planImport(const llvm::Module &module, LLVMImportInterface &interface,
                ImportPlan &plan);

} // namespace kcfi
} // namespace mlir

#endif // KCFI_LIB_TARGET_LLVMIR_IMPORTPLAN_H
