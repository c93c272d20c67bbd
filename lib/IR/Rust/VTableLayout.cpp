//===- VTableLayout.cpp - Slots of Rust vtables -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/Rust/VTableLayout.h"
#include "llvm/ADT/DenseMap.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
/// A trait on the way from the root to the one that is emitted.
struct Frame {
  TraitOp trait;
  /// Slots were emitted before this trait was reached: its vtable is not at the
  /// start.
  bool isBehindSlots;
  unsigned nextSupertrait = 0;
};
} // namespace

VTableLayout::VTableLayout(TraitOp root, SymbolTableCollection &symbolTables) {
  // Supertraits first, each once, so that the vtable of the first supertrait is
  // the start of this one. Not recursive: chains may be long.
  llvm::DenseMap<Operation *, bool> hasSlots;
  SmallVector<Frame> stack = {{root, /*isBehindSlots=*/false}};
  traits.insert(root);
  while (!stack.empty()) {
    Frame &frame = stack.back();
    TraitOp trait = frame.trait;
    ArrayAttr supertraits = trait.getSupertraitsAttr();
    if (supertraits && frame.nextSupertrait < supertraits.size()) {
      auto supertrait = symbolTables.lookupNearestSymbolFrom<TraitOp>(
          trait->getParentOp(),
          cast<FlatSymbolRefAttr>(supertraits[frame.nextSupertrait++]));
      if (supertrait && traits.insert(supertrait).second)
        stack.push_back({supertrait, /*isBehindSlots=*/!entries.empty()});
      continue;
    }
    bool traitHasSlots = false;
    for (MethodOp method : trait.getBody().getOps<MethodOp>())
      if (method.getVtableSafe()) {
        entries.push_back({trait, method});
        traitHasSlots = true;
      }
    // A trait without methods of its own may have them from a supertrait.
    if (supertraits)
      for (auto symbol : supertraits.getAsRange<FlatSymbolRefAttr>())
        if (auto supertrait = symbolTables.lookupNearestSymbolFrom<TraitOp>(
                trait->getParentOp(), symbol))
          traitHasSlots |= hasSlots.lookup(supertrait);
    hasSlots[trait] = traitHasSlots;
    if (frame.isBehindSlots && traitHasSlots)
      entries.push_back({trait, MethodOp()});
    stack.pop_back();
  }
}

std::optional<unsigned> VTableLayout::getMethodSlot(MethodOp method) const {
  for (auto [index, entry] : llvm::enumerate(entries))
    if (entry.method == method)
      return index;
  return std::nullopt;
}

std::optional<unsigned> VTableLayout::getVTableSlot(TraitOp supertrait) const {
  for (auto [index, entry] : llvm::enumerate(entries))
    if (!entry.method && entry.trait == supertrait)
      return index;
  return std::nullopt;
}
