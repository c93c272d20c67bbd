//===- Context.cpp - Contexts of Python -----------------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"
#include "With.h"

#include <fstream>
#include <iterator>

using namespace mlir::python;

nb::str mlir::python::decode(std::string_view text) {
  PyObject *result =
      PyUnicode_DecodeUTF8(text.data(), text.size(), "backslashreplace");
  if (!result)
    throw nb::python_error();
  return nb::steal<nb::str>(result);
}

static Package package;

const Package &mlir::python::getPackage() { return package; }

MlirDialectRegistry mlir::python::getRegistry() {
  static MlirDialectRegistry registry = [] {
    MlirDialectRegistry result = mlirDialectRegistryCreate();
    package.registerAll(result);
    return result;
  }();
  return registry;
}

ContextPtr Context::create() {
  auto result = std::shared_ptr<Context>(new Context());
  // Callbacks run Python code, which one thread at a time may do.
  result->raw = mlirContextCreateWithRegistry(getRegistry(),
                                              /*threadingEnabled=*/false);
  mlirContextAttachDiagnosticHandler(result->raw, handleDiagnostic,
                                     result.get(), /*deleteUserData=*/nullptr);
  mlirContextGetOrLoadDialect(result->raw, toRef(package.dialect));
  return result;
}

Context::~Context() { mlirContextDestroy(raw); }

bool mlir::python::isInside(MlirOperation op, MlirOperation root) {
  for (; op.ptr; op = mlirOperationGetParentOperation(op))
    if (op.ptr == root.ptr)
      return true;
  return false;
}

MlirOperation mlir::python::getRoot(MlirOperation op) {
  for (;;) {
    MlirOperation parent = mlirOperationGetParentOperation(op);
    if (!parent.ptr)
      return op;
    op = parent;
  }
}

OperationPtr mlir::python::beginProcessing(const ContextPtr &context,
                                           const OperationPtr &operation,
                                           Guard::Kind kind) {
  MlirOperation op = operation->raw();
  checkContext(context, operation->context, "the operation");
  for (const Guard &guard : context->guards)
    if (getRoot(op).ptr == getRoot(guard.root).ptr &&
        (guard.kind != Guard::Pass || !isInside(op, guard.root)))
      throw std::runtime_error("the operation is being processed already");
  OperationPtr root = Operation::get(context, getRoot(op));
  Capture capture(context);
  bool ok = mlirOperationVerify(op);
  capture.finish(ok, "Verification failed");
  context->invalidate(op, /*inclusive=*/false);
  context->guards.push_back({kind, op});
  return root;
}

void Context::invalidate(MlirOperation root, bool inclusive) {
  // There are few objects in most programs, and no need to look at all IR.
  constexpr size_t fewObjects = 64;
  if (operations.size() + blocks.size() <= fewObjects) {
    for (auto it = blocks.begin(); it != blocks.end();) {
      if (isInside(mlirBlockGetParentOperation(it->second->peek()), root)) {
        it->second->invalidate();
        it = blocks.erase(it);
      } else {
        ++it;
      }
    }
    for (auto it = operations.begin(); it != operations.end();) {
      MlirOperation op = it->second->peek();
      if ((inclusive || op.ptr != root.ptr) && isInside(op, root)) {
        it->second->invalidate();
        it = operations.erase(it);
      } else {
        ++it;
      }
    }
    return;
  }
  auto drop = [](auto &map, const void *pointer) {
    auto it = map.find(pointer);
    if (it == map.end())
      return;
    it->second->invalidate();
    map.erase(it);
  };
  auto visit = [&](auto &self, MlirOperation op) -> void {
    for (intptr_t i = 0, e = mlirOperationGetNumRegions(op); i < e; ++i) {
      MlirRegion region = mlirOperationGetRegion(op, i);
      for (MlirBlock block = mlirRegionGetFirstBlock(region); block.ptr;
           block = mlirBlockGetNextInRegion(block)) {
        drop(blocks, block.ptr);
        for (MlirOperation nested = mlirBlockGetFirstOperation(block);
             nested.ptr; nested = mlirOperationGetNextInBlock(nested)) {
          drop(operations, nested.ptr);
          self(self, nested);
        }
      }
    }
  };
  visit(visit, root);
  if (inclusive)
    drop(operations, root.ptr);
}

