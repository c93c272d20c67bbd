//===- CompareModules.cpp - What a round trip changed -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CompareModules.h"
#include "BundleMetadata.h"
#include "kcfi/LLVMFacts/AttributeNames.h"
#include "kcfi/LLVMFacts/TypeIds.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/GlobalAlias.h"
#include "llvm/IR/GlobalIFunc.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Operator.h"

#include <set>

using namespace llvm;
using namespace mlir::kcfi;

/// The two modules have contexts of their own, so nothing can be compared by
/// address.
class ModuleComparer::Comparer {
public:
  Comparer(const Module &before, const Module &after)
      : beforeContext(&before.getContext()), afterContext(&after.getContext()),
        beforeLayout(&before.getDataLayout()),
        afterLayout(&after.getDataLayout()) {
    beforeContext->getMDKindNames(kindNames);
  }

  Difference result;

  void compareFunction(const Function &before, const Function &after);
  void compareVariable(const GlobalVariable &before,
                       const GlobalVariable &after);
  bool sameConstant(const Constant *before, const Constant *after);
  bool sameMetadata(const Metadata *before, const Metadata *after);

private:
  /// Notes a change; the first one of an instruction stays. Returns false for
  /// use in conditions.
  bool change(const Twine &what) {
    if (!hasChange)
      result.items.push_back({what.str(), current, /*isHint=*/false});
    hasChange = true;
    return false;
  }
  void hint(const Twine &what) {
    result.items.push_back({what.str(), current, /*isHint=*/true});
  }
  /// True if both are equal.
  template <typename T>
  bool equal(const T &before, const T &after, const Twine &what) {
    return before == after || change(what);
  }

  bool sameType(Type *before, Type *after);
  bool sameValue(const Value *before, const Value *after);
  bool sameAddress(const Constant *before, const Constant *after);
  bool sameOperands(const MDNode &before, const MDNode &after);

  void compareGlobalValue(const GlobalObject &before,
                          const GlobalObject &after);
  /// What has the attributes.
  struct Owner {
    std::string name;
    /// A function that is only declared.
    bool isDeclared = false;
    /// Of the function that is called.
    AttributeSet calleeAttributes = {};
    bool isIntrinsic = false;
  };
  void compareAttributes(AttributeList before, AttributeList after,
                         const Owner &owner);
  void compareAttributes(AttributeSet before, AttributeSet after,
                         const Owner &owner);
  void compareInstruction(const Instruction &before, const Instruction &after);
  void compareCall(const CallBase &before, const CallBase &after);
  void compareBundles(const CallBase &before, const CallBase &after,
                      const std::string &callee);
  void comparePhi(const PHINode &before, const PHINode &after);
  void compareMemory(const Instruction &before, const Instruction &after);
  bool sameSyncScope(SyncScope::ID before, SyncScope::ID after);

  /// Local values and blocks.
  DenseMap<const Value *, const Value *> counterparts;
  /// The instruction that is compared, and whether it has changed.
  const Instruction *current = nullptr;
  bool hasChange = false;
  /// Nodes that are the same, in both directions: they may contain themselves,
  /// and a distinct one must stay another than all others.
  DenseMap<const Metadata *, const Metadata *> metadataAfter, metadataBefore;
  DenseSet<std::pair<const Metadata *, const Metadata *>> differentNodes;
  DenseSet<std::pair<Type *, Type *>> equalTypes;
  LLVMContext *beforeContext = nullptr, *afterContext = nullptr;
  const DataLayout *beforeLayout = nullptr, *afterLayout = nullptr;
  /// Names of the kinds of metadata of `beforeContext`.
  SmallVector<StringRef> kindNames;
};

//===----------------------------------------------------------------------===//
// Types and values
//===----------------------------------------------------------------------===//

