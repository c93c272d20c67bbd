//===- StandIns.cpp - Calls in the place of instructions -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StandIns.h"
#include "ImportCopy.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Target/LLVMIR/LLVMImportInterface.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Which instructions
//===----------------------------------------------------------------------===//

/// Constants that MLIR has no form for, or does not read back from its own
/// text.
const char *mlir::kcfi::findUnreadable(const llvm::Constant &constant) {
  if (auto *number = llvm::dyn_cast<llvm::ConstantFP>(&constant)) {
    llvm::APFloat value = number->getValueAPF();
    bool isInexact = number->getType()->isPPC_FP128Ty();
    if (!isInexact && number->getType()->getPrimitiveSizeInBits() > 64)
      value.convert(llvm::APFloat::IEEEdouble(),
                    llvm::APFloat::rmNearestTiesToEven, &isInexact);
    return isInexact ? "a floating-point constant that is no double" : nullptr;
  }
  if (llvm::isa<llvm::GlobalValue, llvm::BlockAddress>(constant))
    return nullptr;
  if (llvm::isa<llvm::NoCFIValue>(constant))
    return "a constant 'no_cfi'";
  if (llvm::isa<llvm::ConstantPtrAuth>(constant))
    return "a constant 'ptrauth'";
  if (llvm::isa<llvm::ConstantTargetNone>(constant))
    return "a constant of a target's type";
  if (auto *expression = llvm::dyn_cast<llvm::ConstantExpr>(&constant))
    if (expression->getOpcode() == llvm::Instruction::PtrToAddr)
      return "a constant 'ptrtoaddr'";
  for (const llvm::Use &operand : constant.operands())
    if (auto *part = llvm::dyn_cast<llvm::Constant>(operand))
      if (const char *reason = findUnreadable(*part))
        return reason;
  return nullptr;
}

const char *mlir::kcfi::findUnreadable(const llvm::Instruction &instruction) {
  for (const llvm::Use &operand : instruction.operands())
    if (auto *constant = llvm::dyn_cast<llvm::Constant>(operand))
      if (const char *reason = findUnreadable(*constant))
        return reason;
  return nullptr;
}

/// Metadata that is an operand. MLIR's own forms of intrinsics have those that
/// they know.
static bool hasOtherMetadata(const llvm::CallBase &call,
                             LLVMImportInterface &interface) {
  if (llvm::isa<llvm::DbgInfoIntrinsic>(call) ||
      interface.isConvertibleIntrinsic(call.getIntrinsicID()))
    return false;
  return llvm::any_of(call.args(), [](const llvm::Use &argument) {
    return llvm::isa<llvm::MetadataAsValue>(argument);
  });
}

static std::string describeCall(const llvm::CallBase &call,
                                LLVMImportInterface &interface) {
  if (auto *code = llvm::dyn_cast<llvm::InlineAsm>(call.getCalledOperand())) {
    if (llvm::isa<llvm::InvokeInst>(call))
      return "an invoke of inline assembly";
    if (code->canThrow())
      return "inline assembly that may unwind";
    return call.hasOperandBundles() ? "inline assembly with a bundle" : "";
  }
  const llvm::Function *callee = call.getCalledFunction();
  if (!callee || !callee->isIntrinsic())
    return "";
  if (hasOtherMetadata(call, interface))
    return ("metadata as an operand of '" + callee->getName() + "'").str();
  // MLIR cannot tell which one of several intrinsics is called.
  if (callee->isVarArg())
    return ("intrinsic '" + callee->getName() + "'").str();
  if (call.hasOperandBundles() && !llvm::isa<llvm::AssumeInst>(call))
    return ("intrinsic '" + callee->getName() + "' with a bundle").str();
  return "";
}

