//===- ClassMergingTest.cpp - Tests of ClassMerging.h -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/ClassMerging.h"
#include "gtest/gtest.h"

#include <map>
#include <random>
#include <set>
#include <vector>

using namespace mlir::kcfi;

namespace {

using Functions = std::vector<PlacementFunction>;
using Reached = std::map<uint32_t, std::set<unsigned>>;

/// The functions that a checked call of each class reaches, found by placing
/// the entries.
Reached getReached(const Functions &functions) {
  Reached reached;
  for (unsigned i = 0; i < functions.size(); ++i) {
    Placement placement = placeEntries(functions[i]);
    reached[placement.primaryId].insert(i);
    for (const PlacedEntry &entry : placement.entries)
      reached[entry.id].insert(i);
  }
  return reached;
}

unsigned countEntries(const Functions &functions) {
  unsigned entries = 0;
  for (const PlacementFunction &function : functions)
    entries += placeEntries(function).entries.size();
  return entries;
}

Functions makeRandom(std::mt19937 &random, unsigned numFunctions,
                     unsigned numIds) {
  auto pick = [&](unsigned count) {
    return std::uniform_int_distribution<unsigned>(0, count - 1)(random);
  };
  Functions functions(numFunctions);
  for (PlacementFunction &function : functions) {
    function.ownId = pick(numIds);
    function.isPinned = pick(4) == 0;
    for (unsigned left = pick(4); left; --left)
      function.views.push_back({pick(numIds)});
  }
  return functions;
}

TEST(ClassMerging, KeepsToTheLimitAndCountsRight) {
  std::mt19937 random(7);
  unsigned numMerges = 0;
  for (unsigned round = 0; round < 4000; ++round) {
    Functions before = makeRandom(random, 1 + round % 12, 2 + round % 7);
    Functions after = before;
    IdSet fixed;
    if (round % 3 == 0)
      fixed = {0, 1};
    unsigned growth = (round % 5) * 50;
    auto merges = mergeClasses(after, fixed, growth);
    numMerges += merges.size();

    // By the merges alone: what each class of before has become.
    std::map<uint32_t, uint32_t> became;
    for (const auto &[id, functions] : getReached(before))
      became[id] = id;
    unsigned saved = 0;
    for (const ClassMerge &merge : merges) {
      EXPECT_FALSE(fixed.contains(merge.from));
      EXPECT_GT(merge.saved, 0u);
      EXPECT_LE(merge.size, merge.fromSize + merge.intoSize);
      saved += merge.saved;
      for (auto &[id, target] : became)
        if (target == merge.from)
          target = merge.into;
    }
    EXPECT_EQ(countEntries(before) - countEntries(after), saved);

    Reached reachedBefore = getReached(before),
            reachedAfter = getReached(after);
    for (const auto &[id, functions] : reachedBefore) {
      auto it = reachedAfter.find(became[id]);
      ASSERT_NE(it, reachedAfter.end());
      // Right calls stay right, and the limit holds.
      for (unsigned function : functions)
        EXPECT_TRUE(it->second.count(function));
      EXPECT_LE(it->second.size() * 100, functions.size() * (100 + growth));
    }
  }
  EXPECT_GT(numMerges, 1000u);
}

TEST(ClassMerging, WithoutGrowthClassesReachTheSameFunctions) {
  PlacementFunction both{1, false, {{1}, {2}}}, one{1, false, {{1}}};
  Functions same = {both, both};
  auto merges = mergeClasses(same, {}, 0);
  ASSERT_EQ(merges.size(), 1u);
  EXPECT_EQ(merges[0].saved, 2u);
  EXPECT_EQ(countEntries(same), 0u);
  Functions different = {both, one};
  EXPECT_TRUE(mergeClasses(different, {}, 0).empty());
  EXPECT_TRUE(mergeClasses(different, {}, 99).empty());
  EXPECT_EQ(mergeClasses(different, {}, 100).size(), 1u);
}

TEST(ClassMerging, AnyNumberMayBeAnId) {
  PlacementFunction both{~0u, false, {{~0u}, {~0u - 1}}};
  Functions functions = {both, both};
  EXPECT_EQ(mergeClasses(functions, IdSet{5}, 0).size(), 1u);
  functions = {both, both};
  EXPECT_TRUE(mergeClasses(functions, IdSet{~0u, ~0u - 1}, 0).empty());
}

TEST(ClassMerging, FixedClassesKeepTheirIds) {
  PlacementFunction both{1, false, {{1}, {2}}};
  Functions functions = {both};
  EXPECT_TRUE(mergeClasses(functions, {1, 2}, 100).empty());
  auto merges = mergeClasses(functions, {2}, 100);
  ASSERT_EQ(merges.size(), 1u);
  EXPECT_EQ(merges[0].into, 2u);
}

TEST(ClassMerging, TheLimitCountsFromTheFirstSize) {
  // Steps of 100 % each must not add up.
  Functions functions = {
      {1, false, {{1}, {2}}}, {2, false, {{2}, {3}}}, {3, false, {{3}, {4}}}};
  mergeClasses(functions, {}, 100);
  for (const auto &[id, reached] : getReached(functions))
    EXPECT_LE(reached.size(), 2u);
}

} // namespace
