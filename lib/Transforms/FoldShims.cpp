//===- FoldShims.cpp - rustc's shims in imported modules -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// rustc makes a shim for every fn pointer to a method that could be in a vtable
// (docs/Entries.md). With the whole module in view most of them are not needed.
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Analysis/ViewGraph.h"
#include "kcfi/Encoding/Rust/RustNames.h"
#include "kcfi/IR/KCFIOps.h"
#include "kcfi/Transforms/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFIFOLDSHIMS
#include "kcfi/Transforms/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {
/// A shim, and what it stands for: the function that it calls, if it does no
/// more than that, or whose body rustc's optimiser has copied into it. Without
/// a target, why there is none.
struct Shim {
  LLVM::LLVMFuncOp function, target;
  StringRef obstacle;
};

/// The functions of a module by their demangled names. Different ones may have
/// one name, since that has no hashes.
class RustFunctions {
public:
  explicit RustFunctions(ModuleOp module) : module(module) {}

  ArrayRef<LLVM::LLVMFuncOp> lookup(StringRef path) {
    if (functions.empty())
      module.walk([&](LLVM::LLVMFuncOp function) {
        functions[demangleRustName(function.getSymName())].push_back(function);
      });
    auto it = functions.find(path);
    return it == functions.end() ? ArrayRef<LLVM::LLVMFuncOp>() : it->second;
  }

private:
  ModuleOp module;
  llvm::StringMap<SmallVector<LLVM::LLVMFuncOp, 1>> functions;
};

/// Uses of a function other than by direct calls, and those calls.
struct Uses {
  SmallVector<Operation *> addresses;
  SmallVector<LLVM::CallOp> calls;
  /// The name of an operation that cannot be made to use another symbol.
  std::string obstacle;
};

struct FoldShims : public mlir::kcfi::impl::KCFIFoldShimsBase<FoldShims> {
  using KCFIFoldShimsBase::KCFIFoldShimsBase;
  void runOnOperation() final;

private:
  LogicalResult collectUses();
  /// Lets what uses `shim` use the function or entry `symbol`.
  void redirect(LLVM::LLVMFuncOp shim, StringRef symbol);
  void makeEntry(Shim shim);
  /// Whether nothing outside of the module relies on the id of `target`.
  bool mayRetype(LLVM::LLVMFuncOp target);

  llvm::DenseMap<Operation *, Uses> uses;
  /// The entries of a function, with their ids.
  llvm::DenseMap<std::pair<Operation *, TypeIdAttr>, EntryOp> entries;
};
} // namespace

static TypeIdAttr getId(LLVM::LLVMFuncOp function) {
  return function->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName);
}

static Attribute getSig(LLVM::LLVMFuncOp function) {
  return function->getAttr(KCFIDialect::kSigAttrName);
}

static Type getSignature(LLVM::LLVMFuncOp function) {
  if (auto sig = dyn_cast_or_null<TypeAttr>(getSig(function)))
    return sig.getValue();
  return RawType::get(function.getContext(), getId(function).getValue());
}

/// How shims for fn pointers continue the path of their method. Braces are in
/// no name of a program.
static constexpr StringRef kShimInPath = "::{shim:reify";

/// Whether rustc made the function for a fn pointer.
static bool isReifyShim(LLVM::LLVMFuncOp function) {
  StringRef name = function.getSymName();
  // Spares the demangler most names.
  return name.contains("reify") &&
         StringRef(demangleRustName(name)).contains(kShimInPath);
}

/// Attributes of parameters and results that say how a value is passed.
static bool isPassedAlike(LLVM::LLVMFuncOp a, LLVM::LLVMFuncOp b) {
  auto getPassing = [](DictionaryAttr attrs) {
    SmallVector<NamedAttribute> passing;
    if (attrs)
      for (NamedAttribute attr : attrs)
        if (llvm::is_contained({LLVM::LLVMDialect::getByValAttrName(),
                                LLVM::LLVMDialect::getStructRetAttrName(),
                                LLVM::LLVMDialect::getInRegAttrName(),
                                LLVM::LLVMDialect::getByRefAttrName(),
                                LLVM::LLVMDialect::getNestAttrName(),
                                LLVM::LLVMDialect::getZExtAttrName(),
                                LLVM::LLVMDialect::getSExtAttrName(),
                                LLVM::LLVMDialect::getInAllocaAttrName(),
                                LLVM::LLVMDialect::getPreallocatedAttrName()},
                               attr.getName().getValue()))
          passing.push_back(attr);
    return passing;
  };
  for (unsigned i = 0, e = a.getNumArguments(); i < e; ++i)
    if (getPassing(a.getArgAttrDict(i)) != getPassing(b.getArgAttrDict(i)))
      return false;
  return getPassing(a.getResultAttrDict(0)) ==
         getPassing(b.getResultAttrDict(0));
}

