//===- CompileUnits.h - Summaries of a compilation database -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiles the units of a `compile_commands.json` as far as LLVM IR that no
// pass has seen, and summarizes it. Nothing of the build changes. What has been
// compiled is kept in a cache, by content.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PROGRAM_COMPILEUNITS_H
#define KCFI_PROGRAM_COMPILEUNITS_H

#include "kcfi/Program/Summary.h"

#include <map>

namespace mlir::kcfi {

struct CompileOptions {
  /// `compile_commands.json`, or the folder that has it.
  std::string database;
  /// Compiles units whose own compiler is no clang; the name of a program or
  /// its path.
  std::string clang = "clang-22";
  /// Added to each command, at its end.
  std::vector<std::string> extraArgs;
  /// Empty: no cache.
  std::string cacheDir;
  /// 0: one a processor.
  unsigned numThreads = 0;
};

struct CompiledUnits {
  std::vector<Summary> summaries;
  /// Units of the database; those that came from the cache; those that are no
  /// source in C, C++ or the like.
  unsigned units = 0, cached = 0, skipped = 0;
  struct Failure {
    std::string file, message;
  };
  std::vector<Failure> failures;
  /// Flags that clang does not know and that were left out, with the number of
  /// units.
  std::map<std::string, unsigned> droppedFlags;
};

/// Fails where there is no usable database or no compiler. Units that cannot be
/// compiled are failures in the result. Progress goes to `progress`: in one
/// line that changes if it is a terminal.
llvm::Expected<CompiledUnits> compileUnits(const CompileOptions &options,
                                           llvm::raw_ostream &progress);

/// `$XDG_CACHE_HOME/kcfi`, or what stands for it; empty if there is no home.
std::string getDefaultCacheDir();

} // namespace mlir::kcfi

#endif // KCFI_PROGRAM_COMPILEUNITS_H
