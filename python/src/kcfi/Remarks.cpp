//===- Remarks.cpp - Remarks of passes in Python --------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KCFI.h"

#include "kcfi-c/Passes.h"

using namespace mlir::python;
using namespace mlir::kcfi::python;

namespace {
enum class RemarkKind { Passed, Missed, Failed, Analysis };

struct Remark {
  RemarkKind kind;
  std::string category, name, function, message;
  Location location;
  std::vector<std::pair<std::string, std::string>> arguments;
};

struct RemarkData {
  // No owner: the data belongs to the context.
  Context *context;
  nb::callable callback;
};
} // namespace

static RemarkKind convert(KCFIRemarkKind kind) {
  switch (kind) {
  case KCFIRemarkPassed:
    return RemarkKind::Passed;
  case KCFIRemarkMissed:
    return RemarkKind::Missed;
  case KCFIRemarkFailed:
    return RemarkKind::Failed;
  case KCFIRemarkAnalysis:
    return RemarkKind::Analysis;
  }
  return RemarkKind::Analysis;
}

static void handleRemark(const KCFIRemark *raw, void *data) {
  auto *self = static_cast<RemarkData *>(data);
  nb::callable callback = self->callback;
  callGuarded(*self->context, [&] {
    Remark remark{convert(raw->kind),
                  toString(raw->category),
                  toString(raw->name),
                  toString(raw->function),
                  toString(raw->message),
                  {self->context->shared_from_this(), raw->location},
                  {}};
    for (intptr_t i = 0; i < raw->numArguments; ++i)
      remark.arguments.emplace_back(toString(raw->arguments[i].key),
                                    toString(raw->arguments[i].value));
    HandlerScope scope(*self->context);
    callback(remark);
  });
}

void mlir::kcfi::python::bindRemarks(nb::module_ &m) {
  nb::enum_<RemarkKind>(m, "RemarkKind", "What a remark is about.")
      .value("PASSED", RemarkKind::Passed)
      .value("MISSED", RemarkKind::Missed)
      .value("FAILED", RemarkKind::Failed)
      .value("ANALYSIS", RemarkKind::Analysis);
  nb::class_<Remark>(m, "Remark", "A remark of a pass.")
      .def_prop_ro(
          "kind", [](const Remark &self) { return self.kind; },
          "What it is about.")
      .def_prop_ro(
          "category", [](const Remark &self) { return decode(self.category); },
          "The category, e.g. `kcfi`.")
      .def_prop_ro(
          "name", [](const Remark &self) { return decode(self.name); },
          "What it is called.")
      .def_prop_ro(
          "function", [](const Remark &self) { return decode(self.function); },
          "The function; empty if it is about none.")
      .def_prop_ro(
          "message", [](const Remark &self) { return decode(self.message); },
          "The text.")
      .def_prop_ro(
          "location", [](const Remark &self) { return self.location; },
          "Where it is.")
      .def_prop_ro(
          "arguments", [](const Remark &self) { return self.arguments; },
          "Keys and values.");
  m.def(
      "set_remark_handler",
      [](ContextPtr context, const std::string &categories,
         nb::callable callback) {
        if (!context->guards.empty() || context->locked)
          throw std::runtime_error("passes are running");
        Capture capture(context);
        auto *data = new RemarkData{context.get(), std::move(callback)};
        bool ok = mlirLogicalResultIsSuccess(kcfiContextSetRemarkHandler(
            context->raw, toRef(categories), handleRemark, data,
            [](void *data) { delete static_cast<RemarkData *>(data); }));
        if (!ok)
          delete data;
        capture.finish(ok, "Invalid categories");
      },
      nb::arg("context"), nb::arg("categories"), nb::arg("callback"),
      nb::sig("def set_remark_handler(context: Context, categories: str, "
              "callback: collections.abc.Callable[[Remark], object]) -> None"),
      "Calls a function with each remark of these categories.");
  m.def(
      "remove_remark_handler",
      [](ContextPtr context) {
        if (!context->guards.empty() || context->locked)
          throw std::runtime_error("passes are running");
        kcfiContextRemoveRemarkHandler(context->raw);
      },
      nb::arg("context"), "Ends the calls.");
}