/// True if a builder would make a constant in place of the instruction.
static bool isFolded(const llvm::Instruction &instruction) {
  return llvm::isa<llvm::CastInst, llvm::BinaryOperator, llvm::CmpInst,
                   llvm::SelectInst, llvm::UnaryOperator,
                   llvm::GetElementPtrInst, llvm::ExtractValueInst,
                   llvm::InsertValueInst, llvm::ExtractElementInst,
                   llvm::InsertElementInst, llvm::ShuffleVectorInst>(
             instruction) &&
         llvm::all_of(instruction.operands(), [](const llvm::Use &operand) {
           return llvm::isa<llvm::Constant>(operand);
         });
}

std::string mlir::kcfi::needsStandIn(const llvm::Instruction &instruction,
                                     LLVMImportInterface &interface) {
  if (isFolded(instruction))
    return "an instruction on constants";
  switch (instruction.getOpcode()) {
  case llvm::Instruction::CallBr:
  case llvm::Instruction::VAArg:
  case llvm::Instruction::PtrToAddr:
    return (llvm::Twine("instruction '") + instruction.getOpcodeName() + "'")
        .str();
  case llvm::Instruction::Switch:
    if (llvm::cast<llvm::SwitchInst>(instruction)
            .getCondition()
            ->getType()
            ->getIntegerBitWidth() > 64)
      return "a switch on an integer of more than 64 bits";
    break;
  case llvm::Instruction::Load:
  case llvm::Instruction::Store:
    if (instruction.isAtomic() &&
        llvm::getLoadStoreType(&instruction)->isVectorTy())
      return "an atomic access to a vector";
    break;
  case llvm::Instruction::Call:
  case llvm::Instruction::Invoke: {
    std::string reason =
        describeCall(llvm::cast<llvm::CallBase>(instruction), interface);
    if (!reason.empty())
      return reason;
    break;
  }
  default:
    break;
  }
  return "";
}

std::string mlir::kcfi::cannotStandIn(const llvm::Instruction &instruction) {
  // Their place, first in a block that only unwinding reaches, is part of what
  // they mean.
  if ((instruction.isEHPad() &&
       !llvm::isa<llvm::LandingPadInst>(instruction)) ||
      llvm::isa<llvm::CleanupReturnInst, llvm::CatchReturnInst>(instruction))
    return "funclets of exception handling";
  for (const llvm::Use &operand : instruction.operands())
    if (auto *wrapped = llvm::dyn_cast<llvm::MetadataAsValue>(operand))
      if (llvm::isa<llvm::LocalAsMetadata>(wrapped->getMetadata()))
        return "metadata of a local value";
  return "";
}

//===----------------------------------------------------------------------===//
// Import
//===----------------------------------------------------------------------===//

/// True if the operand is an argument of the stand-in: values, and addresses of
/// symbols, which passes should see. Other constants stay in the instruction.
static bool isPassed(const llvm::Use &operand) {
  if (auto *call = llvm::dyn_cast<llvm::CallBase>(operand.getUser()))
    if (call->isCallee(&operand) &&
        call->getIntrinsicID() != llvm::Intrinsic::not_intrinsic)
      return false;
  return llvm::isa<llvm::Instruction, llvm::Argument, llvm::GlobalValue>(
      operand);
}

/// True if one function can stand for both.
static bool isSame(const llvm::Instruction &left,
                   const llvm::Instruction &right) {
  if (left.getType() != right.getType() ||
      left.getNumOperands() != right.getNumOperands() ||
      (left.isTerminator() &&
       left.getNumSuccessors() != right.getNumSuccessors()) ||
      left.getRawSubclassOptionalData() != right.getRawSubclassOptionalData() ||
      !left.hasSameSpecialState(&right))
    return false;
  SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata, other;
  left.getAllMetadataOtherThanDebugLoc(metadata);
  right.getAllMetadataOtherThanDebugLoc(other);
  return metadata == other &&
         llvm::all_of(llvm::zip(left.operands(), right.operands()),
                      [](auto pair) {
                        const auto &[first, second] = pair;
                        if (llvm::isa<llvm::BasicBlock>(first))
                          return true;
                        return isPassed(first)
                                   ? isPassed(second) &&
                                         first->getType() == second->getType()
                                   : first.get() == second.get();
                      });
}

