//===- ViewGraph.cpp - As what functions are pointed to -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/ViewGraph.h"
#include "kcfi/Analysis/CallCounts.h"
#include "kcfi/Analysis/Coalescing.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/IdMap.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/IR/Rust/VTableLayout.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace mlir::kcfi;

std::string FunctionView::str() const {
  auto name = [](Operation *symbol) {
    return "'@" + SymbolTable::getSymbolName(symbol).getValue().str() + "'";
  };
  std::string place;
  if (kind == ViewKind::FnPointer || kind == ViewKind::Untyped)
    for (Operation *parent = op->getParentOp(); parent && place.empty();
         parent = parent->getParentOp())
      if (SymbolTable::getSymbolName(parent))
        place = " in " + name(parent);
  switch (kind) {
  case ViewKind::FnPointer:
    return "fn pointer '" + getReadableType(signature) + "'" + place;
  case ViewKind::Slot: {
    MethodOp slotMethod = method;
    return "slot '@" +
           cast<TraitOp>(slotMethod->getParentOp()).getSymName().str() + "::@" +
           slotMethod.getSymName().str() + "' of " + name(op);
  }
  case ViewKind::DropSlot:
    return "drop slot of " + name(op);
  case ViewKind::Untyped:
    return "'" + op->getName().getStringRef().str() + "'" + place;
  case ViewKind::Outside:
    return "symbol " + name(op) + ": " + reason.str();
  }
  llvm_unreachable("unknown kind of view");
}

bool FunctionView::isOfOwnId() const {
  return kind == ViewKind::Untyped || kind == ViewKind::Outside;
}

bool ViewedFunction::isPinned() const {
  return llvm::any_of(views, std::mem_fn(&FunctionView::isOfOwnId));
}

PlacementFunction ViewedFunction::getProblem() const {
  PlacementFunction problem{ownId, isPinned(), {}};
  for (const FunctionView &view : views)
    problem.views.push_back({view.id, view.weight, /*wantsEntry=*/false});
  return problem;
}

/// True where the linker may choose the definition of another object.
static bool mayBeReplaced(FunctionOpInterface function) {
  if (auto llvmFunction = dyn_cast<LLVM::LLVMFuncOp>(function.getOperation());
      llvmFunction && llvmFunction.getComdat())
    return true;
  return isWeak(getLinkage(function));
}

static bool isDefinedElsewhere(FunctionOpInterface function) {
  return function.isExternal() ||
         getLinkage(function) == LLVM::Linkage::AvailableExternally;
}

bool mlir::kcfi::isOwnDefinition(FunctionOpInterface function) {
  return !isDefinedElsewhere(function) && !mayBeReplaced(function);
}

/// Why code outside of the module relies on the function's own id; empty if
/// none does.
static StringRef getOutsideReason(FunctionOpInterface function, World world) {
  if (isDefinedElsewhere(function))
    return "it is defined elsewhere";
  if (function->hasAttr(KCFIDialect::kTypeIdAttrName))
    return "it has a type id already";
  if (mayBeReplaced(function))
    return "the linker may take another copy";
  if (function->hasAttr(KCFIDialect::kAddressTakenAttrName))
    return "its address escapes";
  switch (world) {
  case World::Symbols:
    return hasLocalLinkage(function) ? "" : "other modules may use it";
  case World::Open:
    return "its id must follow from it alone";
  case World::Closed:
    return "";
  }
  llvm_unreachable("unknown world");
}

namespace {
class ViewGraphBuilder {
public:
  ViewGraphBuilder(ModuleOp module, World world, const TargetInfo &target,
                   DefinitionTable definitions)
      : module(module), world(world),
        ids(makeTypeIdCache(module, target, definitions)),
        coalescer(getEquivalences(module), getEncoding(module), target,
                  std::move(definitions)) {}

