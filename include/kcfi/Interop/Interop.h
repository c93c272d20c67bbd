//===- Interop.h - Ids of one function in two languages ---------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compares the ids that two languages give one function, and finds what makes
// them equal. docs/Interop.md has the rules behind the fixes.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_INTEROP_INTEROP_H
#define KCFI_INTEROP_INTEROP_H

#include "kcfi/IR/KCFIAttributes.h"
#include "mlir/IR/BuiltinOps.h"

#include <optional>
#include <string>
#include <vector>

namespace mlir::kcfi {

/// The language of a signature, as messages name it.
StringRef getLanguage(Type signature);

/// Two signatures of one function that have different ids.
struct InteropMismatch {
  /// The function or fn pointer, as messages name it.
  std::string subject;
  Type first, second;
  TypeIdAttr firstId, secondId;
  /// One signature is of C and one of Rust: `difference` and `fixes` are known
  /// for these only.
  bool isCAndRust = false;
  /// The part that differs first.
  std::string difference;
  /// Each makes the ids equal.
  std::vector<std::string> fixes;
};

/// What was found at an operation.
struct InteropFinding {
  Operation *op;
  /// The reason why an id cannot be computed. Empty if there is a mismatch.
  std::string error;
  std::optional<InteropMismatch> mismatch;
};

struct InteropReport {
  /// In the order of the functions in the module, then of the casts.
  std::vector<InteropFinding> findings;
  /// The numbers of what was compared.
  unsigned declarations = 0, callbacks = 0, casts = 0;

  /// Compares, in a module, `kcfi.sig` of functions with `kcfi.foreign_sigs`,
  /// the fn pointers in them, and both sides of casts between languages.
  /// Returns nothing for a module without any. Fails, with an error, if the
  /// target is not known or an item has two definitions.
  static FailureOr<std::optional<InteropReport>> compute(ModuleOp module);
};

} // namespace mlir::kcfi

#endif // KCFI_INTEROP_INTEROP_H
