//===- FunctionFlows.cpp - Flows of pointers in one function ----*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionFlows.h"

#include "kcfi/LLVMFacts/DebugLocations.h"
#include "kcfi/LLVMFacts/TypeIds.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/GetElementPtrTypeIterator.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Operator.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

FunctionFlows::Address FunctionFlows::getAddress(const llvm::Value *pointer) {
  Address address{pointer, 0, true, {}};
  // What later steps add to the object that is looked for.
  uint64_t pending = 0;
  while (true) {
    const llvm::Value *value =
        address.base->stripPointerCastsSameRepresentation();
    if (auto *intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(value);
        intrinsic &&
        intrinsic->getIntrinsicID() == llvm::Intrinsic::threadlocal_address)
      value = intrinsic->getArgOperand(0);
    if (auto *alias = llvm::dyn_cast<llvm::GlobalAlias>(value))
      value = alias->getAliasee()->stripPointerCasts();
    address.base = value;
    auto *gep = llvm::dyn_cast<llvm::GEPOperator>(value);
    if (!gep || gep->getType()->isVectorTy())
      return address;
    int64_t first = 0, inside = 0;
    bool isFirst = true;
    for (auto it = llvm::gep_type_begin(gep), e = llvm::gep_type_end(gep);
         it != e; ++it) {
      if (llvm::StructType *record = it.getStructTypeOrNull()) {
        unsigned index =
            llvm::cast<llvm::ConstantInt>(it.getOperand())->getZExtValue();
        inside +=
            getDataLayout().getStructLayout(record)->getElementOffset(index);
      } else if (auto *index =
                     llvm::dyn_cast<llvm::ConstantInt>(it.getOperand())) {
        int64_t step =
            index->getSExtValue() *
            it.getSequentialElementStride(getDataLayout()).getKnownMinValue();
        (isFirst ? first : inside) += step;
      } else {
        address.isConstant = false;
      }
      isFirst = false;
    }
    if (address.position.structName.empty()) {
      llvm::Type *type = gep->getSourceElementType();
      if (type->isSized() && inside >= 0)
        address.position = getStructs().locate(type, inside + pending);
      pending += first + inside;
    }
    address.offset += first + inside;
    address.base = gep->getPointerOperand();
  }
}

/// The type of a local or global variable, null for other values.
static llvm::Type *getVariableType(const llvm::Value *value) {
  if (auto *local = llvm::dyn_cast<llvm::AllocaInst>(value))
    return local->getAllocatedType();
  if (auto *global = llvm::dyn_cast<llvm::GlobalVariable>(value))
    return global->getValueType();
  return nullptr;
}

/// Where in a table of unknown type a callee stands: the methods behind a
/// pointer to a Rust trait object. 0 if it comes from elsewhere.
uint32_t FunctionFlows::getSlot(const llvm::Value *callee) {
  auto *load = llvm::dyn_cast<llvm::LoadInst>(callee);
  if (!load)
    return 0;
  Address address = getAddress(load->getPointerOperand());
  AccessTag tag(load->getMetadata(llvm::LLVMContext::MD_tbaa));
  if (!address.isConstant || !address.position.structName.empty() ||
      tag.isStruct() || getVariableType(address.base) ||
      !llvm::isUInt<32>(address.offset))
    return 0;
  return address.offset;
}

/// IR types have the names of typedefs: compares the types of variables with
/// the tags of accesses to them.
void FunctionFlows::learnNames() {
  for (const llvm::Instruction &instruction : llvm::instructions(function)) {
    const llvm::Value *pointer = llvm::getLoadStorePointerOperand(&instruction);
    if (!pointer)
      continue;
    AccessTag tag(instruction.getMetadata(llvm::LLVMContext::MD_tbaa));
    if (!tag.isStruct() || !getStructs().isNameless(tag.base))
      continue;
    Address address = getAddress(pointer);
    Position position = address.position;
    if (llvm::Type *type = getVariableType(address.base))
      position = getStructs().locate(type, address.offset);
    if (!position.structName.empty() && position.structOffset == tag.offset)
      getStructs().learnName(tag.base, position.structName);
  }
}

