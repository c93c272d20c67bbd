//===- SummarizeLLVM.cpp - The summary of LLVM IR ---------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/SummarizeLLVM.h"

#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/Hash.h"
#include "kcfi/Encoding/TypeIdString.h"
#include "kcfi/LLVMFacts/BodyDigest.h"
#include "kcfi/LLVMFacts/DebugLocations.h"
#include "kcfi/LLVMFacts/EntryAliases.h"
#include "kcfi/LLVMFacts/TypeIds.h"
#include "kcfi/TargetInfo/LLVMNames.h"
#include "LLVM/FunctionFlows.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

/// Makes the records of one module.
class Summarizer {
public:
  Summarizer(const llvm::Module &module, StringRef unit)
      : module(module), places(module.getDataLayout()) {
    records.unit = unit.str();
    digests.emplace(records.unit);
  }

  llvm::Expected<Summary> run();

private:
  llvm::Error addUnit();
  void addFunctions();
  void addAliases();
  void addGlobals();
  void addTypeIdSymbols();
  void addInitializer(const llvm::GlobalVariable &global,
                      const llvm::Constant *initializer, uint64_t offset,
                      const std::string &location);

  const llvm::Module &module;
  PlaceTable places;
  UnitRecords records;
  std::optional<BodyDigests> digests;
  HashKind hash = HashKind::XXHash64;
};

} // namespace

static bool isFlagSet(const llvm::Module &module, StringRef key) {
  auto *flag = llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(
      module.getModuleFlag(key));
  return flag && !flag->isZero();
}

llvm::Error Summarizer::addUnit() {
  UnitRecord record;
  record.unit = records.unit;
  record.target = module.getTargetTriple().str();
  // Back ends ask whether the flag exists.
  record.isProtected = module.getModuleFlag(llvmnames::kFlag) != nullptr;
  if (llvm::Metadata *flag = module.getModuleFlag(llvmnames::kHashFlag)) {
    auto *text = llvm::dyn_cast<llvm::MDString>(flag);
    std::optional<HashKind> kind =
        parseHashFlagValue(text ? text->getString() : "");
    if (!kind)
      return llvm::createStringError("module flag \"kcfi-hash\" of '" +
                                     module.getModuleIdentifier() +
                                     "' names an unknown hash");
    hash = record.hash = *kind;
  }
  record.normalizeIntegers =
      isFlagSet(module, llvmnames::kNormalizeIntegersFlag);
  record.arity = isFlagSet(module, llvmnames::kArityFlag);
  if (auto *offset = llvm::mdconst::dyn_extract_or_null<llvm::ConstantInt>(
          module.getModuleFlag(llvmnames::kOffsetFlag)))
    record.patchablePrefix = offset->getZExtValue();
  records.summary.units.push_back(std::move(record));
  return llvm::Error::success();
}

void Summarizer::addFunctions() {
  llvm::StringSet<> strings;
  llvm::SmallVector<llvm::MDNode *> types;
  for (const llvm::Function &function : module) {
    if (function.isIntrinsic())
      continue;
    FunctionRecord record;
    record.unit = records.unit;
    record.name = places.getName(function);
    // Another unit has the code that the linker takes.
    record.isDefined = !function.isDeclarationForLinker();
    record.isLocal = function.hasLocalLinkage();
    record.isWeak = record.isDefined && function.isWeakForLinker();
    record.isAddressTaken = records.taken.contains(&function);
    record.isCompared = records.compared.contains(&function);
    record.id = getTypeId(function);
    if (record.isDefined && record.isAddressTaken && record.id)
      record.shape = getShape(function.getFunctionType());
    if (!function.isDeclaration())
      record.body = digests->get(function);
    record.location = getDefinitionLocation(function.getSubprogram());
    if (llvm::Attribute entryOf = function.getFnAttribute(kEntryOfAttrName);
        entryOf.isValid())
      record.entryOf = entryOf.getValueAsString();
    if (record.id) {
      types.clear();
      function.getMetadata(llvm::LLVMContext::MD_type, types);
      for (llvm::MDNode *type : types) {
        auto *string = type->getNumOperands() > 1
                           ? llvm::dyn_cast<llvm::MDString>(type->getOperand(1))
                           : nullptr;
        // The same function has strings of other encodings too.
        if (string && strings.insert(string->getString()).second &&
            hashTypeIdString(string->getString(), hash) == *record.id)
          records.summary.classes.push_back(
              {*record.id, string->getString().str(),
               demangleTypeIdString(string->getString())});
      }
    }
    records.summary.functions.push_back(std::move(record));
  }
}

