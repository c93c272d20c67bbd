//===- Through.h - LLVM IR through passes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TRANSLATE_THROUGH_H
#define KCFI_TRANSLATE_THROUGH_H

namespace mlir::kcfi {

/// Registers `--through=PASSES`: import, passes and export of LLVM IR in one
/// process.
void registerThroughOption();

/// True if the command line has the option.
bool isThroughRequested(int argc, char **argv);

/// Does what it says. Returns the exit status of the tool.
int runThrough(int argc, char **argv);

} // namespace mlir::kcfi

#endif // KCFI_TRANSLATE_THROUGH_H
