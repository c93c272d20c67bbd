//===- Explain.h - kcfi-opt --kcfi-explain -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_OPT_EXPLAIN_H
#define KCFI_OPT_EXPLAIN_H

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Support/LogicalResult.h"

namespace mlir::kcfi {

/// Registers the options `--kcfi-explain`, `--kcfi-strings` and `--kcfi-hash`.
void registerExplainOptions();

/// True if the command line asks for explanations.
bool isExplainRequested();

/// Answers the request for the module in `inputFile`, or for the list of
/// strings given by `--kcfi-strings`. Fails on unreadable input and when an id
/// is not known.
LogicalResult explain(llvm::StringRef inputFile, llvm::StringRef outputFile,
                      DialectRegistry &registry);

} // namespace mlir::kcfi

#endif // KCFI_OPT_EXPLAIN_H
