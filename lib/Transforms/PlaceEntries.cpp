//===- PlaceEntries.cpp - Extra entries of functions -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/ClassMerging.h"
#include "kcfi/Analysis/EntryPlacement.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Analysis/ViewGraph.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/IdMap.h"
#include "kcfi/IR/ModuleOptions.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/IR/SignatureCarrier.h"
#include "kcfi/Transforms/Passes.h"
#include "mlir/IR/Remarks.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFIPLACEENTRIES
#include "kcfi/Transforms/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

/// Whether rustc makes a shim of a function of this kind for every fn pointer:
/// rules 2 to 4 of its `resolve_for_fn_ptr` (docs/Entries.md). Rule 1 is about
/// `#[track_caller]`, where the shim is a function of its own.
static bool isReified(RustCallableAttr callable) {
  if (!callable)
    return false;
  switch (callable.getKind()) {
  case RustCallableKind::VirtualMethod:
  case RustCallableKind::Closure:
  case RustCallableKind::Coroutine:
  case RustCallableKind::ByMoveCoroutine:
  case RustCallableKind::AsyncClosure:
    return true;
  case RustCallableKind::ImplMethod:
  case RustCallableKind::ProvidedMethod:
  case RustCallableKind::FnPtrShim:
    // The trait is dyn-compatible, if not the method.
    return static_cast<bool>(callable.getObject());
  case RustCallableKind::Item:
  case RustCallableKind::Constructor:
  case RustCallableKind::InherentMethod:
  case RustCallableKind::AsyncClosureShim:
  case RustCallableKind::DropGlue:
  case RustCallableKind::VTableShim:
  case RustCallableKind::ClosureOnceShim:
  case RustCallableKind::CloneShim:
  case RustCallableKind::ReifyFnPtrShim:
  case RustCallableKind::ReifyVTableShim:
  case RustCallableKind::ThreadLocalShim:
  case RustCallableKind::Intrinsic:
  case RustCallableKind::Foreign:
  case RustCallableKind::DeclaredReifyShim:
    return false;
  }
  llvm_unreachable("unknown kind of callable");
}

/// What the policy makes of each function's own id.
static bool isPinnedBy(EntryPolicy policy) {
  switch (policy) {
  case EntryPolicy::AllVirtual:
  case EntryPolicy::VTableSubset:
  case EntryPolicy::Reify:
    return true;
  case EntryPolicy::Minimal:
  case EntryPolicy::None:
    return false;
  }
  llvm_unreachable("unknown policy");
}

static bool isOwnIdThatOfSignature(EntryPolicy policy) {
  return policy == EntryPolicy::AllVirtual ||
         policy == EntryPolicy::VTableSubset;
}

static bool wantsEntry(const FunctionView &view, RustCallableAttr callable,
                       EntryPolicy policy) {
  switch (policy) {
  case EntryPolicy::AllVirtual:
    return view.kind == ViewKind::Slot || view.kind == ViewKind::DropSlot;
  case EntryPolicy::Reify:
    return view.kind == ViewKind::FnPointer && isReified(callable);
  case EntryPolicy::VTableSubset:
  case EntryPolicy::Minimal:
  case EntryPolicy::None:
    return false;
  }
  llvm_unreachable("unknown policy");
}

static StringRef getPolicyName(EntryPolicy policy) {
  switch (policy) {
  case EntryPolicy::AllVirtual:
    return "all-virtual";
  case EntryPolicy::VTableSubset:
    return "vtable-subset";
  case EntryPolicy::Reify:
    return "reify";
  case EntryPolicy::Minimal:
    return "minimal";
  case EntryPolicy::None:
    return "none";
  }
  llvm_unreachable("unknown policy");
}

namespace {
struct PlaceEntries
    : public mlir::kcfi::impl::KCFIPlaceEntriesBase<PlaceEntries> {
  using KCFIPlaceEntriesBase::KCFIPlaceEntriesBase;
  void runOnOperation() final;

private:
  /// The function as plain data, with what the policy says.
  PlacementFunction getProblem(const ViewedFunction &function) const;
  /// Merges classes as far as `max-class-growth` allows, in `graph` and by an
  /// attribute of the module.
  LogicalResult mergeClasses(ViewGraph &graph);
  /// An error if the policy forbids what is needed.
  LogicalResult verify(const ViewedFunction &function,
                       const Placement &placement) const;
  void place(const ViewedFunction &function, const PlacementFunction &problem,
             const Placement &placement);
  EntryOp createEntry(const ViewedFunction &function, const PlacedEntry &placed,
                      const FunctionView &view, Operation *previous);

  /// Of the run: a pass must be copyable.
  SymbolTableCollection *symbolTables = nullptr;
};
} // namespace