/// The parts of types that are not types themselves.
static bool haveSameShape(Type *before, Type *after) {
  if (before->getTypeID() != after->getTypeID())
    return false;
  switch (before->getTypeID()) {
  case Type::IntegerTyID:
    return before->getIntegerBitWidth() == after->getIntegerBitWidth();
  case Type::PointerTyID:
    return before->getPointerAddressSpace() == after->getPointerAddressSpace();
  case Type::ArrayTyID:
    return before->getArrayNumElements() == after->getArrayNumElements();
  case Type::FixedVectorTyID:
  case Type::ScalableVectorTyID:
    return cast<VectorType>(before)->getElementCount() ==
           cast<VectorType>(after)->getElementCount();
  case Type::StructTyID:
    return cast<StructType>(before)->isOpaque() ==
               cast<StructType>(after)->isOpaque() &&
           cast<StructType>(before)->isPacked() ==
               cast<StructType>(after)->isPacked();
  case Type::FunctionTyID:
    return cast<FunctionType>(before)->isVarArg() ==
           cast<FunctionType>(after)->isVarArg();
  case Type::TargetExtTyID:
    return cast<TargetExtType>(before)->getName() ==
               cast<TargetExtType>(after)->getName() &&
           cast<TargetExtType>(before)->int_params() ==
               cast<TargetExtType>(after)->int_params();
  case Type::TypedPointerTyID:
  case Type::HalfTyID:
  case Type::BFloatTyID:
  case Type::FloatTyID:
  case Type::DoubleTyID:
  case Type::X86_FP80TyID:
  case Type::FP128TyID:
  case Type::PPC_FP128TyID:
  case Type::VoidTyID:
  case Type::LabelTyID:
  case Type::MetadataTyID:
  case Type::X86_AMXTyID:
  case Type::TokenTyID:
    return true;
  }
  llvm_unreachable("unknown type");
}

bool ModuleComparer::Comparer::sameType(Type *before, Type *after) {
  if (!haveSameShape(before, after) ||
      before->getNumContainedTypes() != after->getNumContainedTypes())
    return false;
  if (before->getNumContainedTypes() == 0)
    return true;
  if (!equalTypes.insert({before, after}).second)
    return true;
  for (auto [first, second] : zip(before->subtypes(), after->subtypes()))
    if (!sameType(first, second)) {
      equalTypes.erase({before, after});
      return false;
    }
  return true;
}

/// Addresses of one object at one offset may be written in several ways.
bool ModuleComparer::Comparer::sameAddress(const Constant *before,
                                           const Constant *after) {
  if (!before->getType()->isPointerTy() || !after->getType()->isPointerTy())
    return false;
  auto resolve = [](const Constant *address, const DataLayout &layout) {
    APInt offset(layout.getIndexTypeSizeInBits(address->getType()), 0);
    const Value *base = address->stripAndAccumulateConstantOffsets(
        layout, offset, /*AllowNonInbounds=*/true);
    return std::pair(base, offset);
  };
  auto [base, offset] = resolve(before, *beforeLayout);
  auto [otherBase, otherOffset] = resolve(after, *afterLayout);
  if (base == before || otherBase == after ||
      offset.getBitWidth() != otherOffset.getBitWidth() ||
      offset != otherOffset || !sameValue(base, otherBase))
    return false;
  // An initializer has the same bytes.
  if (current && before->getValueID() != after->getValueID())
    hint("form of a constant address");
  return true;
}

bool ModuleComparer::Comparer::sameConstant(const Constant *before,
                                            const Constant *after) {
  if (auto *global = dyn_cast<GlobalValue>(before))
    return isa<GlobalValue>(after) && global->getName() == after->getName();
  if (before->getValueID() != after->getValueID())
    return sameAddress(before, after);
  if (!sameType(before->getType(), after->getType()))
    return false;
  if (auto *number = dyn_cast<ConstantInt>(before))
    return number->getValue() == cast<ConstantInt>(after)->getValue();
  if (auto *number = dyn_cast<ConstantFP>(before))
    return number->getValueAPF().bitwiseIsEqual(
        cast<ConstantFP>(after)->getValueAPF());
  if (auto *data = dyn_cast<ConstantDataSequential>(before))
    return data->getRawDataValues() ==
           cast<ConstantDataSequential>(after)->getRawDataValues();
  if (auto *address = dyn_cast<BlockAddress>(before)) {
    auto *other = cast<BlockAddress>(after);
    auto index = [](const BlockAddress *address) {
      return std::distance(address->getFunction()->begin(),
                           address->getBasicBlock()->getIterator());
    };
    return address->getFunction()->getName() ==
               other->getFunction()->getName() &&
           !other->getFunction()->isDeclaration() &&
           index(address) == index(other);
  }
  if (auto *expression = dyn_cast<ConstantExpr>(before)) {
    auto *other = cast<ConstantExpr>(after);
    if (expression->getOpcode() != other->getOpcode() ||
        expression->getNumOperands() != other->getNumOperands())
      return sameAddress(before, after);
    if (auto *gep = dyn_cast<GEPOperator>(expression)) {
      auto *otherGEP = cast<GEPOperator>(other);
      if (!sameType(gep->getSourceElementType(),
                    otherGEP->getSourceElementType()))
        return sameAddress(before, after);
    }
    unsigned flags = expression->getRawSubclassOptionalData();
    unsigned otherFlags = other->getRawSubclassOptionalData();
    // LLVM finds flags of an address by looking at its variable.
    if (otherFlags & ~flags)
      return sameAddress(before, after);
    if (flags != otherFlags)
      hint("flags of a constant expression");
  }
  if (before->getNumOperands() != after->getNumOperands())
    return false;
  for (unsigned index = 0, e = before->getNumOperands(); index < e; ++index)
    if (!sameValue(before->getOperand(index), after->getOperand(index)))
      return sameAddress(before, after);
  return true;
}