/// Whether calls of the one are calls of the other by type and convention.
static bool isCalledAlike(LLVM::LLVMFuncOp a, LLVM::LLVMFuncOp b) {
  return a.getFunctionType() == b.getFunctionType() &&
         a.getCConv() == b.getCConv() && !a.isVarArg();
}

/// The function that a shim hands all its arguments to, if it does nothing
/// else.
static LLVM::LLVMFuncOp getTarget(LLVM::LLVMFuncOp shim,
                                  SymbolTableCollection &symbolTables) {
  if (shim.isExternal() || !shim.getBody().hasOneBlock())
    return {};
  LLVM::CallOp call;
  for (Operation &op : shim.getBody().front()) {
    if (isa<LLVM::ReturnOp, LLVM::DbgValueOp, LLVM::DbgDeclareOp,
            LLVM::DbgLabelOp>(op))
      continue;
    auto inner = dyn_cast<LLVM::CallOp>(op);
    if (!inner || call)
      return {};
    call = inner;
  }
  auto end = cast<LLVM::ReturnOp>(shim.getBody().front().getTerminator());
  if (!call || !call.getCallee() || !call.getOpBundleOperands().empty() ||
      ValueRange(call.getArgOperands()) !=
          ValueRange(shim.getBody().getArguments()) ||
      ValueRange(end->getOperands()) != ValueRange(call.getResults()))
    return {};
  auto target = symbolTables.lookupNearestSymbolFrom<LLVM::LLVMFuncOp>(
      shim, call.getCalleeAttr());
  // The target must stay while shims go.
  if (!target || isReifyShim(target) || !isCalledAlike(target, shim))
    return {};
  return target;
}

/// A copy of a function without what the inliner adds to a body: scopes that
/// say again that parameters do not alias.
static OwningOpRef<LLVM::LLVMFuncOp> cloneWithoutScopes(LLVM::LLVMFuncOp from) {
  OwningOpRef<LLVM::LLVMFuncOp> copy(from.clone());
  copy->walk([](Operation *op) {
    if (isa<LLVM::NoAliasScopeDeclOp>(op)) {
      op->erase();
    } else if (auto access = dyn_cast<LLVM::AliasAnalysisOpInterface>(op)) {
      access.setAliasScopes(nullptr);
      access.setNoAliasScopes(nullptr);
    }
  });
  return copy;
}

static bool haveSameBody(LLVM::LLVMFuncOp a, LLVM::LLVMFuncOp b) {
  OwningOpRef<LLVM::LLVMFuncOp> copyOfA = cloneWithoutScopes(a),
                                copyOfB = cloneWithoutScopes(b);
  return OperationEquivalence::isRegionEquivalentTo(
      &copyOfA->getBody(), &copyOfB->getBody(),
      OperationEquivalence::IgnoreLocations);
}

/// The method of a shim that has a copy of the method's body instead of a call.
static Shim findMethod(LLVM::LLVMFuncOp shim, RustFunctions &functions) {
  std::string path = demangleRustName(shim.getSymName());
  path.resize(path.find(kShimInPath));
  bool isDefined = false;
  for (LLVM::LLVMFuncOp method : functions.lookup(path)) {
    if (method.isExternal())
      continue;
    isDefined = true;
    if (isCalledAlike(method, shim) && haveSameBody(shim, method))
      return {shim, method, ""};
  }
  if (isDefined)
    return {shim, {}, "it does more than to call a function"};
  return {shim, {}, "its method is nowhere else in the module"};
}

