//===- EntryPlacementTest.cpp - Tests of EntryPlacement.h -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/EntryPlacement.h"
#include "gtest/gtest.h"

#include <random>
#include <set>
#include <vector>

using namespace mlir::kcfi;

namespace {

/// What a search over all choices finds.
struct Best {
  unsigned entries = ~0u;
  /// Of views on the function's own entry.
  uint64_t weight = 0;
};

/// Tries every id for the function and every set of ids for extra entries.
/// Knows nothing but that each view needs an address with its id.
Best search(const PlacementFunction &function,
            const std::vector<uint32_t> &ids) {
  Best best;
  for (uint32_t primary : ids) {
    if (function.isPinned && primary != function.ownId)
      continue;
    for (unsigned set = 0; set < 1u << ids.size(); ++set) {
      auto isEntry = [&](uint32_t id) {
        for (unsigned i = 0; i < ids.size(); ++i)
          if (set >> i & 1 && ids[i] == id)
            return true;
        return false;
      };
      bool isValid = true;
      uint64_t weight = 0;
      for (const PlacementView &view : function.views) {
        bool isOnPrimary = view.id == primary && !view.wantsEntry;
        isValid &= isOnPrimary || isEntry(view.id);
        weight += isOnPrimary ? view.weight : 0;
      }
      if (!isValid)
        continue;
      unsigned entries = __builtin_popcount(set);
      if (entries < best.entries ||
          (entries == best.entries && weight > best.weight))
        best = {entries, weight};
    }
  }
  return best;
}

/// Every view has an address with its id, and no id has two entries.
void expectValid(const PlacementFunction &function,
                 const Placement &placement) {
  if (function.isPinned) {
    EXPECT_EQ(placement.primaryId, function.ownId);
  }
  std::set<uint32_t> ids;
  for (const PlacedEntry &entry : placement.entries) {
    EXPECT_TRUE(ids.insert(entry.id).second);
    EXPECT_EQ(function.views[entry.view].id, entry.id);
    if (entry.other) {
      EXPECT_EQ(function.views[*entry.other].id, placement.primaryId);
    }
  }
  for (const PlacementView &view : function.views) {
    std::optional<unsigned> entry = placement.getEntry(view);
    if (entry) {
      EXPECT_EQ(placement.entries[*entry].id, view.id);
    } else {
      EXPECT_TRUE(view.id == placement.primaryId && !view.wantsEntry);
    }
  }
}

PlacementFunction makeRandom(std::mt19937 &random, unsigned maxViews,
                             const std::vector<uint32_t> &ids,
                             bool mayWantEntries) {
  auto pick = [&](unsigned count) {
    return std::uniform_int_distribution<unsigned>(0, count - 1)(random);
  };
  PlacementFunction function;
  function.ownId = ids[pick(ids.size())];
  function.isPinned = pick(3) == 0;
  for (unsigned left = pick(maxViews + 1); left; --left)
    function.views.push_back(
        {ids[pick(ids.size())], pick(4), mayWantEntries && pick(4) == 0});
  return function;
}

uint64_t getWeight(const PlacementFunction &function,
                   const Placement &placement) {
  uint64_t weight = 0;
  for (const PlacementView &view : function.views)
    if (!placement.getEntry(view))
      weight += view.weight;
  return weight;
}

// Ids may have every value.
const std::vector<uint32_t> kIds = {0, 1, 0x7fffffff, 0xfffffffe, 0xffffffff};

TEST(EntryPlacement, NothingIsBetter) {
  std::mt19937 random(1);
  for (unsigned count = 0; count < 20000; ++count) {
    PlacementFunction function = makeRandom(random, 6, kIds, false);
    Placement placement = placeEntries(function);
    expectValid(function, placement);
    Best best = search(function, kIds);
    // A pinned function without a view of its own id has it all the same.
    EXPECT_EQ(placement.entries.size(), best.entries);
    EXPECT_EQ(getLowerBound(function), best.entries);
    EXPECT_EQ(getWeight(function, placement), best.weight);
  }
}

TEST(EntryPlacement, WantedEntries) {
  std::mt19937 random(2);
  for (unsigned count = 0; count < 20000; ++count) {
    PlacementFunction function = makeRandom(random, 6, kIds, true);
    Placement placement = placeEntries(function);
    expectValid(function, placement);
    EXPECT_GE(placement.entries.size(), getLowerBound(function));
  }
}

TEST(EntryPlacement, LargeGraphsReachTheBound) {
  std::mt19937 random(3);
  std::vector<uint32_t> ids;
  for (unsigned i = 0; i < 200; ++i)
    ids.push_back(random());
  unsigned bound = 0, achieved = 0;
  for (unsigned count = 0; count < 20000; ++count) {
    PlacementFunction function = makeRandom(random, 100, ids, false);
    Placement placement = placeEntries(function);
    bound += getLowerBound(function);
    achieved += placement.entries.size();
    std::set<uint32_t> distinct;
    if (function.isPinned)
      distinct.insert(function.ownId);
    for (const PlacementView &view : function.views)
      distinct.insert(view.id);
    EXPECT_EQ(placement.entries.size(),
              distinct.empty() ? 0 : distinct.size() - 1);
  }
  EXPECT_GT(bound, 0u);
  EXPECT_EQ(bound, achieved);
}

TEST(EntryPlacement, HottestViewOnTheFunction) {
  PlacementFunction function{7, false, {{7, 1}, {8, 2}, {8, 2}, {9, 3}}};
  Placement placement = placeEntries(function);
  EXPECT_EQ(placement.primaryId, 8u);
  ASSERT_EQ(placement.entries.size(), 2u);
  EXPECT_EQ(placement.entries[0].id, 7u);
  EXPECT_EQ(placement.entries[0].other, 1u);
  EXPECT_EQ(placement.entries[1].id, 9u);
  function.isPinned = true;
  EXPECT_EQ(placeEntries(function).primaryId, 7u);
  // Among equals the own id.
  EXPECT_EQ(placeEntries({9, false, {{8, 3}, {9, 3}}}).primaryId, 9u);
  EXPECT_EQ(placeEntries({7, false, {{8, 3}, {9, 3}}}).primaryId, 8u);
  // Weights do not overflow.
  EXPECT_EQ(
      placeEntries({7, false, {{8, ~0ull}, {8, ~0ull}, {9, 5}}}).primaryId, 8u);
}

TEST(EntryPlacement, NoViews) {
  Placement placement = placeEntries({7, false, {}});
  EXPECT_EQ(placement.primaryId, 7u);
  EXPECT_TRUE(placement.entries.empty());
  EXPECT_EQ(getLowerBound({7, true, {}}), 0u);
}

} // namespace
