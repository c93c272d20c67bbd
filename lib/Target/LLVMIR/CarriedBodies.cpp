//===- CarriedBodies.cpp - Definitions that stay LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CarriedBodies.h"
#include "kcfi/Analysis/CarriedModule.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Builders.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Linker/IRMover.h"
#include "llvm/Transforms/Utils/Cloning.h"

#include <map>

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Import
//===----------------------------------------------------------------------===//

/// The functions and global variables whose code or initializer uses `value`.
static void findOwners(const llvm::Value *value,
                       llvm::SmallPtrSetImpl<const llvm::Value *> &seen,
                       SmallVectorImpl<const llvm::GlobalObject *> &owners) {
  if (!seen.insert(value).second)
    return;
  for (const llvm::User *user : value->users()) {
    if (auto *instruction = llvm::dyn_cast<llvm::Instruction>(user))
      owners.push_back(instruction->getFunction());
    else if (auto *global = llvm::dyn_cast<llvm::GlobalObject>(user))
      owners.push_back(global);
    else
      findOwners(user, seen, owners);
  }
}

InseparableObjects mlir::kcfi::findInseparable(const llvm::Module &module) {
  InseparableObjects result;
  for (const llvm::GlobalObject &object : module.global_objects()) {
    if (object.isDeclaration())
      continue;
    result.insert(&object);
    auto *function = llvm::dyn_cast<llvm::Function>(&object);
    if (!function)
      continue;
    SmallVector<const llvm::GlobalObject *> owners;
    llvm::SmallPtrSet<const llvm::Value *, 8> seen;
    for (const llvm::BasicBlock &block : *function)
      if (auto *address = llvm::BlockAddress::lookup(&block))
        findOwners(address, seen, owners);
    for (const llvm::GlobalObject *owner : owners)
      result.unionSets(function, owner);
  }
  return result;
}

std::unique_ptr<llvm::Module> mlir::kcfi::cloneModule(
    const llvm::Module &module,
    llvm::function_ref<bool(const llvm::GlobalValue &)> isKept) {
  llvm::ValueToValueMapTy values;
  std::unique_ptr<llvm::Module> clone =
      llvm::CloneModule(module, values, [&](const llvm::GlobalValue *value) {
        return isKept(*value);
      });
  for (const llvm::Function &function : module)
    if (!function.isDeclaration() && !isKept(function))
      clone->getFunction(function.getName())
          ->setMetadata(llvm::LLVMContext::MD_kcfi_type,
                        function.getMetadata(llvm::LLVMContext::MD_kcfi_type));
  for (llvm::GlobalIFunc &ifunc : llvm::make_early_inc_range(clone->ifuncs())) {
    if (isKept(*module.getNamedIFunc(ifunc.getName())))
      continue;
    auto *declaration = llvm::Function::Create(
        llvm::cast<llvm::FunctionType>(ifunc.getValueType()),
        llvm::GlobalValue::ExternalLinkage, ifunc.getAddressSpace(), "",
        clone.get());
    declaration->takeName(&ifunc);
    ifunc.replaceAllUsesWith(declaration);
    ifunc.eraseFromParent();
  }
  return clone;
}

/// True if some use is other than as callee of a call.
static bool isAddressTaken(const llvm::GlobalValue &value) {
  return llvm::any_of(value.uses(), [](const llvm::Use &use) {
    auto *call = llvm::dyn_cast<llvm::CallBase>(use.getUser());
    return !call || !call->isCallee(&use);
  });
}

