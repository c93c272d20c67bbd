//===- EntryPlacement.cpp - The fewest extra entries -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/EntryPlacement.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir::kcfi;

std::optional<unsigned> Placement::getEntry(const PlacementView &view) const {
  if (view.id == primaryId && !view.wantsEntry)
    return std::nullopt;
  const PlacedEntry *entry = llvm::find_if(
      entries, [&](const PlacedEntry &entry) { return entry.id == view.id; });
  assert(entry != entries.end() && "not a view of this placement");
  return entry - entries.begin();
}

unsigned mlir::kcfi::getLowerBound(const PlacementFunction &function) {
  // Not a DenseSet: every number may be an id.
  llvm::SmallVector<uint32_t, 8> ids;
  if (function.isPinned)
    ids.push_back(function.ownId);
  for (const PlacementView &view : function.views)
    ids.push_back(view.id);
  llvm::sort(ids);
  ids.erase(llvm::unique(ids), ids.end());
  return ids.empty() ? 0 : ids.size() - 1;
}

/// The id for the function's own entry.
static uint32_t choosePrimary(const PlacementFunction &function) {
  if (function.isPinned || function.views.empty())
    return function.ownId;
  // Wider than an id, so that the map's special keys are none.
  llvm::MapVector<uint64_t, uint64_t> weights;
  for (const PlacementView &view : function.views)
    if (!view.wantsEntry) {
      uint64_t &weight = weights[view.id];
      weight = llvm::SaturatingAdd(weight, view.weight);
    }
  if (weights.empty())
    return function.ownId;
  auto best = weights.begin();
  for (auto it = weights.begin(); it != weights.end(); ++it)
    if (it->second > best->second ||
        (it->second == best->second && it->first == function.ownId))
      best = it;
  return best->first;
}

Placement mlir::kcfi::placeEntries(const PlacementFunction &function) {
  Placement placement;
  placement.primaryId = choosePrimary(function);
  std::optional<unsigned> heaviest;
  for (auto [index, view] : llvm::enumerate(function.views))
    if (view.id == placement.primaryId && !view.wantsEntry &&
        (!heaviest || view.weight > function.views[*heaviest].weight))
      heaviest = index;
  llvm::DenseSet<uint64_t> placed;
  for (auto [index, view] : llvm::enumerate(function.views))
    if ((view.id != placement.primaryId || view.wantsEntry) &&
        placed.insert(view.id).second)
      placement.entries.push_back(
          {view.id, static_cast<unsigned>(index), heaviest});
  return placement;
}
