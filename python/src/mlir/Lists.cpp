//===- Lists.cpp - Lists in IR --------------------------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lists.h"

using namespace mlir::python;

nb::list mlir::python::snapshot(const BlockList &self) {
  nb::list result;
  for (MlirBlock block = mlirRegionGetFirstBlock(self.region.raw()); block.ptr;
       block = mlirBlockGetNextInRegion(block))
    result.append(Block::get(self.region.operation->context, block));
  return result;
}

nb::list mlir::python::snapshot(const OperationList &self) {
  nb::list result;
  for (MlirOperation op = mlirBlockGetFirstOperation(self.block->raw()); op.ptr;
       op = mlirOperationGetNextInBlock(op))
    result.append(makeView(self.block->context, op));
  return result;
}

/// nanobind keeps the pointer.
static const char *keep(const std::string &signature) {
  return (new std::string(signature))->c_str();
}

template <typename List>
static nb::class_<List> bindList(nb::module_ &m, const char *name,
                                 const char *doc) {
  std::string element = List::element;
  nb::class_<List> result(m, name, doc);
  result.def("__len__", [](const List &self) { return self.size(); })
      .def(
          "__getitem__",
          [](const List &self, intptr_t index) {
            return self.at(checkIndex(index, self.size()));
          },
          nb::arg("index"),
          nb::sig(keep("def __getitem__(self, index: int) -> " + element)))
      .def(
          "__getitem__",
          [](const List &self, nb::slice slice) {
            return nb::steal(
                PyObject_GetItem(snapshot(self).ptr(), slice.ptr()));
          },
          nb::arg("index"),
          nb::sig(keep("def __getitem__(self, index: slice) -> list[" +
                       element + "]")))
      .def(
          "__iter__", [](const List &self) { return nb::iter(snapshot(self)); },
          nb::sig(keep("def __iter__(self) -> collections.abc.Iterator[" +
                       element + "]")));
  return result;
}

template <typename List>
static nb::list typesOf(const List &self) {
  nb::list result;
  for (intptr_t i = 0, e = self.size(); i < e; ++i)
    result.append(self.at(i).attr("type"));
  return result;
}

void mlir::python::bindLists(nb::module_ &m) {
  bindList<OpOperandList>(m, "OpOperandList", "The operands of an operation.")
      .def(
          "__setitem__",
          [](const OpOperandList &self, intptr_t index, nb::handle item) {
            Value value = toValue(item);
            checkContext(self.operation->context, value.context(),
                         "the operand");
            mlirOperationSetOperand(self.operation->raw(),
                                    checkIndex(index, self.size()),
                                    value.raw());
          },
          nb::arg("index"), nb::arg("value"),
          nb::sig("def __setitem__(self, index: int, value: Value | Operation "
                  "| OpView) -> None"))
      .def_prop_ro("types", &typesOf<OpOperandList>,
                   nb::sig("def types(self) -> list[Type]"), "Their types.");
  bindList<OpResultList>(m, "OpResultList", "The results of an operation.")
      .def_prop_ro("types", &typesOf<OpResultList>,
                   nb::sig("def types(self) -> list[Type]"), "Their types.");
  bindList<OpSuccessors>(m, "OpSuccessors", "The targets of a branch.");
  bindList<RegionSequence>(m, "RegionSequence", "The regions of an operation.");
  bindList<BlockArgumentList>(m, "BlockArgumentList",
                              "The arguments of a block.")
      .def_prop_ro("types", &typesOf<BlockArgumentList>,
                   nb::sig("def types(self) -> list[Type]"), "Their types.");
  bindList<BlockList>(m, "BlockList", "The blocks of a region.")
      .def(
          "append",
          [](const BlockList &self, nb::args types) {
            const ContextPtr &context = self.region.operation->context;
            std::vector<MlirType> raw;
            for (nb::handle item : types) {
              Type *type;
              if (!nb::try_cast(item, type) || !type)
                throw nb::type_error("block arguments are given by types");
              checkContext(context, type->context, "a type");
              raw.push_back(type->raw);
            }
            std::vector<MlirLocation> locations(
                raw.size(), resolveLocation(std::nullopt, context).raw);
            MlirRegion region = self.region.raw();
            MlirBlock block =
                mlirBlockCreate(raw.size(), raw.data(), locations.data());
            mlirRegionAppendOwnedBlock(region, block);
            return Block::get(context, block);
          },
          nb::arg("args"), nb::sig("def append(self, *args: Type) -> Block"),
          "Adds a block with arguments of these types.");
  bindList<OperationList>(m, "OperationList", "The operations of a block.");
}
