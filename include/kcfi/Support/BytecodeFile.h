//===- BytecodeFile.h - Files of MLIR bytecode -----------------*- C++ -*--===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_SUPPORT_BYTECODEFILE_H
#define KCFI_SUPPORT_BYTECODEFILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/LogicalResult.h"
#include "llvm/Support/raw_ostream.h"

namespace mlir {
class DialectRegistry;

namespace kcfi {

/// Reads the file once on trial if it is MLIR bytecode: MLIR's reader does not
/// check all that it finds and crashes on some damaged files. Then this prints
/// an error and fails; other errors are left to the real reading. Takes the
/// process's handlers of signals meanwhile.
llvm::LogicalResult checkBytecodeFile(llvm::StringRef file,
                                      const DialectRegistry &registry,
                                      llvm::raw_ostream &errors = llvm::errs());

} // namespace kcfi
} // namespace mlir

#endif // KCFI_SUPPORT_BYTECODEFILE_H
