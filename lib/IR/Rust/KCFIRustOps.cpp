//===- KCFIRustOps.cpp - Trait objects and closures -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/KCFIOps.h"
#include "kcfi/IR/MachineTypes.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/IR/Rust/VTableLayout.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// What several operations check
//===----------------------------------------------------------------------===//

static LogicalResult emitAt(Operation *op, Operation *symbol,
                            const Twine &text) {
  InFlightDiagnostic diag = op->emitOpError() << text.str();
  diag.attachNote(symbol->getLoc()) << "symbol is here";
  return failure();
}

/// Looks up what `symbol` names from where `op` is; null after an error. `what`
/// it has to be is "a trait" and so on.
template <typename OpT>
static OpT lookup(Operation *op, SymbolRefAttr symbol,
                  SymbolTableCollection &symbolTables, StringRef what) {
  // A trait is a symbol table of its own.
  Operation *found = symbolTables.lookupNearestSymbolFrom(
      isa<TraitOp>(op) ? op->getParentOp() : op, symbol);
  if (!found) {
    op->emitOpError() << "symbol '" << symbol << "' is not defined";
    return {};
  }
  auto result = dyn_cast<OpT>(found);
  if (!result) {
    InFlightDiagnostic diag = op->emitOpError()
                              << "'" << symbol << "' is not " << what;
    diag.attachNote(found->getLoc()) << "symbol is here";
  }
  return result;
}

/// Looks up a trait that has objects; null after an error.
static TraitOp lookupObjectTrait(Operation *op, SymbolRefAttr symbol,
                                 SymbolTableCollection &symbolTables) {
  auto trait = lookup<TraitOp>(op, symbol, symbolTables, "a trait");
  if (!trait || trait.getDynCompatible())
    return trait;
  (void)emitAt(op, trait,
               "trait '@" + trait.getSymName() +
                   "' is not dyn-compatible, so it has no vtables");
  return {};
}

/// Looks up a function whose signature is known; null after an error.
static FunctionOpInterface lookupFunction(Operation *op, SymbolRefAttr symbol,
                                          SymbolTableCollection &symbolTables) {
  auto function =
      lookup<FunctionOpInterface>(op, symbol, symbolTables, "a function");
  if (!function || function->hasAttr(KCFIDialect::kSigAttrName))
    return function;
  (void)emitAt(op, function,
               "function '@" + symbol.getLeafReference().getValue() +
                   "' has no 'kcfi.sig': its signature is not known");
  return {};
}

/// Looks up the body of a closure, and the closure's type; null after an error.
static FunctionOpInterface lookupBody(Operation *op, SymbolRefAttr symbol,
                                      SymbolTableCollection &symbolTables,
                                      RustClosureType &closure) {
  FunctionOpInterface body = lookupFunction(op, symbol, symbolTables);
  if (!body)
    return {};
  closure = getClosureType(body);
  if (closure)
    return body;
  (void)emitAt(
      op, body,
      "function '@" + symbol.getLeafReference().getValue() +
          "' is not the body of a closure: it has no 'kcfi.callable' of kind "
          "'closure', or its first parameter is no closure");
  return {};
}

RustClosureType mlir::kcfi::getClosureType(FunctionOpInterface body) {
  auto callable =
      body->getAttrOfType<RustCallableAttr>(KCFIDialect::kCallableAttrName);
  auto sig = body->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName);
  auto fn = sig ? dyn_cast<RustFnType>(sig.getValue()) : RustFnType();
  if (!callable || callable.getKind() != RustCallableKind::Closure || !fn ||
      fn.getParams().empty())
    return {};
  Type self = fn.getParams().front();
  if (auto ref = dyn_cast<RustRefType>(self))
    self = ref.getReferent();
  return dyn_cast<RustClosureType>(self);
}

bool mlir::kcfi::mentionsSelf(Type type) {
  return type
      .walk([](RustParamType param) {
        return param.getName() == "Self" ? WalkResult::interrupt()
                                         : WalkResult::advance();
      })
      .wasInterrupted();
}

