//===- Programs.cpp - Reports and audits in Python ------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KCFI.h"

#include "kcfi-c/Report.h"

using namespace mlir::python;
using namespace mlir::kcfi::python;

namespace {
class Program {
public:
  explicit Program(KCFIProgram raw) : raw(raw) {}
  ~Program() { kcfiProgramDestroy(raw); }
  Program(const Program &) = delete;
  Program &operator=(const Program &) = delete;

  KCFIProgram raw;
};

enum class ExplanationKind { Type, String, Function, Declaration, CallSite };

struct Explanation {
  ExplanationKind kind;
  std::string text;
  std::string location;
};
} // namespace

static ExplanationKind convert(KCFIExplanationKind kind) {
  switch (kind) {
  case KCFIExplanationType:
    return ExplanationKind::Type;
  case KCFIExplanationString:
    return ExplanationKind::String;
  case KCFIExplanationFunction:
    return ExplanationKind::Function;
  case KCFIExplanationDeclaration:
    return ExplanationKind::Declaration;
  case KCFIExplanationCallSite:
    return ExplanationKind::CallSite;
  }
  throw std::logic_error("unknown kind of explanation");
}

/// Verifies a module and calls `list` with it, which returns false after
/// errors.
template <typename List>
static void listModule(nb::handle object, List list) {
  OperationPtr operation = toOperation(object);
  MlirOperation op = operation->raw();
  Capture capture(operation->context);
  bool ok = mlirOperationVerify(op);
  capture.finish(ok, "Verification failed");
  ok = list(op);
  capture.finish(ok, "Unable to list the module");
}

static void bindExplanations(nb::module_ &m) {
  nb::enum_<ExplanationKind>(m, "ExplanationKind", "What explains an id.")
      .value("TYPE", ExplanationKind::Type)
      .value("STRING", ExplanationKind::String)
      .value("FUNCTION", ExplanationKind::Function)
      .value("DECLARATION", ExplanationKind::Declaration)
      .value("CALL_SITE", ExplanationKind::CallSite);
  nb::class_<Explanation>(m, "Explanation", "Something that has an id.")
      .def_prop_ro(
          "kind", [](const Explanation &self) { return self.kind; },
          "What it is.")
      .def_prop_ro(
          "text", [](const Explanation &self) { return decode(self.text); },
          "The type, string or name.")
      .def_prop_ro(
          "location",
          [](const Explanation &self) { return decode(self.location); },
          "Where it is; empty for types and strings.");
}

static void bindProgram(nb::module_ &m) {
  nb::class_<Program>(m, "Program", "The functions and calls of some units.")
      .def_static(
          "from_module",
          [](nb::handle object, const std::string &unit) {
            std::shared_ptr<Program> result;
            listModule(object, [&](MlirOperation op) {
              result = std::make_shared<Program>(
                  kcfiProgramCreateFromModule(op, toRef(unit)));
              return result->raw.ptr != nullptr;
            });
            return result;
          },
          nb::arg("module"), nb::arg("unit") = "module",
          nb::sig("def from_module(module: Module | Operation | OpView, unit: "
                  "str = 'module') -> Program"),
          "The program of one module.")
      .def_static(
          "read",
          [](const std::vector<std::string> &files) {
            std::vector<MlirStringRef> raw;
            for (const std::string &file : files)
              raw.push_back(toRef(file));
            std::string error;
            KCFIProgram program =
                kcfiProgramRead(getRegistry(), raw.size(), raw.data(),
                                /*numThreads=*/1, append, &error);
            if (!program.ptr)
              raiseError(strip(error), {});
            return std::make_shared<Program>(program);
          },
          nb::arg("files"), "The program of files: LLVM IR, MLIR, summaries.")
      .def(
          "report_json",
          [](const Program &self) {
            std::string text, error;
            if (mlirLogicalResultIsFailure(kcfiProgramPrintReportJSON(
                    self.raw, append, &text, append, &error)))
              raiseError(strip(error), {});
            return decode(text);
          },
          "The report as JSON.")
      .def(
          "report_text",
          [](const Program &self, intptr_t limit) {
            std::string text, error;
            if (mlirLogicalResultIsFailure(kcfiProgramPrintReport(
                    self.raw, limit, append, &text, append, &error)))
              raiseError(strip(error), {});
            return decode(text);
          },
          nb::arg("limit") = -1, "The report as text.")
      .def(
          "audit_json",
          [](const Program &self) {
            std::string text;
            kcfiProgramPrintAuditJSON(self.raw, append, &text);
            return decode(text);
          },
          "The audit as JSON.")
      .def(
          "audit_text",
          [](const Program &self, bool all) {
            std::string text;
            kcfiProgramPrintAudit(self.raw, all, append, &text);
            return decode(text);
          },
          nb::kw_only(), nb::arg("all") = false, "The audit as text.")
      .def(
          "summary",
          [](const Program &self) {
            std::string text;
            kcfiProgramPrintSummary(self.raw, append, &text);
            return decode(text);
          },
          "The records of the program, which can be read again.")
      .def(
          "explain",
          [](const Program &self, uint32_t id) {
            std::vector<Explanation> result;
            kcfiProgramExplain(
                self.raw, id,
                [](KCFIExplanationKind kind, MlirStringRef text,
                   MlirStringRef location, void *data) {
                  static_cast<std::vector<Explanation> *>(data)->push_back(
                      {convert(kind), toString(text), toString(location)});
                },
                &result);
            return result;
          },
          nb::arg("id"), "What has an id; empty if nothing has it.");
}

void mlir::kcfi::python::bindPrograms(nb::module_ &m) {
  bindExplanations(m);
  bindProgram(m);
  m.def(
      "module_report_json",
      [](nb::handle object) {
        std::string text;
        listModule(object, [&](MlirOperation op) {
          return mlirLogicalResultIsSuccess(
              kcfiModulePrintReportJSON(op, append, &text));
        });
        return decode(text);
      },
      nb::arg("module"),
      nb::sig("def module_report_json(module: Module | Operation | OpView) -> "
              "str"),
      "The report of the pass kcfi-report as JSON.");
}
