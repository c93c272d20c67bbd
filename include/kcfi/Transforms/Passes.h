//===- Passes.h - Passes on the kcfi dialect -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TRANSFORMS_PASSES_H
#define KCFI_TRANSFORMS_PASSES_H

#include "kcfi/Equivalence/Equivalence.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir::kcfi {

/// The levels of lowering; docs/Architecture.md explains them.
enum class Level : uint8_t { L0, L1, L2, L3, L4 };

enum class ReportFormat : uint8_t { Text, JSON };

/// Checks that `module` has the invariants of `level`; one error for each
/// violation. The pass kcfi-verify-level as a function.
LogicalResult verifyLevel(ModuleOp module, Level level);

#define GEN_PASS_DECL
#include "kcfi/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "kcfi/Transforms/Passes.h.inc"

} // namespace mlir::kcfi

#endif // KCFI_TRANSFORMS_PASSES_H
