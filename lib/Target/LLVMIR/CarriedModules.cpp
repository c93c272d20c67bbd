//===- CarriedModules.cpp - What stays LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CarriedModules.h"
#include "MetadataForms.h"
#include "StandIns.h"
#include "Structors.h"
#include "kcfi/LLVMFacts/CarriedModule.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Builders.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
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

void mlir::kcfi::copyComdat(const llvm::GlobalObject &from,
                            llvm::GlobalObject &to) {
  const llvm::Comdat *comdat = from.getComdat();
  if (!comdat)
    return;
  llvm::Comdat *copy = to.getParent()->getOrInsertComdat(comdat->getName());
  copy->setSelectionKind(comdat->getSelectionKind());
  to.setComdat(copy);
}

namespace {
/// Brings code and metadata of one module into another of the same context, in
/// which symbols become declarations as they are met.
class ModuleMapper final : public llvm::ValueMaterializer {
public:
  explicit ModuleMapper(llvm::Module &target) : target(target) {}

  llvm::Value *materialize(llvm::Value *value) final {
    auto *global = llvm::dyn_cast<llvm::GlobalValue>(value);
    if (!global || global->getParent() == &target)
      return nullptr;
    if (llvm::GlobalValue *known = target.getNamedValue(global->getName()))
      return known;
    return declare(*global);
  }
  llvm::GlobalValue *declare(const llvm::GlobalValue &global) {
    llvm::GlobalValue *result;
    if (auto *type = llvm::dyn_cast<llvm::FunctionType>(global.getValueType()))
      result = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage,
                                      global.getAddressSpace(),
                                      global.getName(), &target);
    else
      result = new llvm::GlobalVariable(
          target, global.getValueType(), /*isConstant=*/false,
          llvm::GlobalValue::ExternalLinkage, /*Initializer=*/nullptr,
          global.getName(), /*InsertBefore=*/nullptr,
          global.isThreadLocal() ? llvm::GlobalValue::GeneralDynamicTLSModel
                                 : llvm::GlobalValue::NotThreadLocal,
          global.getAddressSpace());
    result->setDSOLocal(global.isDSOLocal());
    return result;
  }
  void map(llvm::Instruction &instruction) {
    llvm::RemapInstruction(&instruction, values, kFlags, /*TypeMapper=*/nullptr,
                           this);
    llvm::RemapDbgRecordRange(&target, instruction.getDbgRecordRange(), values,
                              kFlags, /*TypeMapper=*/nullptr, this);
  }
  llvm::MDNode *map(const llvm::MDNode &node) {
    return llvm::MapMetadata(&node, values, kFlags, /*TypeMapper=*/nullptr,
                             this);
  }
  llvm::Constant *map(const llvm::Constant &constant) {
    return llvm::MapValue(&constant, values, kFlags, /*TypeMapper=*/nullptr,
                          this);
  }
  llvm::ValueToValueMapTy values;

private:
  // Arguments of stand-ins are in place already.
  static constexpr llvm::RemapFlags kFlags = llvm::RF_IgnoreMissingLocals;
  llvm::Module &target;
};

/// Copies definitions into another module of the same context. Addresses of
/// blocks may lead from each to each, so all have their blocks before the first
/// is mapped. (`llvm::CloneModule` crashes on addresses of blocks of later
/// functions.)
class DefinitionCopier {
public:
  DefinitionCopier(llvm::Module &target, ModuleMapper &mapper)
      : target(target), mapper(mapper) {}