static LogicalResult verifyDrop(Operation *op, SymbolRefAttr drop,
                                TraitOp trait,
                                SymbolTableCollection &symbolTables) {
  if (!isa_and_present<EntryOp>(
          symbolTables.lookupNearestSymbolFrom(op, drop)) &&
      !lookupFunction(op, drop, symbolTables))
    return failure();
  if (trait.getDrop())
    return success();
  return emitAt(op, trait,
                "has drop glue, but trait '@" + trait.getSymName() +
                    "' does not say the signature that it is called with");
}

static LogicalResult verifyLayout(Operation *op, int64_t size, int64_t align) {
  if (size < 0)
    return op->emitOpError() << "size " << size << " is negative";
  if (!llvm::isPowerOf2_64(align))
    return op->emitOpError()
           << "alignment " << align << " is not a power of two";
  return success();
}

static LogicalResult verifyRustType(Operation *op, Type type) {
  if (isComponent(type, TypeFamily::Rust))
    return success();
  return op->emitOpError() << "is for a Rust type, found " << type;
}

//===----------------------------------------------------------------------===//
// TraitOp
//===----------------------------------------------------------------------===//

LogicalResult TraitOp::verify() {
  bool hasPrincipal = false;
  for (auto predicate :
       getObject().getPredicates().getAsRange<RustPredicateAttr>()) {
    hasPrincipal |= predicate.getKind() == RustPredicateKind::Trait;
    if (predicate.getKind() == RustPredicateKind::Auto)
      return emitOpError() << "has an auto trait in the type of its object, '"
                           << getReadableType(getObject())
                           << "': vtables do not depend on these";
  }
  if (!hasPrincipal)
    return emitOpError() << "has no trait in the type of its object, '"
                         << getReadableType(getObject()) << "'";
  if (std::optional<RustFnType> drop = getDrop())
    if (drop->getParams().size() != 1 || !drop->getZstParams().empty())
      return emitOpError() << "has the drop signature '"
                           << getReadableType(*drop)
                           << "': drop glue has one parameter";
  return success();
}

LogicalResult TraitOp::verifyRegions() {
  for (Operation &op : *getBodyRegion().begin())
    if (!isa<MethodOp>(op)) {
      InFlightDiagnostic diag = emitOpError()
                                << "may contain 'kcfi.method' only";
      diag.attachNote(op.getLoc()) << "'" << op.getName() << "' is here";
      return diag;
    }
  return success();
}

LogicalResult TraitOp::verifySymbolUses(SymbolTableCollection &symbolTables) {
  ArrayAttr supertraits = getSupertraitsAttr();
  if (!supertraits)
    return success();
  for (auto symbol : supertraits.getAsRange<FlatSymbolRefAttr>()) {
    auto supertrait = lookup<TraitOp>(*this, symbol, symbolTables, "a trait");
    if (!supertrait)
      return failure();
    if (getDynCompatible() && !supertrait.getDynCompatible())
      return emitAt(*this, supertrait,
                    "is dyn-compatible, but its supertrait '@" +
                        supertrait.getSymName() + "' is not");
    if (VTableLayout(supertrait, symbolTables).contains(*this))
      return emitAt(*this, supertrait,
                    "is a supertrait of its supertrait '@" +
                        supertrait.getSymName() + "'");
    for (auto predicate :
         supertrait.getObject().getPredicates().getAsRange<RustPredicateAttr>())
      if (predicate.getKind() == RustPredicateKind::Projection &&
          !llvm::is_contained(getObject().getPredicates(), predicate))
        return emitAt(*this, supertrait,
                      "lacks the associated type '" +
                          predicate.getItem().getName() +
                          "' of its supertrait '@" + supertrait.getSymName() +
                          "' in the type of its object, '" +
                          getReadableType(getObject()) + "'");
  }
  return success();
}

//===----------------------------------------------------------------------===//
// MethodOp
//===----------------------------------------------------------------------===//

