//===- AttributeMap.cpp - Attributes of operations ------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lists.h"

using namespace mlir::python;

static void setAttribute(const OpAttributeMap &self, const std::string &name,
                         const Attribute &value) {
  MlirOperation op = self.operation->raw();
  checkContext(self.operation->context, value.context, "the attribute");
  if (name.empty())
    throw nb::value_error("attributes have names");
  MlirAttribute old = getAttribute(op, toRef(name));
  mlirOperationSetAttributeByName(op, toRef(name), value.raw);
  if (mlirAttributeEqual(getAttribute(op, toRef(name)), value.raw))
    return;
  // MLIR drops properties of another kind without a word.
  if (old.ptr)
    mlirOperationSetAttributeByName(op, toRef(name), old);
  throw nb::value_error(
      ("'" + getName(op) + "' cannot have this value as '" + name + "'")
          .c_str());
}

/// Names and values, in the order of the printed form.
static std::vector<MlirNamedAttribute> listAttributes(MlirOperation op) {
  std::vector<MlirNamedAttribute> result;
  for (intptr_t i = 0, e = mlirOperationGetNumAttributes(op); i < e; ++i)
    result.push_back(mlirOperationGetAttribute(op, i));
  return result;
}

void mlir::python::bindAttributeMap(nb::module_ &m) {
  nb::class_<OpAttributeMap>(m, "OpAttributeMap",
                             "The attributes of an operation, by name.")
      .def("__len__",
           [](const OpAttributeMap &self) {
             return mlirOperationGetNumAttributes(self.operation->raw());
           })
      .def(
          "__contains__",
          [](const OpAttributeMap &self, const std::string &name) {
            return getAttribute(self.operation->raw(), toRef(name)).ptr !=
                   nullptr;
          },
          nb::arg("name"))
      .def(
          "__getitem__",
          [](const OpAttributeMap &self, const std::string &name) {
            MlirAttribute found =
                getAttribute(self.operation->raw(), toRef(name));
            if (!found.ptr)
              throw nb::key_error(name.c_str());
            return wrap(self.operation->context, found);
          },
          nb::arg("name"),
          nb::sig("def __getitem__(self, name: str) -> Attribute"))
      .def(
          "__getitem__",
          [](const OpAttributeMap &self, intptr_t index) {
            MlirOperation op = self.operation->raw();
            return makeNamedAttribute(
                self.operation->context,
                mlirOperationGetAttribute(
                    op, checkIndex(index, mlirOperationGetNumAttributes(op))));
          },
          nb::arg("index"),
          nb::sig("def __getitem__(self, index: int) -> NamedAttribute"))
      .def("__setitem__", &setAttribute, nb::arg("name"), nb::arg("attr"))
      .def(
          "__delitem__",
          [](const OpAttributeMap &self, const std::string &name) {
            if (!mlirOperationRemoveAttributeByName(self.operation->raw(),
                                                    toRef(name)))
              throw nb::key_error(name.c_str());
          },
          nb::arg("name"))
      .def(
          "__iter__",
          [](const OpAttributeMap &self) {
            nb::list names;
            for (const auto &each : listAttributes(self.operation->raw()))
              names.append(toString(mlirIdentifierStr(each.name)));
            return nb::iter(names);
          },
          nb::sig("def __iter__(self) -> collections.abc.Iterator[str]"))
      .def(
          "keys",
          [](const OpAttributeMap &self) {
            std::vector<std::string> names;
            for (const auto &each : listAttributes(self.operation->raw()))
              names.push_back(toString(mlirIdentifierStr(each.name)));
            return names;
          },
          "The names.")
      .def(
          "values",
          [](const OpAttributeMap &self) {
            nb::list values;
            for (const auto &each : listAttributes(self.operation->raw()))
              values.append(wrap(self.operation->context, each.attribute));
            return values;
          },
          nb::sig("def values(self) -> list[Attribute]"), "The values.")
      .def(
          "items",
          [](const OpAttributeMap &self) {
            nb::list items;
            for (const auto &each : listAttributes(self.operation->raw()))
              items.append(nb::make_tuple(
                  toString(mlirIdentifierStr(each.name)),
                  wrap(self.operation->context, each.attribute)));
            return items;
          },
          nb::sig("def items(self) -> list[tuple[str, Attribute]]"),
          "Names and values.")
      .def(
          "get",
          [](const OpAttributeMap &self, const std::string &name,
             nb::object fallback) {
            MlirAttribute found =
                getAttribute(self.operation->raw(), toRef(name));
            return found.ptr ? wrap(self.operation->context, found) : fallback;
          },
          nb::arg("name"), nb::arg("default") = nb::none(),
          nb::sig("def get(self, name: str, default: Attribute | None = None) "
                  "-> Attribute | None"),
          "The attribute of that name, or the default.");
}
