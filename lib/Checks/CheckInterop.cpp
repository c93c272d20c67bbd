//===- CheckInterop.cpp - Ids of one function in two languages ------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Checks/Passes.h"
#include "kcfi/IR/ReadableType.h"
#include "kcfi/Interop/Interop.h"
#include "mlir/IR/Remarks.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFICHECKINTEROP
#include "kcfi/Checks/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {
struct CheckInterop
    : public mlir::kcfi::impl::KCFICheckInteropBase<CheckInterop> {
  using KCFICheckInteropBase::KCFICheckInteropBase;
  void runOnOperation() final;

private:
  void report(Operation *op, const InteropMismatch &mismatch);
};
} // namespace

void CheckInterop::report(Operation *op, const InteropMismatch &mismatch) {
  InFlightDiagnostic diag = severity == DiagnosticSeverity::Error
                                ? op->emitError()
                                : op->emitWarning();
  auto describe = [&](Type signature, TypeIdAttr id) {
    diag << "'" << getReadableType(signature) << "' of "
         << getLanguage(signature) << " is " << formatTypeId(id.getValue());
    if (id.getString())
      diag << " (" << id.getString() << ")";
  };
  diag << mismatch.subject << " has different type ids: ";
  describe(mismatch.first, mismatch.firstId);
  diag << ", ";
  describe(mismatch.second, mismatch.secondId);
  if (mismatch.isCAndRust) {
    diag.attachNote() << mismatch.difference;
    for (const std::string &fix : mismatch.fixes)
      diag.attachNote() << "to make the ids equal: " << fix;
    if (mismatch.fixes.empty())
      diag.attachNote() << "no other Rust type that is passed alike, and no "
                           "option, makes the ids equal";
  }
  diag.report();
  remark::missed(op->getLoc(),
                 remark::RemarkOpts::name("InteropMismatch").category("kcfi"))
      << remark::metric("What", mismatch.subject)
      << remark::metric("First", formatTypeId(mismatch.firstId.getValue()))
      << remark::metric("Second", formatTypeId(mismatch.secondId.getValue()))
      << remark::metric("Fixes", mismatch.fixes.size());
}

void CheckInterop::runOnOperation() {
  markAllAnalysesPreserved();
  ModuleOp module = getOperation();
  FailureOr<std::optional<InteropReport>> result =
      InteropReport::compute(module);
  if (failed(result))
    return signalPassFailure();
  // Most modules have one language.
  if (!*result)
    return;
  const InteropReport &interop = **result;
  bool hasError = false;
  unsigned numMismatches = 0, numFixable = 0;
  for (const InteropFinding &finding : interop.findings) {
    if (!finding.mismatch) {
      finding.op->emitError(finding.error);
      hasError = true;
      continue;
    }
    report(finding.op, *finding.mismatch);
    ++numMismatches;
    numFixable += !finding.mismatch->fixes.empty();
  }
  remark::analysis(module.getLoc(),
                   remark::RemarkOpts::name("Interop").category("kcfi"))
      << remark::metric("Declarations", interop.declarations)
      << remark::metric("Callbacks", interop.callbacks)
      << remark::metric("Casts", interop.casts)
      << remark::metric("Mismatches", numMismatches)
      << remark::metric("Fixable", numFixable);
  if (hasError || (severity == DiagnosticSeverity::Error && numMismatches))
    signalPassFailure();
}