PlacementFunction
PlaceEntries::getProblem(const ViewedFunction &function) const {
  auto callable = function.op->getAttrOfType<RustCallableAttr>(
      KCFIDialect::kCallableAttrName);
  bool isSignatureOwn = isOwnIdThatOfSignature(policy) &&
                        !function.op->hasAttr(KCFIDialect::kTypeIdAttrName);
  PlacementFunction problem;
  problem.ownId = isSignatureOwn ? function.signatureId : function.ownId;
  problem.isPinned = function.isPinned() || isPinnedBy(policy);
  for (const FunctionView &view : function.views)
    problem.views.push_back({view.isOfOwnId() ? problem.ownId : view.id,
                             view.weight, wantsEntry(view, callable, policy)});
  return problem;
}

LogicalResult PlaceEntries::verify(const ViewedFunction &function,
                                   const Placement &placement) const {
  if (policy != EntryPolicy::None || placement.entries.empty())
    return success();
  const PlacedEntry &placed = placement.entries.front();
  const FunctionView &view = function.views[placed.view];
  const FunctionView &other = function.views[*placed.other];
  InFlightDiagnostic diag =
      function.op->emitError()
      << "needs an extra entry, which policy 'none' does not make: it is "
         "called as '"
      << getReadableType(view.signature) << "' and as '"
      << getReadableType(other.signature) << "'";
  diag.attachNote(view.op->getLoc()) << "one view: " << view.str();
  diag.attachNote(other.op->getLoc()) << "the other view: " << other.str();
  return diag;
}

/// Ids of classes that something besides the module's own signatures relies on.
static FailureOr<IdSet> collectFixedClasses(ModuleOp module,
                                            const ViewGraph &graph) {
  IdSet fixed;
  for (const ViewedFunction &function : graph.functions)
    for (const FunctionView &view : function.views)
      if (view.kind == ViewKind::Outside)
        fixed.insert(view.id);
  std::unique_ptr<TargetInfo> target = lookupTarget(module);
  FailureOr<DefinitionTable> definitions = collectPendingDefinitions(module);
  if (!target || failed(definitions))
    return failure();
  TypeIdCache ids = makeTypeIdCache(module, *target, std::move(*definitions));
  auto insert = [&](Type signature) {
    if (llvm::Expected<TypeIdAttr> id = ids.getTypeId(signature))
      fixed.insert(id->getValue());
    else // Nobody can check for it either.
      llvm::consumeError(id.takeError());
  };
  module.walk([&](Operation *op) {
    SignatureCarrier carrier = SignatureCarrier::get(op);
    if (TypeIdAttr id = carrier ? carrier.getTypeId() : TypeIdAttr())
      fixed.insert(id.getValue());
    // Its id becomes a symbol.
    if (auto signature = dyn_cast<SignatureOp>(op))
      insert(signature.getType());
    // A function that is defined elsewhere may call what it gets.
    auto function = dyn_cast<FunctionOpInterface>(op);
    if (!function || !function.isExternal())
      return;
    if (auto sig = op->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName))
      sig.getValue().walk([&](Type type) {
        if (isa<FnType>(type))
          insert(type);
        else if (auto pointer = dyn_cast<RustFnType>(type))
          insert(getCallSignature(pointer));
      });
  });
  return fixed;
}

LogicalResult PlaceEntries::mergeClasses(ViewGraph &graph) {
  ModuleOp module = getOperation();
  FailureOr<IdSet> fixed = collectFixedClasses(module, graph);
  if (failed(fixed))
    return failure();
  std::vector<PlacementFunction> problems;
  IdMap<Type> signatures;
  for (const ViewedFunction &function : graph.functions) {
    problems.push_back(getProblem(function));
    signatures.try_emplace(function.ownId, function.ownSignature);
    for (const FunctionView &view : function.views)
      signatures.try_emplace(view.id, view.signature);
  }
  SmallVector<Attribute> pairs;
  if (auto present =
          module->getAttrOfType<ArrayAttr>(KCFIDialect::kMergedClassesAttrName))
    llvm::append_range(pairs, present);
  OpBuilder builder(&getContext());
  SmallVector<ClassMerge> merges = kcfi::mergeClasses(
      problems, *fixed, static_cast<unsigned>(maxClassGrowth));
  for (const ClassMerge &merge : merges) {
    ++numMerges;
    Type from = signatures[merge.from], into = signatures[merge.into];
    pairs.push_back(builder.getTypeArrayAttr({from, into}));
    remark::passed(module.getLoc(),
                   remark::RemarkOpts::name("MergedClasses").category("kcfi"))
        << remark::metric("From", getReadableType(from))
        << remark::metric("Into", getReadableType(into))
        << remark::metric("EntriesSaved", merge.saved)
        << remark::metric("FromReached", merge.fromSize)
        << remark::metric("IntoReached", merge.intoSize)
        << remark::metric("Reached", merge.size);
  }
  if (!pairs.empty())
    module->setAttr(KCFIDialect::kMergedClassesAttrName,
                    builder.getArrayAttr(pairs));

  // From the last merge, so that one lookup tells what an id becomes.
  IdMap<uint32_t> replacements;
  auto replace = [&](uint32_t &id) {
    if (auto it = replacements.find(id); it != replacements.end())
      id = it->second;
  };
  for (ClassMerge merge : llvm::reverse(merges)) {
    replace(merge.into);
    replacements[merge.from] = merge.into;
  }
  for (ViewedFunction &function : graph.functions) {
    replace(function.ownId);
    replace(function.signatureId);
    for (FunctionView &view : function.views)
      replace(view.id);
    for (ViewedFunction::Entry &entry : function.entries)
      replace(entry.id);
  }
  return success();
}

