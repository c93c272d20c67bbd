//===- ImportCopy.cpp - The module that MLIR imports -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ImportCopy.h"
#include "Facts.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugProgramInstruction.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/ValueMapper.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

static void copyAttachments(const llvm::GlobalObject &from,
                            llvm::GlobalObject &to) {
  SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata;
  from.getAllMetadata(metadata);
  for (auto [kind, node] : metadata)
    to.addMetadata(kind, *node);
}

/// Name, type and id of what is carried whole.
static void copyId(const llvm::GlobalObject &from, llvm::GlobalObject &to) {
  to.setDSOLocal(from.isDSOLocal());
  if (llvm::MDNode *id = from.getMetadata(llvm::LLVMContext::MD_kcfi_type))
    to.setMetadata(llvm::LLVMContext::MD_kcfi_type, id);
}

void ImportCopy::declare(llvm::Function &function) {
  bool isWhole = whole.contains(&function);
  auto *result = llvm::Function::Create(
      function.getFunctionType(),
      isWhole ? llvm::GlobalValue::ExternalLinkage : function.getLinkage(),
      function.getAddressSpace(), function.getName(), copy.get());
  if (isWhole)
    return copyId(function, *result);
  functions[&function] = result;
  result->copyAttributesFrom(&function);
  // Those that MLIR has no text for are facts.
  if (!hasConventionForm(function.getCallingConv()))
    result->setCallingConv(llvm::CallingConv::C);
  copyComdat(function, *result);
  copyAttachments(function, *result);
  result->setMetadata(kPlaceMetadata, getMark(0, 0));
}

void ImportCopy::declare(llvm::GlobalVariable &variable) {
  bool isWhole = whole.contains(&variable);
  // Nothing stands for an appending variable: linking joins them.
  if (isWhole && variable.hasAppendingLinkage())
    return;
  auto *result = new llvm::GlobalVariable(
      *copy, variable.getValueType(), variable.isConstant(),
      isWhole ? llvm::GlobalValue::ExternalLinkage : variable.getLinkage(),
      isWhole || !variable.hasInitializer() ? nullptr
                                            : variable.getInitializer(),
      variable.getName(), /*InsertBefore=*/nullptr,
      isWhole && variable.isThreadLocal()
          ? llvm::GlobalValue::GeneralDynamicTLSModel
          : variable.getThreadLocalMode(),
      variable.getAddressSpace());
  if (isWhole)
    return copyId(variable, *result);
  result->copyAttributesFrom(&variable);
  copyComdat(variable, *result);
  copyAttachments(variable, *result);
}

void ImportCopy::copySymbols() {
  // MLIR finds what they stand for by its name.
  for (llvm::GlobalAlias &alias : original.aliases()) {
    auto *result = llvm::GlobalAlias::create(
        alias.getValueType(), alias.getAddressSpace(), alias.getLinkage(),
        alias.getName(), alias.getAliasee(), copy.get());
    result->copyAttributesFrom(&alias);
  }
  for (llvm::GlobalIFunc &ifunc : original.ifuncs()) {
    auto *result = llvm::GlobalIFunc::create(
        ifunc.getValueType(), ifunc.getAddressSpace(), ifunc.getLinkage(),
        ifunc.getName(), ifunc.getResolver(), copy.get());
    result->copyAttributesFrom(&ifunc);
  }
}

