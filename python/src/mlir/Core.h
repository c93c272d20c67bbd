//===- Core.h - Objects behind the Python bindings -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Who keeps what alive, and what makes an object unusable:
//
// * Everything holds the context. Attributes, types and locations belong to it,
//   so they are always usable.
// * An operation without a parent belongs to its Python object. Operations of
//   the tree below it hold the root's object, so that a tree lives as long as
//   somebody can reach one of its operations.
// * The context knows all Python objects of operations and blocks. Whatever
//   destroys IR (erasing, passes, rewriting, the end of a tree) makes these
//   objects invalid first; using one afterwards raises ObjectInvalid.
// * Regions, values, lists and insertion points refer to those objects and
//   ask them before every access.
// * While MLIR walks over IR (passes, pattern drivers), a guard forbids those
//   changes that it cannot cope with.
//

#ifndef KCFI_PYTHON_MLIR_CORE_H
#define KCFI_PYTHON_MLIR_CORE_H

#include "mlir-c/Diagnostics.h"
#include "mlir-c/IR.h"

#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/variant.h>
#include <nanobind/stl/vector.h>

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace mlir::python {

namespace nb = nanobind;

class Context;
class Operation;
class Block;
using ContextPtr = std::shared_ptr<Context>;
using OperationPtr = std::shared_ptr<Operation>;
using BlockPtr = std::shared_ptr<Block>;

//===----------------------------------------------------------------------===//
// Strings
//===----------------------------------------------------------------------===//

inline MlirStringRef toRef(std::string_view text) {
  return mlirStringRefCreate(text.data(), text.size());
}
inline std::string toString(MlirStringRef ref) {
  return std::string(ref.data, ref.length);
}

/// A Python string of text that need not be UTF-8.
nb::str decode(std::string_view text);

/// What a printing function of the C API writes.
template <typename Print>
std::string printToString(Print print) {
  std::string text;
  print(
      [](MlirStringRef part, void *data) {
        static_cast<std::string *>(data)->append(part.data, part.length);
      },
      &text);
  return text;
}

//===----------------------------------------------------------------------===//
// Errors and diagnostics
//===----------------------------------------------------------------------===//

/// The IR that an object stood for is gone.
struct ObjectInvalid : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Location {
  ContextPtr context;
  MlirLocation raw;
};

enum class Severity { Error, Warning, Note, Remark };

struct Diagnostic {
  Severity severity;
  Location location;
  std::string message;
  std::vector<Diagnostic> notes;
};

/// Raises the package's MLIRError.
[[noreturn]] void raiseError(std::string_view message,
                             std::vector<Diagnostic> diagnostics);

/// Collects the errors that MLIR reports while it exists. Python exceptions
/// that callbacks raise in that time are kept here, too: they must not unwind
/// MLIR.
class Capture {
public:
  explicit Capture(ContextPtr context);
  ~Capture();
  Capture(const Capture &) = delete;
  Capture &operator=(const Capture &) = delete;

  /// Rethrows what a callback has raised; if there is nothing and `ok` is
  /// false, raises an MLIRError with the errors.
  void finish(bool ok, std::string_view message);

  /// Keeps the exception that is being handled, unless there is one already.
  void keepException() {
    if (!exception)
      exception = std::current_exception();
  }
  bool hasException() const { return exception != nullptr; }

  std::vector<Diagnostic> errors;

private:
  ContextPtr context;
  std::exception_ptr exception;
};

/// Forbids access to IR while a handler runs.
class HandlerScope {
public:
  explicit HandlerScope(Context &context);
  ~HandlerScope();
  HandlerScope(const HandlerScope &) = delete;
  HandlerScope &operator=(const HandlerScope &) = delete;

private:
  Context &context;
};

/// Calls a function of Python; if it raises, the exception goes to the
/// innermost capture of the context, and the result is false.
template <typename Function>
bool callGuarded(Context &context, Function function);

class DiagnosticHandler {
public:
  DiagnosticHandler(ContextPtr context, nb::callable callback)
      : context(std::move(context)), callback(std::move(callback)) {}
  void detach();

  ContextPtr context;
  nb::callable callback;
  bool attached = true;
  bool hadError = false;
};

//===----------------------------------------------------------------------===//
// Context
//===----------------------------------------------------------------------===//

/// What MLIR is doing on the IR below `root` while Python code runs.
struct Guard {
  enum Kind { Pass, Greedy, Walk };
  Kind kind;
  MlirOperation root;
};

class Context : public std::enable_shared_from_this<Context> {
public:
  static ContextPtr create();
  ~Context();
  Context(const Context &) = delete;
  Context &operator=(const Context &) = delete;

  MlirContext raw;
  std::unordered_map<const void *, Operation *> operations;
  std::unordered_map<const void *, Block *> blocks;
  std::vector<Guard> guards;
  std::vector<Capture *> captures;
  /// Number of handlers that are running: MLIR may be in the middle of a change
  /// then, so that no operation can be looked at.
  int locked = 0;
  std::vector<std::shared_ptr<DiagnosticHandler>> handlers;

  /// Makes the objects of the operations and blocks below `root` invalid, and
  /// that of `root` itself if `inclusive`.
  void invalidate(MlirOperation root, bool inclusive);

  /// Throws if MLIR could not cope with the end or the move of `op`.
  void checkMayRemove(MlirOperation op) const;

private:
  Context() = default;
};

template <typename Function>
bool callGuarded(Context &context, Function function) {
  try {
    function();
    return true;
  } catch (nb::python_error &error) {
    if (!context.captures.empty()) {
      context.captures.back()->keepException();
      return false;
    }
    // Nothing that could raise later: the interpreter reports what nobody can
    // catch.
    error.restore();
    PyErr_WriteUnraisable(nullptr);
    return false;
  } catch (...) {
    if (!context.captures.empty())
      context.captures.back()->keepException();
    return false;
  }
}

/// What a package adds to the bindings of MLIR.
struct Package {
  /// The module of Python with the class MLIRError and the function warn.
  const char *errors;
  /// The dialect that each context loads.
  const char *dialect;
  /// Registers dialects and passes.
  void (*registerAll)(MlirDialectRegistry registry);
};
const Package &getPackage();

/// The dialects of all contexts.
MlirDialectRegistry getRegistry();

/// Handles the diagnostics of the context behind `data`.
MlirLogicalResult handleDiagnostic(MlirDiagnostic raw, void *data);

/// The context of an argument, or that of the innermost `with`.
ContextPtr resolveContext(const std::optional<ContextPtr> &given);
Location resolveLocation(const std::optional<Location> &given,
                         const ContextPtr &context = nullptr);

/// Throws ValueError if two contexts meet in one call.
void checkContext(const ContextPtr &expected, const ContextPtr &actual,
                  const char *what);

/// Text that nests deeper than MLIR's recursive parser copes with is refused.
void checkNesting(std::string_view text);
void checkFileNesting(const std::string &path);
inline bool isBytecode(std::string_view text) {
  return text.substr(0, 4) == "ML\xEFR";
}

//===----------------------------------------------------------------------===//
// Attributes and types
//===----------------------------------------------------------------------===//

struct Attribute {
  ContextPtr context;
  MlirAttribute raw;
};

struct Type {
  ContextPtr context;
  MlirType raw;
};

inline std::string print(MlirAttribute attribute) {
  return printToString([&](MlirStringCallback callback, void *data) {
    mlirAttributePrint(attribute, callback, data);
  });
}
inline std::string print(MlirType type) {
  return printToString([&](MlirStringCallback callback, void *data) {
    mlirTypePrint(type, callback, data);
  });
}

/// An object of a class of attributes or types.
template <typename T, typename Raw>
T make(const ContextPtr &context, Raw raw) {
  T result;
  result.context = context;
  result.raw = raw;
  return result;
}

/// The object of the first of the classes that `raw` belongs to, or false.
template <typename... Ts, typename Raw>
bool tryWrapAny(const ContextPtr &context, Raw raw, nb::object &result) {
  return ((Ts::isA(raw) && (result = nb::cast(make<Ts>(context, raw)), true)) ||
          ...);
}

/// Defines a class with the constructor that all of them have: from another
/// attribute or type, which must be of the class.
template <typename T, typename Base, typename Root>
nb::class_<T, Base> defineKind(nb::module_ &m, const char *name,
                               const char *doc, const char *noun,
                               const char *argument, const char *question) {
  nb::class_<T, Base> result(m, name, doc);
  std::string refusal = std::string("cannot cast ") + noun + " to " + name;
  result
      .def(
          "__init__",
          [refusal](T *self, const Root &other) {
            if (!T::isA(other.raw))
              throw nb::value_error(
                  (refusal + " (from " + print(other.raw) + ")").c_str());
            new (self) T(make<T>(other.context, other.raw));
          },
          nb::arg(argument))
      .def_static(
          "isinstance", [](const Root &other) { return T::isA(other.raw); },
          nb::arg("other"), question);
  return result;
}

/// `index` counted from the start; throws IndexError if it is out of range.
intptr_t checkIndex(intptr_t index, intptr_t size);

nb::object makeNamedAttribute(const ContextPtr &context,
                              MlirNamedAttribute raw);

/// Attributes and types of dialects get the Python class that is registered for
/// their MLIR type id, if there is one.
nb::object wrapDialectObject(nb::object plain, const void *typeId);
void registerDialectClass(const void *typeId, nb::object pythonClass);

/// The object of the most derived Python class.
nb::object wrap(const ContextPtr &context, MlirAttribute attribute);
nb::object wrap(const ContextPtr &context, MlirType type);

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

class Operation : public std::enable_shared_from_this<Operation> {
public:
  /// The object of an operation somewhere in a tree.
  static OperationPtr get(const ContextPtr &context, MlirOperation op);
  /// The object of an operation without a parent, which it takes over.
  static OperationPtr own(const ContextPtr &context, MlirOperation op);
  ~Operation();
  Operation(const Operation &) = delete;
  Operation &operator=(const Operation &) = delete;

  /// The operation; throws if it is gone.
  MlirOperation raw() const;
  bool isValid() const { return valid; }
  void invalidate() { valid = false; }
  /// The operation of an object that is known to the context.
  MlirOperation peek() const { return op; }

  void erase();
  void detach();
  /// Puts an operation without a parent into a block, before `before` or at
  /// the end.
  void insertInto(const BlockPtr &block, MlirOperation before);
  void moveNextTo(Operation &other, bool after);
  /// Throws unless the operation may end up in `block`.
  static void checkDestination(MlirOperation op, MlirBlock block);

  ContextPtr context;

private:
  Operation(ContextPtr context, MlirOperation op, bool owned)
      : context(std::move(context)), op(op), owned(owned) {}
  friend class Block;

  MlirOperation op;
  bool valid = true;
  bool owned;
  OperationPtr root;
};

class Block : public std::enable_shared_from_this<Block> {
public:
  static BlockPtr get(const ContextPtr &context, MlirBlock block);
  ~Block();
  Block(const Block &) = delete;
  Block &operator=(const Block &) = delete;

  MlirBlock raw() const;
  void invalidate() { valid = false; }
  MlirBlock peek() const { return block; }

  ContextPtr context;

private:
  Block(ContextPtr context, MlirBlock block, OperationPtr root)
      : context(std::move(context)), block(block), root(std::move(root)) {}

  MlirBlock block;
  bool valid = true;
  OperationPtr root;
};

/// The base of the classes of operations, which Python code derives from.
struct OpView {
  OperationPtr operation;
};

inline std::string getName(MlirOperation op) {
  return toString(mlirIdentifierStr(mlirOperationGetName(op)));
}
inline MlirAttribute getAttribute(MlirOperation op, MlirStringRef name) {
  return mlirOperationGetAttributeByName(op, name);
}

/// The object of the class that is registered for the operation's name.
nb::object makeView(const OperationPtr &operation);
nb::object makeView(const ContextPtr &context, MlirOperation op);

/// An operation given as Operation, OpView or Module.
OperationPtr toOperation(nb::handle object);

struct Module {
  OperationPtr operation;
};

struct Region {
  OperationPtr operation;
  intptr_t index;
  MlirRegion raw() const {
    return mlirOperationGetRegion(operation->raw(), index);
  }
};

/// A result holds its operation, an argument its block.
struct Value {
  OperationPtr operation;
  BlockPtr block;
  MlirValue value;

  const ContextPtr &context() const {
    return operation ? operation->context : block->context;
  }
  MlirValue raw() const;
};
struct OpResult : Value {};
struct BlockArgument : Value {};

nb::object wrap(const ContextPtr &context, MlirValue value);
/// A value given as Value, or as an operation with one result.
Value toValue(nb::handle object);

struct InsertionPoint {
  BlockPtr block;
  OperationPtr before;

  void insert(Operation &operation) const;
};

/// The insertion point of an argument: None means that of the innermost `with`,
/// False none at all.
std::optional<InsertionPoint> resolveInsertionPoint(nb::handle given);

/// Throws if something outside of `op` uses values that are defined in it, or
/// its results.
void checkUnused(MlirOperation op, bool resultsToo = true);

/// True if `op` is `root` or below it.
bool isInside(MlirOperation op, MlirOperation root);

/// What a pass manager or a driver of patterns does with the operation it is
/// given: it must be of `context`, valid, and not processed already. Makes the
/// objects inside of it invalid and pushes a guard, which the caller pops.
/// Returns the object of the root, which owns the tree.
OperationPtr beginProcessing(const ContextPtr &context,
                             const OperationPtr &operation, Guard::Kind kind);
MlirOperation getRoot(MlirOperation op);

//===----------------------------------------------------------------------===//
// Parts of the module
//===----------------------------------------------------------------------===//

/// Sets the package, which everything else needs.
void bindContext(nb::module_ &m, const Package &package);
void bindLocation(nb::module_ &m);
void bindDiagnostics(nb::module_ &m);
void bindInsertionPoint(nb::module_ &m);
void bindAttributes(nb::module_ &m);
void bindTypes(nb::module_ &m);
void bindIR(nb::module_ &m);
void bindWalks(nb::module_ &m);
void bindValues(nb::module_ &m);
void bindLists(nb::module_ &m);
void bindAttributeMap(nb::module_ &m);
void bindBlocks(nb::module_ &m);
void bindOperations(nb::module_ &m);
void bindSymbols(nb::module_ &m);
void bindPass(nb::module_ &m);
void bindRewrite(nb::module_ &m);

} // namespace mlir::python

#endif // KCFI_PYTHON_MLIR_CORE_H