LogicalResult FoldShims::collectUses() {
  ModuleOp module = getOperation();
  SymbolTableCollection symbolTables;
  auto lookup = [&](Operation *from, SymbolRefAttr symbol) {
    return symbolTables.lookupNearestSymbolFrom(from, symbol);
  };
  LogicalResult enumerated =
      forEachAddressUse(module, [&](const SymbolTable::SymbolUse &use) {
        Operation *user = use.getUser();
        Operation *symbol = lookup(user, use.getSymbolRef());
        if (!symbol)
          return;
        Uses &entry = uses[symbol];
        // An alias may stand for a function only.
        if (isa<LLVM::AliasOp>(user->getParentOp()))
          entry.obstacle = LLVM::AliasOp::getOperationName();
        else if (isa<LLVM::AddressOfOp, AddressOfOp>(user))
          entry.addresses.push_back(user);
        else
          entry.obstacle = user->getName().getStringRef();
      });
  if (failed(enumerated))
    return failure();
  module.walk([&](Operation *op) {
    if (auto call = dyn_cast<LLVM::CallOp>(op); call && call.getCallee()) {
      if (Operation *callee = lookup(op, call.getCalleeAttr()))
        uses[callee].calls.push_back(call);
    } else if (auto invoke = dyn_cast<LLVM::InvokeOp>(op);
               invoke && invoke.getCallee()) {
      if (Operation *callee = lookup(op, invoke.getCalleeAttr()))
        uses[callee].obstacle = op->getName().getStringRef();
    } else if (auto carried = dyn_cast<CarriedBodiesOp>(op)) {
      for (NamedAttribute symbol : carried.getSymbols())
        if (Operation *function =
                lookup(op, cast<SymbolRefAttr>(symbol.getValue())))
          uses[function].obstacle = op->getName().getStringRef();
    }
  });
  return success();
}

bool FoldShims::mayRetype(LLVM::LLVMFuncOp target) {
  switch (world) {
  case World::Symbols:
    return hasLocalLinkage(target);
  case World::Open:
    return false;
  case World::Closed:
    return hasLocalLinkage(target) ||
           target.getLinkage() == LLVM::Linkage::External;
  }
  llvm_unreachable("unknown world");
}

void FoldShims::redirect(LLVM::LLVMFuncOp shim, StringRef symbol) {
  Uses &of = uses[shim];
  for (Operation *address : of.addresses) {
    if (auto view = dyn_cast<AddressOfOp>(address))
      view.setCallee(symbol);
    else
      cast<LLVM::AddressOfOp>(address).setGlobalName(symbol);
  }
  for (LLVM::CallOp call : of.calls)
    call.setCallee(symbol);
}

void FoldShims::makeEntry(Shim shim) {
  MLIRContext *context = &getContext();
  TypeIdAttr id = getId(shim.function);
  Type signature = getSignature(shim.function);
  OpBuilder builder(shim.function);
  // In a program of several crates each may have a shim of its own.
  EntryOp &entry = entries[{shim.target, id}];
  if (!entry) {
    entry = EntryOp::create(
        builder, shim.function.getLoc(), builder.getStringAttr("private"),
        shim.function.getSymNameAttr(),
        FlatSymbolRefAttr::get(shim.target.getSymNameAttr()),
        TypeAttr::get(signature), EntryFormAttr::get(context, form),
        builder.getI32IntegerAttr(alignment), /*because=*/ArrayAttr());
    entry->setAttr(KCFIDialect::kTypeIdAttrName, id);
  }
  StringRef name = entry.getSymName();
  // Direct calls need no check.
  for (LLVM::CallOp call : uses[shim.function].calls)
    call.setCallee(shim.target.getSymName());
  for (Operation *address : uses[shim.function].addresses) {
    auto untyped = dyn_cast<LLVM::AddressOfOp>(address);
    if (!untyped) {
      cast<AddressOfOp>(address).setCallee(name);
      continue;
    }
    builder.setInsertionPoint(untyped);
    auto view = AddressOfOp::create(builder, untyped.getLoc(),
                                    FnPtrType::get(context, signature), name);
    auto cast = CastOp::create(
        builder, untyped.getLoc(), untyped.getType(),
        CastReasonAttr::get(context, CastReason::Unchecked), view);
    untyped.replaceAllUsesWith(cast.getResult());
    untyped.erase();
  }
  shim.function.erase();
}