/// Finds out what pointers point to from accesses that say so, for accesses to
/// the same object that do not: unions, arrays, copies.
void FunctionFlows::learnStructs() {
  for (const llvm::Instruction &instruction : llvm::instructions(function)) {
    if (auto *start = llvm::dyn_cast<llvm::VAStartInst>(&instruction))
      argumentLists.insert(start->getArgOperand(0)->stripPointerCasts());
    const llvm::Value *pointer = llvm::getLoadStorePointerOperand(&instruction);
    if (!pointer)
      continue;
    AccessTag tag(instruction.getMetadata(llvm::LLVMContext::MD_tbaa));
    if (!tag.isStruct())
      continue;
    Address address = getAddress(pointer);
    if (address.isConstant &&
        static_cast<uint64_t>(address.offset) == tag.offset)
      structs.try_emplace(address.base, tag.base);
  }
}

/// True if a pointer points to the variable arguments of the function: it was
/// loaded from the list that llvm.va_start fills in.
bool FunctionFlows::isArgumentArea(const llvm::Value *pointer) {
  if (argumentLists.empty())
    return false;
  const llvm::Value *base = getAddress(pointer).base;
  llvm::SmallVector<const llvm::Value *> candidates = {base};
  if (auto *phi = llvm::dyn_cast<llvm::PHINode>(base))
    candidates.assign(phi->op_begin(), phi->op_end());
  return llvm::any_of(candidates, [&](const llvm::Value *candidate) {
    auto *load = llvm::dyn_cast<llvm::LoadInst>(getAddress(candidate).base);
    return load &&
           argumentLists.contains(getAddress(load->getPointerOperand()).base);
  });
}