bool ModuleComparer::Comparer::sameValue(const Value *before,
                                         const Value *after) {
  if (auto *constant = dyn_cast<Constant>(before))
    return isa<Constant>(after) &&
           sameConstant(constant, cast<Constant>(after));
  if (auto *code = dyn_cast<InlineAsm>(before)) {
    auto *other = dyn_cast<InlineAsm>(after);
    return other && code->getAsmString() == other->getAsmString() &&
           code->getConstraintString() == other->getConstraintString() &&
           code->hasSideEffects() == other->hasSideEffects() &&
           code->isAlignStack() == other->isAlignStack() &&
           code->getDialect() == other->getDialect() &&
           code->canThrow() == other->canThrow() &&
           sameType(code->getFunctionType(), other->getFunctionType());
  }
  if (auto *wrapped = dyn_cast<MetadataAsValue>(before)) {
    auto *other = dyn_cast<MetadataAsValue>(after);
    return other && sameMetadata(wrapped->getMetadata(), other->getMetadata());
  }
  return counterparts.lookup(before) == after;
}

bool ModuleComparer::Comparer::sameOperands(const MDNode &before,
                                            const MDNode &after) {
  if (before.getNumOperands() != after.getNumOperands())
    return false;
  if (auto *node = dyn_cast<DINode>(&before))
    if (node->getTag() != cast<DINode>(after).getTag())
      return false;
  return all_of(zip(before.operands(), after.operands()), [&](auto pair) {
    return sameMetadata(std::get<0>(pair), std::get<1>(pair));
  });
}