/// What a stand-in returns: the result, and the number of the successor.
static llvm::Type *getResultType(const llvm::Instruction &instruction) {
  if (!instruction.isTerminator())
    return instruction.getType();
  llvm::Type *number = llvm::Type::getInt32Ty(instruction.getContext());
  return instruction.use_empty()
             ? number
             : llvm::StructType::get(instruction.getType(), number);
}

/// The type of an instruction's stand-in.
static llvm::FunctionType *
getStandInType(const llvm::Instruction &instruction) {
  SmallVector<llvm::Type *> types;
  for (const llvm::Use &operand : instruction.operands())
    if (isPassed(operand))
      types.push_back(operand->getType());
  return llvm::FunctionType::get(getResultType(instruction), types,
                                 /*isVarArg=*/false);
}

const StandIns::StandIn &StandIns::get(llvm::Instruction &instruction,
                                       StringRef reason) {
  SmallVector<unsigned> &candidates = byOpcode[instruction.getOpcode()];
  llvm::FunctionType *type = getStandInType(instruction);
  for (unsigned index : candidates)
    if (standIns[index].type == type &&
        isSame(instruction, *standIns[index].instruction)) {
      ++standIns[index].count;
      return standIns[index];
    }
  candidates.push_back(standIns.size());
  StandIn &added = add(instruction.getOpcodeName(), type);
  added.owner = instruction.getFunction();
  added.instruction = &instruction;
  added.reason = reason.str();
  return added;
}

StandIns::StandIn &StandIns::add(const llvm::Twine &kind,
                                 llvm::FunctionType *type) {
  StandIn &added = standIns.emplace_back();
  added.name = (kind + "." + llvm::Twine(standIns.size() - 1)).str();
  added.type = type;
  return added;
}

llvm::FunctionCallee StandIns::declare(const StandIn &standIn) {
  return copy.getOrInsertFunction((kStandInPrefix + standIn.name).str(),
                                  standIn.type);
}

llvm::Instruction *StandIns::replace(llvm::Constant &constant,
                                     const llvm::Function &owner,
                                     llvm::Instruction &user,
                                     StringRef reason) {
  auto [it, isNew] = byConstant.try_emplace(&constant, standIns.size());
  if (isNew) {
    StandIn &added =
        add("constant",
            llvm::FunctionType::get(constant.getType(), /*isVarArg=*/false));
    added.owner = &owner;
    added.constant = &constant;
    added.reason = reason.str();
  } else {
    ++standIns[it->second].count;
  }
  auto *call = llvm::CallInst::Create(declare(standIns[it->second]), "",
                                      user.getIterator());
  call->setDebugLoc(user.getDebugLoc());
  return call;
}

llvm::Instruction *StandIns::replace(llvm::Instruction &instruction,
                                     llvm::Instruction &clone,
                                     StringRef reason) {
  SmallVector<llvm::Value *> operands;
  for (auto [own, copied] : llvm::zip(instruction.operands(), clone.operands()))
    if (isPassed(own))
      operands.push_back(copied);
  llvm::FunctionCallee declaration = declare(get(instruction, reason));
  auto insert = [&](llvm::Instruction *added) {
    added->insertBefore(clone.getIterator());
    added->setDebugLoc(clone.getDebugLoc());
    return added;
  };
  llvm::Instruction *call =
      insert(llvm::CallInst::Create(declaration, operands));
  if (!clone.isTerminator()) {
    clone.replaceAllUsesWith(call);
    clone.eraseFromParent();
    return call;
  }
  llvm::Value *number = call;
  if (!clone.use_empty()) {
    clone.replaceAllUsesWith(
        insert(llvm::ExtractValueInst::Create(call, {0u})));
    number = insert(llvm::ExtractValueInst::Create(call, {1u}));
  }
  auto *choice = llvm::SwitchInst::Create(number, clone.getSuccessor(0),
                                          clone.getNumSuccessors() - 1);
  for (unsigned index = 1, e = clone.getNumSuccessors(); index < e; ++index)
    choice->addCase(llvm::ConstantInt::get(
                        llvm::Type::getInt32Ty(copy.getContext()), index),
                    clone.getSuccessor(index));
  choice->setMetadata(kPlaceMetadata, clone.getMetadata(kPlaceMetadata));
  insert(choice);
  clone.eraseFromParent();
  return choice;
}

