//===- Summarize.cpp - The summary of a module -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/Summarize.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/Rust/VTableLayout.h"
#include "kcfi/LLVMFacts/CarriedModule.h"
#include "kcfi/Program/SummarizeLLVM.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

static std::string getName(Operation *symbol) {
  return SymbolTable::getSymbolName(symbol).getValue().str();
}

/// The offset of the element at `position` of `type`.
static uint64_t getOffset(Type type, ArrayRef<int64_t> position,
                          const DataLayout &layout) {
  uint64_t offset = 0;
  for (int64_t index : position) {
    auto record = dyn_cast<LLVM::LLVMStructType>(type);
    if (!record) {
      type = cast<LLVM::LLVMArrayType>(type).getElementType();
      offset += index * layout.getTypeSize(type).getFixedValue();
      continue;
    }
    uint64_t end = 0;
    for (auto [number, element] : llvm::enumerate(record.getBody())) {
      if (!record.isPacked())
        end = llvm::alignTo(end, layout.getTypeABIAlignment(element));
      if (static_cast<int64_t>(number) == index) {
        offset += end;
        type = element;
        break;
      }
      end += layout.getTypeSize(element);
    }
  }
  return offset;
}

/// Where an address in the initializer of a global variable stands in it. The
/// value is inserted into aggregates until one is returned.
static Place getInitializedPlace(LLVM::GlobalOp global, Value value,
                                 const DataLayout &layout) {
  uint64_t offset = 0;
  while (value.hasOneUse()) {
    OpOperand &use = *value.use_begin();
    if (isa<LLVM::ReturnOp>(use.getOwner()))
      return {PlaceKind::Global, global.getSymName().str(), offset, 0};
    auto insert = dyn_cast<LLVM::InsertValueOp>(use.getOwner());
    if (!insert)
      return {};
    // As the value, not as the aggregate that gets another one.
    if (insert.getValue() == value)
      offset += getOffset(insert.getContainer().getType(), insert.getPosition(),
                          layout);
    value = insert.getResult();
  }
  return {};
}

/// The places of a function in the global variable that a vtable becomes; one
/// without an offset if the size of a pointer is not known.
static SmallVector<Place> getSlotPlaces(VTableOp vtable, StringRef function,
                                        const TargetInfo *target) {
  SmallVector<Place> places;
  auto addIfHere = [&](Attribute slot, unsigned word) {
    auto symbol = dyn_cast_or_null<FlatSymbolRefAttr>(slot);
    if (!symbol || symbol.getValue() != function)
      return;
    if (!target)
      return places.push_back({});
    uint64_t size = target->getCTypeFacts().pointerWidth / 8;
    places.push_back(
        {PlaceKind::Global, vtable.getSymName().str(), word * size, 0});
  };
  addIfHere(vtable.getDropAttr(), 0);
  for (auto [index, slot] : llvm::enumerate(vtable.getSlots()))
    addIfHere(slot, VTableLayout::kHeaderWords + index);
  return places;
}

/// Adds what is known of definitions that stayed LLVM IR.
static LogicalResult addCarried(ModuleOp module, StringRef unit,
                                Summary &summary) {
  CarriedBodiesOp op = findCarriedBodies(module);
  if (!op)
    return success();
  llvm::LLVMContext context;
  FailureOr<std::unique_ptr<llvm::Module>> carried =
      readCarriedModule(op, context);
  if (failed(carried))
    return failure();
  llvm::Expected<Summary> parts = summarize(**carried, unit);
  if (!parts)
    return op.emitOpError() << llvm::toString(parts.takeError());

  // The declarations in the module know the ids, which passes may change.
  llvm::StringMap<const FunctionRecord *> definitions;
  for (const FunctionRecord &function : parts->functions)
    if (function.isDefined)
      definitions[function.name] = &function;
  for (FunctionRecord &function : summary.functions)
    if (const FunctionRecord *definition = definitions.lookup(function.name)) {
      function.isDefined = true;
      function.isLocal = definition->isLocal;
      function.isWeak = definition->isWeak;
      function.body = definition->body;
    }
  auto append = [](auto &to, auto &from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()),
              std::make_move_iterator(from.end()));
  };
  append(summary.sites, parts->sites);
  append(summary.calls, parts->calls);
  append(summary.views, parts->views);
  append(summary.flows, parts->flows);
  for (GlobalRecord &global : parts->globals)
    if (auto *declared = SymbolTable::lookupSymbolIn(module, global.name)) {
      // A reference from bitcode shows an external variable.
      auto variable = dyn_cast<LLVM::GlobalOp>(declared);
      global.isLocal |= variable && isLocal(variable.getLinkage());
      summary.globals.push_back(std::move(global));
    }
  return success();
}

