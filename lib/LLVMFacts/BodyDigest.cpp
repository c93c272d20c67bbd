//===- BodyDigest.cpp - Hash of a function's code -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/LLVMFacts/BodyDigest.h"
#include "kcfi/Encoding/Hash.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Operator.h"
#include "llvm/Support/Endian.h"

using namespace mlir::kcfi;

/// Numbers and texts that are hashed as a whole, the same on every machine.
class BodyDigests::Stream {
public:
  void add(uint64_t value) {
    char bytes[sizeof(value)];
    llvm::support::endian::write64le(bytes, value);
    data.append(bytes, bytes + sizeof(bytes));
  }
  void add(llvm::StringRef text) {
    add(text.size());
    data.append(text.begin(), text.end());
  }
  void add(const llvm::APInt &value) {
    add(value.getBitWidth());
    for (unsigned i = 0, e = value.getNumWords(); i < e; ++i)
      add(value.getRawData()[i]);
  }
  uint64_t finish() const {
    return xxh64(llvm::StringRef(data.data(), data.size()));
  }

private:
  llvm::SmallVector<char, 512> data;
};

uint64_t BodyDigests::getType(llvm::Type *type) {
  if (auto it = types.find(type); it != types.end())
    return it->second;
  Stream stream;
  stream.add(type->getTypeID());
  switch (type->getTypeID()) {
  case llvm::Type::IntegerTyID:
    stream.add(type->getIntegerBitWidth());
    break;
  case llvm::Type::PointerTyID:
    stream.add(type->getPointerAddressSpace());
    break;
  case llvm::Type::ArrayTyID:
    stream.add(type->getArrayNumElements());
    break;
  case llvm::Type::FixedVectorTyID:
  case llvm::Type::ScalableVectorTyID:
    stream.add(llvm::cast<llvm::VectorType>(type)
                   ->getElementCount()
                   .getKnownMinValue());
    break;
  case llvm::Type::FunctionTyID:
    stream.add(llvm::cast<llvm::FunctionType>(type)->isVarArg());
    break;
  case llvm::Type::StructTyID:
    // Not the name: types of one layout are the same machine type.
    stream.add(llvm::cast<llvm::StructType>(type)->isPacked());
    break;
  case llvm::Type::TargetExtTyID: {
    auto *target = llvm::cast<llvm::TargetExtType>(type);
    stream.add(target->getName());
    for (unsigned parameter : target->int_params())
      stream.add(parameter);
    break;
  }
  case llvm::Type::HalfTyID:
  case llvm::Type::BFloatTyID:
  case llvm::Type::FloatTyID:
  case llvm::Type::DoubleTyID:
  case llvm::Type::X86_FP80TyID:
  case llvm::Type::FP128TyID:
  case llvm::Type::PPC_FP128TyID:
  case llvm::Type::VoidTyID:
  case llvm::Type::LabelTyID:
  case llvm::Type::MetadataTyID:
  case llvm::Type::X86_AMXTyID:
  case llvm::Type::TokenTyID:
  case llvm::Type::TypedPointerTyID:
    break;
  }
  stream.add(type->getNumContainedTypes());
  for (llvm::Type *contained : type->subtypes())
    stream.add(getType(contained));
  return types[type] = stream.finish();
}

uint64_t BodyDigests::getAttributes(llvm::AttributeList attributes) {
  void *key = attributes.getRawPointer();
  if (auto it = attributeLists.find(key); it != attributeLists.end())
    return it->second;
  Stream stream;
  for (unsigned index : attributes.indexes()) {
    llvm::AttributeSet set = attributes.getAttributes(index);
    if (!set.hasAttributes())
      continue;
    stream.add(index);
    for (llvm::Attribute attribute : set) {
      // Types in attributes (`byval`) are compared by layout.
      if (attribute.isTypeAttribute()) {
        stream.add(attribute.getKindAsEnum());
        if (llvm::Type *type = attribute.getValueAsType())
          stream.add(getType(type));
        continue;
      }
      stream.add(attribute.getAsString());
    }
  }
  return attributeLists[key] = stream.finish();
}

