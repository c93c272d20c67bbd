//===- ImportPlan.cpp - What is not imported as it is -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ImportPlan.h"
#include "CarriedModules.h"
#include "StandIns.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

/// The place of an instruction in its function.
static unsigned getPlace(const llvm::Instruction &instruction) {
  unsigned place = 0;
  for (const llvm::BasicBlock &block : *instruction.getFunction()) {
    if (&block != instruction.getParent()) {
      place += block.size();
      continue;
    }
    for (const llvm::Instruction &other : block) {
      if (&other == &instruction)
        return place;
      ++place;
    }
  }
  llvm_unreachable("the instruction is not in its function");
}

bool ImportPlan::addStandIn(const llvm::Instruction &instruction,
                            StringRef reason) {
  bool isNew = standIns[instruction.getFunction()->getName()]
                   .try_emplace(getPlace(instruction), reason)
                   .second;
  size += isNew;
  return isNew;
}

bool ImportPlan::addWhole(const llvm::GlobalObject &object, StringRef reason) {
  bool isNew = whole.try_emplace(object.getName().str(), reason.str()).second;
  size += isNew;
  return isNew;
}

bool ImportPlan::escalate(const llvm::Instruction &instruction,
                          StringRef reason) {
  std::string obstacle = cannotStandIn(instruction);
  if (obstacle.empty() && !llvm::isa<llvm::PHINode>(instruction) &&
      addStandIn(instruction, reason))
    return true;
  return addWhole(*instruction.getFunction(),
                  obstacle.empty() ? reason.str() : obstacle);
}

/// True if the elements of `variable` name an object.
static bool names(const llvm::GlobalVariable &variable,
                  const llvm::GlobalObject &object) {
  SmallVector<const llvm::Constant *> worklist = {variable.getInitializer()};
  while (!worklist.empty()) {
    const llvm::Constant *constant = worklist.pop_back_val();
    if (constant == &object)
      return true;
    if (llvm::isa<llvm::ConstantAggregate, llvm::ConstantExpr>(constant))
      for (const llvm::Use &operand : constant->operands())
        worklist.push_back(llvm::cast<llvm::Constant>(operand));
  }
  return false;
}

void ImportPlan::addInseparable(const llvm::Module &module) {
  if (whole.empty())
    return;
  InseparableObjects inseparable = findInseparable(module);
  // Grows while it is read.
  for (size_t index = 0; index < whole.size(); ++index) {
    std::string name = whole.begin()[index].first;
    auto *object =
        llvm::dyn_cast_or_null<llvm::GlobalObject>(module.getNamedValue(name));
    if (!object)
      continue;
    for (const llvm::GlobalObject *member : inseparable.members(object))
      addWhole(*member, "addresses of basic blocks tie it to '" + name +
                            "', which is carried");
    // MLIR wants definitions of constructors and destructors.
    for (StringRef list : {"llvm.global_ctors", "llvm.global_dtors"})
      if (const llvm::GlobalVariable *variable = module.getNamedGlobal(list);
          variable && variable->hasInitializer() && names(*variable, *object))
        addWhole(*variable, "it names '" + name + "', which is carried");
  }
}

void mlir::kcfi::planImport(const llvm::Module &module,
                            LLVMImportInterface &interface, ImportPlan &plan) {
  for (const llvm::GlobalVariable &variable : module.globals())
    if (variable.hasInitializer())
      if (const char *reason = findUnreadable(*variable.getInitializer()))
        plan.addWhole(variable, reason);
  for (const llvm::Function &function : module) {
    SmallVector<std::pair<const llvm::Instruction *, std::string>> needed;
    std::string obstacle;
    for (const llvm::Instruction &instruction : llvm::instructions(function)) {
      if (obstacle.empty())
        obstacle = cannotStandIn(instruction);
      std::string reason = needsStandIn(instruction, interface);
      if (!reason.empty())
        needed.emplace_back(&instruction, reason);
    }
    if (!obstacle.empty()) {
      plan.addWhole(function, obstacle);
      continue;
    }
    for (const auto &[instruction, reason] : needed)
      plan.addStandIn(*instruction, reason);
  }
}
