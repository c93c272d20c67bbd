//===- ImportRound.cpp - One attempt to import a module -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ImportRound.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/IR/LLVMCalls.h"
#include "kcfi/LLVMFacts/TypeIds.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Target/LLVMIR/Import.h"
#include "mlir/Target/LLVMIR/ModuleImport.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

ImportRound::ImportRound(llvm::Module &module, ImportPlan &plan,
                         MLIRContext *context, CarryMode carry)
    : module(module), plan(plan), context(context), metadata(context),
      reader(context, module.getContext(), metadata, carry),
      copy(module, plan) {}

//===----------------------------------------------------------------------===//
// While MLIR imports
//===----------------------------------------------------------------------===//

void ImportRound::startFunction(LLVM::LLVMFuncOp function,
                                LLVM::ModuleImport &import) {
  if (current)
    copy.release(*current);
  reader.setImport(import);
  llvm::Function *original = module.getFunction(function.getSymName());
  if (!original)
    return;
  reader.setFacts(*original, function);
  current = original->isDeclaration() ? nullptr : original;
  last = nullptr;
  blocks.clear();
  for (llvm::BasicBlock &block : *original)
    blocks.push_back(&block);
  reader.setBlocks(blocks);
}

/// The id of a check, which MLIR's importer has no hook for.
static void setTypeId(const llvm::CallBase &call, Operation *op) {
  if (std::optional<uint32_t> id = getCheckedId(call))
    op->setAttr(KCFIDialect::kTypeIdAttrName,
                TypeIdAttr::get(op->getContext(), *id));
}

/// Adds the operand bundles that MLIR has a form for, but does not import.
static LogicalResult setBundles(const llvm::CallBase &call,
                                const llvm::CallBase &clone, Operation *op,
                                LLVM::ModuleImport &import) {
  LLVMCall target = LLVMCall::get(op);
  if (!target || llvm::isa<llvm::IntrinsicInst>(call))
    return success();
  for (unsigned index = 0, e = clone.getNumOperandBundles(); index < e;
       ++index) {
    llvm::OperandBundleUse bundle = clone.getOperandBundleAt(index);
    if (bundle.getTagID() == llvm::LLVMContext::OB_kcfi)
      continue;
    SmallVector<Value> operands;
    for (const llvm::Use &input : bundle.Inputs) {
      FailureOr<Value> value = import.convertValue(input);
      if (failed(value))
        return failure();
      operands.push_back(*value);
    }
    target.addBundle(bundle.getTagName(), operands);
  }
  return success();
}

/// Takes back what MLIR writes on a call but the callee says already.
static void removeCalleeEffects(const llvm::CallBase &call, Operation *op) {
  auto target = dyn_cast<LLVM::CallOp>(op);
  if (target && !call.getAttributes().hasFnAttr(llvm::Attribute::Memory))
    target.removeMemoryEffectsAttr();
}

/// Calls of intrinsics without a result that are no operations of their own:
/// the importer does not tell what they become. Their order is that of the
/// calls.
static SmallVector<Operation *> findUntoldCalls(Operation *terminator) {
  SmallVector<Operation *> calls;
  if (terminator)
    for (auto call : terminator->getBlock()->getOps<LLVM::CallIntrinsicOp>())
      if (call->getNumResults() == 0)
        calls.push_back(call);
  return calls;
}

static bool isUntoldCall(const llvm::Instruction &clone,
                         LLVM::ModuleImport &import) {
  auto *call = llvm::dyn_cast<llvm::IntrinsicInst>(&clone);
  return call && call->getType()->isVoidTy() &&
         !import.lookupOperation(const_cast<llvm::Instruction *>(&clone)) &&
         !llvm::isa<llvm::DbgInfoIntrinsic>(call);
}

LogicalResult ImportRound::setFacts(llvm::BasicBlock &block,
                                    LLVM::ModuleImport &import) {
  SmallVector<Operation *> untold = findUntoldCalls(
      import.lookupOperation(copy.lookup(*block.getTerminator())));
  auto nextUntold = untold.begin();
  for (llvm::Instruction &instruction : block) {
    llvm::Instruction *clone = copy.lookup(instruction);
    Operation *op = clone ? import.lookupOperation(clone) : nullptr;
    if (!op && clone && isUntoldCall(*clone, import) &&
        nextUntold != untold.end())
      op = *nextUntold++;
    // What a stand-in stands for has its facts with it.
    if (!op || copy.isStandIn(instruction))
      continue;
    auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    if (call)
      removeCalleeEffects(*call, op);
    reader.setFacts(instruction, op);
    if (!call || !call->hasOperandBundles())
      continue;
    setTypeId(*call, op);
    if (failed(
            setBundles(*call, llvm::cast<llvm::CallBase>(*clone), op, import)))
      return failure();
  }
  if (block.phis().empty())
    return success();
  if (Operation *terminator =
          import.lookupOperation(copy.lookup(*block.getTerminator())))
    reader.setPhiFacts(block, terminator);
  return success();
}

