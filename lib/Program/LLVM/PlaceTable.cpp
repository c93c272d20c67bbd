//===- PlaceTable.cpp - Places of pointers in one module --------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlaceTable.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"

using namespace mlir;
using namespace mlir::kcfi;

bool mlir::kcfi::isFunction(const llvm::GlobalValue *value) {
  if (llvm::isa<llvm::Function, llvm::GlobalIFunc>(value))
    return true;
  auto *alias = llvm::dyn_cast<llvm::GlobalAlias>(value);
  return alias && llvm::isa_and_nonnull<llvm::Function, llvm::GlobalIFunc>(
                      alias->getAliaseeObject());
}

std::string PlaceTable::getName(const llvm::GlobalValue &value) {
  if (value.hasName())
    return value.getName().str();
  // As LLVM writes globals that have none.
  return "@" + std::to_string(
                   nameless.try_emplace(&value, nameless.size()).first->second);
}

unsigned PlaceTable::getPlace(Place place) {
  auto [it, isNew] = placeIndices.try_emplace(place.str(), places.size());
  if (isNew)
    places.push_back(std::move(place));
  return it->second;
}

unsigned PlaceTable::getFieldPlace(StringRef structName, uint64_t offset) {
  return getPlace({PlaceKind::Field, structName.str(), offset, 0});
}

unsigned PlaceTable::getGlobalPlace(const llvm::GlobalVariable &global,
                                    uint64_t offset, bool isConstant) {
  Position position = structs.locate(global.getValueType(), offset);
  std::string name = addSymbol(global);
  isConstant |= !position.isInArray;
  unsigned place =
      isConstant ? getPlace({PlaceKind::Global, name, offset, 0})
                 : getPlace({PlaceKind::Elements, name, position.offset, 0});
  if (isConstant && position.isInArray)
    elements.insert(
        {place, getPlace({PlaceKind::Elements, name, position.offset, 0})});
  // Code that has the variable's address knows its fields by their struct.
  if (!position.structName.empty() &&
      (!global.hasLocalLinkage() || escapes(&global))) {
    unsigned field = getFieldPlace(position.structName, position.structOffset);
    fieldReads.insert({place, field});
    if (!global.isConstant())
      fieldWrites.insert({field, place});
  }
  return place;
}

std::string PlaceTable::addSymbol(const llvm::GlobalValue &value) {
  std::string name = getName(value);
  symbols.try_emplace(name, &value);
  return name;
}

bool PlaceTable::escapes(const llvm::Value *memory) {
  auto [it, isNew] = escaping.try_emplace(memory, false);
  if (!isNew)
    return it->second;
  llvm::SmallVector<const llvm::Value *> pointers = {memory};
  bool result = false;
  while (!pointers.empty() && !result) {
    for (const llvm::Use &use : pointers.pop_back_val()->uses()) {
      const llvm::User *user = use.getUser();
      // Copies of memory are flows of their own.
      if (llvm::isa<llvm::LoadInst, llvm::MemIntrinsic>(user))
        continue;
      if (auto *store = llvm::dyn_cast<llvm::StoreInst>(user);
          store && use.getOperandNo() == store->getPointerOperandIndex())
        continue;
      if (auto *intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(user);
          intrinsic && intrinsic->isLifetimeStartOrEnd())
        continue;
      if (llvm::isa<llvm::GEPOperator>(user)) {
        pointers.push_back(user);
        continue;
      }
      result = true;
    }
  }
  return escaping[memory] = result;
}

bool PlaceTable::isIndexed(const llvm::AllocaInst *local) {
  auto [it, isNew] = indexed.try_emplace(local, false);
  if (!isNew)
    return it->second;
  llvm::SmallVector<const llvm::Value *> pointers = {local};
  while (!pointers.empty())
    for (const llvm::User *user : pointers.pop_back_val()->users())
      if (auto *address = llvm::dyn_cast<llvm::GEPOperator>(user)) {
        it->second |= !address->hasAllConstantIndices();
        pointers.push_back(address);
      }
  return it->second;
}

ArrayRef<const llvm::GlobalValue *>
PlaceTable::getFunctionsIn(const llvm::Constant *constant) {
  if (llvm::isa<llvm::ConstantData, llvm::GlobalVariable, llvm::BlockAddress>(
          constant))
    return {};
  if (auto it = functionsIn.find(constant); it != functionsIn.end())
    return it->second;
  llvm::SmallSetVector<const llvm::GlobalValue *, 4> found;
  if (auto *global = llvm::dyn_cast<llvm::GlobalValue>(constant)) {
    if (isFunction(global))
      found.insert(global);
  } else {
    for (const llvm::Use &operand : constant->operands())
      if (auto *inner = llvm::dyn_cast<llvm::Constant>(operand.get()))
        for (const llvm::GlobalValue *function : getFunctionsIn(inner))
          found.insert(function);
  }
  auto &entry = functionsIn[constant];
  entry.assign(found.begin(), found.end());
  return entry;
}

void UnitRecords::addView(const llvm::GlobalValue &function, std::string name,
                          const Place &place, std::string location) {
  taken.insert(&function);
  summary.views.push_back({unit, std::move(name), place, std::move(location)});
}

std::string mlir::kcfi::getShape(const llvm::Type *type) {
  std::string text;
  llvm::raw_string_ostream(text) << *type;
  return text;
}