/// Writes a copy of an instruction, with its successors, into the body of
/// `function`.
static void define(const llvm::Instruction &instruction,
                   llvm::Function &function, llvm::BasicBlock &entry) {
  llvm::LLVMContext &context = function.getContext();
  llvm::Instruction *clone = instruction.clone();
  clone->setDebugLoc({});
  clone->insertInto(&entry, entry.end());
  unsigned argument = 0;
  for (auto [own, use] : llvm::zip(instruction.operands(), clone->operands()))
    if (isPassed(own))
      use.set(function.getArg(argument++));
  if (!instruction.isTerminator()) {
    llvm::ReturnInst::Create(
        context, clone->getType()->isVoidTy() ? nullptr : clone, &entry);
    return;
  }
  llvm::Type *type = function.getReturnType();
  for (unsigned index = 0, e = clone->getNumSuccessors(); index < e; ++index) {
    auto *successor = llvm::BasicBlock::Create(context, "", &function);
    clone->setSuccessor(index, successor);
    llvm::ReturnInst::Create(context,
                             type->isIntegerTy()
                                 ? llvm::ConstantInt::get(type, index)
                                 : llvm::PoisonValue::get(type),
                             successor);
  }
}

void StandIns::define(llvm::Module &carried) const {
  llvm::LLVMContext &context = carried.getContext();
  for (const StandIn &standIn : standIns) {
    auto *function =
        llvm::Function::Create(standIn.type, llvm::GlobalValue::ExternalLinkage,
                               kInstructionPrefix + standIn.name, carried);
    auto *entry = llvm::BasicBlock::Create(context, "", function);
    if (standIn.constant)
      llvm::ReturnInst::Create(context, standIn.constant, entry);
    else
      ::define(*standIn.instruction, *function, *entry);
  }
}

void StandIns::mark(ModuleOp imported) const {
  SymbolTable symbols(imported);
  for (const StandIn &standIn : standIns)
    if (Operation *op = symbols.lookup((kStandInPrefix + standIn.name).str()))
      op->setDiscardableAttr(
          KCFIDialect::kStandInAttrName,
          StringAttr::get(imported.getContext(), standIn.name));
}

//===----------------------------------------------------------------------===//
// Export
//===----------------------------------------------------------------------===//

/// The switch over what the call of a terminator's stand-in returns, and the
/// parts of the result on the way. Returns null if there is no such switch.
static llvm::SwitchInst *findSwitch(llvm::CallInst &call,
                                    SmallVectorImpl<llvm::Instruction *> &parts,
                                    llvm::Instruction *&result) {
  llvm::SwitchInst *choice = nullptr;
  auto visit = [&](llvm::User *user) {
    auto *found = llvm::dyn_cast<llvm::SwitchInst>(user);
    if (!found || choice)
      return false;
    choice = found;
    return true;
  };
  for (llvm::User *user : call.users()) {
    auto *part = llvm::dyn_cast<llvm::ExtractValueInst>(user);
    if (!part) {
      if (!visit(user))
        return nullptr;
      continue;
    }
    parts.push_back(part);
    if (part->getIndices().front() == 0) {
      // A pass may have made several of one.
      if (result)
        part->replaceAllUsesWith(result);
      else
        result = part;
      continue;
    }
    for (llvm::User *user : part->users())
      if (!visit(user))
        return nullptr;
  }
  return choice && choice->getParent() == call.getParent() ? choice : nullptr;
}