void Summarizer::addAliases() {
  for (const llvm::GlobalAlias &alias : module.aliases()) {
    const llvm::GlobalObject *target = alias.getAliaseeObject();
    if (!target || !isFunction(&alias))
      continue;
    records.taken.insert(target);
    records.summary.aliases.push_back(
        {records.unit, places.getName(alias), places.getName(*target),
         alias.hasLocalLinkage(), /*isIFunc=*/false,
         getShape(alias.getValueType())});
  }
  for (const llvm::GlobalIFunc &ifunc : module.ifuncs()) {
    const llvm::Function *resolver = ifunc.getResolverFunction();
    if (!resolver)
      continue;
    records.taken.insert(resolver);
    records.summary.aliases.push_back(
        {records.unit, places.getName(ifunc), places.getName(*resolver),
         ifunc.hasLocalLinkage(), /*isIFunc=*/true,
         /*shape=*/""});
  }
}

void Summarizer::addInitializer(const llvm::GlobalVariable &global,
                                const llvm::Constant *initializer,
                                uint64_t offset, const std::string &location) {
  if (places.getFunctionsIn(initializer).empty())
    return;
  if (auto *aggregate = llvm::dyn_cast<llvm::ConstantAggregate>(initializer)) {
    auto *record = llvm::dyn_cast<llvm::StructType>(aggregate->getType());
    for (const llvm::Use &operand : aggregate->operands()) {
      unsigned index = operand.getOperandNo();
      uint64_t start = record ? uint64_t(module.getDataLayout()
                                             .getStructLayout(record)
                                             ->getElementOffset(index))
                              : index * module.getDataLayout().getTypeAllocSize(
                                            operand->getType());
      addInitializer(global, llvm::cast<llvm::Constant>(operand.get()),
                     offset + start, location);
    }
    return;
  }
  // Lists of what has to stay are read by nobody.
  bool isList = global.getName() == "llvm.used" ||
                global.getName() == "llvm.compiler.used";
  unsigned place =
      isList ? places.getPlace({}) : places.getGlobalPlace(global, offset);
  places.markViewed(place);
  for (const llvm::GlobalValue *function : places.getFunctionsIn(initializer))
    records.addView(*function, places.getName(*function), places[place],
                    location);
}

void Summarizer::addGlobals() {
  for (const llvm::GlobalVariable &global : module.globals()) {
    if (!global.hasInitializer())
      continue;
    llvm::SmallVector<llvm::DIGlobalVariableExpression *, 1> infos;
    global.getDebugInfo(infos);
    addInitializer(global, global.getInitializer(), /*offset=*/0,
                   infos.empty()
                       ? ""
                       : getDefinitionLocation(infos.front()->getVariable()));
  }
}

/// `__kcfi_typeid_<name>`: assembly of this or other units puts the id of a
/// function in front of it, or refers to it; clang writes such symbols for
/// declarations whose address is records.taken.
void Summarizer::addTypeIdSymbols() {
  StringRef text = module.getModuleInlineAsm();
  static constexpr StringRef kPrefix = llvmnames::kTypeIdSymbolPrefix;
  while (true) {
    size_t position = text.find(kPrefix);
    if (position == StringRef::npos)
      return;
    text = text.drop_front(position + kPrefix.size());
    StringRef name = text.take_until(
        [](char c) { return llvm::isSpace(c) || c == ',' || c == '"'; });
    if (const llvm::Function *function = module.getFunction(name))
      records.taken.insert(function);
  }
}

llvm::Expected<Summary> Summarizer::run() {
  if (llvm::Error error = addUnit())
    return error;
  addTypeIdSymbols();
  addAliases();
  addGlobals();
  for (const llvm::Function &function : module)
    FunctionFlows(places, records, function).learnNames();
  for (const llvm::Function &function : module)
    if (!function.isDeclaration())
      FunctionFlows(places, records, function).run();
  addFunctions();
  addModuleFlows(places, records);
  if (llvm::Error error = records.summary.normalize())
    return error;
  return std::move(records.summary);
}

llvm::Expected<Summary> mlir::kcfi::summarize(llvm::Module &module,
                                              StringRef unit) {
  replaceEntryAliases(module);
  return Summarizer(module, unit).run();
}