void FoldShims::runOnOperation() {
  ModuleOp module = getOperation();
  if (!isEntryAlignment(alignment)) {
    module.emitError() << "option 'alignment' needs a power of two up to 1024, "
                          "found "
                       << alignment.getValue();
    return signalPassFailure();
  }
  SymbolTableCollection symbolTables;
  RustFunctions functions(module);
  SmallVector<Shim> found;
  llvm::DenseMap<Operation *, llvm::SmallSetVector<TypeIdAttr, 1>> shimIdsOf;
  module.walk([&](LLVM::LLVMFuncOp function) {
    if (!isReifyShim(function))
      return;
    LLVM::LLVMFuncOp target = getTarget(function, symbolTables);
    found.push_back(target ? Shim{function, target, ""}
                           : findMethod(function, functions));
    if (found.back().target)
      shimIdsOf[found.back().target].insert(getId(function));
  });
  if (found.empty())
    return markAllAnalysesPreserved();
  if (failed(collectUses()))
    return signalPassFailure();
  for (auto entry : module.getOps<EntryOp>())
    if (auto function = symbolTables.lookupNearestSymbolFrom<LLVM::LLVMFuncOp>(
            entry, entry.getCalleeAttr()))
      if (auto id =
              entry->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName))
        entries.try_emplace({function, id}, entry);

  unsigned numSame = 0, numMoved = 0, numEntries = 0, numKept = 0;
  for (Shim shim : found) {
    LLVM::LLVMFuncOp function = shim.function, target = shim.target;
    auto say = [&](StringRef what, const Twine &why) {
      remark::passed(function.getLoc(),
                     remark::RemarkOpts::name("Shim").category("kcfi"))
          << remark::metric("Function", demangleRustName(function.getSymName()))
          << remark::metric("Fate", what)
          << remark::metric("Reason", why.str());
    };
    auto keep = [&](const Twine &why) {
      ++numKept;
      say("kept", why);
    };
    if (!target) {
      keep(shim.obstacle);
      continue;
    }
    Uses &own = uses[function], &ofTarget = uses[target];
    TypeIdAttr id = getId(function), targetId = getId(target);
    bool isLocal = hasLocalLinkage(function) &&
                   function.getUnnamedAddr() == LLVM::UnnamedAddr::Global;
    if (!id || !targetId) {
      keep("it or its target has no type id");
    } else if (!isLocal) {
      keep("its address is visible or compared");
    } else if (!own.obstacle.empty()) {
      keep("'" + own.obstacle + "' uses it");
    } else if (!isPassedAlike(function, target)) {
      keep("its target gets arguments in another way");
    } else if (id == targetId && getSig(function) == getSig(target)) {
      ++numSame;
      say("removed", "its target has the same type id");
      redirect(function, target.getSymName());
      llvm::append_range(ofTarget.addresses, own.addresses);
      llvm::append_range(ofTarget.calls, own.calls);
      function.erase();
    } else if (mayRetype(target) && !target.isExternal() &&
               ofTarget.addresses.empty() && ofTarget.obstacle.empty() &&
               !target->hasAttr(KCFIDialect::kAddressTakenAttrName) &&
               shimIdsOf[target].size() == 1) {
      ++numMoved;
      say("removed", "nothing needs the type id of its target");
      target->setAttr(KCFIDialect::kTypeIdAttrName, id);
      if (Attribute sig = getSig(function))
        target->setAttr(KCFIDialect::kSigAttrName, sig);
      redirect(function, target.getSymName());
      function.erase();
    } else if (!isOwnDefinition(target)) {
      keep("its target is defined elsewhere or may be replaced");
    } else if (EntryOp entry = entries.lookup({target, id});
               entry && entry.getSignature() != getSignature(function)) {
      keep("its target has an entry of another signature with its type id");
    } else {
      ++numEntries;
      say("entry", "its target is used with both type ids");
      makeEntry(shim);
    }
  }
  remark::analysis(module.getLoc(),
                   remark::RemarkOpts::name("Shims").category("kcfi"))
      << remark::metric("Shims", static_cast<unsigned>(found.size()))
      << remark::metric("SameId", numSame)
      << remark::metric("Retyped", numMoved)
      << remark::metric("Entries", numEntries)
      << remark::metric("Kept", numKept);
}
