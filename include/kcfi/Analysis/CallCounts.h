//===- CallCounts.h - How often checked calls run ---------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ANALYSIS_CALLCOUNTS_H
#define KCFI_ANALYSIS_CALLCOUNTS_H

#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/IdMap.h"
#include "mlir/IR/Block.h"
#include "mlir/IR/BuiltinOps.h"

#include <optional>

namespace mlir::kcfi {

/// How often each block of a region runs for one run of its first block, by the
/// weights of branches (`WeightedBranchOpInterface`); where there are none, all
/// successors are equally likely. At most 2^20 in a loop that hardly ends.
/// Blocks that cannot be reached are missing.
llvm::DenseMap<Block *, double> getBlockFrequencies(Region &region);

/// How often the checked calls of each class ran, by the profile that functions
/// (`function_entry_count` of `llvm.func`) and branches of `module` have;
/// nothing if no function has one. Calls whose class has no id do not count,
/// nor do those in functions that have not been profiled.
std::optional<IdMap<uint64_t>> countCheckedCalls(ModuleOp module,
                                                 TypeIdCache &ids);

} // namespace mlir::kcfi

#endif // KCFI_ANALYSIS_CALLCOUNTS_H
