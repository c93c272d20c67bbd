//===- ViewGraph.h - As what functions are pointed to -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The views of each function of a module: who may call it through a pointer,
// and which type id that caller expects.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ANALYSIS_VIEWGRAPH_H
#define KCFI_ANALYSIS_VIEWGRAPH_H

#include "kcfi/Analysis/EntryPlacement.h"
#include "kcfi/Analysis/World.h"
#include "kcfi/IR/KCFIOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace mlir::kcfi {

enum class ViewKind : uint8_t {
  /// `kcfi.address_of`.
  FnPointer,
  /// A method's slot in a `kcfi.vtable`.
  Slot,
  /// The drop slot of one.
  DropSlot,
  /// An operation that does not say as what it uses the address, such as
  /// `llvm.mlir.addressof`: nothing but the function's own id can be right.
  Untyped,
  /// Code outside of the module, which relies on the function's own id.
  Outside,
};

struct FunctionView {
  ViewKind kind;
  /// What makes the view; for `Outside` the function.
  Operation *op;
  /// What callers expect.
  Type signature;
  uint32_t id;
  /// From `kcfi.weight`. Else, where functions of the module have a profile,
  /// the calls of the class divided by its functions, for the first view of a
  /// class; 0 for further ones.
  uint64_t weight = 1;
  /// Of a `Slot`: its index and method.
  unsigned slot = 0;
  MethodOp method = {};
  /// The extra entry that the view uses now; null for the function's own.
  EntryOp entry = {};
  /// Of `Outside`: why.
  StringRef reason = {};

  /// True if it wants the function's own id, whichever that is.
  bool isOfOwnId() const;
  /// For people, such as `slot '@Shape::@area' of '@Square.as.Shape'`.
  std::string str() const;
};

/// A function with a signature.
struct ViewedFunction {
  FunctionOpInterface op;
  /// What the id of its own entry is made of now.
  Type ownSignature;
  uint32_t ownId;
  /// Its signature by itself.
  Type signature;
  uint32_t signatureId;
  SmallVector<FunctionView> views;
  /// Extra entries that there are already.
  struct Entry {
    EntryOp op;
    uint32_t id;
  };
  SmallVector<Entry> entries;

  /// True if something relies on the function's own id.
  bool isPinned() const;
  /// For `placeEntries`.
  PlacementFunction getProblem() const;
};

/// True if the definition is in this module and the linker cannot take another
/// one for it.
bool isOwnDefinition(FunctionOpInterface function);

/// The functions that can be called indirectly, in the order of the module.
struct ViewGraph {
  /// Fails, with errors, where a signature has no type id, where coercions
  /// still hide views, and where references cannot be enumerated. The module
  /// must have a target.
  static FailureOr<ViewGraph> compute(ModuleOp module, World world);

  SmallVector<ViewedFunction> functions;
};

} // namespace mlir::kcfi

#endif // KCFI_ANALYSIS_VIEWGRAPH_H