  FailureOr<ViewGraph> build();

private:
  /// The signature that an id is made of, without a callable, and the id.
  FailureOr<std::pair<Type, uint32_t>> resolve(Operation *op,
                                               CheckedCallee callee);
  /// Adds a view of what `symbol` names from `op`.
  void add(FunctionView view, SymbolRefAttr symbol, CheckedCallee callee);
  void addFunction(FunctionOpInterface function);
  void addVTable(VTableOp vtable);
  void addUse(const SymbolTable::SymbolUse &use);
  ViewedFunction *lookup(Operation *symbol);
  /// Weights for views without `kcfi.weight`, from a profile if there is one.
  void weighByProfile();

  ModuleOp module;
  World world;
  TypeIdCache ids;
  Coalescer coalescer;
  SymbolTableCollection symbolTables;
  ViewGraph graph;
  llvm::DenseMap<Operation *, unsigned> indices;
  bool hasFailed = false;
};
} // namespace

FailureOr<std::pair<Type, uint32_t>>
ViewGraphBuilder::resolve(Operation *op, CheckedCallee callee) {
  auto fail = [&](llvm::Error error) {
    hasFailed = true;
    return op->emitError() << "'" << getReadableType(callee.signature)
                           << "' has no class: "
                           << llvm::toString(std::move(error));
  };
  llvm::Expected<TypeIdAttr> id =
      ids.getEntryTypeId(callee.signature, callee.callable);
  if (!id)
    return fail(id.takeError());
  if (!callee.callable)
    return std::make_pair(callee.signature, id->getValue());
  llvm::Expected<Type> entry =
      coalescer.getEntry(callee.signature, callee.callable);
  if (!entry)
    return fail(entry.takeError());
  return std::make_pair(*entry, id->getValue());
}

ViewedFunction *ViewGraphBuilder::lookup(Operation *symbol) {
  auto it = indices.find(symbol);
  return it == indices.end() ? nullptr : &graph.functions[it->second];
}

void ViewGraphBuilder::addFunction(FunctionOpInterface function) {
  auto sig = function->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName);
  if (!sig)
    return;
  auto own = resolve(function, getOwnCallee(function, sig.getValue()));
  auto byItself = resolve(function, {sig.getValue(), {}});
  if (failed(own) || failed(byItself))
    return;
  // What was imported has ids that no signature gives.
  if (auto id =
          function->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName))
    own->second = id.getValue();
  indices[function] = graph.functions.size();
  ViewedFunction entry{
      function,         own->first, own->second, sig.getValue(),
      byItself->second, {},         {}};
  if (StringRef reason = getOutsideReason(function, world); !reason.empty()) {
    FunctionView view{ViewKind::Outside, function, own->first, own->second};
    view.reason = reason;
    // The views in this module tell more.
    view.weight = 0;
    entry.views.push_back(view);
  }
  graph.functions.push_back(std::move(entry));
}

void ViewGraphBuilder::add(FunctionView view, SymbolRefAttr symbol,
                           CheckedCallee callee) {
  Operation *target = symbolTables.lookupNearestSymbolFrom(view.op, symbol);
  if (auto entry = dyn_cast<EntryOp>(target)) {
    view.entry = entry;
    target = symbolTables.lookupNearestSymbolFrom(entry, entry.getCalleeAttr());
  }
  ViewedFunction *function = lookup(target);
  auto resolved = resolve(view.op, callee);
  if (!function || failed(resolved))
    return;
  std::tie(view.signature, view.id) = *resolved;
  if (auto weight =
          view.op->getAttrOfType<IntegerAttr>(KCFIDialect::kWeightAttrName))
    view.weight = weight.getInt();
  function->views.push_back(view);
}

void ViewGraphBuilder::addVTable(VTableOp vtable) {
  auto trait = symbolTables.lookupNearestSymbolFrom<TraitOp>(
      vtable, vtable.getTraitAttr());
  if (vtable.getDropAttr())
    add({ViewKind::DropSlot, vtable, Type(), 0}, vtable.getDropAttr(),
        {*trait.getDrop(), RustCallableAttr()});
  VTableLayout layout(trait, symbolTables);
  for (auto [index, slot] : llvm::enumerate(vtable.getSlots())) {
    MethodOp method = layout.getEntries()[index].method;
    auto symbol = dyn_cast<FlatSymbolRefAttr>(slot);
    if (!method || !symbol)
      continue;
    FunctionView view{ViewKind::Slot, vtable, Type(), 0};
    view.slot = index;
    view.method = method;
    add(view, symbol, method.getVirtualCallee());
  }
}