  void add(const llvm::GlobalObject &object) {
    if (auto *function = llvm::dyn_cast<llvm::Function>(&object))
      add(*function);
    else
      add(llvm::cast<llvm::GlobalVariable>(object));
  }
  void finish() {
    for (auto [from, to] : objects) {
      copyMetadata(*from, *to);
      if (auto *function = llvm::dyn_cast<llvm::Function>(to))
        finish(llvm::cast<llvm::Function>(*from), *function);
      else if (auto *variable = llvm::dyn_cast<llvm::GlobalVariable>(from))
        if (variable->hasInitializer())
          llvm::cast<llvm::GlobalVariable>(to)->setInitializer(
              mapper.map(*variable->getInitializer()));
    }
  }

private:
  void add(const llvm::Function &function) {
    auto *copy = llvm::Function::Create(
        function.getFunctionType(), function.getLinkage(),
        function.getAddressSpace(), function.getName(), &target);
    objects.emplace_back(&function, copy);
    mapper.values[&function] = copy;
    for (auto [from, to] : llvm::zip(function.args(), copy->args()))
      mapper.values[&from] = &to;
    for (const llvm::BasicBlock &block : function) {
      auto *to =
          llvm::BasicBlock::Create(target.getContext(), block.getName(), copy);
      mapper.values[&block] = to;
      for (const llvm::Instruction &instruction : block) {
        llvm::Instruction *clone = instruction.clone();
        clone->insertInto(to, to->end());
        clone->cloneDebugInfoFrom(&instruction);
        if (!clone->getType()->isVoidTy())
          clone->setName(instruction.getName());
        mapper.values[&instruction] = clone;
      }
    }
  }
  void add(const llvm::GlobalVariable &variable) {
    auto *copy = new llvm::GlobalVariable(
        target, variable.getValueType(), variable.isConstant(),
        variable.getLinkage(), /*Initializer=*/nullptr, variable.getName(),
        /*InsertBefore=*/nullptr, variable.getThreadLocalMode(),
        variable.getAddressSpace());
    objects.emplace_back(&variable, copy);
    mapper.values[&variable] = copy;
  }
  void copyMetadata(const llvm::GlobalObject &from, llvm::GlobalObject &to) {
    if (auto *function = llvm::dyn_cast<llvm::Function>(&from)) {
      llvm::cast<llvm::Function>(to).copyAttributesFrom(function);
    } else {
      llvm::cast<llvm::GlobalVariable>(to).copyAttributesFrom(
          llvm::cast<llvm::GlobalVariable>(&from));
    }
    copyComdat(from, to);
    SmallVector<std::pair<unsigned, llvm::MDNode *>> metadata;
    from.getAllMetadata(metadata);
    for (auto [kind, node] : metadata)
      to.addMetadata(kind, *mapper.map(*node));
  }
  void finish(const llvm::Function &from, llvm::Function &to) {
    if (from.hasPersonalityFn())
      to.setPersonalityFn(mapper.map(*from.getPersonalityFn()));
    if (from.hasPrefixData())
      to.setPrefixData(mapper.map(*from.getPrefixData()));
    if (from.hasPrologueData())
      to.setPrologueData(mapper.map(*from.getPrologueData()));
    for (llvm::BasicBlock &block : to)
      for (llvm::Instruction &instruction : block)
        mapper.map(instruction);
  }

  llvm::Module &target;
  ModuleMapper &mapper;
  SmallVector<std::pair<const llvm::GlobalObject *, llvm::GlobalObject *>>
      objects;
};
} // namespace

/// True if some use is other than as callee of a call.
static bool isAddressTaken(const llvm::GlobalValue &value) {
  return llvm::any_of(value.uses(), [](const llvm::Use &use) {
    auto *call = llvm::dyn_cast<llvm::CallBase>(use.getUser());
    return !call || !call->isCallee(&use);
  });
}

/// The carried parts of a module as a module of the same context.
static std::unique_ptr<llvm::Module>
collectParts(llvm::Module &module, const CarriedObjects &objects,
             const StandIns &standIns, ArrayRef<llvm::MDNode *> nodes) {
  auto carried = std::make_unique<llvm::Module>("carried", module.getContext());
  carried->setDataLayout(module.getDataLayout());
  carried->setTargetTriple(module.getTargetTriple());
  ModuleMapper mapper(*carried);
  DefinitionCopier copier(*carried, mapper);
  for (const auto &[object, reason] : objects)
    copier.add(*object);
  copier.finish();
  standIns.define(*carried);
  for (llvm::Function &function : *carried)
    if (function.getName().starts_with(kInstructionPrefix))
      mapper.map(function.getEntryBlock().front());
  if (!nodes.empty()) {
    llvm::NamedMDNode *list = carried->getOrInsertNamedMetadata(kNodeList);
    for (const llvm::MDNode *node : nodes)
      list->addOperand(mapper.map(*node));
  }
  // Debug info of definitions that are carried whole.
  llvm::SmallPtrSet<llvm::DICompileUnit *, 4> units;
  for (llvm::Function &function : *carried)
    if (llvm::DISubprogram *program = function.getSubprogram())
      if (units.insert(program->getUnit()).second)
        carried->getOrInsertNamedMetadata("llvm.dbg.cu")
            ->addOperand(program->getUnit());
  // Without its version the reader would remove it.
  if (!units.empty())
    carried->addModuleFlag(llvm::Module::Warning, "Debug Info Version",
                           llvm::DEBUG_METADATA_VERSION);
  return carried;
}