/// The last part of an entry's name.
static std::string getSuffix(const FunctionView &view) {
  switch (view.kind) {
  case ViewKind::FnPointer:
    return ".as.fn";
  case ViewKind::Slot: {
    MethodOp method = view.method;
    auto trait = cast<TraitOp>(method->getParentOp());
    return (".as." + trait.getSymName() + "." + method.getSymName()).str();
  }
  case ViewKind::DropSlot:
    return ".as.drop";
  case ViewKind::Untyped:
  case ViewKind::Outside:
    break;
  }
  llvm_unreachable("these views are on the function itself");
}

EntryOp PlaceEntries::createEntry(const ViewedFunction &function,
                                  const PlacedEntry &placed,
                                  const FunctionView &view,
                                  Operation *previous) {
  StringAttr callee = SymbolTable::getSymbolName(function.op);
  std::string reason = placed.other
                           ? function.views[*placed.other].str()
                           : ("policy '" + getPolicyName(policy) + "'").str();
  // There is nothing here that could be copied or have an id in front of it.
  EntryForm chosen = isOwnDefinition(function.op) ? form : EntryForm::Jump;
  OpBuilder builder(&getContext());
  auto entry = EntryOp::create(
      builder, view.op->getLoc(), builder.getStringAttr("private"),
      builder.getStringAttr(callee.getValue() + getSuffix(view)),
      FlatSymbolRefAttr::get(callee), TypeAttr::get(view.signature),
      EntryFormAttr::get(&getContext(), chosen),
      builder.getI32IntegerAttr(alignment),
      builder.getStrArrayAttr({view.str(), reason}));
  symbolTables->getSymbolTable(SymbolTable::getNearestSymbolTable(function.op))
      .insert(entry, std::next(Block::iterator(previous)));
  ++numEntries;
  remark::passed(view.op->getLoc(), remark::RemarkOpts::name("ExtraEntry")
                                        .category("kcfi")
                                        .function(entry.getCallee()))
      << remark::metric("Entry", entry.getSymName())
      << remark::metric("Form", stringifyEntryForm(chosen))
      << remark::metric("Type", getReadableType(view.signature))
      << remark::metric("View", view.str()) << remark::metric("Other", reason);
  return entry;
}

/// Lets a view refer to `symbol`.
static void redirect(const FunctionView &view, FlatSymbolRefAttr symbol) {
  switch (view.kind) {
  case ViewKind::FnPointer:
    return cast<AddressOfOp>(view.op).setCalleeAttr(symbol);
  case ViewKind::Slot: {
    auto vtable = cast<VTableOp>(view.op);
    SmallVector<Attribute> slots(vtable.getSlots().getValue());
    slots[view.slot] = symbol;
    return vtable.setSlotsAttr(ArrayAttr::get(vtable.getContext(), slots));
  }
  case ViewKind::DropSlot:
    return cast<VTableOp>(view.op).setDropAttr(symbol);
  case ViewKind::Untyped:
  case ViewKind::Outside:
    return;
  }
  llvm_unreachable("unknown kind of view");
}

