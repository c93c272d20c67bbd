//===- Passes.h - Passes that only look ------------------------*- C++ -*--===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_CHECKS_PASSES_H
#define KCFI_CHECKS_PASSES_H

#include "kcfi/Analysis/Levels.h"
#include "kcfi/IR/KCFIDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir::kcfi {

/// The form in which `kcfi-report` prints.
enum class ReportFormat : uint8_t { Text, JSON };

#define GEN_PASS_DECL
#include "kcfi/Checks/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "kcfi/Checks/Passes.h.inc"

} // namespace mlir::kcfi

#endif // KCFI_CHECKS_PASSES_H
