//===- Context.cpp - Contexts, locations, diagnostics -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "kcfi-c/Dialect.h"
#include "kcfi-c/Passes.h"
#include "mlir-c/BuiltinAttributes.h"

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace mlir::kcfi::python;

nb::str mlir::kcfi::python::decode(std::string_view text) {
  PyObject *result =
      PyUnicode_DecodeUTF8(text.data(), text.size(), "backslashreplace");
  if (!result)
    throw nb::python_error();
  return nb::steal<nb::str>(result);
}

//===----------------------------------------------------------------------===//
// Diagnostics
//===----------------------------------------------------------------------===//

static Diagnostic convert(const ContextPtr &context, MlirDiagnostic raw) {
  Diagnostic result;
  switch (mlirDiagnosticGetSeverity(raw)) {
  case MlirDiagnosticError:
    result.severity = Severity::Error;
    break;
  case MlirDiagnosticWarning:
    result.severity = Severity::Warning;
    break;
  case MlirDiagnosticNote:
    result.severity = Severity::Note;
    break;
  case MlirDiagnosticRemark:
    result.severity = Severity::Remark;
    break;
  }
  result.location = {context, mlirDiagnosticGetLocation(raw)};
  result.message = printToString([&](MlirStringCallback callback, void *data) {
    mlirDiagnosticPrint(raw, callback, data);
  });
  for (intptr_t i = 0, e = mlirDiagnosticGetNumNotes(raw); i < e; ++i)
    result.notes.push_back(convert(context, mlirDiagnosticGetNote(raw, i)));
  return result;
}

/// Hands a diagnostic to the handlers of Python, newest first, until one takes
/// it.
static bool callHandlers(Context &context, const Diagnostic &diagnostic) {
  HandlerScope scope(context);
  // A handler may attach or detach handlers.
  auto handlers = context.handlers;
  for (auto it = handlers.rbegin(); it != handlers.rend(); ++it) {
    if (!(*it)->attached)
      continue;
    if (diagnostic.severity == Severity::Error)
      (*it)->hadError = true;
    if (nb::cast<bool>(nb::bool_((*it)->callback(diagnostic))))
      return true;
  }
  return false;
}

static MlirLogicalResult handleDiagnostic(MlirDiagnostic raw, void *data) {
  auto &context = *static_cast<Context *>(data);
  auto handle = [&] {
    Diagnostic diagnostic = convert(context.shared_from_this(), raw);
    if (diagnostic.severity == Severity::Error && !context.captures.empty()) {
      context.captures.back()->errors.push_back(std::move(diagnostic));
      return true;
    }
    if (callHandlers(context, diagnostic))
      return true;
    if (diagnostic.severity != Severity::Warning)
      return false;
    // Nobody asked for warnings; they must not get lost.
    nb::module_::import_("mlir_kcfi._errors").attr("warn")(diagnostic);
    return true;
  };
  bool handled = false;
  if (!callGuarded(context, [&] { handled = handle(); }))
    handled = true;
  return handled ? mlirLogicalResultSuccess() : mlirLogicalResultFailure();
}

HandlerScope::HandlerScope(Context &context) : context(context) {
  ++context.locked;
}

HandlerScope::~HandlerScope() { --context.locked; }

void DiagnosticHandler::detach() {
  if (!attached)
    return;
  attached = false;
  auto &all = context->handlers;
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&](const auto &other) { return &*other == this; }),
            all.end());
}

void mlir::kcfi::python::raiseError(std::string_view message,
                                    std::vector<Diagnostic> diagnostics) {
  nb::object type = nb::module_::import_("mlir_kcfi._errors").attr("MLIRError");
  nb::object error = type(decode(message), std::move(diagnostics));
  PyErr_SetObject(type.ptr(), error.ptr());
  throw nb::python_error();
}

Capture::Capture(ContextPtr contextArg) : context(std::move(contextArg)) {
  context->captures.push_back(this);
}

Capture::~Capture() { context->captures.pop_back(); }

void Capture::finish(bool ok, std::string_view message) {
  if (exception)
    std::rethrow_exception(exception);
  if (!ok)
    raiseError(message, std::move(errors));
}

//===----------------------------------------------------------------------===//
// Contexts
//===----------------------------------------------------------------------===//

