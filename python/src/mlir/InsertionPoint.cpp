//===- InsertionPoint.cpp - Where new operations of Python go -------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"
#include "With.h"

using namespace mlir::python;

void mlir::python::bindInsertionPoint(nb::module_ &m) {
  nb::class_<InsertionPoint> point(m, "InsertionPoint",
                                   "Where new operations go: before an "
                                   "operation, or at the end of a block.");
  point
      .def(
          "__init__",
          [](InsertionPoint *self, nb::object place) {
            BlockPtr block;
            if (nb::try_cast(place, block) && block) {
              block->raw();
              new (self) InsertionPoint{block, nullptr};
              return;
            }
            OperationPtr before = toOperation(place);
            MlirBlock parent = mlirOperationGetBlock(before->raw());
            if (!parent.ptr)
              throw nb::value_error("the operation is in no block");
            new (self)
                InsertionPoint{Block::get(before->context, parent), before};
          },
          nb::arg("beforeOperation"),
          nb::sig("def __init__(self, beforeOperation: Operation | OpView | "
                  "Module | Block) -> None"))
      .def_static(
          "at_block_begin",
          [](BlockPtr block) {
            MlirOperation first = mlirBlockGetFirstOperation(block->raw());
            return InsertionPoint{
                block,
                first.ptr ? Operation::get(block->context, first) : nullptr};
          },
          nb::arg("block"), "In front of a block's operations.")
      .def_static(
          "at_block_terminator",
          [](BlockPtr block) {
            MlirOperation last = mlirBlockGetTerminator(block->raw());
            if (!last.ptr)
              throw nb::value_error("the block has no terminator");
            return InsertionPoint{block, Operation::get(block->context, last)};
          },
          nb::arg("block"), "In front of a block's terminator.")
      .def_static(
          "after",
          [](nb::handle object) {
            OperationPtr op = toOperation(object);
            MlirBlock parent = mlirOperationGetBlock(op->raw());
            if (!parent.ptr)
              throw nb::value_error("the operation is in no block");
            MlirOperation next = mlirOperationGetNextInBlock(op->raw());
            return InsertionPoint{Block::get(op->context, parent),
                                  next.ptr ? Operation::get(op->context, next)
                                           : nullptr};
          },
          nb::arg("operation"),
          nb::sig("def after(operation: Operation | OpView | Module) -> "
                  "InsertionPoint"),
          "Behind an operation.")
      .def(
          "insert",
          [](const InsertionPoint &self, nb::handle operation) {
            self.insert(*toOperation(operation));
          },
          nb::arg("operation"),
          nb::sig("def insert(self, operation: Operation | OpView) -> None"),
          "Puts an operation without a parent here.")
      .def_prop_ro(
          "block", [](const InsertionPoint &self) { return self.block; },
          "The block.")
      .def_prop_ro(
          "ref_operation",
          [](const InsertionPoint &self) -> std::optional<nb::object> {
            if (!self.before)
              return std::nullopt;
            return makeView(self.before);
          },
          nb::sig("def ref_operation(self) -> OpView | None"),
          "The operation behind the point; None at the end of a block.");
  bindWith<InsertionPoint>(point, "InsertionPoint", "insertion point",
                           currentInsertionPoint);
}