void mlir::kcfi::carry(llvm::Module &module, const CarriedObjects &objects,
                       const StandIns &standIns, ArrayRef<llvm::MDNode *> nodes,
                       ModuleOp imported) {
  std::unique_ptr<llvm::Module> carried =
      collectParts(module, objects, standIns, nodes);
  MLIRContext *context = imported.getContext();
  Builder builder(context);
  SymbolTable table(imported);
  SmallVector<NamedAttribute> symbols;
  SmallVector<Attribute> taken;
  for (llvm::GlobalValue &value : carried->global_values()) {
    // Intrinsics, and instructions of stand-ins, have no symbol.
    if (!table.lookup(value.getName()))
      continue;
    auto symbol = FlatSymbolRefAttr::get(context, value.getName());
    symbols.push_back(builder.getNamedAttr(value.getName(), symbol));
    if (isAddressTaken(value))
      taken.push_back(symbol);
  }

  SmallVector<char> bytes;
  llvm::raw_svector_ostream os(bytes);
  // Some code depends on the order of uses.
  llvm::WriteBitcodeToFile(*carried, os, /*ShouldPreserveUseListOrder=*/true);
  auto type = RankedTensorType::get({static_cast<int64_t>(bytes.size())},
                                    builder.getI8Type());
  auto resource = DenseI8ResourceElementsAttr::get(
      type, "kcfi_carried",
      HeapAsmResourceBlob::allocateAndCopyInferAlign(ArrayRef<char>(bytes)));
  OpBuilder atEnd = OpBuilder::atBlockEnd(imported.getBody());
  CarriedBodiesOp::create(atEnd, imported.getLoc(), resource,
                          builder.getDictionaryAttr(symbols),
                          builder.getArrayAttr(taken));
  for (const auto &[original, reason] : objects) {
    Operation *declaration = table.lookup(original->getName());
    if (!declaration)
      continue;
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

namespace {
/// Makes symbols external: two modules know each other's symbols only then.
class ExternalLinkage {
public:
  void add(llvm::GlobalValue &value) {
    if (!linkages.try_emplace(value.getName().str(), value.getLinkage()).second)
      return;
    value.setLinkage(llvm::GlobalValue::ExternalLinkage);
  }
  void set(StringRef name, llvm::GlobalValue::LinkageTypes linkage) {
    linkages[name.str()] = linkage;
  }
  void giveBack(llvm::Module &module) const {
    for (const auto &[name, linkage] : linkages) {
      llvm::GlobalValue *value = module.getNamedValue(name);
      if (!value)
        continue;
      if (llvm::GlobalValue::isLocalLinkage(linkage))
        value->setVisibility(llvm::GlobalValue::DefaultVisibility);
      value->setLinkage(linkage);
    }
  }

private:
  std::map<std::string, llvm::GlobalValue::LinkageTypes> linkages;
};
} // namespace

/// Flags of the carried module are there for its reader only. With them the
/// linker would also change those of the other module.
static void eraseFlags(llvm::Module &carried) {
  if (llvm::NamedMDNode *flags = carried.getModuleFlagsMetadata())
    flags->eraseFromParent();
}

static void eraseNamedMetadata(llvm::Module &carried, StringRef name) {
  if (llvm::NamedMDNode *node = carried.getNamedMetadata(name))
    node->eraseFromParent();
}

/// Moves values out of the carried module. The order of what is in the other
/// one stays: LLVM brings all that the carried module mentions to the end.
static LogicalResult move(CarriedBodiesOp op,
                          std::unique_ptr<llvm::Module> carried,
                          llvm::Module &translated,
                          ArrayRef<llvm::GlobalValue *> values) {
  std::vector<std::string> order;
  for (const llvm::GlobalObject &object : translated.global_objects())
    order.push_back(object.getName().str());
  llvm::IRMover mover(translated);
  if (llvm::Error error =
          mover.move(std::move(carried), values, /*AddLazyFor=*/nullptr,
                     /*IsPerformingImport=*/false))
    return op.emitOpError()
           << "cannot be linked: " << llvm::toString(std::move(error));
  restoreOrder(order, translated);
  return success();
}

LogicalResult mlir::kcfi::moveParts(CarriedBodiesOp op,
                                    llvm::Module &translated) {
  FailureOr<std::unique_ptr<llvm::Module>> carried =
      readCarriedModule(op, translated.getContext());
  if (failed(carried))
    return failure();
  eraseFlags(**carried);
  eraseNamedMetadata(**carried, "llvm.dbg.cu");
  SmallVector<llvm::GlobalValue *> instructions;
  ExternalLinkage linkage;
  for (llvm::GlobalValue &value : (*carried)->global_values()) {
    if (value.getName().starts_with(kInstructionPrefix)) {
      instructions.push_back(&value);
      continue;
    }
    // What is defined here comes when all else has been translated.
    if (auto *object = llvm::dyn_cast<llvm::GlobalObject>(&value);
        object && !object->hasAppendingLinkage())
      object->setLinkage(llvm::GlobalValue::ExternalLinkage);
    if (llvm::GlobalValue *target = translated.getNamedValue(value.getName()))
      linkage.add(*target);
  }
  if (failed(move(op, std::move(*carried), translated, instructions)))
    return failure();
  linkage.giveBack(translated);
  return success();
}

/// One compile unit for all that was one before the definitions of `translated`
/// were taken apart.
static void joinCompileUnits(llvm::Module &translated) {
  llvm::NamedMDNode *list = translated.getNamedMetadata("llvm.dbg.cu");
  if (!list)
    return;
  llvm::DenseMap<llvm::DICompileUnit *, llvm::DICompileUnit *> same;
  SmallVector<llvm::DICompileUnit *> kept;
  for (llvm::MDNode *node : list->operands()) {
    auto *unit = llvm::cast<llvm::DICompileUnit>(node);
    auto *first = llvm::find_if(kept, [&](llvm::DICompileUnit *other) {
      return unit->getFile() == other->getFile() &&
             unit->getProducer() == other->getProducer();
    });
    if (first == kept.end())
      kept.push_back(unit);
    else if (*first != unit)
      same[unit] = *first;
  }
  if (same.empty())
    return;
  for (llvm::Function &function : translated)
    if (llvm::DISubprogram *program = function.getSubprogram())
      if (llvm::DICompileUnit *unit = same.lookup(program->getUnit()))
        program->replaceUnit(unit);
  for (const auto &[unit, first] : same) {
    SmallVector<llvm::Metadata *> variables;
    llvm::append_range(variables, first->getGlobalVariables());
    for (llvm::DIGlobalVariableExpression *variable :
         unit->getGlobalVariables()) {
      if (variable->getVariable()->getScope() == unit)
        variable->getVariable()->replaceOperandWith(0, first);
      if (!llvm::is_contained(variables, variable))
        variables.push_back(variable);
    }
    first->replaceGlobalVariables(
        llvm::MDTuple::get(translated.getContext(), variables));
  }
  list->clearOperands();
  for (llvm::DICompileUnit *unit : kept)
    list->addOperand(unit);
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
  eraseFlags(**carried);
  eraseNamedMetadata(**carried, kNodeList);
  // They are there already.
  for (llvm::Function &function :
       llvm::make_early_inc_range((*carried)->functions()))
    if (function.getName().starts_with(kInstructionPrefix))
      function.eraseFromParent();

  ExternalLinkage linkages;
  SmallVector<llvm::GlobalValue *> definitions;
  std::map<std::string, std::vector<std::string>> keys;
  SymbolTable symbols(module);
  for (llvm::GlobalObject &object : (*carried)->global_objects()) {
    StringRef name = object.getName();
    llvm::GlobalValue *target = translated.getNamedValue(name);
    auto *function = llvm::dyn_cast<llvm::Function>(&object);
    if (object.isDeclaration()) {
      if (!target)
        continue;
      llvm::GlobalValue::LinkageTypes linkage = target->getLinkage();
      linkages.add(*target);
      Operation *declaration = symbols.lookup(name);
      if (declaration && declaration->hasAttr(KCFIDialect::kCarriedAttrName)) {
        restoreDeclaration(llvm::cast<llvm::GlobalObject>(*target), object,
                           linkage);
        linkages.set(name, linkage);
      }
      continue;
    }
    if (object.hasAppendingLinkage()) {
      if (name.starts_with("llvm.global_"))
        keys[name.str()] =
            takeStructorKeys(llvm::cast<llvm::GlobalVariable>(object));
      definitions.push_back(&object);
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
    linkages.set(name, object.getLinkage());
    object.setLinkage(llvm::GlobalValue::ExternalLinkage);
    definitions.push_back(&object);
  }
  if (definitions.empty()) {
    linkages.giveBack(translated);
    return success();
  }

  if (failed(move(op, std::move(*carried), translated, definitions)))
    return failure();
  linkages.giveBack(translated);
  for (const auto &[name, list] : keys)
    setStructorKeys(*translated.getNamedGlobal(name), list);
  joinCompileUnits(translated);
  return success();
}
