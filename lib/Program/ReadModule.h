//===- ReadModule.h - Summaries of modules -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_PROGRAM_READMODULE_H
#define KCFI_LIB_PROGRAM_READMODULE_H

#include "kcfi/Program/Summary.h"
#include "mlir/Support/LLVM.h"

#include <memory>

namespace llvm {
class MemoryBuffer;
} // namespace llvm

namespace mlir {
class DialectRegistry;

namespace kcfi {

/// The summaries of LLVM IR, text or bitcode: one of the module, or those that
/// the compiler plugin put into it.
llvm::Expected<std::vector<Summary>> readLLVM(llvm::MemoryBufferRef buffer,
                                              StringRef unit);

/// The summary of an MLIR module, text or bytecode.
llvm::Expected<Summary> readMLIR(std::unique_ptr<llvm::MemoryBuffer> buffer,
                                 StringRef unit,
                                 const DialectRegistry &registry);

} // namespace kcfi
} // namespace mlir

#endif // KCFI_LIB_PROGRAM_READMODULE_H