void PlaceEntries::place(const ViewedFunction &function,
                         const PlacementFunction &problem,
                         const Placement &placement) {
  if (placement.primaryId != function.ownId) {
    Type primary = function.signature;
    if (placement.primaryId != function.signatureId)
      primary = llvm::find_if(function.views, [&](const FunctionView &view) {
                  return view.id == placement.primaryId;
                })->signature;
    function.op->setAttr(KCFIDialect::kEntrySigAttrName,
                         TypeAttr::get(primary));
  }

  SmallVector<EntryOp> entries;
  Operation *previous = function.op;
  for (const PlacedEntry &placed : placement.entries) {
    // A fn pointer has exactly the signature of what it points to; slots do not
    // care which of the class it is.
    const FunctionView *view = &function.views[placed.view];
    for (const FunctionView &other : function.views)
      if (other.id == placed.id && other.kind == ViewKind::FnPointer &&
          !other.entry) {
        view = &other;
        break;
      }
    const ViewedFunction::Entry *present = llvm::find_if(
        function.entries, [&](const ViewedFunction::Entry &entry) {
          EntryOp op = entry.op;
          return entry.id == placed.id &&
                 (view->kind != ViewKind::FnPointer ||
                  op.getSignature() == view->signature);
        });
    if (present == function.entries.end())
      entries.push_back(createEntry(function, placed, *view, previous));
    else
      entries.push_back(present->op);
    previous = entries.back();
  }

  for (auto [view, wish] : llvm::zip_equal(function.views, problem.views)) {
    std::optional<unsigned> index = placement.getEntry(wish);
    Type signature =
        index ? entries[*index].getSignature() : function.signature;
    // It has another way to its class, which an earlier run or a front end
    // made.
    if (view.kind == ViewKind::FnPointer && signature != view.signature)
      continue;
    redirect(view,
             index ? FlatSymbolRefAttr::get(entries[*index].getSymNameAttr())
                   : FlatSymbolRefAttr::get(
                         SymbolTable::getSymbolName(function.op)));
  }
}

/// Erases entries that an earlier run has made and that are not used any more.
static LogicalResult eraseUnused(ModuleOp module, const ViewGraph &graph) {
  if (llvm::all_of(graph.functions, [](const ViewedFunction &function) {
        return function.entries.empty();
      }))
    return success();
  FailureOr<llvm::StringSet<>> used = findAddressTaken(module);
  if (failed(used))
    return failure();
  for (const ViewedFunction &function : graph.functions)
    for (const ViewedFunction::Entry &entry : function.entries)
      if (EntryOp op = entry.op;
          op.isPrivate() && op.getBecause() && !used->contains(op.getSymName()))
        op.erase();
  return success();
}

void PlaceEntries::runOnOperation() {
  ModuleOp module = getOperation();
  if (!isEntryAlignment(alignment)) {
    module.emitError() << "option 'alignment' needs a power of two up to 1024, "
                          "found "
                       << alignment.getValue();
    return signalPassFailure();
  }
  if (!hasSignatures(module))
    return markAllAnalysesPreserved();
  FailureOr<ViewGraph> graph = ViewGraph::compute(module, world);
  if (failed(graph))
    return signalPassFailure();

  unsigned bound = 0;
  for (const ViewedFunction &function : graph->functions)
    bound += getLowerBound(function.getProblem());
  if (maxClassGrowth >= 0) {
    if (world != World::Closed || isPinnedBy(policy)) {
      module.emitError("'max-class-growth' changes ids that other modules or "
                       "the policy rely on: it needs 'world=closed' and policy "
                       "'minimal' or 'none'");
      return signalPassFailure();
    }
    if (failed(mergeClasses(*graph)))
      return signalPassFailure();
  }

  std::vector<PlacementFunction> problems;
  std::vector<Placement> placements;
  bool hasFailed = false;
  unsigned views = 0, viewed = 0, achieved = 0;
  for (const ViewedFunction &function : graph->functions) {
    problems.push_back(getProblem(function));
    placements.push_back(placeEntries(problems.back()));
    hasFailed |= failed(verify(function, placements.back()));
    views += function.views.size();
    viewed += !function.views.empty();
    achieved += placements.back().entries.size();
  }
  // Nothing is changed if there is an error.
  if (hasFailed)
    return signalPassFailure();
  SymbolTableCollection tables;
  symbolTables = &tables;
  for (auto [function, problem, placement] :
       llvm::zip_equal(graph->functions, problems, placements))
    place(function, problem, placement);
  symbolTables = nullptr;
  if (failed(eraseUnused(module, *graph)))
    return signalPassFailure();

  remark::analysis(module.getLoc(),
                   remark::RemarkOpts::name("Entries").category("kcfi"))
      << remark::metric("Policy", getPolicyName(policy))
      << remark::metric("Functions", viewed) << remark::metric("Views", views)
      << remark::metric("Bound", bound)
      << remark::metric("ExtraEntries", achieved);
}
