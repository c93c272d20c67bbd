//===- VerifyAgainst.h - kcfi-translate --verify-against -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TRANSLATE_VERIFYAGAINST_H
#define KCFI_TRANSLATE_VERIFYAGAINST_H

namespace mlir::kcfi {

/// Registers `--verify-against`.
void registerVerifyAgainstOption();

/// True if the command line, not parsed yet, has the option: it stands for the
/// translation then.
bool isVerifyAgainstRequested(int argc, char **argv);

/// Parses the command line and compares; returns the exit status.
int verifyAgainst(int argc, char **argv);

} // namespace mlir::kcfi

#endif // KCFI_TRANSLATE_VERIFYAGAINST_H