void mlir::kcfi::carryBodies(const llvm::Module &module,
                             const CarriedObjects &objects,
                             const llvm::StringSet<> &metadata,
                             ModuleOp imported) {
  std::unique_ptr<llvm::Module> carried =
      cloneModule(module, [&](const llvm::GlobalValue &value) {
        auto *object = llvm::dyn_cast<llvm::GlobalObject>(&value);
        return object && objects.contains(object);
      });
  // What belongs to the module as a whole is translated with the rest of it.
  carried->setModuleInlineAsm("");
  // Without its version debug info would be removed by the reader.
  llvm::Metadata *debugVersion = carried->getModuleFlag("Debug Info Version");
  if (llvm::NamedMDNode *flags = carried->getModuleFlagsMetadata())
    flags->eraseFromParent();
  if (debugVersion)
    carried->addModuleFlag(llvm::Module::Warning, "Debug Info Version",
                           debugVersion);
  for (llvm::NamedMDNode &node :
       llvm::make_early_inc_range(carried->named_metadata()))
    if (node.getName() != "llvm.dbg.cu" &&
        node.getName() != "llvm.module.flags" &&
        !metadata.contains(node.getName()))
      node.eraseFromParent();

  MLIRContext *context = imported.getContext();
  Builder builder(context);
  SmallVector<NamedAttribute> symbols;
  SmallVector<Attribute> taken;
  for (llvm::GlobalObject &object :
       llvm::make_early_inc_range(carried->global_objects())) {
    object.removeDeadConstantUsers();
    if (object.isDeclaration() && object.use_empty()) {
      object.eraseFromParent();
      continue;
    }
    auto *function = llvm::dyn_cast<llvm::Function>(&object);
    if (function && function->isIntrinsic())
      continue;
    auto symbol = FlatSymbolRefAttr::get(context, object.getName());
    symbols.push_back(builder.getNamedAttr(object.getName(), symbol));
    if (isAddressTaken(object))
      taken.push_back(symbol);
  }

  SmallVector<char> bytes;
  llvm::raw_svector_ostream os(bytes);
  // The order of uses can be seen in code that is generated at -O0.
  llvm::WriteBitcodeToFile(*carried, os, /*ShouldPreserveUseListOrder=*/true);
  auto type = RankedTensorType::get({static_cast<int64_t>(bytes.size())},
                                    builder.getI8Type());
  auto bitcode = DenseI8ResourceElementsAttr::get(
      type, "kcfi_carried",
      HeapAsmResourceBlob::allocateAndCopyInferAlign(ArrayRef<char>(bytes)));
  OpBuilder atEnd = OpBuilder::atBlockEnd(imported.getBody());
  CarriedBodiesOp::create(atEnd, imported.getLoc(), bitcode,
                          builder.getDictionaryAttr(symbols),
                          builder.getArrayAttr(taken));

  SymbolTable table(imported);
  for (const auto &[original, reason] : objects) {
    Operation *declaration = table.lookup(original->getName());
    declaration->setAttr(KCFIDialect::kCarriedAttrName,
                         builder.getStringAttr(reason));
    SymbolTable::setSymbolVisibility(declaration,
                                     original->hasLocalLinkage()
                                         ? SymbolTable::Visibility::Private
                                         : SymbolTable::Visibility::Public);
  }
}

//===----------------------------------------------------------------------===//
// Export
//===----------------------------------------------------------------------===//

/// Brings functions and variables into the order of `names`, behind those that
/// are not in it (declarations that only the bitcode has).
static void restoreOrder(ArrayRef<std::string> names, llvm::Module &module) {
  for (const std::string &name : names) {
    llvm::GlobalValue *value = module.getNamedValue(name);
    if (auto *function = llvm::dyn_cast<llvm::Function>(value)) {
      function->removeFromParent();
      module.getFunctionList().push_back(function);
    } else if (auto *global = llvm::dyn_cast<llvm::GlobalVariable>(value)) {
      module.removeGlobalVariable(global);
      module.insertGlobalVariable(global);
    }
  }
}

LogicalResult mlir::kcfi::linkCarriedBodies(ModuleOp module,
                                            llvm::Module &translated) {
  CarriedBodiesOp op = findCarriedBodies(module);
  if (!op)
    return success();
  FailureOr<std::unique_ptr<llvm::Module>> carried =
      readCarriedModule(op, translated.getContext());
  if (failed(carried))
    return failure();

  // Two modules know each other's symbols only while these are external.
  std::map<std::string, llvm::GlobalValue::LinkageTypes> linkages;
  SmallVector<llvm::GlobalValue *> definitions;
  for (llvm::GlobalObject &object : (*carried)->global_objects()) {
    StringRef name = object.getName();
    if (object.isDeclaration()) {
      llvm::GlobalValue *target = translated.getNamedValue(name);
      if (!target || !target->hasLocalLinkage())
        continue;
      linkages[name.str()] = target->getLinkage();
      target->setLinkage(llvm::GlobalValue::ExternalLinkage);
      continue;
    }
    llvm::GlobalValue *declaration = translated.getNamedValue(name);
    if (!declaration || !declaration->isDeclaration())
      return op.emitOpError()
             << "has a body of '" << name << "', which is "
             << (declaration ? "defined" : "not declared") << " in the module";
    // Passes may have changed the id; the attribute is the newest.
    if (auto *function = llvm::dyn_cast<llvm::Function>(&object))
      function->setMetadata(llvm::LLVMContext::MD_kcfi_type,
                            llvm::cast<llvm::Function>(declaration)
                                ->getMetadata(llvm::LLVMContext::MD_kcfi_type));
    linkages[name.str()] = object.getLinkage();
    object.setLinkage(llvm::GlobalValue::ExternalLinkage);
    definitions.push_back(&object);
  }

  std::vector<std::string> order;
  for (const llvm::GlobalObject &object : translated.global_objects())
    order.push_back(object.getName().str());
  llvm::IRMover mover(translated);
  if (llvm::Error error = mover.move(std::move(*carried), definitions,
                                     /*AddLazyFor=*/nullptr,
                                     /*IsPerformingImport=*/false))
    return op.emitOpError()
           << "cannot be linked: " << llvm::toString(std::move(error));
  for (const auto &[name, linkage] : linkages) {
    llvm::GlobalValue *value = translated.getNamedValue(name);
    if (llvm::GlobalValue::isLocalLinkage(linkage))
      value->setVisibility(llvm::GlobalValue::DefaultVisibility);
    value->setLinkage(linkage);
  }
  restoreOrder(order, translated);
  return success();
}