MlirDialectRegistry mlir::kcfi::python::getRegistry() {
  static MlirDialectRegistry registry = [] {
    MlirDialectRegistry result = mlirDialectRegistryCreate();
    kcfiRegisterAllDialects(result);
    kcfiRegisterAllPasses();
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
  mlirContextGetOrLoadDialect(result->raw, toRef("kcfi"));
  return result;
}

Context::~Context() { mlirContextDestroy(raw); }

bool mlir::kcfi::python::isInside(MlirOperation op, MlirOperation root) {
  for (; op.ptr; op = mlirOperationGetParentOperation(op))
    if (op.ptr == root.ptr)
      return true;
  return false;
}

MlirOperation mlir::kcfi::python::getRoot(MlirOperation op) {
  for (;;) {
    MlirOperation parent = mlirOperationGetParentOperation(op);
    if (!parent.ptr)
      return op;
    op = parent;
  }
}

OperationPtr mlir::kcfi::python::beginProcessing(const ContextPtr &context,
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

void mlir::kcfi::python::checkContext(const ContextPtr &expected,
                                      const ContextPtr &actual,
                                      const char *what) {
  if (expected != actual)
    throw nb::value_error(
        (std::string(what) + " belongs to another context").c_str());
}

void mlir::kcfi::python::checkNesting(std::string_view text) {
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

void mlir::kcfi::python::checkFileNesting(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  // The parser says what is wrong with a file that cannot be read.
  std::string text((std::istreambuf_iterator<char>(file)), {});
  if (!isBytecode(text))
    checkNesting(text);
}

//===----------------------------------------------------------------------===//
// `with` statements
//===----------------------------------------------------------------------===//

namespace {
/// What one `with` has set.
struct Frame {
  nb::object entered;
  ContextPtr context;
  std::optional<Location> location;
  std::optional<InsertionPoint> point;
};
} // namespace

/// The frames of this thread. Freed when the last one is left, since a thread
/// must not end with Python objects.
static thread_local std::vector<Frame> *frames = nullptr;

static void enter(Frame frame) {
  if (!frames)
    frames = new std::vector<Frame>();
  frames->push_back(std::move(frame));
}

static void leave(nb::handle object) {
  if (!frames || !frames->back().entered.is(object))
    throw std::runtime_error("`with` statements are left in another order than "
                             "they were entered");
  // The frame's objects may run Python code when they go.
  Frame last = std::move(frames->back());
  frames->pop_back();
  if (frames->empty()) {
    delete frames;
    frames = nullptr;
  }
}

static const Frame *findFrame(bool (*matches)(const Frame &)) {
  if (frames)
    for (auto it = frames->rbegin(); it != frames->rend(); ++it)
      if (matches(*it))
        return &*it;
  return nullptr;
}

static ContextPtr currentContext() {
  return frames ? frames->back().context : nullptr;
}

static std::optional<Location> currentLocation() {
  const Frame *frame =
      findFrame([](const Frame &frame) { return frame.location.has_value(); });
  // A location of another context is hidden by the inner `with`.
  if (frame && frame->context == currentContext())
    return frame->location;
  return std::nullopt;
}

static std::optional<InsertionPoint> currentInsertionPoint() {
  const Frame *frame =
      findFrame([](const Frame &frame) { return frame.point.has_value(); });
  if (frame && frame->context == currentContext())
    return frame->point;
  return std::nullopt;
}

ContextPtr
mlir::kcfi::python::resolveContext(const std::optional<ContextPtr> &given) {
  if (given && *given)
    return *given;
  if (ContextPtr context = currentContext())
    return context;
  throw std::runtime_error(
      "there is no context: give one, or use `with Context():`");
}

Location
mlir::kcfi::python::resolveLocation(const std::optional<Location> &given,
                                    const ContextPtr &context) {
  if (given)
    return *given;
  if (auto location = currentLocation())
    if (!context || location->context == context)
      return *location;
  ContextPtr home = context ? context : resolveContext(std::nullopt);
  return {home, mlirLocationUnknownGet(home->raw)};
}

std::optional<InsertionPoint>
mlir::kcfi::python::resolveInsertionPoint(nb::handle given) {
  if (given.is_none())
    return currentInsertionPoint();
  if (nb::isinstance<nb::bool_>(given) && !nb::cast<bool>(given))
    return std::nullopt;
  InsertionPoint *point;
  if (!nb::try_cast(given, point) || !point)
    throw nb::type_error("ip must be an InsertionPoint, None or False");
  return *point;
}

//===----------------------------------------------------------------------===//
// Bindings
//===----------------------------------------------------------------------===//

/// The frame of a `with` that enters this.
static Frame makeFrame(nb::object entered, const ContextPtr &context) {
  return {std::move(entered), context, std::nullopt, std::nullopt};
}
static Frame makeFrame(nb::object entered, const Location &location) {
  return {std::move(entered), location.context, location, std::nullopt};
}
static Frame makeFrame(nb::object entered, const InsertionPoint &point) {
  return {std::move(entered), point.block->context, std::nullopt, point};
}

/// What a class needs that `with` statements enter. `Held` is what a frame
/// keeps of an object, `current` finds that of the innermost statement.
template <typename Held, typename Class>
static void bindWith(nb::class_<Class> &type, const std::string &name,
                     const std::string &noun,
                     std::optional<Held> (*current)()) {
  type.def(
          "__enter__",
          [](nb::object self) {
            enter(makeFrame(self, nb::cast<Held>(self)));
            return self;
          },
          nb::sig(("def __enter__(self) -> " + name).c_str()))
      .def(
          "__exit__",
          [](nb::object self, nb::handle, nb::handle, nb::handle) {
            leave(self);
          },
          nb::arg("exc_type").none(), nb::arg("exc_value").none(),
          nb::arg("traceback").none())
      .def_prop_ro_static(
          "current",
          [current, noun](nb::handle) {
            std::optional<Held> found = current();
            if (!found)
              throw nb::value_error(("there is no current " + noun).c_str());
            return *found;
          },
          nb::sig(("def current(/) -> " + name).c_str()),
          ("The " + noun + " of the innermost `with`.").c_str());
}

static std::string printLocation(MlirLocation location) {
  return printToString([&](MlirStringCallback callback, void *data) {
    mlirLocationPrint(location, callback, data);
  });
}

static void bindLocation(nb::module_ &m) {
  using OptionalContext = std::optional<ContextPtr>;
  nb::class_<Location> location(m, "Location", "Where something comes from.");
  location
      .def_static(
          "unknown",
          [](OptionalContext context) {
            ContextPtr home = resolveContext(context);
            return Location{home, mlirLocationUnknownGet(home->raw)};
          },
          nb::arg("context") = nb::none(), "A location that says nothing.")
      .def_static(
          "file",
          [](const std::string &file, unsigned line, unsigned col,
             OptionalContext context) {
            ContextPtr home = resolveContext(context);
            return Location{home, mlirLocationFileLineColGet(
                                      home->raw, toRef(file), line, col)};
          },
          nb::arg("filename"), nb::arg("line"), nb::arg("col"),
          nb::arg("context") = nb::none(), "A place in a file.")
      .def_static(
          "name",
          [](const std::string &name, std::optional<Location> child,
             OptionalContext context) {
            ContextPtr home = resolveContext(context);
            if (child)
              checkContext(home, child->context, "childLoc");
            return Location{
                home,
                mlirLocationNameGet(home->raw, toRef(name),
                                    child ? child->raw
                                          : mlirLocationUnknownGet(home->raw))};
          },
          nb::arg("name"), nb::arg("childLoc") = nb::none(),
          nb::arg("context") = nb::none(), "A named place.")
      .def_static(
          "callsite",
          [](const Location &callee, const std::vector<Location> &stack) {
            if (stack.empty())
              throw nb::value_error("a call site has at least one caller");
            MlirLocation caller = stack.back().raw;
            for (const Location &each : stack)
              checkContext(callee.context, each.context, "a caller");
            for (size_t i = stack.size() - 1; i-- > 0;)
              caller = mlirLocationCallSiteGet(stack[i].raw, caller);
            return Location{callee.context,
                            mlirLocationCallSiteGet(callee.raw, caller)};
          },
          nb::arg("callee"), nb::arg("frames"),
          "A place that was inlined into callers, innermost first.")
      .def_static(
          "fused",
          [](const std::vector<Location> &locations, OptionalContext context) {
            ContextPtr home = resolveContext(context);
            std::vector<MlirLocation> raw;
            for (const Location &each : locations) {
              checkContext(home, each.context, "a location");
              raw.push_back(each.raw);
            }
            return Location{home, mlirLocationFusedGet(home->raw, raw.size(),
                                                       raw.data(),
                                                       mlirAttributeGetNull())};
          },
          nb::arg("locations"), nb::arg("context") = nb::none(),
          "Several places at once.")
      .def_prop_ro(
          "context", [](const Location &self) { return self.context; },
          "The context that the location belongs to.")
      .def_prop_ro(
          "filename",
          [](const Location &self) -> std::optional<std::string> {
            if (!mlirLocationIsAFileLineColRange(self.raw))
              return std::nullopt;
            return toString(mlirIdentifierStr(
                mlirLocationFileLineColRangeGetFilename(self.raw)));
          },
          "The file's name, or None if the location is no place in a file.")
      .def_prop_ro(
          "start_line",
          [](const Location &self) -> std::optional<int> {
            if (!mlirLocationIsAFileLineColRange(self.raw))
              return std::nullopt;
            return mlirLocationFileLineColRangeGetStartLine(self.raw);
          },
          "The line, or None if the location is no place in a file.")
      .def_prop_ro(
          "start_col",
          [](const Location &self) -> std::optional<int> {
            if (!mlirLocationIsAFileLineColRange(self.raw))
              return std::nullopt;
            return mlirLocationFileLineColRangeGetStartColumn(self.raw);
          },
          "The column, or None if the location is no place in a file.")
      .def(
          "emit_error",
          [](const Location &self, const std::string &message) {
            mlirEmitError(self.raw, message.c_str());
          },
          nb::arg("message"),
          "Reports an error here: to the call of MLIR that is running, which "
          "raises it as an MLIRError, or to the diagnostic handlers.")
      .def(
          "__eq__",
          [](const Location &self, nb::handle other) {
            const Location *rhs;
            return nb::try_cast(other, rhs) && rhs &&
                   mlirLocationEqual(self.raw, rhs->raw);
          },
          nb::arg("other").none(),
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](const Location &self) {
             return std::hash<const void *>()(self.raw.ptr);
           })
      .def("__str__",
           [](const Location &self) { return decode(printLocation(self.raw)); })
      .def("__repr__", [](const Location &self) {
        return decode(printLocation(self.raw));
      });
  bindWith<Location>(location, "Location", "location", currentLocation);
}

static void bindDiagnostics(nb::module_ &m) {
  nb::enum_<Severity>(m, "DiagnosticSeverity", "How bad a diagnostic is.")
      .value("ERROR", Severity::Error)
      .value("WARNING", Severity::Warning)
      .value("NOTE", Severity::Note)
      .value("REMARK", Severity::Remark);
  nb::class_<Diagnostic>(m, "Diagnostic", "Something that MLIR reports.")
      .def_prop_ro(
          "severity", [](const Diagnostic &self) { return self.severity; },
          "How bad it is.")
      .def_prop_ro(
          "location", [](const Diagnostic &self) { return self.location; },
          "Where it is.")
      .def_prop_ro(
          "message",
          [](const Diagnostic &self) { return decode(self.message); },
          "What it is.")
      .def_prop_ro(
          "notes", [](const Diagnostic &self) { return self.notes; },
          "Diagnostics that belong to it.")
      .def("__str__",
           [](const Diagnostic &self) { return decode(self.message); });
  nb::class_<DiagnosticHandler>(
      m, "DiagnosticHandler",
      "A function that is told of diagnostics until it is detached.")
      .def_prop_ro(
          "attached",
          [](const DiagnosticHandler &self) { return self.attached; },
          "Whether the function is still called.")
      .def_prop_ro(
          "had_error",
          [](const DiagnosticHandler &self) { return self.hadError; },
          "Whether it has seen an error.")
      .def("detach", &DiagnosticHandler::detach, "Ends the calls.")
      .def("__enter__",
           [](std::shared_ptr<DiagnosticHandler> self) { return self; })
      .def(
          "__exit__",
          [](DiagnosticHandler &self, nb::handle, nb::handle, nb::handle) {
            self.detach();
          },
          nb::arg("exc_type").none(), nb::arg("exc_value").none(),
          nb::arg("traceback").none());
}

void mlir::kcfi::python::bindContext(nb::module_ &m) {
  nb::exception<ObjectInvalid>(m, "ObjectInvalid", PyExc_RuntimeError);

  nb::class_<Context> context(
      m, "Context",
      "Owns types, attributes and everything else. Runs on one "
      "thread, and knows the kcfi dialect and those of MLIR.");
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
