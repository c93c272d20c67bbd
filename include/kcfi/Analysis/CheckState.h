//===- CheckState.h - How a call is protected -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ANALYSIS_CHECKSTATE_H
#define KCFI_ANALYSIS_CHECKSTATE_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace mlir::kcfi {

/// How an indirect call is protected.
enum class CheckState : uint8_t {
  /// No check, or an operation that has none.
  Unchecked,
  /// A call that will be checked (`kcfi.call`, or `llvm.call` with an id).
  Pending,
  /// Has a `"kcfi"` bundle.
  Bundle,
  /// An explicit check stands in front of the call.
  Expanded,
};

/// The name of a state in reports and summaries, e.g. `bundle`.
llvm::StringRef getStateName(CheckState state);

} // namespace mlir::kcfi

#endif // KCFI_ANALYSIS_CHECKSTATE_H