uint64_t BodyDigests::getConstant(const llvm::Constant *constant) {
  if (auto it = constants.find(constant); it != constants.end())
    return it->second;
  Stream stream;
  stream.add(getType(constant->getType()));
  stream.add(constant->getValueID());
  if (auto *global = llvm::dyn_cast<llvm::GlobalValue>(constant)) {
    auto *variable = llvm::dyn_cast<llvm::GlobalVariable>(global);
    bool isLocal = global->hasLocalLinkage();
    // Constants without identity, such as strings, are merged by their content;
    // their names are numbers.
    if (isLocal && variable && variable->isConstant() &&
        variable->hasGlobalUnnamedAddr() && variable->hasInitializer()) {
      // An initializer may refer to its own variable.
      constants[constant] = stream.finish();
      stream.add(getConstant(variable->getInitializer()));
      return constants[constant] = stream.finish();
    }
    stream.add(isLocal);
    if (isLocal)
      stream.add(unit);
    stream.add(global->getName());
    return constants[constant] = stream.finish();
  }
  if (auto *integer = llvm::dyn_cast<llvm::ConstantInt>(constant)) {
    stream.add(integer->getValue());
  } else if (auto *number = llvm::dyn_cast<llvm::ConstantFP>(constant)) {
    stream.add(number->getValueAPF().bitcastToAPInt());
  } else if (auto *data =
                 llvm::dyn_cast<llvm::ConstantDataSequential>(constant)) {
    stream.add(data->getRawDataValues());
  } else if (auto *address = llvm::dyn_cast<llvm::BlockAddress>(constant)) {
    const llvm::Function *function = address->getFunction();
    stream.add(getConstant(function));
    stream.add(std::distance(function->begin(), llvm::Function::const_iterator(
                                                    address->getBasicBlock())));
  } else {
    if (auto *expression = llvm::dyn_cast<llvm::ConstantExpr>(constant)) {
      stream.add(expression->getOpcode());
      stream.add(expression->getRawSubclassOptionalData());
      if (auto *gep = llvm::dyn_cast<llvm::GEPOperator>(expression))
        stream.add(getType(gep->getSourceElementType()));
    }
    for (const llvm::Use &operand : constant->operands())
      if (auto *inner = llvm::dyn_cast<llvm::Constant>(operand.get()))
        stream.add(getConstant(inner));
  }
  return constants[constant] = stream.finish();
}

/// What a function is made of, as one stream.
class BodyDigests::Body {
public:
  Body(BodyDigests &digests, const llvm::Function &function)
      : digests(digests), function(function) {}

  uint64_t getDigest();

private:
  void addLocal(const llvm::Value *value);
  void addMetadata(const llvm::Metadata *metadata);
  void addValue(const llvm::Value *value);
  void addInstruction(const llvm::Instruction &instruction);
  void addDetails(const llvm::Instruction &instruction);
  void addCall(const llvm::CallBase &call);

  BodyDigests &digests;
  const llvm::Function &function;
  Stream stream;
  /// Values by the order in which they are met.
  llvm::DenseMap<const llvm::Value *, uint64_t> numbers;
};

void BodyDigests::Body::addLocal(const llvm::Value *value) {
  stream.add(numbers.try_emplace(value, numbers.size()).first->second);
}

void BodyDigests::Body::addMetadata(const llvm::Metadata *metadata) {
  if (auto *string = llvm::dyn_cast_or_null<llvm::MDString>(metadata)) {
    stream.add(string->getString());
  } else if (auto *value =
                 llvm::dyn_cast_or_null<llvm::ConstantAsMetadata>(metadata)) {
    stream.add(digests.getConstant(value->getValue()));
  } else if (auto *value =
                 llvm::dyn_cast_or_null<llvm::LocalAsMetadata>(metadata)) {
    addLocal(value->getValue());
  } else if (auto *tuple = llvm::dyn_cast_or_null<llvm::MDTuple>(metadata)) {
    // Distinct nodes may refer to themselves.
    if (!tuple->isDistinct())
      for (const llvm::MDOperand &operand : tuple->operands())
        addMetadata(operand.get());
  }
}

