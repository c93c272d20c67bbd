//===- ToolSetup.h - What the command-line tools share -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TOOLS_TOOLSETUP_H
#define KCFI_TOOLS_TOOLSETUP_H

#include "llvm/ADT/StringRef.h"

namespace mlir {
class DialectRegistry;

namespace kcfi {

/// Prepares a tool's command line; call it first in `main`. Hides the options
/// that libLLVM registers for its own tools (`--help-hidden` shows them), and
/// makes `--version` print the versions of this project and of LLVM, and which
/// libMLIR is loaded.
void setUpTool();

/// Lets errors show their message and source line only. MLIR's tools print the
/// operation as well, which for an error at a module is the whole module; the
/// option `--mlir-print-op-on-diagnostic` brings that back.
void registerShortDiagnostics(DialectRegistry &registry);

/// True if a command line has an option, before it is parsed: for options that
/// make a tool do something other than MLIR's main function.
bool hasOption(int argc, char **argv, llvm::StringRef name);

} // namespace kcfi
} // namespace mlir

#endif // KCFI_TOOLS_TOOLSETUP_H