void ImportRound::verifyPart(llvm::Instruction &instruction,
                             LLVM::ModuleImport &import) {
  llvm::Instruction *clone = copy.lookup(instruction);
  Operation *op = clone ? import.lookupOperation(clone) : nullptr;
  if (!op || succeeded(verify(op, /*verifyRecursively=*/false)))
    return;
  plan.escalate(instruction, takeError());
}

LogicalResult ImportRound::visit(LLVM::LLVMFuncOp, unsigned block,
                                 unsigned instruction,
                                 LLVM::ModuleImport &import) {
  llvm::Instruction &place = *std::next(blocks[block]->begin(), instruction);
  if (plan.isLocating) {
    verifyPart(place, import);
    last = &place;
  }
  return place.isTerminator() ? setFacts(*blocks[block], import) : success();
}

//===----------------------------------------------------------------------===//
// The round
//===----------------------------------------------------------------------===//

std::string ImportRound::takeError() {
  std::string reason =
      errors.empty() ? "MLIR cannot import it" : errors.front().str();
  errors.clear();
  return reason;
}

/// True for initializers that MLIR certainly has a form for.
static bool isPlain(const llvm::Constant &constant) {
  if (llvm::isa<llvm::ConstantInt, llvm::ConstantFP,
                llvm::ConstantDataSequential, llvm::ConstantAggregateZero,
                llvm::ConstantPointerNull, llvm::GlobalValue>(constant))
    return true;
  return llvm::isa<llvm::ConstantAggregate>(constant) &&
         llvm::all_of(constant.operands(), [](const llvm::Use &operand) {
           return isPlain(*llvm::cast<llvm::Constant>(operand));
         });
}

void ImportRound::planAfterFailure() {
  if (!plan.isLocating) {
    plan.locate();
    return;
  }
  if (current) {
    // The next one has the fault, if it is in the same block.
    llvm::Instruction *next = last ? last->getNextNode() : nullptr;
    std::string reason = takeError();
    if (next)
      plan.escalate(*next, reason);
    else
      plan.addWhole(*current, reason);
    return;
  }
  // Variables come first, and nothing tells which one it was.
  for (llvm::GlobalVariable &variable : module.globals())
    if (variable.hasInitializer() && !variable.hasAppendingLinkage() &&
        !isPlain(*variable.getInitializer()))
      plan.addWhole(variable, errors.empty() ? "MLIR cannot import it"
                                             : errors.front().str());
}

void ImportRound::planInvalid(ModuleOp imported) {
  for (Operation &op : *imported.getBody()) {
    auto symbol = dyn_cast<SymbolOpInterface>(op);
    auto *object = llvm::dyn_cast_or_null<llvm::GlobalObject>(
        symbol ? module.getNamedValue(symbol.getName()) : nullptr);
    errors.clear();
    if (object && failed(verify(&op)))
      plan.addWhole(*object, takeError());
  }
}

OwningOpRef<ModuleOp> ImportRound::run() {
  CapturedDiagnostics captured(context, errors);
  ImportHookScope scope(context, module.getContext(), *this);
  size_t before = plan.getSize();
  OwningOpRef<ModuleOp> result = translateLLVMIRToModule(
      copy.take(), context, /*emitExpensiveWarnings=*/false);
  if (!result) {
    planAfterFailure();
    return nullptr;
  }
  if (plan.getSize() != before)
    return nullptr;
  // Where an attribute cannot be made of metadata, the importer goes on.
  if (!errors.empty() || failed(verify(*result))) {
    if (!plan.isLocating)
      plan.locate();
    else
      planInvalid(*result);
    return nullptr;
  }
  return result;
}

void ImportRound::finish(ModuleOp imported) {
  SymbolTable symbols(imported);
  for (llvm::GlobalValue &value : module.global_values()) {
    auto *variable = llvm::dyn_cast<llvm::GlobalVariable>(&value);
    // Those of functions have been set.
    if (llvm::isa<llvm::Function>(value) ||
        (variable && getWhole().contains(variable)))
      continue;
    if (Operation *op = symbols.lookup(value.getName()))
      reader.setFacts(value, op);
  }
  reader.setFacts(module, imported);
  getStandIns().mark(imported);
  if (!getWhole().empty() || !getStandIns().getStandIns().empty() ||
      !metadata.getNodes().empty())
    carry(module, getWhole(), getStandIns(), metadata.getNodes(), imported);
}
