//===- ModuleFacts.cpp - Facts of whole modules -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Facts.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

static constexpr StringLiteral kModuleFlagsKey = "module_flags",
                               kNamedMetadataKey = "named_metadata";

/// True if MLIR has a form for named metadata.
bool mlir::kcfi::hasNamedMetadataForm(StringRef name) {
  return llvm::is_contained({"llvm.module.flags", "llvm.ident", "llvm.dbg.cu",
                             "llvm.commandline", "llvm.linker.options",
                             "llvm.dependent-libraries"},
                            name);
}

static bool hasForm(const llvm::Module::ModuleFlagEntry &flag) {
  // The translation of debug info writes its own version.
  if (flag.Key->getString() == "Debug Info Version")
    return true;
  if (llvm::isa<llvm::MDString>(flag.Val))
    return true;
  auto *number = llvm::mdconst::dyn_extract<llvm::ConstantInt>(flag.Val);
  return number && number->getType()->isIntegerTy(32);
}

/// What is written as a fact must not stand in MLIR's operation as well.
static void eraseFlags(ModuleOp imported, const llvm::StringSet<> &names) {
  for (auto op :
       llvm::make_early_inc_range(imported.getOps<LLVM::ModuleFlagsOp>())) {
    SmallVector<Attribute> kept;
    for (auto flag : op.getFlags().getAsRange<LLVM::ModuleFlagAttr>())
      if (!names.contains(flag.getKey().getValue()))
        kept.push_back(flag);
    if (kept.empty())
      op.erase();
    else
      op.setFlagsAttr(ArrayAttr::get(imported.getContext(), kept));
  }
}

Attribute FactReader::readModuleFlags(const llvm::Module &module,
                                      ModuleOp imported) {
  SmallVector<Attribute> flags;
  llvm::StringSet<> names;
  SmallVector<llvm::Module::ModuleFlagEntry> entries;
  module.getModuleFlagsMetadata(entries);
  for (const llvm::Module::ModuleFlagEntry &flag : entries)
    if (!hasForm(flag))
      names.insert(flag.Key->getString());
  if (names.empty())
    return {};
  for (const llvm::MDNode *node : module.getModuleFlagsMetadata()->operands())
    if (auto *key = llvm::dyn_cast<llvm::MDString>(node->getOperand(1));
        key && names.contains(key->getString()))
      flags.push_back(metadata.write(*node));
  eraseFlags(imported, names);
  return ArrayAttr::get(context, flags);
}

void FactReader::setFacts(const llvm::Module &module, ModuleOp imported) {
  SmallVector<NamedAttribute> facts;
  if (Attribute flags = readModuleFlags(module, imported))
    facts.emplace_back(StringAttr::get(context, kModuleFlagsKey), flags);
  SmallVector<NamedAttribute> lists;
  for (const llvm::NamedMDNode &list : module.named_metadata()) {
    if (hasNamedMetadataForm(list.getName()))
      continue;
    SmallVector<Attribute> nodes;
    for (const llvm::MDNode *node : list.operands())
      nodes.push_back(metadata.write(*node));
    lists.emplace_back(StringAttr::get(context, list.getName()),
                       ArrayAttr::get(context, nodes));
  }
  if (!lists.empty())
    facts.emplace_back(StringAttr::get(context, kNamedMetadataKey),
                       DictionaryAttr::get(context, lists));
  if (!facts.empty())
    imported->setDiscardableAttr(KCFIDialect::kLLVMFactsAttrName,
                                 DictionaryAttr::get(context, facts));
}

/// Adds nodes to the end of a list.
static LogicalResult addNodes(ModuleOp op, Attribute forms,
                              llvm::Module &translated,
                              llvm::NamedMDNode &list) {
  for (Attribute form : cast<ArrayAttr>(forms)) {
    FailureOr<llvm::MDNode *> node = readNode(op, form, translated);
    if (failed(node))
      return failure();
    list.addOperand(*node);
  }
  return success();
}

LogicalResult mlir::kcfi::applyFacts(ModuleOp op, DictionaryAttr facts,
                                     llvm::Module &translated) {
  if (Attribute flags = facts.get(kModuleFlagsKey))
    if (failed(addNodes(op, flags, translated,
                        *translated.getOrInsertModuleFlagsMetadata())))
      return failure();
  auto lists = facts.getAs<DictionaryAttr>(kNamedMetadataKey);
  for (NamedAttribute list :
       lists ? lists.getValue() : ArrayRef<NamedAttribute>())
    if (failed(addNodes(
            op, list.getValue(), translated,
            *translated.getOrInsertNamedMetadata(list.getName().getValue()))))
      return failure();
  return success();
}
