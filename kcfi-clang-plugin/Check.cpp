//===- Check.cpp - Findings of a unit as compiler warnings -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Jobs.h"
#include "kcfi/Audit/Audit.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace mlir::kcfi;

/// True if a finding means nothing before the other units are known.
static bool needsProgram(const Finding &finding, const Program &program) {
  switch (finding.kind) {
  case FindingKind::UnprotectedTarget: {
    // Another unit may define the function, with an id.
    return llvm::none_of(
        program.summary.functions, [&](const FunctionRecord &function) {
          return function.isDefined && function.name == finding.symbol;
        });
  }
  case FindingKind::WrongClassFlow:
  case FindingKind::AliasId:
  case FindingKind::MergedMethod:
  case FindingKind::DirectMismatch:
  case FindingKind::TargetHazard:
  case FindingKind::NoId:
  case FindingKind::LostInOptimizer:
    return false;
  case FindingKind::MixedOptions:
  case FindingKind::SymbolTwoIds:
  case FindingKind::UnprotectedUnit:
  case FindingKind::UnprotectedTaken:
  case FindingKind::MixedSite:
  case FindingKind::SiteWithoutTarget:
  case FindingKind::FunctionWithoutSite:
  case FindingKind::UncheckedSite:
  case FindingKind::MergedFunction:
  case FindingKind::MergeCandidates:
    return true;
  }
  llvm_unreachable("unknown kind of finding");
}

bool mlir::kcfi::plugin::checkUnit(const Summary &summary, CheckMode mode) {
  // An unprotected unit has no checks to speak of.
  if (!summary.units.front().isProtected)
    return false;
  Program program(summary);
  bool isError = mode == CheckMode::Error;
  bool hasFindings = false;
  for (const Finding &finding : audit(program)) {
    if (needsProgram(finding, program))
      continue;
    hasFindings = true;
    llvm::raw_ostream &os = llvm::errs();
    os << finding.place << ": ";
    llvm::WithColor(os, isError ? llvm::HighlightColor::Error
                                : llvm::HighlightColor::Warning)
        << (isError ? "error: " : "warning: ");
    os << finding.message << " [-Wkcfi-" << getFindingName(finding.kind)
       << "]\n";
    for (const auto &[word, text] : finding.details)
      os << "  " << word << ": " << text << "\n";
  }
  return isError && hasFindings;
}
