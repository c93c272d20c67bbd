//===- Summarize.h - The summary of a module -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PROGRAM_SUMMARIZE_H
#define KCFI_PROGRAM_SUMMARIZE_H

#include "kcfi/Program/Summary.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::kcfi {

/// The records of a module on any level: what `ModuleInfo` knows, with ids
/// computed from signatures where the module has none yet; a signature that
/// cannot be encoded is a warning. No flows: those are found in LLVM IR
/// (SummarizeLLVM.h). Fails, after an error at the operation, where references
/// to functions cannot be enumerated.
FailureOr<Summary> summarize(ModuleOp module, StringRef unit);

} // namespace mlir::kcfi

#endif // KCFI_PROGRAM_SUMMARIZE_H
