//===- CallCounts.cpp - How often checked calls run -----------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/CallCounts.h"
#include "kcfi/IR/KCFIOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "llvm/ADT/PostOrderIterator.h"

#include <cmath>
#include <numeric>

using namespace mlir;
using namespace mlir::kcfi;

/// The probability of each successor of a block.
static SmallVector<double> getProbabilities(Block *block) {
  unsigned count = block->getNumSuccessors();
  auto branch = dyn_cast<WeightedBranchOpInterface>(block->getTerminator());
  ArrayRef<int32_t> weights;
  if (branch)
    weights = branch.getWeights();
  double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (weights.size() != count || sum <= 0)
    return SmallVector<double>(count, 1.0 / count);
  return llvm::map_to_vector(weights,
                             [&](int32_t weight) { return weight / sum; });
}

llvm::DenseMap<Block *, double>
mlir::kcfi::getBlockFrequencies(Region &region) {
  constexpr double kMaxFrequency = 1 << 20;
  constexpr unsigned kMaxSweeps = 4096;
  llvm::DenseMap<Block *, double> frequencies;
  if (region.empty())
    return frequencies;
  struct Edge {
    Block *from;
    double probability;
  };
  llvm::ReversePostOrderTraversal<Region *> order(&region);
  llvm::DenseMap<Block *, SmallVector<Edge>> incoming;
  for (Block *block : order)
    for (auto [successor, probability] :
         llvm::zip_equal(block->getSuccessors(), getProbabilities(block)))
      incoming[successor].push_back({block, probability});
  // Each sweep takes one more turn of the loops into account.
  bool hasChanged = true;
  for (unsigned sweep = 0; hasChanged && sweep < kMaxSweeps; ++sweep) {
    hasChanged = false;
    for (Block *block : order) {
      double frequency = block == &region.front() ? 1 : 0;
      for (const Edge &edge : incoming[block])
        frequency += frequencies[edge.from] * edge.probability;
      frequency = std::min(frequency, kMaxFrequency);
      double &known = frequencies[block];
      hasChanged |= frequency - known > known / 1024;
      known = frequency;
    }
  }
  return frequencies;
}

/// The id that a checked call expects.
static std::optional<uint32_t> getExpectedId(Operation *op, TypeIdCache &ids,
                                             SymbolTableCollection &tables) {
  if (auto call = dyn_cast<CheckedCallOpInterface>(op)) {
    if (call.getUnchecked())
      return std::nullopt;
    if (TypeIdAttr id = call.getTypeIdAttr())
      return id.getValue();
    CheckedCallee callee = call.getCheckedCallee(tables);
    llvm::Expected<TypeIdAttr> id =
        ids.getEntryTypeId(callee.signature, callee.callable);
    if (id)
      return id->getValue();
    llvm::consumeError(id.takeError()); // The pass that needs it will tell.
    return std::nullopt;
  }
  if (isa<LLVM::CallOp, LLVM::InvokeOp>(op))
    if (auto id = op->getAttrOfType<TypeIdAttr>(KCFIDialect::kTypeIdAttrName))
      return id.getValue();
  return std::nullopt;
}

std::optional<IdMap<uint64_t>> mlir::kcfi::countCheckedCalls(ModuleOp module,
                                                             TypeIdCache &ids) {
  SymbolTableCollection tables;
  IdMap<double> counts;
  bool hasProfile = false;
  for (auto function : module.getOps<LLVM::LLVMFuncOp>()) {
    std::optional<uint64_t> entries = function.getFunctionEntryCount();
    if (!entries)
      continue;
    hasProfile = true;
    llvm::DenseMap<Block *, double> frequencies =
        getBlockFrequencies(function.getBody());
    // In the order of the module: sums of floating-point numbers depend on it.
    for (Block &block : function.getBody()) {
      double runs = frequencies.lookup(&block) * static_cast<double>(*entries);
      block.walk([&](Operation *op) {
        if (std::optional<uint32_t> id = getExpectedId(op, ids, tables))
          counts[*id] += runs;
      });
    }
  }
  if (!hasProfile)
    return std::nullopt;
  IdMap<uint64_t> rounded;
  // Below what no 64-bit integer holds.
  for (auto [id, count] : counts)
    rounded[id] = static_cast<uint64_t>(std::min(std::round(count), 0x1p62));
  return rounded;
}