LogicalResult MethodOp::verify() {
  if (!getVtableSafe())
    return success();
  auto trait = cast<TraitOp>((*this)->getParentOp());
  if (!trait.getDynCompatible())
    return emitOpError() << "is 'vtable_safe', but its trait is not "
                            "dyn-compatible and has no vtables";
  RustFnType signature = getSignature();
  ArrayRef<Type> params = signature.getParams();
  if (params.empty() || !mentionsSelf(params.front()))
    return emitOpError() << "is 'vtable_safe', but '"
                         << getReadableType(signature)
                         << "' has no receiver: its first parameter must "
                            "contain 'rs.param<\"Self\">'";
  if (llvm::is_contained(signature.getZstParams(), 0u))
    return emitOpError() << "is 'vtable_safe': its receiver is passed and must "
                            "not be marked 'zst'";
  if (mentionsSelf(signature.getResult()) ||
      llvm::any_of(params.drop_front(), mentionsSelf))
    return emitOpError() << "is 'vtable_safe', but '"
                         << getReadableType(signature)
                         << "' mentions 'Self' behind the receiver";
  return success();
}

CheckedCallee MethodOp::getVirtualCallee() {
  if (auto entry =
          (*this)->getAttrOfType<TypeAttr>(KCFIDialect::kEntrySigAttrName))
    return {entry.getValue(), {}};
  auto trait = cast<TraitOp>((*this)->getParentOp());
  return {getSignature(),
          RustCallableAttr::get(getContext(), RustCallableKind::VirtualMethod,
                                trait.getObject(),
                                getSignature().getParams().front())};
}

//===----------------------------------------------------------------------===//
// VTableOp
//===----------------------------------------------------------------------===//

LogicalResult VTableOp::verify() {
  for (Attribute slot : getSlots())
    if (!isa<FlatSymbolRefAttr, UnitAttr>(slot))
      return emitOpError() << "slots are symbols or 'vacant', found " << slot;
  if (failed(verifyRustType(*this, getType())))
    return failure();
  return verifyLayout(*this, getSize(), getAlign());
}

