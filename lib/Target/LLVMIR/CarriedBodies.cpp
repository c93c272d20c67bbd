//===- CarriedBodies.cpp - Definitions that stay LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CarriedBodies.h"
#include "kcfi/LLVMFacts/CarriedModule.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Linker/IRMover.h"
#include "llvm/Transforms/Utils/ValueMapper.h"

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

/// Leaves name, type and id.
static void makePlainDeclaration(llvm::Function &function) {
  llvm::MDNode *id = function.getMetadata(llvm::LLVMContext::MD_kcfi_type);
  bool isDSOLocal = function.isDSOLocal();
  function.deleteBody();
  function.clearMetadata();
  function.setComdat(nullptr);
  function.setMetadata(llvm::LLVMContext::MD_kcfi_type, id);
  function.setAttributes({});
  function.setCallingConv(llvm::CallingConv::C);
  function.setSection("");
  function.setPartition("");
  function.clearGC();
  function.setVisibility(llvm::GlobalValue::DefaultVisibility);
  function.setDLLStorageClass(llvm::GlobalValue::DefaultStorageClass);
  function.setDSOLocal(isDSOLocal);
}

static void makePlainDeclaration(llvm::GlobalVariable &global) {
  bool isDSOLocal = global.isDSOLocal();
  global.setInitializer(nullptr);
  global.setLinkage(llvm::GlobalValue::ExternalLinkage);
  global.clearMetadata();
  global.setComdat(nullptr);
  global.setAttributes({});
  global.setSection("");
  global.setPartition("");
  global.setVisibility(llvm::GlobalValue::DefaultVisibility);
  global.setDLLStorageClass(llvm::GlobalValue::DefaultStorageClass);
  global.setExternallyInitialized(false);
  if (global.isThreadLocal())
    global.setThreadLocalMode(llvm::GlobalValue::GeneralDynamicTLSModel);
  global.setDSOLocal(isDSOLocal);
}

/// Replaces aliases or ifuncs by declarations: their targets stay elsewhere.
template <typename RangeT>
static void declare(llvm::Module &module, RangeT &&symbols,
                    llvm::function_ref<bool(StringRef)> isKept) {
  for (auto &symbol : llvm::make_early_inc_range(symbols)) {
    if (isKept(symbol.getName()))
      continue;
    llvm::GlobalValue *declaration;
    if (auto *type = llvm::dyn_cast<llvm::FunctionType>(symbol.getValueType()))
      declaration =
          llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage,
                                 symbol.getAddressSpace(), "", &module);
    else
      declaration = new llvm::GlobalVariable(
          module, symbol.getValueType(), /*isConstant=*/false,
          llvm::GlobalValue::ExternalLinkage, /*Initializer=*/nullptr, "",
          /*InsertBefore=*/nullptr, symbol.getThreadLocalMode(),
          symbol.getAddressSpace());
    declaration->takeName(&symbol);
    symbol.replaceAllUsesWith(declaration);
    symbol.eraseFromParent();
  }
}

std::unique_ptr<llvm::Module>
mlir::kcfi::readParts(StringRef bitcode, llvm::LLVMContext &context,
                      llvm::function_ref<bool(StringRef)> isKept) {
  std::unique_ptr<llvm::Module> module = llvm::cantFail(
      llvm::parseBitcodeFile(llvm::MemoryBufferRef(bitcode, "copy"), context));
  declare(*module, module->aliases(), isKept);
  declare(*module, module->ifuncs(), isKept);
  for (llvm::Function &function : *module)
    if (!function.isIntrinsic() && !isKept(function.getName()))
      makePlainDeclaration(function);
  for (llvm::GlobalVariable &global : module->globals())
    if (!isKept(global.getName()))
      makePlainDeclaration(global);
  return module;
}

/// True if some use is other than as callee of a call.
static bool isAddressTaken(const llvm::GlobalValue &value) {
  return llvm::any_of(value.uses(), [](const llvm::Use &use) {
    auto *call = llvm::dyn_cast<llvm::CallBase>(use.getUser());
    return !call || !call->isCallee(&use);
  });
}

SmallVector<char> mlir::kcfi::writeBitcode(const llvm::Module &module) {
  SmallVector<char> bytes;
  llvm::raw_svector_ostream os(bytes);
  // Some code depends on the order of uses.
  llvm::WriteBitcodeToFile(module, os, /*ShouldPreserveUseListOrder=*/true);
  return bytes;
}