void ViewGraphBuilder::addUse(const SymbolTable::SymbolUse &use) {
  Operation *op = use.getUser();
  if (auto address = dyn_cast<AddressOfOp>(op))
    return add({ViewKind::FnPointer, op, Type(), 0}, address.getCalleeAttr(),
               {address.getResult().getType().getSignature(), {}});
  if (isa<VTableOp, EntryOp>(op))
    return;
  if (isa<ClosureAsFnOp, AsFnObjectOp>(op)) {
    op->emitOpError() << "hides views of functions; run "
                         "'kcfi-expand-coercions' before entries are placed";
    hasFailed = true;
    return;
  }
  Operation *symbol =
      symbolTables.lookupNearestSymbolFrom(op, use.getSymbolRef());
  if (ViewedFunction *function = lookup(symbol))
    function->views.push_back(
        {ViewKind::Untyped, op, function->ownSignature, function->ownId});
}

void ViewGraphBuilder::weighByProfile() {
  auto counts = countCheckedCalls(module, ids);
  if (!counts)
    return;
  auto isTyped = [](const FunctionView &view) { return !view.isOfOwnId(); };
  // A profile of calls does not tell which function of the class was called.
  IdMap<unsigned> sizes;
  for (const ViewedFunction &function : graph.functions) {
    IdSet classes;
    for (const FunctionView &view : function.views)
      if (isTyped(view) && classes.insert(view.id).second)
        ++sizes[view.id];
  }
  for (ViewedFunction &function : graph.functions) {
    IdSet classes;
    for (FunctionView &view : function.views) {
      if (!isTyped(view) || view.op->hasAttr(KCFIDialect::kWeightAttrName))
        continue;
      // Once for all views of a class.
      view.weight = classes.insert(view.id).second
                        ? counts->lookup(view.id) / sizes[view.id]
                        : 0;
    }
  }
}

FailureOr<ViewGraph> ViewGraphBuilder::build() {
  FailureOr<llvm::StringSet<>> taken = findAddressTaken(module);
  if (failed(taken))
    return failure();
  // Others have no id, and need not have a class.
  module.walk([&](FunctionOpInterface function) {
    if (canBeCalledIndirectly(function, *taken))
      addFunction(function);
  });
  LogicalResult enumerated = forEachAddressUse(
      module, [&](const SymbolTable::SymbolUse &use) { addUse(use); });
  if (failed(enumerated))
    return failure();
  module.walk([&](Operation *op) {
    if (auto vtable = dyn_cast<VTableOp>(op)) {
      addVTable(vtable);
    } else if (auto carried = dyn_cast<CarriedBodiesOp>(op)) {
      for (auto symbol : carried.getTaken().getAsRange<FlatSymbolRefAttr>())
        addUse({carried, symbol});
    } else if (auto entry = dyn_cast<EntryOp>(op)) {
      if (ViewedFunction *function =
              lookup(symbolTables.lookupNearestSymbolFrom(
                  entry, entry.getCalleeAttr())))
        if (auto resolved = resolve(entry, {entry.getSignature(), {}});
            succeeded(resolved))
          function->entries.push_back({entry, resolved->second});
    }
  });
  if (hasFailed)
    return failure();
  weighByProfile();
  return std::move(graph);
}

FailureOr<ViewGraph> ViewGraph::compute(ModuleOp module, World world) {
  std::unique_ptr<TargetInfo> target = lookupTarget(module);
  FailureOr<DefinitionTable> definitions = collectPendingDefinitions(module);
  if (!target || failed(definitions))
    return failure();
  return ViewGraphBuilder(module, world, *target, std::move(*definitions))
      .build();
}
