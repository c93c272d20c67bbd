//===- VTableLayout.h - Slots of Rust vtables -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Where the methods of a trait and its supertraits are in a vtable. The layout
// is rustc's (1.95 and 1.97 agree), so that objects of both can be linked.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_RUST_VTABLELAYOUT_H
#define KCFI_IR_RUST_VTABLELAYOUT_H

#include "kcfi/IR/KCFIOps.h"

namespace mlir::kcfi {

/// A slot behind the header.
struct VTableEntry {
  /// The trait that declares the method, or whose vtable the slot points to.
  TraitOp trait;
  /// Null for a pointer to a vtable.
  MethodOp method;
};

class VTableLayout {
public:
  /// Drop glue, size and alignment: words in front of the slots.
  static constexpr unsigned kHeaderWords = 3;

  /// Supertraits that are not defined are left out: their absence is an error
  /// at the trait.
  VTableLayout(TraitOp trait, SymbolTableCollection &symbolTables);

  ArrayRef<VTableEntry> getEntries() const { return entries; }

  /// True for the trait itself and its supertraits, direct or not.
  bool contains(TraitOp trait) const { return traits.contains(trait); }

  /// The slot of a method; nothing if it has none.
  std::optional<unsigned> getMethodSlot(MethodOp method) const;

  /// The slot with the vtable of a supertrait; nothing if the vtable can be
  /// used as one of the supertrait.
  std::optional<unsigned> getVTableSlot(TraitOp supertrait) const;

private:
  SmallVector<VTableEntry> entries;
  llvm::DenseSet<Operation *> traits;
};

} // namespace mlir::kcfi

#endif // KCFI_IR_RUST_VTABLELAYOUT_H