void mlir::kcfi::carryBodies(StringRef bitcode, const CarriedObjects &objects,
                             const CarriedFacts &facts, ModuleOp imported) {
  llvm::LLVMContext llvmContext;
  llvm::StringSet<> names;
  for (const auto &[object, reason] : objects)
    names.insert(object->getName());
  std::unique_ptr<llvm::Module> carried =
      readParts(bitcode, llvmContext,
                [&](StringRef name) { return names.contains(name); });
  // What belongs to the module as a whole is translated with the rest of it.
  carried->setModuleInlineAsm("");
  SmallVector<llvm::Module::ModuleFlagEntry> flags;
  carried->getModuleFlagsMetadata(flags);
  if (llvm::NamedMDNode *node = carried->getModuleFlagsMetadata())
    node->eraseFromParent();
  for (const llvm::Module::ModuleFlagEntry &flag : flags)
    // Without its version debug info would be removed by the reader.
    if (facts.flags.count(flag.Key->getString().str()) ||
        flag.Key->getString() == "Debug Info Version")
      carried->addModuleFlag(flag.Behavior, flag.Key->getString(), flag.Val);
  for (llvm::NamedMDNode &node :
       llvm::make_early_inc_range(carried->named_metadata()))
    if (node.getName() != "llvm.dbg.cu" &&
        node.getName() != "llvm.module.flags" &&
        !facts.namedMetadata.count(node.getName().str()))
      node.eraseFromParent();

  MLIRContext *context = imported.getContext();
  Builder builder(context);
  SmallVector<NamedAttribute> symbols;
  SmallVector<Attribute> taken;
  for (llvm::GlobalObject &object :
       llvm::make_early_inc_range(carried->global_objects())) {
    object.removeDeadConstantUsers();
    if (object.isDeclaration() && object.use_empty() &&
        !object.isUsedByMetadata() && !names.contains(object.getName())) {
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

  SmallVector<char> bytes = writeBitcode(*carried);
  auto type = RankedTensorType::get({static_cast<int64_t>(bytes.size())},
                                    builder.getI8Type());
  auto resource = DenseI8ResourceElementsAttr::get(
      type, "kcfi_carried",
      HeapAsmResourceBlob::allocateAndCopyInferAlign(ArrayRef<char>(bytes)));
  OpBuilder atEnd = OpBuilder::atBlockEnd(imported.getBody());
  CarriedBodiesOp::create(atEnd, imported.getLoc(), resource,
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

/// Gives a declaration the attributes that it had.
static void restoreDeclaration(llvm::GlobalObject &target,
                               const llvm::GlobalObject &original,
                               llvm::GlobalValue::LinkageTypes &linkage) {
  auto *function = llvm::dyn_cast<llvm::Function>(&target);
  llvm::MDNode *id =
      function ? function->getMetadata(llvm::LLVMContext::MD_kcfi_type)
               : nullptr;
  if (function)
    function->copyAttributesFrom(&llvm::cast<llvm::Function>(original));
  else
    llvm::cast<llvm::GlobalVariable>(target).copyAttributesFrom(
        &llvm::cast<llvm::GlobalVariable>(original));
  linkage = original.getLinkage();
  SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata;
  original.getAllMetadata(metadata);
  // Functions and variables in metadata are those of the target's module.
  llvm::ValueToValueMapTy values;
  for (const llvm::GlobalValue &value : original.getParent()->global_values())
    if (llvm::GlobalValue *other =
            target.getParent()->getNamedValue(value.getName()))
      values[&value] = other;
  target.clearMetadata();
  for (auto [kind, node] : metadata)
    if (kind != llvm::LLVMContext::MD_kcfi_type)
      target.addMetadata(kind, *llvm::MapMetadata(node, values));
  if (id)
    target.setMetadata(llvm::LLVMContext::MD_kcfi_type, id);
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
  SymbolTable symbols(module);
  for (llvm::GlobalObject &object : (*carried)->global_objects()) {
    StringRef name = object.getName();
    llvm::GlobalValue *target = translated.getNamedValue(name);
    auto *function = llvm::dyn_cast<llvm::Function>(&object);
    if (object.isDeclaration()) {
      if (!target)
        continue;
      linkages[name.str()] = target->getLinkage();
      target->setLinkage(llvm::GlobalValue::ExternalLinkage);
      Operation *declaration = symbols.lookup(name);
      if (declaration && declaration->hasAttr(KCFIDialect::kCarriedAttrName))
        restoreDeclaration(llvm::cast<llvm::GlobalObject>(*target), object,
                           linkages[name.str()]);
      continue;
    }
    if (!target || !target->isDeclaration())
      return op.emitOpError()
             << "has a body of '" << name << "', which is "
             << (target ? "defined" : "not declared") << " in the module";
    // Passes may have changed the id; the attribute is the newest.
    if (function)
      function->setMetadata(llvm::LLVMContext::MD_kcfi_type,
                            llvm::cast<llvm::Function>(target)->getMetadata(
                                llvm::LLVMContext::MD_kcfi_type));
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
