//===- Outcome.h - What became of the checks of a unit -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_AUDIT_OUTCOME_H
#define KCFI_AUDIT_OUTCOME_H

#include "kcfi/Program/Summary.h"

namespace mlir::kcfi {

/// Adds to the records of a unit what the optimiser made of its checks:
/// `checks`, `promotion` and `damage` records. Both summaries must be
/// normalized and have the same single unit. Fails as `normalize` does.
llvm::Error addOutcome(Summary &before, Summary after);

} // namespace mlir::kcfi

#endif // KCFI_AUDIT_OUTCOME_H