void BodyDigests::Body::addValue(const llvm::Value *value) {
  if (value == &function) {
    // Recursion is the same code whatever the name.
    stream.add(llvm::StringRef("self"));
  } else if (auto *constant = llvm::dyn_cast<llvm::Constant>(value)) {
    stream.add(digests.getConstant(constant));
  } else if (auto *assembly = llvm::dyn_cast<llvm::InlineAsm>(value)) {
    stream.add(assembly->getAsmString());
    stream.add(assembly->getConstraintString());
    stream.add(digests.getType(assembly->getFunctionType()));
    stream.add(assembly->hasSideEffects() | assembly->isAlignStack() << 1 |
               assembly->canThrow() << 2 | assembly->getDialect() << 3);
  } else if (auto *metadata = llvm::dyn_cast<llvm::MetadataAsValue>(value)) {
    addMetadata(metadata->getMetadata());
  } else {
    addLocal(value);
  }
}

void BodyDigests::Body::addCall(const llvm::CallBase &call) {
  stream.add(digests.getType(call.getFunctionType()));
  stream.add(digests.getAttributes(call.getAttributes()));
  stream.add(call.getCallingConv());
  if (auto *plain = llvm::dyn_cast<llvm::CallInst>(&call))
    stream.add(plain->getTailCallKind());
  // Their operands are among those of the call: ids of checks count.
  for (unsigned i = 0, e = call.getNumOperandBundles(); i < e; ++i) {
    llvm::OperandBundleUse bundle = call.getOperandBundleAt(i);
    stream.add(bundle.getTagName());
    stream.add(bundle.Inputs.size());
  }
}

/// Adds what the operands of an instruction do not tell.
void BodyDigests::Body::addDetails(const llvm::Instruction &instruction) {
  if (auto *memory = llvm::dyn_cast<llvm::LoadInst>(&instruction)) {
    stream.add(memory->getAlign().value());
    stream.add(memory->isVolatile());
    stream.add(static_cast<uint64_t>(memory->getOrdering()));
    stream.add(memory->getSyncScopeID());
  } else if (auto *memory = llvm::dyn_cast<llvm::StoreInst>(&instruction)) {
    stream.add(memory->getAlign().value());
    stream.add(memory->isVolatile());
    stream.add(static_cast<uint64_t>(memory->getOrdering()));
    stream.add(memory->getSyncScopeID());
  } else if (auto *alloca = llvm::dyn_cast<llvm::AllocaInst>(&instruction)) {
    stream.add(alloca->getAlign().value());
    stream.add(digests.getType(alloca->getAllocatedType()));
  } else if (auto *gep =
                 llvm::dyn_cast<llvm::GetElementPtrInst>(&instruction)) {
    stream.add(digests.getType(gep->getSourceElementType()));
  } else if (auto *compare = llvm::dyn_cast<llvm::CmpInst>(&instruction)) {
    stream.add(compare->getPredicate());
  } else if (auto *phi = llvm::dyn_cast<llvm::PHINode>(&instruction)) {
    for (const llvm::BasicBlock *incoming : phi->blocks())
      addLocal(incoming);
  } else if (auto *extract =
                 llvm::dyn_cast<llvm::ExtractValueInst>(&instruction)) {
    for (unsigned index : extract->indices())
      stream.add(index);
  } else if (auto *insert =
                 llvm::dyn_cast<llvm::InsertValueInst>(&instruction)) {
    for (unsigned index : insert->indices())
      stream.add(index);
  } else if (auto *shuffle =
                 llvm::dyn_cast<llvm::ShuffleVectorInst>(&instruction)) {
    for (int index : shuffle->getShuffleMask())
      stream.add(static_cast<uint64_t>(index));
  } else if (auto *exchange =
                 llvm::dyn_cast<llvm::AtomicCmpXchgInst>(&instruction)) {
    stream.add(exchange->isVolatile());
    stream.add(exchange->isWeak());
    stream.add(static_cast<uint64_t>(exchange->getSuccessOrdering()));
    stream.add(static_cast<uint64_t>(exchange->getFailureOrdering()));
    stream.add(exchange->getSyncScopeID());
  } else if (auto *update = llvm::dyn_cast<llvm::AtomicRMWInst>(&instruction)) {
    stream.add(update->getOperation());
    stream.add(update->isVolatile());
    stream.add(static_cast<uint64_t>(update->getOrdering()));
    stream.add(update->getSyncScopeID());
  } else if (auto *fence = llvm::dyn_cast<llvm::FenceInst>(&instruction)) {
    stream.add(static_cast<uint64_t>(fence->getOrdering()));
    stream.add(fence->getSyncScopeID());
  } else if (auto *landing =
                 llvm::dyn_cast<llvm::LandingPadInst>(&instruction)) {
    stream.add(landing->isCleanup());
    for (unsigned i = 0, e = landing->getNumClauses(); i < e; ++i)
      stream.add(landing->isCatch(i));
  } else if (auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction)) {
    addCall(*call);
  }
}

