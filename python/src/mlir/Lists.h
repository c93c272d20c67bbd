//===- Lists.h - Lists and maps in IR ---------------------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PYTHON_MLIR_LISTS_H
#define KCFI_PYTHON_MLIR_LISTS_H

#include "Core.h"

namespace mlir::python {

/// Views of lists in IR; they look at the IR anew for every access.
struct OpOperandList {
  static constexpr const char *element = "OpResult | BlockArgument";
  OperationPtr operation;
  intptr_t size() const {
    return mlirOperationGetNumOperands(operation->raw());
  }
  nb::object at(intptr_t index) const {
    return wrap(operation->context,
                mlirOperationGetOperand(operation->raw(), index));
  }
};

struct OpResultList {
  static constexpr const char *element = "OpResult";
  OperationPtr operation;
  intptr_t size() const { return mlirOperationGetNumResults(operation->raw()); }
  nb::object at(intptr_t index) const {
    return wrap(operation->context,
                mlirOperationGetResult(operation->raw(), index));
  }
};

struct OpSuccessors {
  static constexpr const char *element = "Block";
  OperationPtr operation;
  intptr_t size() const {
    return mlirOperationGetNumSuccessors(operation->raw());
  }
  nb::object at(intptr_t index) const {
    return nb::cast(
        Block::get(operation->context,
                   mlirOperationGetSuccessor(operation->raw(), index)));
  }
};

struct RegionSequence {
  static constexpr const char *element = "Region";
  OperationPtr operation;
  intptr_t size() const { return mlirOperationGetNumRegions(operation->raw()); }
  nb::object at(intptr_t index) const {
    return nb::cast(Region{operation, index});
  }
};

struct BlockArgumentList {
  static constexpr const char *element = "BlockArgument";
  BlockPtr block;
  intptr_t size() const { return mlirBlockGetNumArguments(block->raw()); }
  nb::object at(intptr_t index) const {
    return wrap(block->context, mlirBlockGetArgument(block->raw(), index));
  }
};

struct BlockList {
  static constexpr const char *element = "Block";
  Region region;
  intptr_t size() const {
    intptr_t count = 0;
    for (MlirBlock block = mlirRegionGetFirstBlock(region.raw()); block.ptr;
         block = mlirBlockGetNextInRegion(block))
      ++count;
    return count;
  }
  nb::object at(intptr_t index) const {
    MlirBlock block = mlirRegionGetFirstBlock(region.raw());
    while (index-- > 0)
      block = mlirBlockGetNextInRegion(block);
    return nb::cast(Block::get(region.operation->context, block));
  }
};

struct OperationList {
  static constexpr const char *element = "OpView";
  BlockPtr block;
  intptr_t size() const {
    intptr_t count = 0;
    for (MlirOperation op = mlirBlockGetFirstOperation(block->raw()); op.ptr;
         op = mlirOperationGetNextInBlock(op))
      ++count;
    return count;
  }
  nb::object at(intptr_t index) const {
    MlirOperation op = mlirBlockGetFirstOperation(block->raw());
    while (index-- > 0)
      op = mlirOperationGetNextInBlock(op);
    return makeView(block->context, op);
  }
};

/// The attributes of an operation, by name.
struct OpAttributeMap {
  OperationPtr operation;
};

/// All elements, as they are now.
template <typename List>
nb::list snapshot(const List &self) {
  nb::list result;
  for (intptr_t i = 0, e = self.size(); i < e; ++i)
    result.append(self.at(i));
  return result;
}

// Linked lists are walked once.
nb::list snapshot(const BlockList &self);
nb::list snapshot(const OperationList &self);

} // namespace mlir::python

#endif // KCFI_PYTHON_MLIR_LISTS_H
