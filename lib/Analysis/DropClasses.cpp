//===- DropClasses.cpp - Narrow classes of drop glue -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/DropClasses.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace mlir::kcfi;

RustCallableAttr DropClasses::getCallable(Operation *function) const {
  auto callable =
      function->getAttrOfType<RustCallableAttr>(KCFIDialect::kCallableAttrName);
  RustDynType object = lookup(function);
  if (!object)
    return callable;
  return RustCallableAttr::get(callable.getContext(), callable.getKind(),
                               object, callable.getReceiver());
}

static bool isDropGlue(Operation *op) {
  auto callable =
      op->getAttrOfType<RustCallableAttr>(KCFIDialect::kCallableAttrName);
  return callable && callable.getKind() == RustCallableKind::DropGlue &&
         callable.getObject();
}

FailureOr<DropClasses> DropClasses::compute(ModuleOp module) {
  // Traits, and the glue that is called through them.
  llvm::EquivalenceClasses<Operation *> joined;
  llvm::SmallPtrSet<Operation *, 8> open;
  SymbolTableCollection symbolTables;
  module.walk([&](TraitOp trait) {
    joined.insert(trait);
    if (!trait.isPrivate())
      open.insert(trait);
    if (!trait.getSupertraits())
      return;
    // A trait is a symbol table itself.
    for (auto name : trait.getSupertraits()->getAsRange<FlatSymbolRefAttr>())
      joined.unionSets(trait, symbolTables.lookupNearestSymbolFrom(
                                  trait->getParentOp(), name));
  });
  // Most modules have none.
  if (joined.empty())
    return DropClasses();
  module.walk([&](VTableOp vtable) {
    Operation *trait =
        symbolTables.lookupNearestSymbolFrom(vtable, vtable.getTraitAttr());
    if (!vtable.isPrivate())
      open.insert(trait);
    if (!vtable.getDropAttr())
      return;
    Operation *glue =
        symbolTables.lookupNearestSymbolFrom(vtable, vtable.getDropAttr());
    // The class of an extra entry is decided.
    if (isa<EntryOp>(glue))
      open.insert(trait);
    else
      joined.unionSets(trait, glue);
  });
  LogicalResult enumerated =
      forEachAddressUse(module, [&](const SymbolTable::SymbolUse &use) {
        if (isa<VTableOp>(use.getUser()))
          return;
        if (Operation *symbol = symbolTables.lookupNearestSymbolFrom(
                use.getUser(), use.getSymbolRef()))
          if (isDropGlue(symbol))
            open.insert(symbol);
      });
  if (failed(enumerated))
    return failure();

  auto getText = [](RustDynType type) {
    std::string text;
    llvm::raw_string_ostream(text) << type;
    return text;
  };
  DropClasses result;
  for (const auto *leader : joined) {
    if (!leader->isLeader())
      continue;
    RustDynType name;
    bool isOpen = false;
    for (Operation *member : joined.members(*leader)) {
      isOpen |= open.contains(member);
      if (auto trait = dyn_cast<TraitOp>(member)) {
        auto object = cast<RustDynType>(trait.getObject());
        if (!name || getText(object) < getText(name))
          name = object;
        continue;
      }
      auto function = cast<FunctionOpInterface>(member);
      isOpen |= !hasLocalLinkage(function) || !isDropGlue(function) ||
                function->hasAttr(KCFIDialect::kAddressTakenAttrName);
    }
    if (isOpen)
      continue;
    for (Operation *member : joined.members(*leader))
      result.objects[member] = name;
  }
  return result;
}
