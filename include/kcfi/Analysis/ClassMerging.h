//===- ClassMerging.h - Fewer entries for larger classes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A function whose views have two classes needs no extra entry if both classes
// share an id. Then every checked call of the one reaches the functions of the
// other, too: precision is given for entries. Plain data, no IR.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ANALYSIS_CLASSMERGING_H
#define KCFI_ANALYSIS_CLASSMERGING_H

#include "kcfi/Analysis/EntryPlacement.h"
#include "kcfi/Encoding/IdMap.h"
#include "llvm/ADT/ArrayRef.h"

namespace mlir::kcfi {

/// One class takes on the id of another.
struct ClassMerge {
  uint32_t from, into;
  /// The extra entries that are not needed any more.
  unsigned saved;
  /// The numbers of functions that a checked call of each could reach, and of
  /// those that a call of both can reach now.
  unsigned fromSize, intoSize, size;
};

/// Merges classes of `functions` and gives the views of `from` the id `into`,
/// in the order of the result. In each step the merge that saves most entries
/// is made, among equals the one with the smallest class, as long as no class
/// reaches more than `maxGrowth` percent functions above what it reached at
/// first. Classes of `fixed` keep their ids: at most one of a merge. (That no
/// other choice of merges saves more in all is not claimed.)
///
/// A function counts for the classes of its views; for that of its own id if
/// it has no view or something relies on this id.
llvm::SmallVector<ClassMerge>
mergeClasses(llvm::MutableArrayRef<PlacementFunction> functions,
             const IdSet &fixed, unsigned maxGrowth);

} // namespace mlir::kcfi

#endif // KCFI_ANALYSIS_CLASSMERGING_H