void Context::checkMayRemove(MlirOperation op) const {
  for (const Guard &guard : guards) {
    bool inside = isInside(op, guard.root);
    if (isInside(guard.root, op))
      throw std::runtime_error("the operation that is being processed, and "
                               "those around it, must stay");
    if (guard.kind != Guard::Pass && inside)
      throw std::runtime_error(
          "operations that are being rewritten can only be erased, moved or "
          "replaced by the rewriter of the pattern");
    if (!inside && getRoot(op).ptr == getRoot(guard.root).ptr)
      throw std::runtime_error("a pass must not remove or move operations "
                               "outside of the one that it runs on");
  }
}

void mlir::python::checkContext(const ContextPtr &expected,
                                const ContextPtr &actual, const char *what) {
  if (expected != actual)
    throw nb::value_error(
        (std::string(what) + " belongs to another context").c_str());
}

void mlir::python::checkNesting(std::string_view text) {
  // MLIR's parser calls itself for every bracket.
  constexpr int deepest = 2000;
  int depth = 0;
  bool inString = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (inString) {
      if (c == '\\')
        ++i;
      else if (c == '"' || c == '\n')
        inString = false;
      continue;
    }
    switch (c) {
    case '"':
      inString = true;
      break;
    case '/':
      // A comment ends with its line.
      if (i + 1 < text.size() && text[i + 1] == '/')
        while (i + 1 < text.size() && text[i + 1] != '\n')
          ++i;
      break;
    case '-':
      // An arrow is no bracket.
      if (i + 1 < text.size() && text[i + 1] == '>')
        ++i;
      break;
    case '(':
    case '[':
    case '{':
    case '<':
      if (++depth > deepest)
        throw nb::value_error("the text nests too deeply");
      break;
    case ')':
    case ']':
    case '}':
    case '>':
      --depth;
      break;
    default:
      break;
    }
  }
}

void mlir::python::checkFileNesting(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  // The parser says what is wrong with a file that cannot be read.
  std::string text((std::istreambuf_iterator<char>(file)), {});
  if (!isBytecode(text))
    checkNesting(text);
}

void mlir::python::bindContext(nb::module_ &m, const Package &given) {
  package = given;
  nb::exception<ObjectInvalid>(m, "ObjectInvalid", PyExc_RuntimeError);

  nb::class_<Context> context(
      m, "Context",
      ("Owns types, attributes and everything else. Runs on one thread, and "
       "knows the " +
       std::string(package.dialect) + " dialect and those of MLIR.")
          .c_str());
  context.def(nb::new_([]() { return Context::create(); }))
      .def_prop_rw(
          "allow_unregistered_dialects",
          [](const Context &self) {
            return mlirContextGetAllowUnregisteredDialects(self.raw);
          },
          [](Context &self, bool allow) {
            mlirContextSetAllowUnregisteredDialects(self.raw, allow);
          },
          "Whether operations of unknown dialects may be parsed and made.")
      .def(
          "load_all_available_dialects",
          [](Context &self) { mlirContextLoadAllAvailableDialects(self.raw); },
          "Loads all dialects of MLIR, not only those that parsing meets.")
      .def(
          "is_registered_operation",
          [](Context &self, const std::string &name) {
            std::string dialect = name.substr(0, name.find('.'));
            mlirContextGetOrLoadDialect(self.raw, toRef(dialect));
            return mlirContextIsRegisteredOperation(self.raw, toRef(name));
          },
          nb::arg("operation_name"),
          "Whether a dialect has an operation of this name.")
      .def(
          "attach_diagnostic_handler",
          [](ContextPtr self, nb::callable callback) {
            auto handler =
                std::make_shared<DiagnosticHandler>(self, std::move(callback));
            self->handlers.push_back(handler);
            return handler;
          },
          nb::arg("callback"),
          nb::sig("def attach_diagnostic_handler(self, callback: "
                  "collections.abc.Callable[[Diagnostic], bool]) -> "
                  "DiagnosticHandler"),
          "Calls a function for diagnostics other than the errors that are "
          "raised; it returns True for those that it has dealt with.")
      .def(
          "_get_live_operation_count",
          [](const Context &self) { return self.operations.size(); },
          "Number of operations that have a Python object.");
  bindWith<ContextPtr>(context, "Context", "context",
                       []() -> std::optional<ContextPtr> {
                         if (ContextPtr current = currentContext())
                           return current;
                         return std::nullopt;
                       });

  bindLocation(m);
  bindDiagnostics(m);
  bindInsertionPoint(m);
}
