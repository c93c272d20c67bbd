//===- Symbols.cpp - Symbol tables of Python ------------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "mlir-c/BuiltinAttributes.h"

using namespace mlir::python;

namespace {
/// Looks names up in an operation, anew for every access.
struct SymbolTable {
  OperationPtr operation;
};

/// A table of MLIR for one access.
struct ScopedTable {
  explicit ScopedTable(MlirOperation op) : raw(mlirSymbolTableCreate(op)) {}
  ~ScopedTable() {
    if (raw.ptr)
      mlirSymbolTableDestroy(raw);
  }
  MlirSymbolTable raw;
};
} // namespace

static MlirOperation lookUp(const SymbolTable &self, const std::string &name) {
  MlirOperation op = self.operation->raw();
  MlirStringRef attribute = mlirSymbolTableGetSymbolAttributeName();
  MlirRegion region = mlirOperationGetRegion(op, 0);
  for (MlirBlock block = mlirRegionGetFirstBlock(region); block.ptr;
       block = mlirBlockGetNextInRegion(block))
    for (MlirOperation nested = mlirBlockGetFirstOperation(block); nested.ptr;
         nested = mlirOperationGetNextInBlock(nested)) {
      MlirAttribute found = mlirOperationGetAttributeByName(nested, attribute);
      if (found.ptr && mlirAttributeIsAString(found) &&
          toString(mlirStringAttrGetValue(found)) == name)
        return nested;
    }
  return {nullptr};
}

void mlir::python::bindSymbols(nb::module_ &m) {
  nb::class_<SymbolTable>(m, "SymbolTable",
                          "Finds operations by their symbol names.")
      .def(
          "__init__",
          [](SymbolTable *self, nb::handle operation) {
            OperationPtr op = toOperation(operation);
            if (mlirSymbolTableIsNull(ScopedTable(op->raw()).raw))
              throw nb::value_error("the operation is no symbol table");
            new (self) SymbolTable{op};
          },
          nb::arg("operation"),
          nb::sig("def __init__(self, operation: Operation | OpView | Module) "
                  "-> None"))
      .def(
          "__contains__",
          [](const SymbolTable &self, const std::string &name) {
            return lookUp(self, name).ptr != nullptr;
          },
          nb::arg("name"))
      .def(
          "__getitem__",
          [](const SymbolTable &self, const std::string &name) {
            MlirOperation found = lookUp(self, name);
            if (!found.ptr)
              throw nb::key_error(name.c_str());
            return makeView(self.operation->context, found);
          },
          nb::arg("name"),
          nb::sig("def __getitem__(self, name: str) -> OpView"))
      .def(
          "insert",
          [](const SymbolTable &self, nb::handle operation) {
            OperationPtr op = toOperation(operation);
            checkContext(self.operation->context, op->context, "the operation");
            MlirAttribute name = mlirOperationGetAttributeByName(
                op->raw(), mlirSymbolTableGetSymbolAttributeName());
            if (!name.ptr || !mlirAttributeIsAString(name))
              throw nb::value_error("the operation has no symbol name");
            MlirRegion region =
                mlirOperationGetRegion(self.operation->raw(), 0);
            MlirBlock block = mlirRegionGetFirstBlock(region);
            if (!block.ptr)
              throw nb::value_error("the symbol table has no block");
            if (!mlirOperationGetBlock(op->raw()).ptr)
              op->insertInto(Block::get(self.operation->context, block),
                             mlirBlockGetTerminator(block));
            else if (mlirOperationGetParentOperation(op->raw()).ptr !=
                     self.operation->raw().ptr)
              throw nb::value_error("the operation is attached elsewhere");
            // It is there; this makes its name unique.
            ScopedTable table(self.operation->raw());
            return wrap(self.operation->context,
                        mlirSymbolTableInsert(table.raw, op->raw()));
          },
          nb::arg("operation"),
          nb::sig(
              "def insert(self, operation: Operation | OpView) -> Attribute"),
          "Adds a symbol; it is renamed if its name is taken.")
      .def(
          "erase",
          [](const SymbolTable &, nb::handle operation) {
            toOperation(operation)->erase();
          },
          nb::arg("operation"),
          nb::sig("def erase(self, operation: Operation | OpView) -> None"),
          "Erases a symbol.")
      .def_static(
          "replace_all_symbol_uses",
          [](const std::string &oldName, const std::string &newName,
             nb::handle from) {
            OperationPtr op = toOperation(from);
            if (mlirLogicalResultIsFailure(mlirSymbolTableReplaceAllSymbolUses(
                    toRef(oldName), toRef(newName), op->raw())))
              throw std::runtime_error("not all uses of the symbol are known");
          },
          nb::arg("old_symbol"), nb::arg("new_symbol"), nb::arg("from_root_op"),
          nb::sig("def replace_all_symbol_uses(old_symbol: str, new_symbol: "
                  "str, from_root_op: Operation | OpView | Module) -> None"),
          "Renames the references below an operation.");
}