/// `extra` bytes behind `pointer`; with `isAnyElement` in any element of the
/// arrays there.
FunctionFlows::Memory FunctionFlows::getMemory(const llvm::Value *pointer,
                                               uint64_t extra,
                                               const llvm::MDNode *tagNode,
                                               bool isAnyElement) {
  Memory memory;
  Address address = getAddress(pointer);
  uint64_t offset = address.offset + extra;
  if (auto *local = llvm::dyn_cast<llvm::AllocaInst>(address.base)) {
    Position position = getStructs().locate(local->getAllocatedType(), offset);
    memory.local = local;
    memory.offset = local->isArrayAllocation() ? 0 : position.offset;
    // Bytes are how rustc writes memory of any type.
    if (auto *array =
            llvm::dyn_cast<llvm::ArrayType>(local->getAllocatedType());
        array && array->getElementType()->isIntegerTy(8) &&
        !places.isIndexed(local))
      memory.offset = offset;
    if (!places.escapes(local))
      return memory;
    if (position.structName.empty())
      memory.isUnknown = true;
    else
      memory.places.push_back(
          places.getFieldPlace(position.structName, position.structOffset));
    return memory;
  }
  if (auto *global = llvm::dyn_cast<llvm::GlobalVariable>(address.base)) {
    memory.places.push_back(places.getGlobalPlace(
        *global, offset, address.isConstant && !isAnyElement));
    return memory;
  }
  AccessTag tag(tagNode);
  Position position = address.position;
  position.structOffset += extra;
  if (tag.isStruct())
    position =
        getStructs().locateByTag(tag.base, tag.offset + extra, tag.access);
  // No struct with a name: what else is known of the object?
  if (position.structName.empty()) {
    auto it = structs.find(address.base);
    if (it != structs.end() && address.offset >= 0)
      position =
          getStructs().locateByTag(it->second, offset, /*access=*/nullptr);
  }
  if (!position.structName.empty())
    memory.places.push_back(
        places.getFieldPlace(position.structName, position.structOffset));
  else if (isArgumentArea(pointer))
    memory.places.push_back(
        places.getPlace({PlaceKind::Parameter, name, function.arg_size(), 0}));
  else
    memory.isUnknown = true;
  return memory;
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

PointerNode *FunctionFlows::getSource(unsigned place) {
  PointerNode *&node = sources[place];
  if (!node) {
    node = makeNode();
    node->place = place;
  }
  return node;
}

PointerNode *FunctionFlows::getLocal(const llvm::AllocaInst *local,
                                     uint64_t offset) {
  PointerNode *&node = locals[{local, offset}];
  if (!node)
    node = makeNode();
  return node;
}

PointerNode *FunctionFlows::getNode(const llvm::Value *value) {
  PointerNode *&node = values[value];
  if (!node) {
    node = makeNode();
    worklist.push_back(value);
  }
  return node;
}

void FunctionFlows::addOrigins(PointerNode *node, const Memory &memory) {
  if (memory.local)
    node->origins.push_back(getLocal(memory.local, memory.offset));
  for (unsigned place : memory.places)
    node->origins.push_back(getSource(place));
  if (memory.isUnknown)
    node->origins.push_back(getSource(places.getPlace({})));
}

/// One element of a vector: neighbouring fields are often moved together.
PointerNode *FunctionFlows::getElement(const llvm::Value *vector,
                                       unsigned index) {
  while (true) {
    if (auto *constant = llvm::dyn_cast<llvm::Constant>(vector)) {
      const llvm::Constant *element = constant->getAggregateElement(index);
      return getNode(element ? element : constant);
    }
    if (auto *load = llvm::dyn_cast<llvm::LoadInst>(vector)) {
      llvm::Type *element = load->getType()->getScalarType();
      PointerNode *node = makeNode();
      expandLoad(node, load->getPointerOperand(), element,
                 load->getMetadata(llvm::LLVMContext::MD_tbaa),
                 index * getDataLayout().getTypeStoreSize(element));
      return node;
    }
    if (auto *insert = llvm::dyn_cast<llvm::InsertElementInst>(vector)) {
      auto *at = llvm::dyn_cast<llvm::ConstantInt>(insert->getOperand(2));
      if (!at)
        return getNode(vector);
      if (at->getZExtValue() == index)
        return getNode(insert->getOperand(1));
      vector = insert->getOperand(0);
      continue;
    }
    if (auto *shuffle = llvm::dyn_cast<llvm::ShuffleVectorInst>(vector)) {
      auto *type = llvm::dyn_cast<llvm::FixedVectorType>(
          shuffle->getOperand(0)->getType());
      int from = shuffle->getMaskValue(index);
      if (!type || from < 0)
        return getNode(vector);
      unsigned count = type->getNumElements();
      bool isFirst = static_cast<unsigned>(from) < count;
      vector = shuffle->getOperand(isFirst ? 0 : 1);
      index = isFirst ? from : from - count;
      continue;
    }
    return getNode(vector);
  }
}

void FunctionFlows::expandLoad(PointerNode *node, const llvm::Value *pointer,
                               llvm::Type *type, const llvm::MDNode *tag,
                               uint64_t start) {
  node->isWhole = !type->isAggregateType() && !type->isVectorTy();
  getStructs().forEachPointer(
      type, start, /*withIntegers=*/true, [&](uint64_t offset) {
        Memory memory =
            getMemory(pointer, offset, tag, type->isAggregateType());
        addOrigins(node, memory);
      });
}

void FunctionFlows::expandCall(const llvm::CallBase &call, PointerNode *node) {
  if (const llvm::Value *argument = call.getReturnedArgOperand()) {
    node->origins.push_back(getNode(argument));
    return;
  }
  if (auto *intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(&call)) {
    switch (intrinsic->getIntrinsicID()) {
    case llvm::Intrinsic::expect:
    case llvm::Intrinsic::expect_with_probability:
    case llvm::Intrinsic::launder_invariant_group:
    case llvm::Intrinsic::ptr_annotation:
    case llvm::Intrinsic::ptrmask:
    case llvm::Intrinsic::ssa_copy:
    case llvm::Intrinsic::strip_invariant_group:
      node->origins.push_back(getNode(call.getArgOperand(0)));
      return;
    default:
      return;
    }
  }
  // New memory, such as that of malloc.
  if (call.hasRetAttr(llvm::Attribute::NoAlias))
    return;
  const llvm::Value *callee = call.getCalledOperand()->stripPointerCasts();
  if (auto *global = llvm::dyn_cast<llvm::GlobalValue>(callee)) {
    node->origins.push_back(getSource(
        places.getPlace({PlaceKind::Result, places.addSymbol(*global), 0, 0})));
  } else if (std::optional<uint32_t> id = getCheckedId(call)) {
    node->origins.push_back(
        getSource(places.getPlace({PlaceKind::Returned, "", 0, *id})));
  } else {
    node->origins.push_back(getSource(places.getPlace({})));
  }
}

/// Adds what the content of a value comes from.
void FunctionFlows::expand(const llvm::Value *value, PointerNode *node) {
  if (auto *constant = llvm::dyn_cast<llvm::Constant>(value)) {
    for (const llvm::GlobalValue *target : places.getFunctionsIn(constant)) {
      std::string targetName = places.addSymbol(*target);
      node->origins.push_back(
          getSource(places.getPlace({PlaceKind::Function, targetName, 0, 0})));
    }
    return;
  }
  if (auto *argument = llvm::dyn_cast<llvm::Argument>(value)) {
    // Copies and places for results are memory of the caller.
    if (!argument->hasPassPointeeByValueCopyAttr() &&
        !argument->hasStructRetAttr())
      node->origins.push_back(getSource(places.getPlace(
          {PlaceKind::Parameter, name, argument->getArgNo(), 0})));
    return;
  }
  auto *instruction = llvm::dyn_cast<llvm::Instruction>(value);
  if (!instruction)
    return;
  if (auto *load = llvm::dyn_cast<llvm::LoadInst>(instruction)) {
    const llvm::MDNode *tag = load->getMetadata(llvm::LLVMContext::MD_tbaa);
    expandLoad(node, load->getPointerOperand(), load->getType(), tag);
    AccessTag access(tag);
    if (access.isDataPointer())
      node->isData = true;
  } else if (auto *update = llvm::dyn_cast<llvm::AtomicRMWInst>(instruction)) {
    expandLoad(node, update->getPointerOperand(), update->getType(),
               update->getMetadata(llvm::LLVMContext::MD_tbaa));
  } else if (auto *exchange =
                 llvm::dyn_cast<llvm::AtomicCmpXchgInst>(instruction)) {
    expandLoad(node, exchange->getPointerOperand(),
               exchange->getNewValOperand()->getType(),
               exchange->getMetadata(llvm::LLVMContext::MD_tbaa));
  } else if (auto *select = llvm::dyn_cast<llvm::SelectInst>(instruction)) {
    node->origins = {getNode(select->getTrueValue()),
                     getNode(select->getFalseValue())};
  } else if (auto *gep = llvm::dyn_cast<llvm::GetElementPtrInst>(instruction)) {
    // Nothing is called by its address plus something.
    if (gep->hasAllZeroIndices())
      node->origins = {getNode(gep->getPointerOperand())};
  } else if (auto *call = llvm::dyn_cast<llvm::CallBase>(instruction)) {
    expandCall(*call, node);
  } else if (llvm::isa<llvm::VAArgInst>(instruction)) {
    node->origins = {getSource(
        places.getPlace({PlaceKind::Parameter, name, function.arg_size(), 0}))};
  } else if (auto *extract =
                 llvm::dyn_cast<llvm::ExtractElementInst>(instruction);
             extract &&
             llvm::isa<llvm::ConstantInt>(extract->getIndexOperand())) {
    node->origins = {
        getElement(extract->getVectorOperand(),
                   llvm::cast<llvm::ConstantInt>(extract->getIndexOperand())
                       ->getZExtValue())};
  } else if (llvm::isa<llvm::ExtractValueInst, llvm::ExtractElementInst,
                       llvm::InsertValueInst, llvm::InsertElementInst,
                       llvm::ShuffleVectorInst>(instruction)) {
    // The parts of an aggregate are not told apart.
    node->isWhole = false;
    for (const llvm::Use &operand : instruction->operands())
      if (operand->getType()->isPtrOrPtrVectorTy() ||
          operand->getType()->isAggregateType() ||
          operand->getType() == instruction->getType())
        node->origins.push_back(getNode(operand.get()));
  } else if (llvm::isa<llvm::PHINode, llvm::FreezeInst>(instruction) ||
             llvm::isa<llvm::BitCastInst, llvm::AddrSpaceCastInst,
                       llvm::IntToPtrInst, llvm::PtrToIntInst,
                       llvm::PtrToAddrInst>(instruction)) {
    for (const llvm::Use &operand : instruction->operands())
      node->origins.push_back(getNode(operand.get()));
  }
}

void FunctionFlows::expandAll() {
  while (!worklist.empty()) {
    const llvm::Value *value = worklist.pop_back_val();
    expand(value, values.lookup(value));
  }
}

//===----------------------------------------------------------------------===//
// Sinks
//===----------------------------------------------------------------------===//

void FunctionFlows::addSink(Place place, const llvm::Value *value,
                            const llvm::Instruction &instruction) {
  if (getStructs().holdsPointer(value->getType()))
    sinks.push_back(
        {places.getPlace(std::move(place)), getNode(value), &instruction});
}

void FunctionFlows::storeNode(const Memory &memory, PointerNode *node,
                              const llvm::Instruction &instruction) {
  if (memory.local)
    getLocal(memory.local, memory.offset)->origins.push_back(node);
  for (unsigned place : memory.places)
    sinks.push_back({place, node, &instruction});
  if (memory.isUnknown)
    sinks.push_back({places.getPlace({}), node, &instruction});
}

void FunctionFlows::addStore(const llvm::Value *pointer,
                             const llvm::Value *value, const llvm::MDNode *tag,
                             const llvm::Instruction &instruction) {
  llvm::Type *type = value->getType();
  auto *constant = llvm::dyn_cast<llvm::Constant>(value);
  bool isPointer = getStructs().holdsPointer(type) || constant ||
                   llvm::isa<llvm::PtrToIntInst, llvm::PtrToAddrInst>(value);
  unsigned index = 0;
  auto storePart = [&](uint64_t offset) {
    PointerNode *node =
        type->isVectorTy() ? getElement(value, index++) : getNode(value);
    Memory memory = getMemory(pointer, offset, tag, type->isAggregateType());
    // Integers are followed inside of the function only.
    if (!isPointer) {
      memory.places.clear();
      memory.isUnknown = false;
    }
    storeNode(memory, node, instruction);
  };
  getStructs().forEachPointer(type, /*offset=*/0, /*withIntegers=*/true,
                              storePart);
  AccessTag access(tag);
  if (access.isDataPointer())
    getNode(value)->isData = true;
}

/// A copy moves the pointers of the type that source or destination is known to
/// have. Fields need no flow: struct and offset name all objects of a type.
void FunctionFlows::addCopy(const llvm::MemTransferInst &copy) {
  Address from = getAddress(copy.getRawSource());
  Address to = getAddress(copy.getRawDest());
  const Address &known = getVariableType(from.base) ? from : to;
  llvm::Type *type = getVariableType(known.base);
  if (!type)
    return;
  // Where the copy begins in it.
  uint64_t start = getStructs().locate(type, known.offset).offset;
  auto copyPointer = [&](uint64_t offset) {
    if (offset < start)
      return;
    uint64_t distance = offset - start;
    if (auto *length = llvm::dyn_cast<llvm::ConstantInt>(copy.getLength());
        length && length->getZExtValue() <= distance)
      return;
    Memory source = getMemory(copy.getRawSource(), distance, /*tag=*/nullptr,
                              /*isAnyElement=*/true);
    Memory target = getMemory(copy.getRawDest(), distance, /*tag=*/nullptr,
                              /*isAnyElement=*/true);
    // Both sides have one type.
    Position position = getStructs().locate(type, offset);
    for (Memory *memory : {&source, &target}) {
      if (!memory->isUnknown || position.structName.empty())
        continue;
      memory->isUnknown = false;
      memory->places.push_back(
          places.getFieldPlace(position.structName, position.structOffset));
    }
    PointerNode *node = makeNode();
    addOrigins(node, source);
    storeNode(target, node, copy);
  };
  getStructs().forEachPointer(type, /*offset=*/0, /*withIntegers=*/false,
                              copyPointer);
}

void FunctionFlows::addCall(const llvm::CallBase &call) {
  for (const llvm::Use &argument : call.args())
    if (call.isByValArgument(call.getArgOperandNo(&argument)))
      getNode(argument.get())->isData = true;
  if (auto *copy = llvm::dyn_cast<llvm::MemTransferInst>(&call))
    addCopy(*copy);
  if (auto *memory = llvm::dyn_cast<llvm::MemIntrinsic>(&call)) {
    getNode(memory->getRawDest())->isData = true;
    if (auto *copy = llvm::dyn_cast<llvm::MemTransferInst>(memory))
      getNode(copy->getRawSource())->isData = true;
  }
  if (llvm::isa<llvm::IntrinsicInst>(call) || call.isInlineAsm())
    return;

  std::optional<uint32_t> id = getCheckedId(call);
  const llvm::Value *callee = call.getCalledOperand()->stripPointerCasts();
  auto *global = llvm::dyn_cast<llvm::GlobalValue>(callee);
  if (!global) {
    unsigned index = sites++;
    uint32_t slot = id ? getSlot(callee) : 0;
    records.summary.sites.push_back(
        {records.unit, name, index,
         id ? CheckState::Bundle : CheckState::Unchecked, id, slot,
         slot ? getShape(call.getFunctionType()) : "",
         getLocation(call.getDebugLoc())});
    sinks.push_back({places.getPlace({PlaceKind::Site, name, index, 0}),
                     getNode(callee), &call});
    for (const llvm::Use &argument : call.args()) {
      unsigned number = call.getArgOperandNo(&argument);
      addSink(id ? Place{PlaceKind::Argument, "", number, *id} : Place(),
              argument.get(), call);
    }
    return;
  }

  std::string target = places.addSymbol(*global);
  records.summary.calls.push_back({records.unit, name, target, id,
                                   id ? getLocation(call.getDebugLoc()) : ""});
  unsigned fixed = call.getFunctionType()->getNumParams();
  bool isVariadic = call.getFunctionType()->isVarArg();
  // Calls through declarations without a prototype look variadic.
  if (auto *definition = llvm::dyn_cast<llvm::Function>(global))
    isVariadic = definition->isVarArg() && fixed != 0;
  for (const llvm::Use &argument : call.args()) {
    unsigned number = call.getArgOperandNo(&argument);
    if (isVariadic)
      number = std::min(number, fixed);
    addSink({PlaceKind::Parameter, target, number, 0}, argument.get(), call);
  }
}

void FunctionFlows::visit(const llvm::Instruction &instruction) {
  if (instruction.isDebugOrPseudoInst())
    return;
  const llvm::MDNode *tag = instruction.getMetadata(llvm::LLVMContext::MD_tbaa);
  if (auto *load = llvm::dyn_cast<llvm::LoadInst>(&instruction)) {
    getNode(load->getPointerOperand())->isData = true;
  } else if (auto *store = llvm::dyn_cast<llvm::StoreInst>(&instruction)) {
    getNode(store->getPointerOperand())->isData = true;
    addStore(store->getPointerOperand(), store->getValueOperand(), tag,
             instruction);
  } else if (auto *update = llvm::dyn_cast<llvm::AtomicRMWInst>(&instruction)) {
    getNode(update->getPointerOperand())->isData = true;
    addStore(update->getPointerOperand(), update->getValOperand(), tag,
             instruction);
  } else if (auto *exchange =
                 llvm::dyn_cast<llvm::AtomicCmpXchgInst>(&instruction)) {
    getNode(exchange->getPointerOperand())->isData = true;
    addStore(exchange->getPointerOperand(), exchange->getNewValOperand(), tag,
             instruction);
  } else if (auto *gep =
                 llvm::dyn_cast<llvm::GetElementPtrInst>(&instruction)) {
    if (!gep->hasAllZeroIndices())
      getNode(gep->getPointerOperand())->isData = true;
  } else if (auto *compare = llvm::dyn_cast<llvm::ICmpInst>(&instruction)) {
    for (const llvm::Use &operand : compare->operands())
      if (auto *target =
              llvm::dyn_cast<llvm::GlobalValue>(operand->stripPointerCasts());
          target && isFunction(target) &&
          !llvm::isa<llvm::Constant>(
              compare->getOperand(1 - operand.getOperandNo())))
        records.compared.insert(target);
  } else if (auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction)) {
    addCall(*call);
  } else if (auto *ret = llvm::dyn_cast<llvm::ReturnInst>(&instruction)) {
    if (const llvm::Value *value = ret->getReturnValue())
      addSink({PlaceKind::Result, name, 0, 0}, value, instruction);
  }
}