LogicalResult VTableOp::verifySymbolUses(SymbolTableCollection &symbolTables) {
  TraitOp trait = lookupObjectTrait(*this, getTraitAttr(), symbolTables);
  if (!trait)
    return failure();
  if (getDropAttr() &&
      failed(verifyDrop(*this, getDropAttr(), trait, symbolTables)))
    return failure();
  VTableLayout layout(trait, symbolTables);
  ArrayRef<VTableEntry> entries = layout.getEntries();
  if (entries.size() != getSlots().size())
    return emitOpError() << "has " << getSlots().size()
                         << " slot(s), the layout of trait '@"
                         << trait.getSymName() << "' has " << entries.size();
  for (auto [index, slot] : llvm::enumerate(getSlots())) {
    VTableEntry entry = entries[index];
    auto symbol = dyn_cast<FlatSymbolRefAttr>(slot);
    std::string place =
        "slot " + std::to_string(index) + " of '@" + getSymName().str() + "'";
    if (MethodOp method = entry.method) {
      if (!symbol)
        continue; // vacant
      Operation *found = symbolTables.lookupNearestSymbolFrom(*this, symbol);
      if (isa_and_present<EntryOp>(found))
        continue;
      if (found && !isa<FunctionOpInterface>(found))
        return emitAt(*this, found,
                      place + " is for method '@" + entry.trait.getSymName() +
                          "::@" + method.getSymName() + "', '@" +
                          symbol.getValue() + "' is not a function");
      if (!lookupFunction(*this, symbol, symbolTables))
        return failure();
      continue;
    }
    auto vtable =
        symbol ? symbolTables.lookupNearestSymbolFrom<VTableOp>(*this, symbol)
               : VTableOp();
    if (!vtable || vtable.getTrait() != entry.trait.getSymName() ||
        vtable.getType() != getType())
      return emitOpError() << place << " is for the vtable of '"
                           << getReadableType(getType()) << "' for trait '@"
                           << entry.trait.getSymName() << "', found "
                           << (symbol
                                   ? slot
                                   : StringAttr::get(getContext(), "vacant"));
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Uses of vtables
//===----------------------------------------------------------------------===//

LogicalResult
VTableAddressOp::verifySymbolUses(SymbolTableCollection &symbolTables) {
  return success(static_cast<bool>(
      lookup<VTableOp>(*this, getVtableAttr(), symbolTables, "a vtable")));
}

LogicalResult UpcastOp::verifySymbolUses(SymbolTableCollection &symbolTables) {
  TraitOp from = lookupObjectTrait(*this, getFromAttr(), symbolTables);
  TraitOp to =
      from ? lookupObjectTrait(*this, getToAttr(), symbolTables) : TraitOp();
  if (!to)
    return failure();
  if (!VTableLayout(from, symbolTables).contains(to))
    return emitAt(*this, from,
                  "trait '@" + to.getSymName() + "' is not a supertrait of '@" +
                      from.getSymName() + "'");
  return success();
}

LogicalResult CallVirtualOp::verify() {
  if (getMethod().getNestedReferences().size() != 1)
    return emitOpError() << "needs a method as '@Trait::@method', found "
                         << getMethod();
  if (getUnchecked() && getTypeId())
    return emitOpError() << "is unchecked and has a type id";
  if (getNumResults() > 1)
    return emitOpError() << "has more than one result";
  if (getIndirectResult() &&
      (getArgs().empty() ||
       !isa<LLVM::LLVMPointerType>(getArgs().front().getType())))
    return emitOpError() << "'indirect_result' needs a pointer as first "
                            "argument";
  auto verifyCount = [&](std::optional<ArrayAttr> attrs, size_t count,
                         StringRef what) -> LogicalResult {
    if (attrs && attrs->size() != count)
      return emitOpError() << "has " << attrs->size()
                           << " attribute dictionaries for " << count << " "
                           << what << "(s)";
    return success();
  };
  if (failed(verifyCount(getArgAttrs(), getArgs().size() + 1, "argument")))
    return failure();
  return verifyCount(getResAttrs(), getNumResults(), "result");
}

LogicalResult
CallVirtualOp::verifySymbolUses(SymbolTableCollection &symbolTables) {
  TraitOp trait = lookupObjectTrait(*this, getStaticTrait(), symbolTables);
  if (!trait)
    return failure();
  auto method = lookup<MethodOp>(*this, getMethod(), symbolTables, "a method");
  if (!method)
    return failure();
  if (!method.getVtableSafe())
    return emitAt(*this, method,
                  "method '@" + method.getSymName() +
                      "' is not 'vtable_safe': it has no slot");
  if (!VTableLayout(trait, symbolTables).getMethodSlot(method))
    return emitAt(*this, trait,
                  "vtables for '@" + trait.getSymName() +
                      "' have no slot for a method of '@" +
                      getMethod().getRootReference().getValue() + "'");
  // The receiver is passed as the data pointer.
  helpers::SourceSignature source =
      *helpers::SourceSignature::get(method.getSignature());
  source.params.erase(source.params.begin());
  helpers::MachineSignature machine;
  machine.inputs = getArgs().getTypes();
  if (getIndirectResult())
    machine.inputs = machine.inputs.drop_front();
  machine.results = getResultTypes();
  machine.isCall = true;
  return helpers::verifyMachineTypes([&] { return emitOpError(); }, source,
                                     machine, *this);
}

CheckedCallee
CallVirtualOp::getCheckedCallee(SymbolTableCollection &symbolTables) {
  return symbolTables.lookupNearestSymbolFrom<MethodOp>(*this, getMethod())
      .getVirtualCallee();
}

LogicalResult DropVirtualOp::verify() {
  if (getUnchecked() && getTypeId())
    return emitOpError() << "is unchecked and has a type id";
  return success();
}

LogicalResult
DropVirtualOp::verifySymbolUses(SymbolTableCollection &symbolTables) {
  TraitOp trait = lookupObjectTrait(*this, getTraitAttr(), symbolTables);
  if (!trait)
    return failure();
  if (!trait.getDrop())
    return emitAt(*this, trait,
                  "trait '@" + trait.getSymName() +
                      "' has no 'drop' signature to call drop glue with");
  return success();
}

CheckedCallee
DropVirtualOp::getCheckedCallee(SymbolTableCollection &symbolTables) {
  auto trait =
      symbolTables.lookupNearestSymbolFrom<TraitOp>(*this, getTraitAttr());
  return {*trait.getDrop(), RustCallableAttr()};
}

//===----------------------------------------------------------------------===//
// Closures
//===----------------------------------------------------------------------===//

LogicalResult
CreateClosureOp::verifySymbolUses(SymbolTableCollection &symbolTables) {
  RustClosureType closure;
  FunctionOpInterface body =
      lookupBody(*this, getBodyAttr(), symbolTables, closure);
  if (!body)
    return failure();
  // Types without size are captured without a value.
  if (getCaptures().size() > closure.getCaptures().size())
    return emitAt(*this, body,
                  "has " + Twine(getCaptures().size()) +
                      " capture(s), the type of the closure has " +
                      Twine(closure.getCaptures().size()));
  return success();
}

LogicalResult CaptureAddressOp::verify() {
  if (static_cast<uint64_t>(getIndex()) >= getTypes().size())
    return emitOpError() << "takes capture " << getIndex() << " of "
                         << getTypes().size();
  return success();
}

LogicalResult
ClosureAsFnOp::verifySymbolUses(SymbolTableCollection &symbolTables) {
  RustClosureType closure;
  FunctionOpInterface body =
      lookupBody(*this, getBodyAttr(), symbolTables, closure);
  if (!body)
    return failure();
  if (!closure.getCaptures().empty())
    return emitAt(*this, body,
                  "a closure with captures cannot be a fn pointer");
  // What the pointer says is the body's signature without the closure.
  auto sig = cast<RustFnType>(
      body->getAttrOfType<TypeAttr>(KCFIDialect::kSigAttrName).getValue());
  auto fn = dyn_cast<RustFnType>(getResult().getType().getSignature());
  if (!fn || fn.getResult() != sig.getResult() ||
      fn.getParams() != sig.getParams().drop_front())
    return emitAt(*this, body,
                  "the body has signature '" + getReadableType(sig) +
                      "', the result points to '" +
                      getReadableType(getResult().getType().getSignature()) +
                      "'");
  return success();
}

LogicalResult AsFnObjectOp::verify() {
  auto closure = dyn_cast<RustClosureType>(getType());
  if (!closure && !isa<RustFnItemType, RustFnType>(getType()))
    return emitOpError() << "is for an 'rs.closure', 'rs.fn_item' or 'rs.fn', "
                            "found "
                         << getType();
  if (isa<RustFnType>(getType()) == static_cast<bool>(getCalleeAttr()))
    return emitOpError() << (getCalleeAttr()
                                 ? "has a function, but the type is that of a "
                                   "fn pointer"
                                 : "needs the function behind the type");
  if (isa<RustFnType>(getType()) != getMachineType().has_value())
    return emitOpError() << (getMachineType()
                                 ? "has a machine type, which follows from the "
                                   "function"
                                 : "needs the machine type of the fn pointer");
  bool hasLayout = getSize() && getAlign();
  bool needsLayout = closure && !closure.getCaptures().empty();
  if (getSize().has_value() != getAlign().has_value() ||
      hasLayout != needsLayout || (getDropAttr() && !needsLayout))
    return emitOpError() << "'size' and 'align' are needed for a closure with "
                            "captures, which may have 'drop', and for nothing "
                            "else";
  return hasLayout ? verifyLayout(*this, *getSize(), *getAlign()) : success();
}

LogicalResult
AsFnObjectOp::verifySymbolUses(SymbolTableCollection &symbolTables) {
  TraitOp trait = lookupObjectTrait(*this, getTraitAttr(), symbolTables);
  if (!trait)
    return failure();
  if (getDropAttr() &&
      failed(verifyDrop(*this, getDropAttr(), trait, symbolTables)))
    return failure();
  if (!getCalleeAttr())
    return success();
  if (!isa<RustClosureType>(getType()))
    return success(static_cast<bool>(
        lookupFunction(*this, getCalleeAttr(), symbolTables)));
  RustClosureType closure;
  FunctionOpInterface body =
      lookupBody(*this, getCalleeAttr(), symbolTables, closure);
  if (!body)
    return failure();
  if (closure != getType())
    return emitAt(*this, body,
                  "is for '" + getReadableType(getType()) +
                      "', the function is the body of '" +
                      getReadableType(closure) + "'");
  return success();
}
