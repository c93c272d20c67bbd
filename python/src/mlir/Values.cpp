//===- Values.cpp - Values of Python --------------------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

using namespace mlir::python;

static nb::object getOwner(const Value &self) {
  if (self.block) {
    self.raw();
    return nb::cast(self.block);
  }
  self.raw();
  return makeView(self.operation);
}

void mlir::python::bindValues(nb::module_ &m) {
  nb::class_<Value>(m, "Value", "Something that an operation can use.",
                    nb::is_generic(), nb::sig("class Value(object)"))
      .def_prop_ro(
          "context", [](const Value &self) { return self.context(); },
          "The context that the value belongs to.")
      .def_prop_ro(
          "type",
          [](const Value &self) {
            return wrap(self.context(), mlirValueGetType(self.raw()));
          },
          nb::sig("def type(self) -> Type"), "The type.")
      .def(
          "set_type",
          [](const Value &self, const Type &type) {
            checkContext(self.context(), type.context, "the type");
            mlirValueSetType(self.raw(), type.raw);
          },
          nb::arg("type"), "Changes the type.")
      .def_prop_ro("owner", &getOwner,
                   nb::sig("def owner(self) -> OpView | Block"),
                   "The operation or the block that defines the value.")
      .def_prop_ro(
          "uses",
          [](const Value &self) {
            nb::list result;
            for (MlirOpOperand use = mlirValueGetFirstUse(self.raw());
                 !mlirOpOperandIsNull(use); use = mlirOpOperandGetNextUse(use))
              result.append(nb::make_tuple(
                  makeView(self.context(), mlirOpOperandGetOwner(use)),
                  mlirOpOperandGetOperandNumber(use)));
            return result;
          },
          nb::sig("def uses(self) -> list[tuple[OpView, int]]"),
          "The users, with the numbers of their operands.")
      .def(
          "replace_all_uses_with",
          [](const Value &self, nb::handle with) {
            Value other = toValue(with);
            checkContext(self.context(), other.context(), "the other value");
            // MLIR would not come to an end.
            if (!mlirValueEqual(self.raw(), other.raw()))
              mlirValueReplaceAllUsesOfWith(self.raw(), other.raw());
          },
          nb::arg("with_"),
          nb::sig("def replace_all_uses_with(self, with_: Value | Operation | "
                  "OpView) -> None"),
          "Makes all users use another value.")
      .def(
          "get_name",
          [](const Value &self) {
            Value value = self;
            MlirOperation op =
                value.block ? mlirBlockGetParentOperation(value.block->raw())
                            : value.operation->raw();
            Capture capture(value.context());
            MlirOpPrintingFlags flags = mlirOpPrintingFlagsCreate();
            MlirAsmState state =
                mlirAsmStateCreateForOperation(getRoot(op), flags);
            std::string name =
                printToString([&](MlirStringCallback callback, void *data) {
                  mlirValuePrintAsOperand(value.raw(), state, callback, data);
                });
            mlirAsmStateDestroy(state);
            mlirOpPrintingFlagsDestroy(flags);
            return decode(name);
          },
          "What the value is called in the text, e.g. `%0`.")
      .def(
          "__eq__",
          [](const Value &self, nb::handle other) {
            const Value *rhs;
            return nb::try_cast(other, rhs) && rhs &&
                   mlirValueEqual(self.raw(), rhs->raw());
          },
          nb::arg("other").none(),
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](const Value &self) {
             return std::hash<const void *>()(self.value.ptr);
           })
      .def("__str__", [](const Value &self) {
        Capture capture(self.context());
        MlirValue value = self.raw();
        return decode(
            printToString([&](MlirStringCallback callback, void *data) {
              mlirValuePrint(value, callback, data);
            }));
      });
  nb::class_<OpResult, Value>(m, "OpResult", "A result of an operation.",
                              nb::is_generic(),
                              nb::sig("class OpResult(Value)"))
      .def_prop_ro(
          "result_number",
          [](const OpResult &self) {
            return mlirOpResultGetResultNumber(self.raw());
          },
          "Which result it is.")
      .def_prop_ro("owner", &getOwner, nb::sig("def owner(self) -> OpView"),
                   "The operation.");
  nb::class_<BlockArgument, Value>(m, "BlockArgument",
                                   "An argument of a block.", nb::is_generic(),
                                   nb::sig("class BlockArgument(Value)"))
      .def_prop_ro(
          "arg_number",
          [](const BlockArgument &self) {
            return mlirBlockArgumentGetArgNumber(self.raw());
          },
          "Which argument it is.")
      .def_prop_ro("owner", &getOwner, nb::sig("def owner(self) -> Block"),
                   "The block.");
}
