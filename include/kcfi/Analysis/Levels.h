//===- Levels.h - Invariants of the levels ---------------------*- C++ -*--===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ANALYSIS_LEVELS_H
#define KCFI_ANALYSIS_LEVELS_H

#include "mlir/IR/BuiltinOps.h"

namespace mlir::kcfi {

/// The levels of lowering; docs/Architecture.md explains them.
enum class Level : uint8_t { L0, L1, L2, L3, L4 };

/// Checks that `module` has the invariants of `level`; one error for each
/// violation. The pass kcfi-verify-level as a function.
LogicalResult verifyLevel(ModuleOp module, Level level);

} // namespace mlir::kcfi

#endif // KCFI_ANALYSIS_LEVELS_H