//===----------------------------------------------------------------------===//
// From nodes to views and flows
//===----------------------------------------------------------------------===//

/// What is loaded from or stored to comes from places that hold such pointers.
void FunctionFlows::markData() {
  llvm::SmallVector<PointerNode *> pending;
  for (PointerNode &node : nodes)
    if (node.isData)
      pending.push_back(&node);
  while (!pending.empty()) {
    PointerNode *node = pending.pop_back_val();
    if (node->place != PointerNode::kNone)
      places.markData(node->place);
    if (!node->isWhole)
      continue;
    for (PointerNode *origin : node->origins) {
      if (origin->isData)
        continue;
      origin->isData = true;
      pending.push_back(origin);
    }
  }
}

void FunctionFlows::collect() {
  PointerNode root;
  for (const Sink &sink : sinks)
    root.origins.push_back(sink.node);
  std::vector<std::vector<unsigned>> sets;
  // Origins come before what they flow to.
  for (auto it = llvm::scc_begin(&root); !it.isAtEnd(); ++it) {
    std::vector<unsigned> set;
    for (const PointerNode *node : *it) {
      if (node == &root)
        continue;
      if (node->place != PointerNode::kNone)
        set.push_back(node->place);
      for (const PointerNode *origin : node->origins)
        if (origin->sources != PointerNode::kNone)
          llvm::append_range(set, sets[origin->sources]);
    }
    llvm::sort(set);
    set.erase(llvm::unique(set), set.end());
    for (PointerNode *node : *it)
      node->sources = sets.size();
    sets.push_back(std::move(set));
  }

  llvm::SmallPtrSet<const llvm::GlobalValue *, 8> seen;
  llvm::DenseSet<std::tuple<unsigned, unsigned, const llvm::Instruction *>>
      views;
  unsigned elsewhere = places.getPlace({});
  for (const Sink &sink : sinks) {
    for (unsigned source : sets[sink.node->sources]) {
      const Place &from = places[source];
      if (from.kind != PlaceKind::Function) {
        // Into fields and other units anything can come anyway.
        PlaceKind kind = places[sink.place].kind;
        bool isOpen = kind == PlaceKind::Field || kind == PlaceKind::Argument;
        if (source != sink.place && sink.place != elsewhere &&
            (source != elsewhere || !isOpen))
          places.addFlow(source, sink.place);
        continue;
      }
      const llvm::GlobalValue *target = places.lookupSymbol(from.name);
      seen.insert(target);
      places.markViewed(sink.place);
      if (views.insert({source, sink.place, sink.instruction}).second)
        records.addView(*target, places.getName(*target), places[sink.place],
                        getLocation(sink.instruction->getDebugLoc()));
    }
  }

  // Uses that are no movement, and movements to where nothing looks.
  for (const llvm::Instruction &instruction : llvm::instructions(function)) {
    auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    for (const llvm::Use &operand : instruction.operands()) {
      auto *constant = llvm::dyn_cast<llvm::Constant>(operand.get());
      if (!constant || (call && call->isCallee(&operand)))
        continue;
      for (const llvm::GlobalValue *target : places.getFunctionsIn(constant))
        if (seen.insert(target).second)
          records.addView(*target, places.getName(*target), Place(),
                          getLocation(instruction.getDebugLoc()));
    }
  }
}

void FunctionFlows::run() {
  places.addSymbol(function);
  learnStructs();
  for (const llvm::Instruction &instruction : llvm::instructions(function)) {
    visit(instruction);
    expandAll();
  }
  markData();
  collect();

  for (const llvm::Use &operand : function.operands()) {
    auto *constant = llvm::dyn_cast<llvm::Constant>(operand.get());
    // The unwinder calls the personality; nobody views it.
    if (!constant || (function.hasPersonalityFn() &&
                      constant == function.getPersonalityFn()))
      continue;
    for (const llvm::GlobalValue *target : places.getFunctionsIn(constant))
      records.addView(*target, places.getName(*target), Place(),
                      getDefinitionLocation(function.getSubprogram()));
  }
}
