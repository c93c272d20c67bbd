//===- Jobs.h - The jobs of the compiler plugin -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_CLANG_PLUGIN_JOBS_H
#define KCFI_CLANG_PLUGIN_JOBS_H

#include "Options.h"

#include <memory>

namespace llvm {
class Module;
} // namespace llvm

namespace mlir::kcfi::plugin {

/// The records of a module, with types where debug info has them.
llvm::Expected<Summary> summarizeUnit(llvm::Module &module);

/// Writes the records of a unit: those of the module before the optimiser, and
/// what became of its checks.
llvm::Error writeRecords(llvm::Module &module, Summary before,
                         const Options &options);

/// Prints the findings of a unit. Returns true if the compilation must fail.
bool checkUnit(const Summary &summary, CheckMode mode);

/// Sends the module through MLIR, in place. After an error, which has been
/// printed, the module is not usable.
bool runThrough(llvm::Module &module, const Options &options);

} // namespace mlir::kcfi::plugin

#endif // KCFI_CLANG_PLUGIN_JOBS_H
