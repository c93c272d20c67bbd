//===- Blocks.cpp - Regions and blocks of Python --------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lists.h"

using namespace mlir::python;

static void bindRegion(nb::module_ &m) {
  nb::class_<Region>(m, "Region", "A list of blocks within an operation.")
      .def_prop_ro(
          "blocks", [](const Region &self) { return BlockList{self}; },
          nb::sig("def blocks(self) -> BlockList"), "The blocks.")
      .def_prop_ro(
          "owner",
          [](const Region &self) {
            self.raw();
            return makeView(self.operation);
          },
          nb::sig("def owner(self) -> OpView"), "The operation.")
      .def(
          "__iter__",
          [](const Region &self) {
            return nb::iter(snapshot(BlockList{self}));
          },
          nb::sig("def __iter__(self) -> collections.abc.Iterator[Block]"))
      .def(
          "__eq__",
          [](const Region &self, nb::handle other) {
            const Region *rhs;
            return nb::try_cast(other, rhs) && rhs &&
                   self.operation == rhs->operation && self.index == rhs->index;
          },
          nb::arg("other").none(),
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__", [](const Region &self) {
        return std::hash<OperationPtr>()(self.operation) + self.index;
      });
}

static void bindBlock(nb::module_ &m) {
  nb::class_<Block>(m, "Block", "A list of operations with arguments.",
                    nb::is_weak_referenceable())
      .def_static(
          "create_at_start",
          [](const Region &parent, const std::vector<Type> &types) {
            const ContextPtr &context = parent.operation->context;
            std::vector<MlirType> raw;
            for (const Type &type : types) {
              checkContext(context, type.context, "a type");
              raw.push_back(type.raw);
            }
            std::vector<MlirLocation> locations(
                raw.size(), resolveLocation(std::nullopt, context).raw);
            MlirRegion region = parent.raw();
            MlirBlock block =
                mlirBlockCreate(raw.size(), raw.data(), locations.data());
            mlirRegionInsertOwnedBlock(region, 0, block);
            return Block::get(context, block);
          },
          nb::arg("parent"), nb::arg("arg_types") = nb::list(),
          nb::sig("def create_at_start(parent: Region, arg_types: "
                  "collections.abc.Sequence[Type] = []) -> Block"),
          "Puts a new block at the start of a region.")
      .def_prop_ro(
          "owner",
          [](const Block &self) {
            return makeView(self.context,
                            mlirBlockGetParentOperation(self.raw()));
          },
          nb::sig("def owner(self) -> OpView"),
          "The operation that the block is in.")
      .def_prop_ro(
          "arguments", [](BlockPtr self) { return BlockArgumentList{self}; },
          nb::sig("def arguments(self) -> BlockArgumentList"), "The arguments.")
      .def_prop_ro(
          "operations", [](BlockPtr self) { return OperationList{self}; },
          nb::sig("def operations(self) -> OperationList"), "The operations.")
      .def_prop_ro(
          "terminator",
          [](const Block &self) -> std::optional<nb::object> {
            MlirOperation op = mlirBlockGetTerminator(self.raw());
            if (!op.ptr)
              return std::nullopt;
            return makeView(self.context, op);
          },
          nb::sig("def terminator(self) -> OpView | None"),
          "The terminator; None if there is none.")
      .def(
          "add_argument",
          [](const Block &self, const Type &type, const Location &loc) {
            checkContext(self.context, type.context, "the type");
            checkContext(self.context, loc.context, "the location");
            return wrap(self.context,
                        mlirBlockAddArgument(self.raw(), type.raw, loc.raw));
          },
          nb::arg("type"), nb::arg("loc"),
          nb::sig("def add_argument(self, type: Type, loc: Location) -> "
                  "BlockArgument"),
          "Adds an argument.")
      .def(
          "erase_argument",
          [](const Block &self, intptr_t index) {
            MlirBlock block = self.raw();
            index = checkIndex(index, mlirBlockGetNumArguments(block));
            if (!mlirOpOperandIsNull(
                    mlirValueGetFirstUse(mlirBlockGetArgument(block, index))))
              throw std::runtime_error("the argument has uses");
            mlirBlockEraseArgument(block, index);
          },
          nb::arg("index"), "Removes an argument that nobody uses.")
      .def(
          "append",
          [](BlockPtr self, nb::handle operation) {
            OperationPtr op = toOperation(operation);
            if (op->raw().ptr && mlirOperationGetBlock(op->raw()).ptr)
              op->detach();
            op->insertInto(self, {nullptr});
          },
          nb::arg("operation"),
          nb::sig("def append(self, operation: Operation | OpView) -> None"),
          "Puts an operation at the end, taking it from where it was.")
      .def(
          "__iter__",
          [](BlockPtr self) { return nb::iter(snapshot(OperationList{self})); },
          nb::sig("def __iter__(self) -> collections.abc.Iterator[OpView]"))
      .def(
          "__eq__",
          [](BlockPtr self, nb::handle other) {
            BlockPtr rhs;
            return nb::try_cast(other, rhs) && self == rhs;
          },
          nb::arg("other").none(),
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](BlockPtr self) { return std::hash<BlockPtr>()(self); })
      .def("__str__", [](const Block &self) {
        MlirBlock block = self.raw();
        return decode(
            printToString([&](MlirStringCallback callback, void *data) {
              mlirBlockPrint(block, callback, data);
            }));
      });
}

void mlir::python::bindBlocks(nb::module_ &m) {
  bindRegion(m);
  bindBlock(m);
}
