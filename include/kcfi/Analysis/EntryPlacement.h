//===- EntryPlacement.h - The fewest extra entries -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Which id a function's own entry has, and which extra entries it needs, as a
// function of plain data: no IR, for any front end.
//
// An address has one id, and a view works only at an address with the id of its
// class. So a function needs as many addresses as its views have classes, and
// has one of them anyway. That bound is reached: give the function itself one
// of the classes and each other class an entry. Functions do not depend on each
// other.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ANALYSIS_ENTRYPLACEMENT_H
#define KCFI_ANALYSIS_ENTRYPLACEMENT_H

#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <optional>

namespace mlir::kcfi {

/// A use of a function as a pointer of a class.
struct PlacementView {
  /// The type id that calls through the pointer expect.
  uint32_t id;
  /// How often it is called, compared with the other views.
  uint64_t weight = 1;
  /// Wants an extra entry, also where the function has the id itself.
  bool wantsEntry = false;
};

struct PlacementFunction {
  /// The id that the function has if nothing else is decided.
  uint32_t ownId = 0;
  /// Something relies on that id.
  bool isPinned = false;
  llvm::SmallVector<PlacementView, 4> views;
};

struct PlacedEntry {
  uint32_t id;
  /// The first view that needs the entry.
  unsigned view;
  /// The heaviest view of the function's own entry; nothing if it has none.
  std::optional<unsigned> other;
};

struct Placement {
  /// The id of the function's own entry.
  uint32_t primaryId = 0;
  /// In the order of the views that need them; one for each id.
  llvm::SmallVector<PlacedEntry, 2> entries;

  /// Index of the entry that `view` uses, or nothing for the function's own.
  std::optional<unsigned> getEntry(const PlacementView &view) const;
};

/// The number of extra entries below which some view fails its check.
unsigned getLowerBound(const PlacementFunction &function);

/// As few entries as the views allow, which is the lower bound unless views
/// want more. The function's own entry has its own id if that is pinned, else
/// that of the views that weigh most; among equals its own id, then that of the
/// first view.
Placement placeEntries(const PlacementFunction &function);

} // namespace mlir::kcfi

#endif // KCFI_ANALYSIS_ENTRYPLACEMENT_H