static std::string getEquivalenceNames(ModuleOp module) {
  auto list = module->getAttrOfType<EquivalencesAttr>(
      KCFIDialect::kEquivalencesAttrName);
  if (!list)
    return "";
  if (list.getEquivalences().empty())
    return "none";
  return llvm::join(llvm::map_range(list.getEquivalences(),
                                    [](Equivalence equivalence) {
                                      return stringifyEquivalence(equivalence);
                                    }),
                    ",");
}

namespace {
/// Adds what is known of a module.
class Summarizer {
public:
  Summarizer(ModuleOp module, ModuleInfo &info, StringRef unit)
      : module(module), info(info), unit(unit.str()), layout(module) {}

  FailureOr<Summary> run() &&;

private:
  void addUnit();
  void addFunctions();
  void addEntries();
  void addClasses();
  void addSites();
  void addAlias(LLVM::AliasOp alias);
  void addIFunc(LLVM::IFuncOp ifunc);
  void addCall(CallOpInterface call);
  void addViews(const SymbolTable::SymbolUse &use);
  void addView(StringRef function, Operation *user, Place place,
               bool isLocalGlobal);

  ModuleOp module;
  ModuleInfo &info;
  std::string unit;
  DataLayout layout;
  Summary summary;
  /// The names of functions and extra entries.
  llvm::StringSet<> functions;
  /// The variables that have a record.
  llvm::StringSet<> globals;
};
} // namespace

void Summarizer::addUnit() {
  EncodingAttr encoding = getEncoding(module);
  CodegenAttr codegen = getCodegen(module);
  // What makes the export write the module flag, or will.
  bool isProtected =
      module->hasAttr(KCFIDialect::kEncodingAttrName) || !info.classes.empty();
  summary.units.push_back({unit, getTargetTriple(module).str(), isProtected,
                           encoding.getHash(), encoding.getNormalizeIntegers(),
                           codegen.getPatchablePrefix(), codegen.getArity(),
                           getEquivalenceNames(module)});
}

void Summarizer::addFunctions() {
  for (const FunctionInfo &function : info.functions) {
    LLVM::Linkage linkage = getLinkage(function.op);
    FunctionRecord record;
    record.unit = unit;
    record.name = getName(function.op);
    record.isDefined = !function.isDeclaration &&
                       linkage != LLVM::Linkage::AvailableExternally;
    record.isLocal = isLocal(linkage);
    record.isWeak = record.isDefined && isWeak(linkage);
    record.isAddressTaken = function.isAddressTaken;
    if (function.id)
      record.id = function.id.getValue();
    record.location = getFileLocation(function.op);
    functions.insert(record.name);
    summary.functions.push_back(std::move(record));
  }
}

void Summarizer::addEntries() {
  for (EntryInfo &entry : info.entries) {
    FunctionRecord record;
    record.unit = unit;
    record.name = getName(entry.op);
    record.isDefined = true;
    record.isLocal = entry.op.isPrivate();
    record.isAddressTaken = entry.isAddressTaken;
    if (entry.id)
      record.id = entry.id.getValue();
    record.entryOf = entry.op.getCallee().str();
    record.location = getFileLocation(entry.op);
    functions.insert(record.name);
    summary.functions.push_back(std::move(record));
  }
}

void Summarizer::addClasses() {
  for (const auto &[id, entry] : info.classes) {
    std::string string = entry.string ? entry.string.str() : "";
    std::string type = getReadableClass(entry);
    // A number alone says nothing of the type.
    if (string.empty() && entry.signatures.empty())
      continue;
    summary.classes.push_back({id, std::move(string), std::move(type)});
  }
}

