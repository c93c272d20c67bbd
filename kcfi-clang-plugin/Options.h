//===- Options.h - What the compiler plugin is to do -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_CLANG_PLUGIN_OPTIONS_H
#define KCFI_CLANG_PLUGIN_OPTIONS_H

#include "kcfi/Program/RecordFrames.h"

#include <string>

namespace mlir::kcfi::plugin {

enum class CheckMode : uint8_t { Off, Warning, Error };
enum class ThroughPlace : uint8_t { Start, End };

struct Options {
  bool record = false;
  /// A folder for records, or empty: into the object.
  std::string recordDir;
  RecordLifetime lifetime = RecordLifetime::Linked;
  CheckMode check = CheckMode::Off;
  /// Whether a pipeline is to run, and which one.
  bool hasThrough = false;
  std::string through;
  ThroughPlace throughPlace = ThroughPlace::Start;
  bool remarks = false;

  bool records() const { return record || !recordDir.empty(); }
};

/// What `-mllvm` says, and the environment variable `KCFI_PLUGIN_OPTIONS`: the
/// same options, separated by blanks, for build systems that swallow flags.
/// Returns an error about the variable in `error`.
const Options &getOptions(std::string &error);

} // namespace mlir::kcfi::plugin

#endif // KCFI_CLANG_PLUGIN_OPTIONS_H
