//===- VerifyAgainst.cpp - What passes did to ids and checks -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Audit/Guard.h"
#include "kcfi/Checks/Passes.h"
#include "kcfi/Program/ReadSummary.h"
#include "kcfi/Program/Summarize.h"

namespace mlir::kcfi {
#define GEN_PASS_DEF_KCFIVERIFYAGAINST
#include "kcfi/Checks/Passes.h.inc"
} // namespace mlir::kcfi

using namespace mlir;
using namespace mlir::kcfi;

namespace {
struct VerifyAgainst
    : public mlir::kcfi::impl::KCFIVerifyAgainstBase<VerifyAgainst> {
  using KCFIVerifyAgainstBase::KCFIVerifyAgainstBase;
  void runOnOperation() final;
};
} // namespace

void VerifyAgainst::runOnOperation() {
  markAllAnalysesPreserved();
  ModuleOp module = getOperation();
  if (before.empty()) {
    module.emitError("option 'before' names no file to compare with");
    return signalPassFailure();
  }
  llvm::Expected<Summary> old =
      readSummary(before, getContext().getDialectRegistry());
  if (!old) {
    module.emitError("cannot compare with '")
        << before
        << "': " << StringRef(llvm::toString(old.takeError())).rtrim('\n');
    return signalPassFailure();
  }
  FailureOr<Summary> now = summarize(module, "module");
  if (failed(now))
    return signalPassFailure();
  std::vector<Damage> damages =
      compare(Program(std::move(*old)), Program(std::move(*now)));
  for (const Damage &damage : damages)
    module.emitError(damage.message)
        << " [" << getDamageName(damage.kind) << "] at " << damage.place;
  if (!damages.empty())
    signalPassFailure();
}