void ImportCopy::copyMetadata() {
  for (const llvm::NamedMDNode &list : original.named_metadata()) {
    llvm::NamedMDNode *result = copy->getOrInsertNamedMetadata(list.getName());
    for (const llvm::MDNode *node : list.operands())
      result->addOperand(const_cast<llvm::MDNode *>(node));
  }
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

llvm::MDNode *ImportCopy::getMark(unsigned block, unsigned instruction) {
  llvm::Type *type = llvm::Type::getInt32Ty(original.getContext());
  auto number = [&](unsigned value) {
    return llvm::ConstantAsMetadata::get(llvm::ConstantInt::get(type, value));
  };
  return llvm::MDNode::get(original.getContext(),
                           {number(block), number(instruction)});
}

/// Maps local values of an instruction and of its debug records.
static void
mapLocals(llvm::Instruction &instruction,
          const llvm::DenseMap<const llvm::Value *, llvm::Value *> &values) {
  for (llvm::Use &operand : instruction.operands())
    if (llvm::Value *value = values.lookup(operand))
      operand.set(value);
  if (auto *phi = llvm::dyn_cast<llvm::PHINode>(&instruction))
    for (unsigned index = 0, e = phi->getNumIncomingValues(); index < e;
         ++index)
      phi->setIncomingBlock(index, llvm::cast<llvm::BasicBlock>(values.lookup(
                                       phi->getIncomingBlock(index))));
  for (llvm::DbgRecord &record : instruction.getDbgRecordRange()) {
    auto *variable = llvm::dyn_cast<llvm::DbgVariableRecord>(&record);
    if (!variable)
      continue;
    for (unsigned index = 0, e = variable->getNumVariableLocationOps();
         index < e; ++index)
      if (llvm::Value *value =
              values.lookup(variable->getVariableLocationOp(index)))
        variable->replaceVariableLocationOp(index, value);
    if (variable->isDbgAssign())
      if (llvm::Value *address = values.lookup(variable->getAddress()))
        variable->setAddress(address);
  }
}

void ImportCopy::replaceConstants(llvm::Instruction &user,
                                  const llvm::Function &owner) {
  auto *phi = llvm::dyn_cast<llvm::PHINode>(&user);
  for (llvm::Use &operand : user.operands()) {
    auto *constant = llvm::dyn_cast<llvm::Constant>(operand);
    const char *reason = constant ? findUnreadable(*constant) : nullptr;
    if (!reason)
      continue;
    // The value of a phi comes from the end of a block.
    llvm::Instruction &place =
        phi ? *phi->getIncomingBlock(operand)->getTerminator() : user;
    operand.set(standIns.replace(*constant, owner, place, reason));
  }
}

void ImportCopy::copyBody(llvm::Function &function, const ImportPlan &plan) {
  llvm::Function &result = *functions.lookup(&function);
  llvm::DenseMap<const llvm::Value *, llvm::Value *> values;
  for (auto [from, to] : llvm::zip(function.args(), result.args()))
    values[&from] = &to;
  for (llvm::BasicBlock &block : function)
    values[&block] =
        llvm::BasicBlock::Create(original.getContext(), "", &result);
  auto planned = plan.standIns.find(function.getName());
  SmallVector<std::pair<llvm::Instruction *, StringRef>> standing;
  SmallVector<llvm::Instruction *> constantUsers;
  unsigned place = 0, number = 0;
  for (llvm::BasicBlock &block : function) {
    auto *to = llvm::cast<llvm::BasicBlock>(values.lookup(&block));
    for (auto [index, instruction] : llvm::enumerate(block)) {
      llvm::Instruction *clone = instruction.clone();
      clone->insertInto(to, to->end());
      clone->cloneDebugInfoFrom(&instruction);
      values[&instruction] = instructions[&instruction] = clone;
      auto *call = llvm::dyn_cast<llvm::CallBase>(clone);
      if (call && !hasConventionForm(call->getCallingConv()))
        call->setCallingConv(llvm::CallingConv::C);
      bool isStanding = false;
      if (planned != plan.standIns.end())
        if (auto it = planned->second.find(place);
            it != planned->second.end()) {
          standing.emplace_back(&instruction, it->second);
          isStanding = true;
        }
      if (!isStanding && findUnreadable(*clone))
        constantUsers.push_back(clone);
      if (plan.isLocating || clone->isTerminator())
        clone->setMetadata(kPlaceMetadata, getMark(number, index));
      ++place;
    }
    ++number;
  }
  for (llvm::Instruction &instruction : llvm::instructions(result))
    mapLocals(instruction, values);
  for (llvm::Instruction *user : constantUsers)
    replaceConstants(*user, function);
  for (auto [instruction, reason] : standing) {
    llvm::Instruction *&clone = instructions[instruction];
    clone = standIns.replace(*instruction, *clone, reason);
    replaced.insert(instruction);
  }
}

void ImportCopy::release(llvm::Function &function) {
  llvm::Function *body = functions.lookup(&function);
  if (!body)
    return;
  functions.erase(&function);
  for (llvm::Instruction &instruction : llvm::instructions(function))
    instructions.erase(&instruction);
  body->deleteBody();
}

/// True if a block of the function has its address taken.
static bool hasBlockAddresses(const llvm::Function &function) {
  return llvm::any_of(function, [](const llvm::BasicBlock &block) {
    return block.hasAddressTaken();
  });
}

void ImportCopy::mapBlockAddresses() {
  if (llvm::none_of(original, hasBlockAddresses))
    return;
  llvm::ValueToValueMapTy values;
  for (auto [from, to] : functions) {
    if (!hasBlockAddresses(*from))
      continue;
    values[from] = to;
    for (auto [block, other] : llvm::zip(*from, *to))
      values[&block] = &other;
  }
  auto map = [&](llvm::Constant *constant) {
    return llvm::MapValue(constant, values, llvm::RF_NoModuleLevelChanges);
  };
  for (llvm::Function &function : *copy)
    for (llvm::Instruction &instruction : llvm::instructions(function))
      for (llvm::Use &operand : instruction.operands())
        if (llvm::isa<llvm::BlockAddress, llvm::ConstantExpr,
                      llvm::ConstantAggregate>(operand))
          operand.set(map(llvm::cast<llvm::Constant>(operand)));
  for (llvm::GlobalVariable &variable : copy->globals())
    if (variable.hasInitializer())
      variable.setInitializer(map(variable.getInitializer()));
}

ImportCopy::ImportCopy(llvm::Module &original, const ImportPlan &plan)
    : original(original),
      copy(std::make_unique<llvm::Module>(original.getModuleIdentifier(),
                                          original.getContext())),
      standIns(*copy) {
  for (const auto &[name, reason] : plan.whole)
    if (auto *object = llvm::dyn_cast_or_null<llvm::GlobalObject>(
            original.getNamedValue(name)))
      whole.insert({object, reason});
  copy->setSourceFileName(original.getSourceFileName());
  copy->setDataLayout(original.getDataLayout());
  copy->setTargetTriple(original.getTargetTriple());
  copy->setModuleInlineAsm(original.getModuleInlineAsm());
  for (llvm::GlobalVariable &variable : original.globals())
    declare(variable);
  // MLIR calls intrinsics by their names; some bundles take their addresses.
  for (llvm::Function &function : original)
    if (!function.isIntrinsic() || function.hasAddressTaken())
      declare(function);
  copySymbols();
  copyMetadata();
  for (llvm::Function &function : original)
    if (!function.isDeclaration() && !whole.contains(&function))
      copyBody(function, plan);
  mapBlockAddresses();
}
