//===- CompileCommands.h - Commands of a compilation database -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_PROGRAM_COMPILECOMMANDS_H
#define KCFI_LIB_PROGRAM_COMPILECOMMANDS_H

#include "mlir/Support/LLVM.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace mlir::kcfi {

/// One entry of `compile_commands.json`.
struct CompileCommand {
  std::string directory, file;
  /// The compiler and its arguments.
  std::vector<std::string> arguments;
};

/// Reads a database: the file, or the one in a folder.
llvm::Expected<std::vector<CompileCommand>>
readCompileCommands(StringRef database);

/// True if the command compiles a language that has function types; assembly
/// has none.
bool isSource(const CompileCommand &command);

/// The arguments without the compiler, and without what says which outputs are
/// wanted.
std::vector<std::string> getInputArguments(const CompileCommand &command);

} // namespace mlir::kcfi

#endif // KCFI_LIB_PROGRAM_COMPILECOMMANDS_H