void BodyDigests::Body::addInstruction(const llvm::Instruction &instruction) {
  stream.add(instruction.getOpcode());
  stream.add(digests.getType(instruction.getType()));
  stream.add(instruction.getRawSubclassOptionalData());
  addLocal(&instruction);
  stream.add(instruction.getNumOperands());
  for (const llvm::Use &operand : instruction.operands())
    addValue(operand.get());
  addDetails(instruction);
  // What the optimizer may conclude from a value is part of the code, what
  // it may conclude about aliases is not.
  for (unsigned kind :
       {llvm::LLVMContext::MD_range, llvm::LLVMContext::MD_nonnull,
        llvm::LLVMContext::MD_align, llvm::LLVMContext::MD_dereferenceable,
        llvm::LLVMContext::MD_fpmath}) {
    if (llvm::MDNode *node = instruction.getMetadata(kind)) {
      stream.add(kind);
      addMetadata(node);
    }
  }
}

uint64_t BodyDigests::Body::getDigest() {
  stream.add(digests.getType(function.getFunctionType()));
  stream.add(digests.getAttributes(function.getAttributes()));
  stream.add(function.getCallingConv());
  stream.add(function.hasGC() ? llvm::StringRef(function.getGC())
                              : llvm::StringRef());
  stream.add(function.getSection());
  stream.add(function.getAlign().valueOrOne().value());
  for (const llvm::Argument &argument : function.args())
    numbers.try_emplace(&argument, numbers.size());
  for (bool has : {function.hasPersonalityFn(), function.hasPrefixData(),
                   function.hasPrologueData()})
    stream.add(has);
  for (const llvm::Use &operand : function.operands())
    addValue(operand.get());

  // Blocks by the order in which they are reached: their layout is no code.
  llvm::SmallVector<const llvm::BasicBlock *> worklist = {
      &function.getEntryBlock()};
  llvm::SmallPtrSet<const llvm::BasicBlock *, 32> seen = {worklist.front()};
  while (!worklist.empty()) {
    const llvm::BasicBlock *block = worklist.pop_back_val();
    addLocal(block);
    for (const llvm::Instruction &instruction : *block)
      if (!instruction.isDebugOrPseudoInst())
        addInstruction(instruction);
    const llvm::Instruction *terminator = block->getTerminator();
    for (unsigned i = 0, e = terminator->getNumSuccessors(); i < e; ++i)
      if (seen.insert(terminator->getSuccessor(i)).second)
        worklist.push_back(terminator->getSuccessor(i));
  }
  uint64_t digest = stream.finish();
  return digest ? digest : 1;
}

uint64_t BodyDigests::get(const llvm::Function &function) {
  return Body(*this, function).getDigest();
}