/// Gives the terminator `clone` the successors of the switch, and its place.
static LogicalResult restoreTerminator(LLVM::LLVMFuncOp op,
                                       llvm::CallInst &call,
                                       llvm::Instruction &clone) {
  SmallVector<llvm::Instruction *> parts;
  llvm::Instruction *result = nullptr;
  llvm::SwitchInst *choice = findSwitch(call, parts, result);
  if (!choice || choice->getNumSuccessors() != clone.getNumSuccessors()) {
    clone.deleteValue();
    return op.emitError() << "a call of this stand-in must be followed by the "
                             "switch over its successors";
  }
  clone.setSuccessor(0, choice->getDefaultDest());
  for (auto &choiceCase : choice->cases()) {
    uint64_t index = choiceCase.getCaseValue()->getZExtValue();
    if (index >= clone.getNumSuccessors()) {
      clone.deleteValue();
      return op.emitError()
             << "has no successor " << index << " for a case of its switch";
    }
    clone.setSuccessor(index, choiceCase.getCaseSuccessor());
  }
  llvm::BasicBlock *block = call.getParent();
  choice->eraseFromParent();
  clone.insertInto(block, block->end());
  if (result)
    result->replaceAllUsesWith(&clone);
  for (llvm::Instruction *part : parts)
    part->eraseFromParent();
  call.eraseFromParent();
  return success();
}

static LogicalResult restoreCall(LLVM::LLVMFuncOp op, llvm::CallInst &call,
                                 const llvm::Function &definition) {
  if (call.arg_size() != definition.arg_size())
    return op.emitError() << "a call has " << call.arg_size()
                          << " arguments, the stand-in "
                          << definition.arg_size();
  const llvm::Instruction &instruction = definition.getEntryBlock().front();
  if (auto *end = llvm::dyn_cast<llvm::ReturnInst>(&instruction)) {
    call.replaceAllUsesWith(end->getReturnValue());
    call.eraseFromParent();
    return success();
  }
  llvm::Instruction *clone = instruction.clone();
  for (llvm::Use &use : clone->operands())
    if (auto *argument = llvm::dyn_cast<llvm::Argument>(use))
      use.set(call.getArgOperand(argument->getArgNo()));
  clone->setDebugLoc(call.getDebugLoc());
  if (clone->isTerminator())
    return restoreTerminator(op, call, *clone);
  clone->insertBefore(call.getIterator());
  call.replaceAllUsesWith(clone);
  call.eraseFromParent();
  return success();
}

LogicalResult mlir::kcfi::restoreStandIns(ModuleOp module,
                                          llvm::Module &translated) {
  for (auto op : module.getOps<LLVM::LLVMFuncOp>()) {
    auto name = op->getAttrOfType<StringAttr>(KCFIDialect::kStandInAttrName);
    llvm::Function *declaration =
        name ? translated.getFunction(op.getSymName()) : nullptr;
    if (!declaration)
      continue;
    const llvm::Function *definition =
        translated.getFunction((kInstructionPrefix + name.getValue()).str());
    if (!definition || definition->isDeclaration())
      return op.emitError() << "is a stand-in, but the carried bitcode has no "
                               "instruction '"
                            << name.getValue() << "'";
    for (llvm::User *user : llvm::make_early_inc_range(declaration->users())) {
      auto *call = llvm::dyn_cast<llvm::CallInst>(user);
      if (!call || call->getCalledFunction() != declaration)
        return op.emitError()
               << "is a stand-in, which can only be called directly";
      if (failed(restoreCall(op, *call, *definition)))
        return failure();
    }
    declaration->eraseFromParent();
  }
  for (llvm::Function &function :
       llvm::make_early_inc_range(translated.functions()))
    if (function.getName().starts_with(kInstructionPrefix))
      function.eraseFromParent();
  return success();
}
