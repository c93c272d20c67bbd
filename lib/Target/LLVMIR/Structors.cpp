//===- Structors.cpp - Third words of constructors -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Structors.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

/// The entries of a list, each a struct of three.
static SmallVector<llvm::Constant *>
getEntries(const llvm::GlobalVariable &list) {
  SmallVector<llvm::Constant *> entries;
  auto *array = llvm::dyn_cast_or_null<llvm::ConstantArray>(
      list.hasInitializer() ? list.getInitializer() : nullptr);
  if (!array)
    return entries;
  for (const llvm::Use &entry : array->operands())
    entries.push_back(llvm::cast<llvm::Constant>(entry));
  return entries;
}

static llvm::Constant *withKey(llvm::Constant *entry, llvm::Constant *key) {
  return llvm::ConstantStruct::get(
      llvm::cast<llvm::StructType>(entry->getType()),
      {entry->getAggregateElement(0u), entry->getAggregateElement(1u), key});
}

std::vector<std::string>
mlir::kcfi::takeStructorKeys(llvm::GlobalVariable &list) {
  std::vector<std::string> keys;
  SmallVector<llvm::Constant *> entries = getEntries(list);
  for (llvm::Constant *&entry : entries) {
    llvm::Constant *key = entry->getAggregateElement(2u);
    keys.push_back(key ? key->stripPointerCasts()->getName().str() : "");
    if (!keys.back().empty())
      entry = withKey(entry, llvm::Constant::getNullValue(key->getType()));
  }
  if (!entries.empty())
    list.setInitializer(llvm::ConstantArray::get(
        llvm::cast<llvm::ArrayType>(list.getValueType()), entries));
  return keys;
}

void mlir::kcfi::setStructorKeys(llvm::GlobalVariable &list,
                                 ArrayRef<std::string> keys) {
  SmallVector<llvm::Constant *> entries = getEntries(list);
  for (auto [entry, name] : llvm::zip(entries, keys))
    if (llvm::GlobalValue *key =
            name.empty() ? nullptr : list.getParent()->getNamedValue(name))
      entry = withKey(entry, key);
  if (!entries.empty())
    list.setInitializer(llvm::ConstantArray::get(
        llvm::cast<llvm::ArrayType>(list.getValueType()), entries));
}

static void restoreKeys(ArrayAttr data, llvm::GlobalVariable &list) {
  std::vector<std::string> keys;
  for (Attribute key : data) {
    auto symbol = dyn_cast<FlatSymbolRefAttr>(key);
    keys.push_back(symbol ? symbol.getValue().str() : "");
  }
  if (llvm::any_of(keys, [](const std::string &key) { return !key.empty(); }))
    setStructorKeys(list, keys);
}

void mlir::kcfi::restoreStructors(ModuleOp module, llvm::Module &translated) {
  llvm::GlobalVariable *next = nullptr;
  for (Operation &op : llvm::reverse(*module.getBody())) {
    if (auto global = dyn_cast<LLVM::GlobalOp>(op)) {
      if (auto *variable = translated.getNamedGlobal(global.getSymName()))
        next = variable;
      continue;
    }
    ArrayAttr data;
    llvm::GlobalVariable *list = nullptr;
    if (auto constructors = dyn_cast<LLVM::GlobalCtorsOp>(op)) {
      data = constructors.getData();
      list = translated.getNamedGlobal("llvm.global_ctors");
    } else if (auto destructors = dyn_cast<LLVM::GlobalDtorsOp>(op)) {
      data = destructors.getData();
      list = translated.getNamedGlobal("llvm.global_dtors");
    }
    if (!list)
      continue;
    restoreKeys(data, *list);
    if (next) {
      translated.removeGlobalVariable(list);
      translated.insertGlobalVariable(next->getIterator(), list);
    }
    next = list;
  }
}
