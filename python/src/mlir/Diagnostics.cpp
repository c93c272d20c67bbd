//===- Diagnostics.cpp - Diagnostics and errors of Python -----------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include <algorithm>

using namespace mlir::python;

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

MlirLogicalResult mlir::python::handleDiagnostic(MlirDiagnostic raw,
                                                 void *data) {
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
    nb::module_::import_(getPackage().errors).attr("warn")(diagnostic);
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

void mlir::python::raiseError(std::string_view message,
                              std::vector<Diagnostic> diagnostics) {
  nb::object type = nb::module_::import_(getPackage().errors).attr("MLIRError");
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

void mlir::python::bindDiagnostics(nb::module_ &m) {
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