void Summarizer::addSites() {
  llvm::StringMap<unsigned> sites;
  for (const CallInfo &call : info.calls) {
    SiteRecord record;
    record.unit = unit;
    if (call.caller)
      record.caller = getName(call.caller);
    record.index = sites[record.caller]++;
    record.state = call.state;
    if (call.id)
      record.id = call.id.getValue();
    record.location = getFileLocation(call.op);
    summary.sites.push_back(std::move(record));
  }
}

void Summarizer::addAlias(LLVM::AliasOp alias) {
  alias.getInitializerBlock().walk([&](LLVM::AddressOfOp target) {
    if (functions.contains(target.getGlobalName()))
      summary.aliases.push_back({unit, alias.getSymName().str(),
                                 target.getGlobalName().str(),
                                 isLocal(alias.getLinkage()),
                                 /*isIFunc=*/false,
                                 /*shape=*/""});
  });
}

void Summarizer::addIFunc(LLVM::IFuncOp ifunc) {
  summary.aliases.push_back({unit, ifunc.getSymName().str(),
                             ifunc.getResolver().str(),
                             isLocal(ifunc.getLinkage()),
                             /*isIFunc=*/true, /*shape=*/""});
}

/// Adds a direct call.
void Summarizer::addCall(CallOpInterface call) {
  auto callee = dyn_cast<SymbolRefAttr>(call.getCallableForCallee());
  if (!callee)
    return;
  CallRecord record;
  record.unit = unit;
  if (auto caller = call->getParentOfType<FunctionOpInterface>())
    record.caller = getName(caller);
  record.callee = callee.getLeafReference().str();
  if (auto id = call->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName)) {
    record.id = id.getValue();
    record.location = getFileLocation(call);
  }
  summary.calls.push_back(std::move(record));
}

void Summarizer::addView(StringRef function, Operation *user, Place place,
                         bool isLocalGlobal) {
  if (place.kind == PlaceKind::Global && globals.insert(place.name).second)
    summary.globals.push_back({unit, place.name, isLocalGlobal});
  summary.views.push_back(
      {unit, function.str(), std::move(place), getFileLocation(user)});
}

void Summarizer::addViews(const SymbolTable::SymbolUse &use) {
  StringRef name = use.getSymbolRef().getLeafReference().getValue();
  Operation *user = use.getUser();
  // What an extra entry does with its function is a call.
  if (!functions.contains(name) || isa<LLVM::IFuncOp, EntryOp>(user) ||
      user->getParentOfType<LLVM::AliasOp>())
    return;
  if (auto vtable = dyn_cast<VTableOp>(user)) {
    for (Place &place : getSlotPlaces(vtable, name, info.target.get()))
      addView(name, user, std::move(place), vtable.isPrivate());
    return;
  }
  auto global = user->getParentOfType<LLVM::GlobalOp>();
  if (global && user->getNumResults() == 1)
    addView(name, user, getInitializedPlace(global, user->getResult(0), layout),
            isLocal(global.getLinkage()));
  else
    addView(name, user, {}, /*isLocalGlobal=*/false);
}

FailureOr<Summary> Summarizer::run() && {
  addUnit();
  addFunctions();
  addEntries();
  addClasses();
  addSites();
  module.walk([&](Operation *op) {
    if (auto alias = dyn_cast<LLVM::AliasOp>(op))
      addAlias(alias);
    else if (auto ifunc = dyn_cast<LLVM::IFuncOp>(op))
      addIFunc(ifunc);
    else if (auto call = dyn_cast<CallOpInterface>(op))
      addCall(call);
  });
  // The inventory has enumerated them before.
  if (failed(forEachAddressUse(
          module, [&](const SymbolTable::SymbolUse &use) { addViews(use); })))
    return failure();
  if (failed(addCarried(module, unit, summary)))
    return failure();
  if (llvm::Error error = summary.normalize())
    return module.emitError() << llvm::toString(std::move(error));
  return std::move(summary);
}

FailureOr<Summary> mlir::kcfi::summarize(ModuleOp module, StringRef unitName) {
  // Modules need not name the dialect for its defaults to hold.
  module.getContext()->getOrLoadDialect<KCFIDialect>();
  FailureOr<ModuleInfo> info = ModuleInfo::collect(module);
  if (failed(info))
    return failure();
  for (const auto &[op, reason] : info->problems)
    op->emitWarning() << "not encoded: " << reason;
  return Summarizer(module, *info, unitName).run();
}
