//===- Report.cpp - Report pass -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Audit/Report.h"
#include "kcfi/Checks/Passes.h"
#include "kcfi/Encoding/Encoding.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/ToolOutputFile.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFIREPORT
#include "kcfi/Checks/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {
struct Report : public mlir::kcfi::impl::KCFIReportBase<Report> {
  using KCFIReportBase::KCFIReportBase;
  void runOnOperation() final;
};
} // namespace

static void print(const ModuleReport &report, ReportFormat format,
                  llvm::raw_ostream &os) {
  switch (format) {
  case ReportFormat::Text:
    return report.printText(os);
  case ReportFormat::JSON:
    return report.printJSON(os);
  }
  llvm_unreachable("unknown format");
}

/// A remark for each entry that adds its function to a class for nothing.
static void remarkWideningEntries(const EntryReport &entries) {
  for (const EntryReport::Entry &entry : entries.entries) {
    if (!entry.widens.value_or(false))
      continue;
    EntryOp op = entry.op;
    remark::analysis(op.getLoc(), remark::RemarkOpts::name("WideningEntry")
                                      .category("kcfi")
                                      .function(op.getCallee()))
        << remark::metric("Entry", op.getSymName())
        << remark::metric("Type", entry.type)
        << remark::metric("Id", formatTypeId(*entry.id))
        << remark::metric("Visible", !op.isPrivate());
  }
}

void Report::runOnOperation() {
  FailureOr<ModuleReport> report = ModuleReport::compute(getOperation());
  if (failed(report))
    return signalPassFailure();
  if (report->entries)
    remarkWideningEntries(*report->entries);
  markAllAnalysesPreserved();
  if (output == "-")
    return print(*report, format, llvm::errs());
  std::string message;
  std::unique_ptr<llvm::ToolOutputFile> file = openOutputFile(output, &message);
  if (!file) {
    getOperation().emitError() << message;
    return signalPassFailure();
  }
  print(*report, format, file->os());
  file->os().flush();
  if (std::error_code error = file->os().error()) {
    file->os().clear_error();
    getOperation().emitError()
        << "cannot write '" << output << "': " << error.message();
    return signalPassFailure();
  }
  file->keep();
}