/// Compares strings, values and nodes.
bool ModuleComparer::Comparer::sameMetadata(const Metadata *before,
                                            const Metadata *after) {
  if (!before || !after)
    return before == after;
  if (before->getMetadataID() != after->getMetadataID())
    return false;
  if (auto *string = dyn_cast<MDString>(before))
    return string->getString() == cast<MDString>(after)->getString();
  if (auto *value = dyn_cast<ValueAsMetadata>(before))
    return sameValue(value->getValue(),
                     cast<ValueAsMetadata>(after)->getValue());
  // Debug info is counted elsewhere; this is the place of a loop.
  if (auto *place = dyn_cast<DILocation>(before)) {
    auto *other = cast<DILocation>(after);
    return place->getLine() == other->getLine() &&
           place->getColumn() == other->getColumn();
  }
  auto *node = dyn_cast<MDNode>(before);
  if (!node)
    return false;
  auto *other = cast<MDNode>(after);
  auto [known, isNew] = metadataAfter.try_emplace(node, other);
  if (!isNew)
    return known->second == other;
  if (!differentNodes.contains({node, other}) &&
      node->isDistinct() == other->isDistinct() &&
      (!node->isDistinct() || metadataBefore.try_emplace(other, node).second) &&
      sameOperands(*node, *other))
    return true;
  metadataAfter.erase(node);
  differentNodes.insert({node, other});
  return false;
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

/// The attribute without its type.
static std::string getText(Attribute attribute) {
  return attribute.isTypeAttribute() ? getAttributeName(attribute).str()
                                     : attribute.getAsString();
}

/// True if LLVM's own transformations may drop the attribute.
static bool isHint(Attribute attribute, AttributeSet all, bool isDeclared) {
  // They say how the body is to be compiled, which is elsewhere.
  if (attribute.isStringAttribute())
    return isDeclared;
  Attribute::AttrKind kind = attribute.getKindAsEnum();
  // Alignment of an argument in memory is part of the ABI.
  if (kind == Attribute::Alignment)
    return !all.hasAttribute(Attribute::ByVal) &&
           !all.hasAttribute(Attribute::Preallocated) &&
           !all.hasAttribute(Attribute::InAlloca);
  // Found by analysis; two calls with different ones are not alike, but nothing
  // needs it.
  if (kind == Attribute::Initializes)
    return true;
  return !Attribute::intersectMustPreserve(kind);
}

void ModuleComparer::Comparer::compareAttributes(AttributeSet before,
                                                 AttributeSet after,
                                                 const Owner &owner) {
  // As text, since they belong to different contexts. Types are compared: named
  // ones may have other names.
  StringMap<Attribute> others;
  for (Attribute attribute : after)
    others[getText(attribute)] = attribute;
  for (Attribute attribute : before) {
    std::string text = getText(attribute);
    auto other = others.find(text);
    bool isSame =
        other != others.end() &&
        (!attribute.isTypeAttribute() ||
         sameType(attribute.getValueAsType(), other->second.getValueAsType()));
    if (other != others.end())
      others.erase(other);
    if (isSame)
      continue;
    // LLVM gives its intrinsics their attributes itself.
    if (owner.isIntrinsic && !attribute.isStringAttribute() &&
        owner.calleeAttributes.getAttribute(attribute.getKindAsEnum())
                .getAsString() == attribute.getAsString())
      continue;
    if (isHint(attribute, before, owner.isDeclared))
      hint("attribute '" + getAttributeName(attribute).str() + "'");
    else
      change("attribute '" + text + "' of " + owner.name);
  }
  for (const auto &[text, attribute] : others) {
    // MLIR writes what it knows of the callee to the call as well.
    if (!attribute.isStringAttribute() &&
        owner.calleeAttributes.getAttribute(attribute.getKindAsEnum()) ==
            attribute)
      continue;
    // A weaker form of what was there is left of a hint that lost something.
    if (!attribute.isStringAttribute() &&
        isHint(attribute, after, owner.isDeclared) &&
        before.hasAttribute(attribute.getKindAsEnum()))
      continue;
    change("new attribute '" + text + "' of " + owner.name);
  }
}

void ModuleComparer::Comparer::compareAttributes(AttributeList before,
                                                 AttributeList after,
                                                 const Owner &owner) {
  // `indexes` of a list starts with that of the function, which wraps around.
  unsigned end = std::max(before.getNumAttrSets(), after.getNumAttrSets());
  for (unsigned i = 0; i < end; ++i) {
    unsigned index = AttributeList::FunctionIndex + i;
    AttributeSet first = before.getAttributes(index);
    AttributeSet second = after.getAttributes(index);
    if (!first.hasAttributes() && !second.hasAttributes())
      continue;
    Owner part = owner;
    if (index == AttributeList::ReturnIndex)
      part.name = "the result of " + owner.name;
    else if (index != AttributeList::FunctionIndex)
      part.name = "parameter " +
                  std::to_string(index - AttributeList::FirstArgIndex) +
                  " of " + owner.name;
    compareAttributes(first, second, part);
  }
}

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

bool ModuleComparer::Comparer::sameSyncScope(SyncScope::ID before,
                                             SyncScope::ID after) {
  SmallVector<StringRef> names, otherNames;
  beforeContext->getSyncScopeNames(names);
  afterContext->getSyncScopeNames(otherNames);
  return names[before] == otherNames[after];
}

void ModuleComparer::Comparer::comparePhi(const PHINode &before,
                                          const PHINode &after) {
  if (!equal(before.getNumIncomingValues(), after.getNumIncomingValues(),
             "incoming values of a phi"))
    return;
  SmallVector<std::pair<const BasicBlock *, const Value *>> others;
  for (auto [block, value] : zip(after.blocks(), after.incoming_values()))
    others.emplace_back(block, value);
  bool isReordered = false;
  for (unsigned index = 0, e = before.getNumIncomingValues(); index < e;
       ++index) {
    const Value *value = before.getIncomingValue(index);
    const Value *block = counterparts.lookup(before.getIncomingBlock(index));
    auto isSame = [&](const auto &other) {
      return other.first == block && sameValue(value, other.second);
    };
    auto *found = find_if(others, isSame);
    if (found == others.end()) {
      change("incoming values of a phi");
      return;
    }
    isReordered |= found != others.begin();
    others.erase(found);
  }
  if (isReordered)
    hint("order of phi operands");
}

/// The id that a call checks: of its bundle, or, where it has none yet, of the
/// metadata that the self-check leaves.
static std::optional<uint32_t> getCheckedIdOrMark(const CallBase &call) {
  if (std::optional<uint32_t> id = getCheckedId(call))
    return id;
  if (MDNode *node = call.getMetadata(kBundleMetadata))
    return mdconst::extract<ConstantInt>(node->getOperand(0))->getZExtValue();
  return std::nullopt;
}

static SmallVector<OperandBundleUse> getOtherBundles(const CallBase &call) {
  SmallVector<OperandBundleUse> bundles;
  for (unsigned index = 0, e = call.getNumOperandBundles(); index < e; ++index)
    if (call.getOperandBundleAt(index).getTagID() != LLVMContext::OB_kcfi)
      bundles.push_back(call.getOperandBundleAt(index));
  return bundles;
}

void ModuleComparer::Comparer::compareBundles(const CallBase &before,
                                              const CallBase &after,
                                              const std::string &callee) {
  equal(getCheckedIdOrMark(before), getCheckedIdOrMark(after),
        "check of " + callee);
  SmallVector<OperandBundleUse> bundles = getOtherBundles(before);
  SmallVector<OperandBundleUse> others = getOtherBundles(after);
  if (!equal(bundles.size(), others.size(), "bundles of " + callee))
    return;
  for (const auto &[bundle, other] : zip(bundles, others))
    if (bundle.getTagName() != other.getTagName() ||
        bundle.Inputs.size() != other.Inputs.size() ||
        !all_of(zip(bundle.Inputs, other.Inputs), [&](auto pair) {
          return sameValue(std::get<0>(pair), std::get<1>(pair));
        }))
      change("bundle \"" + bundle.getTagName() + "\" of " + callee);
}

void ModuleComparer::Comparer::compareCall(const CallBase &before,
                                           const CallBase &after) {
  std::string callee = "a call";
  if (const Function *function = before.getCalledFunction())
    callee = "a call of '" + function->getName().str() + "'";
  equal(before.getCallingConv(), after.getCallingConv(),
        "calling convention of " + callee);
  if (!sameType(before.getFunctionType(), after.getFunctionType()))
    change("type of " + callee);
  Owner owner{callee};
  if (const Function *function = after.getCalledFunction())
    owner.calleeAttributes = function->getAttributes().getFnAttrs();
  owner.isIntrinsic = before.getIntrinsicID() != Intrinsic::not_intrinsic;
  compareAttributes(before.getAttributes(), after.getAttributes(), owner);
  if (auto *call = dyn_cast<CallInst>(&before)) {
    CallInst::TailCallKind kind = call->getTailCallKind();
    CallInst::TailCallKind other = cast<CallInst>(after).getTailCallKind();
    if (kind == CallInst::TCK_Tail && other == CallInst::TCK_None)
      hint(before.getIntrinsicID() != Intrinsic::not_intrinsic
               ? "marker 'tail' of an intrinsic"
               : "marker 'tail'");
    else
      equal(kind, other, "tail call kind of " + callee);
  }
  compareBundles(before, after, callee);
  if (!equal(before.arg_size(), after.arg_size(), "arguments of " + callee))
    return;
  for (auto [value, other] : zip(before.args(), after.args()))
    if (!sameValue(value, other))
      change("argument of " + callee);
  if (!sameValue(before.getCalledOperand(), after.getCalledOperand()))
    change("callee of " + callee);
}

void ModuleComparer::Comparer::compareMemory(const Instruction &before,
                                             const Instruction &after) {
  std::string name = before.getOpcodeName();
  if (auto *load = dyn_cast<LoadInst>(&before)) {
    auto *other = cast<LoadInst>(&after);
    equal(load->getAlign(), other->getAlign(), "alignment of a load");
    equal(load->isVolatile(), other->isVolatile(), "volatile of a load");
    equal(load->getOrdering(), other->getOrdering(), "ordering of a load");
  } else if (auto *store = dyn_cast<StoreInst>(&before)) {
    auto *other = cast<StoreInst>(&after);
    equal(store->getAlign(), other->getAlign(), "alignment of a store");
    equal(store->isVolatile(), other->isVolatile(), "volatile of a store");
    equal(store->getOrdering(), other->getOrdering(), "ordering of a store");
  } else if (auto *exchange = dyn_cast<AtomicCmpXchgInst>(&before)) {
    auto *other = cast<AtomicCmpXchgInst>(&after);
    equal(exchange->getAlign(), other->getAlign(), "alignment of a cmpxchg");
    equal(exchange->isVolatile(), other->isVolatile(), "volatile of a cmpxchg");
    equal(exchange->isWeak(), other->isWeak(), "weak of a cmpxchg");
    equal(exchange->getSuccessOrdering(), other->getSuccessOrdering(),
          "ordering of a cmpxchg");
    equal(exchange->getFailureOrdering(), other->getFailureOrdering(),
          "failure ordering of a cmpxchg");
  } else if (auto *update = dyn_cast<AtomicRMWInst>(&before)) {
    auto *other = cast<AtomicRMWInst>(&after);
    equal(update->getAlign(), other->getAlign(), "alignment of an atomicrmw");
    equal(update->isVolatile(), other->isVolatile(),
          "volatile of an atomicrmw");
    equal(update->getOperation(), other->getOperation(),
          "operation of an atomicrmw");
    equal(update->getOrdering(), other->getOrdering(),
          "ordering of an atomicrmw");
  } else if (auto *fence = dyn_cast<FenceInst>(&before)) {
    equal(fence->getOrdering(), cast<FenceInst>(&after)->getOrdering(),
          "ordering of a fence");
  }
  std::optional<SyncScope::ID> scope = getAtomicSyncScopeID(&before);
  std::optional<SyncScope::ID> otherScope = getAtomicSyncScopeID(&after);
  if (scope && otherScope && !sameSyncScope(*scope, *otherScope))
    change("synchronization scope of a " + name);
}

void ModuleComparer::Comparer::compareInstruction(const Instruction &before,
                                                  const Instruction &after) {
  current = &before;
  hasChange = false;
  std::string name =
      "instruction '" + std::string(before.getOpcodeName()) + "'";
  if (!equal(before.getOpcode(), after.getOpcode(), name))
    return;
  if (!sameType(before.getType(), after.getType())) {
    change("type of " + name);
    return;
  }
  unsigned flags = before.getRawSubclassOptionalData();
  unsigned otherFlags = after.getRawSubclassOptionalData();
  if (otherFlags & ~flags)
    change("new flags of " + name);
  else if (flags != otherFlags)
    hint("flags of " + name);

  SmallVector<std::pair<unsigned, MDNode *>> metadata;
  before.getAllMetadataOtherThanDebugLoc(metadata);
  for (auto [kind, node] : metadata)
    if (!sameMetadata(node, after.getMetadata(kindNames[kind])))
      hint("metadata '!" + kindNames[kind] + "'");

  if (auto *phi = dyn_cast<PHINode>(&before))
    return comparePhi(*phi, *cast<PHINode>(&after));
  if (auto *call = dyn_cast<CallBase>(&before))
    compareCall(*call, *cast<CallBase>(&after));
  else {
    if (!equal(before.getNumOperands(), after.getNumOperands(),
               "operands of " + name))
      return;
    for (auto [value, other] : zip(before.operands(), after.operands()))
      if (!sameValue(value, other))
        change("operand of " + name);
  }
  if (before.isTerminator()) {
    if (!equal(before.getNumSuccessors(), after.getNumSuccessors(),
               "successors of " + name))
      return;
    for (auto [block, other] : zip(successors(&before), successors(&after)))
      if (counterparts.lookup(block) != other)
        change("successor of " + name);
  }

  compareMemory(before, after);
  if (auto *alloca = dyn_cast<AllocaInst>(&before)) {
    auto *other = cast<AllocaInst>(&after);
    if (!sameType(alloca->getAllocatedType(), other->getAllocatedType()))
      change("type of an alloca");
    equal(alloca->getAlign(), other->getAlign(), "alignment of an alloca");
    equal(alloca->isUsedWithInAlloca(), other->isUsedWithInAlloca(),
          "inalloca of an alloca");
    equal(alloca->isSwiftError(), other->isSwiftError(),
          "swifterror of an alloca");
  } else if (auto *gep = dyn_cast<GetElementPtrInst>(&before)) {
    if (!sameType(gep->getSourceElementType(),
                  cast<GetElementPtrInst>(&after)->getSourceElementType()))
      change("element type of " + name);
  } else if (auto *compare = dyn_cast<CmpInst>(&before)) {
    equal(compare->getPredicate(), cast<CmpInst>(&after)->getPredicate(),
          "predicate of " + name);
  } else if (auto *extract = dyn_cast<ExtractValueInst>(&before)) {
    equal(extract->getIndices(), cast<ExtractValueInst>(&after)->getIndices(),
          "indices of " + name);
  } else if (auto *insert = dyn_cast<InsertValueInst>(&before)) {
    equal(insert->getIndices(), cast<InsertValueInst>(&after)->getIndices(),
          "indices of " + name);
  } else if (auto *shuffle = dyn_cast<ShuffleVectorInst>(&before)) {
    equal(shuffle->getShuffleMask(),
          cast<ShuffleVectorInst>(&after)->getShuffleMask(), "mask of " + name);
  } else if (auto *landing = dyn_cast<LandingPadInst>(&before)) {
    equal(landing->isCleanup(), cast<LandingPadInst>(&after)->isCleanup(),
          "cleanup of " + name);
  }
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

/// The name and selection of a comdat, or an empty string.
static std::string getComdatText(const GlobalObject &object) {
  const Comdat *comdat = object.getComdat();
  return comdat ? comdat->getName().str() + " " +
                      std::to_string(comdat->getSelectionKind())
                : "";
}

void ModuleComparer::Comparer::compareGlobalValue(const GlobalObject &before,
                                                  const GlobalObject &after) {
  result.items.clear();
  current = nullptr;
  hasChange = false;
  counterparts.clear();
  if (!sameType(before.getValueType(), after.getValueType()))
    change("type");
  equal(before.getAddressSpace(), after.getAddressSpace(), "address space");
  equal(before.getLinkage(), after.getLinkage(), "linkage");
  equal(before.getVisibility(), after.getVisibility(), "visibility");
  equal(before.getDLLStorageClass(), after.getDLLStorageClass(),
        "DLL storage class");
  equal(before.getThreadLocalMode(), after.getThreadLocalMode(),
        "thread-local mode");
  equal(before.getUnnamedAddr(), after.getUnnamedAddr(), "unnamed_addr");
  equal(before.isDSOLocal(), after.isDSOLocal(), "dso_local");
  equal(before.getSection(), after.getSection(), "section");
  equal(before.getPartition(), after.getPartition(), "partition");
  equal(getComdatText(before), getComdatText(after), "comdat");
  equal(before.hasSanitizerMetadata(), after.hasSanitizerMetadata(),
        "sanitizer attributes");

  SmallVector<std::pair<unsigned, MDNode *>> metadata;
  before.getAllMetadata(metadata);
  for (auto [kind, node] : metadata) {
    if (kind == LLVMContext::MD_dbg)
      continue;
    // One kind may be there several times.
    SmallVector<MDNode *> others;
    after.getMetadata(kindNames[kind], others);
    if (none_of(others, [&, node = node](const MDNode *other) {
          return sameMetadata(node, other);
        }))
      change("metadata '!" + kindNames[kind] + "'");
  }
}

void ModuleComparer::Comparer::compareVariable(const GlobalVariable &before,
                                               const GlobalVariable &after) {
  compareGlobalValue(before, after);
  equal(before.getAlign(), after.getAlign(), "alignment");
  equal(before.isConstant(), after.isConstant(), "constant");
  equal(before.isExternallyInitialized(), after.isExternallyInitialized(),
        "externally_initialized");
  equal(before.getCodeModel(), after.getCodeModel(), "code model");
  compareAttributes(before.getAttributes(), after.getAttributes(),
                    {"the variable"});
  if (!equal(before.hasInitializer(), after.hasInitializer(), "initializer"))
    return;
  if (before.hasInitializer() &&
      !sameConstant(before.getInitializer(), after.getInitializer()))
    change("initializer");
}

void ModuleComparer::Comparer::compareFunction(const Function &before,
                                               const Function &after) {
  compareGlobalValue(before, after);
  equal(before.getAlign(), after.getAlign(), "alignment");
  equal(before.getCallingConv(), after.getCallingConv(), "calling convention");
  equal(before.hasGC() ? before.getGC() : "",
        after.hasGC() ? after.getGC() : "", "garbage collector");
  // LLVM gives its intrinsics their attributes itself.
  if (!before.isIntrinsic())
    compareAttributes(before.getAttributes(), after.getAttributes(),
                      {"the function", before.isDeclaration()});
  auto compareOperand = [&](bool has, bool otherHas, const Twine &what,
                            auto get) {
    if (equal(has, otherHas, what) && has &&
        !sameConstant(get(before), get(after)))
      change(what);
  };
  compareOperand(before.hasPersonalityFn(), after.hasPersonalityFn(),
                 "personality",
                 [](const Function &f) { return f.getPersonalityFn(); });
  compareOperand(before.hasPrefixData(), after.hasPrefixData(), "prefix data",
                 [](const Function &f) { return f.getPrefixData(); });
  compareOperand(before.hasPrologueData(), after.hasPrologueData(),
                 "prologue data",
                 [](const Function &f) { return f.getPrologueData(); });
  if (!equal(before.arg_size(), after.arg_size(), "parameters") ||
      !equal(before.size(), after.size(), "basic blocks"))
    return;

  for (auto [argument, other] : zip(before.args(), after.args()))
    counterparts[&argument] = &other;
  for (auto [block, other] : zip(before, after)) {
    counterparts[&block] = &other;
    if (!equal(block.size(), other.size(), "instructions of a block"))
      return;
    for (auto [instruction, counterpart] : zip(block, other))
      counterparts[&instruction] = &counterpart;
  }
  for (auto [block, other] : zip(before, after))
    for (auto [instruction, counterpart] : zip(block, other))
      compareInstruction(instruction, counterpart);
}

//===----------------------------------------------------------------------===//
// Modules
//===----------------------------------------------------------------------===//

static bool haveSameFacts(const GlobalValue &before, const GlobalValue &after) {
  return before.getLinkage() == after.getLinkage() &&
         before.getVisibility() == after.getVisibility() &&
         before.getThreadLocalMode() == after.getThreadLocalMode() &&
         before.getUnnamedAddr() == after.getUnnamedAddr() &&
         before.getDLLStorageClass() == after.getDLLStorageClass() &&
         before.getPartition() == after.getPartition() &&
         // MLIR's aliases have no `dso_local`, which only lets LLVM optimise.
         (before.isDSOLocal() || !after.isDSOLocal());
}

/// The lines of module assembly, in an order of their own: the symbols of type
/// ids are written anew.
static std::multiset<std::string> getAssembly(const Module &module) {
  std::multiset<std::string> lines;
  for (StringRef line : split(module.getModuleInlineAsm(), '\n'))
    if (!line.trim().empty())
      lines.insert(line.trim().str());
  return lines;
}

/// Name and content of named metadata, but for what the translation writes
/// itself.
static SmallVector<const MDNode *> getNodes(const Module &module,
                                            StringRef name) {
  SmallVector<const MDNode *> nodes;
  if (const NamedMDNode *list = module.getNamedMetadata(name))
    append_range(nodes, list->operands());
  return nodes;
}

/// The name of the first module flag that is not the same, or an empty string.
static std::string
findChangedFlag(const Module &before, const Module &after,
                function_ref<bool(const Metadata *, const Metadata *)> isSame) {
  SmallVector<Module::ModuleFlagEntry> flags, others;
  before.getModuleFlagsMetadata(flags);
  after.getModuleFlagsMetadata(others);
  for (const Module::ModuleFlagEntry &flag : flags) {
    StringRef key = flag.Key->getString();
    // The translation of debug info writes its own version.
    if (key != "Debug Info Version" &&
        none_of(others, [&](const Module::ModuleFlagEntry &other) {
          return other.Key->getString() == key &&
                 other.Behavior == flag.Behavior && isSame(flag.Val, other.Val);
        }))
      return key.str();
  }
  return "";
}

ModuleComparer::ModuleComparer(const Module &before, const Module &after)
    : before(before), after(after),
      comparer(std::make_unique<Comparer>(before, after)) {}
ModuleComparer::~ModuleComparer() = default;

Difference ModuleComparer::compare(const Function &before,
                                   const Function &after) {
  comparer->compareFunction(before, after);
  return std::move(comparer->result);
}

Difference ModuleComparer::compare(const GlobalVariable &before,
                                   const GlobalVariable &after) {
  comparer->compareVariable(before, after);
  return std::move(comparer->result);
}

std::string ModuleComparer::compareModuleFacts() {
  if (before.getTargetTriple() != after.getTargetTriple())
    return "target triple";
  if (before.getDataLayout() != after.getDataLayout())
    return "data layout";
  if (getAssembly(before) != getAssembly(after))
    return "module assembly";
  auto isSame = [&](const Metadata *left, const Metadata *right) {
    return comparer->sameMetadata(left, right);
  };
  std::string flag = findChangedFlag(before, after, isSame);
  if (!flag.empty())
    return "module flag \"" + flag + "\"";
  for (const NamedMDNode &list : before.named_metadata()) {
    StringRef name = list.getName();
    if (name == "llvm.module.flags" || name == "llvm.dbg.cu")
      continue;
    if (!equal(getNodes(before, name), getNodes(after, name), isSame))
      return ("named metadata '!" + name + "'").str();
  }
  for (const GlobalAlias &alias : before.aliases()) {
    const GlobalAlias *other = after.getNamedAlias(alias.getName());
    if (!other || !haveSameFacts(alias, *other) ||
        !comparer->sameConstant(alias.getAliasee(), other->getAliasee()))
      return "alias '" + alias.getName().str() + "'";
  }
  for (const GlobalIFunc &ifunc : before.ifuncs()) {
    const GlobalIFunc *other = after.getNamedIFunc(ifunc.getName());
    if (!other || !haveSameFacts(ifunc, *other) ||
        !comparer->sameConstant(ifunc.getResolver(), other->getResolver()))
      return "ifunc '" + ifunc.getName().str() + "'";
  }
  return "";
}
