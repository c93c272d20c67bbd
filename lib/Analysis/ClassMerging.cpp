//===- ClassMerging.cpp - Fewer entries for larger classes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/ClassMerging.h"

#include <map>
#include <set>
#include <tuple>

using namespace mlir::kcfi;

namespace {
struct Class {
  /// Indices of the functions that it reaches.
  std::set<unsigned> functions;
  /// What none of the classes that have gone into it may exceed.
  uint64_t limit;
  bool isFixed;
};
} // namespace

/// The ids at which something may look for the function.
static std::set<uint32_t> getIds(const PlacementFunction &function) {
  std::set<uint32_t> ids;
  for (const PlacementView &view : function.views)
    ids.insert(view.id);
  if (function.isPinned || ids.empty())
    ids.insert(function.ownId);
  return ids;
}

llvm::SmallVector<ClassMerge>
mlir::kcfi::mergeClasses(llvm::MutableArrayRef<PlacementFunction> functions,
                         const IdSet &fixed, unsigned maxGrowth) {
  // Ordered, so that the result does not depend on addresses or hashes.
  std::map<uint32_t, Class> classes;
  for (unsigned i = 0, e = functions.size(); i != e; ++i)
    for (uint32_t id : getIds(functions[i]))
      classes[id].functions.insert(i);
  for (auto &[id, each] : classes) {
    each.limit = each.functions.size() * (uint64_t(100) + maxGrowth) / 100;
    each.isFixed = fixed.contains(id);
  }

  llvm::SmallVector<ClassMerge> merges;
  while (true) {
    // What each pair has in common is what the merge saves.
    std::map<std::pair<uint32_t, uint32_t>, unsigned> saved;
    for (const PlacementFunction &function : functions) {
      std::set<uint32_t> ids = getIds(function);
      for (auto a = ids.begin(); a != ids.end(); ++a)
        for (auto b = std::next(a); b != ids.end(); ++b)
          ++saved[{*a, *b}];
    }
    std::optional<ClassMerge> best;
    for (auto [pair, count] : saved) {
      const Class &a = classes[pair.first], &b = classes[pair.second];
      unsigned size = a.functions.size() + b.functions.size() - count;
      if ((a.isFixed && b.isFixed) || size > std::min(a.limit, b.limit))
        continue;
      if (best &&
          std::tuple(best->saved, size) >= std::tuple(count, best->size))
        continue;
      bool keepsSecond =
          b.isFixed || (!a.isFixed && b.functions.size() > a.functions.size());
      auto [into, from] = keepsSecond ? std::tuple(pair.second, pair.first)
                                      : std::tuple(pair.first, pair.second);
      best = ClassMerge{from,
                        into,
                        count,
                        unsigned(classes[from].functions.size()),
                        unsigned(classes[into].functions.size()),
                        size};
    }
    if (!best)
      return merges;
    merges.push_back(*best);
    Class &into = classes[best->into], &from = classes[best->from];
    into.functions.insert(from.functions.begin(), from.functions.end());
    into.limit = std::min(into.limit, from.limit);
    classes.erase(best->from);
    for (PlacementFunction &function : functions) {
      for (PlacementView &view : function.views)
        if (view.id == best->from)
          view.id = best->into;
      if (function.ownId == best->from)
        function.ownId = best->into;
    }
  }
}
