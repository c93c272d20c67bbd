//===- SummarizeLLVM.h - The summary of LLVM IR -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PROGRAM_SUMMARIZELLVM_H
#define KCFI_PROGRAM_SUMMARIZELLVM_H

#include "kcfi/Program/Summary.h"

namespace llvm {
class Module;
} // namespace llvm

namespace mlir::kcfi {

/// The records of an LLVM module. Needs neither MLIR nor a target's back end.
///
/// Flows follow pointers through the code of one function: phi, select, casts,
/// local variables and copies of memory. Memory that others can reach is named
/// by global variable, or by struct type and offset, from the type of the
/// access (TBAA), the type of the address computation, or the types of other
/// accesses to the same object. What such names cannot say is `elsewhere`.
/// Pointers that the module loads from or stores to are no function pointers.
///
/// Extra entries in front of functions become functions of `module`.
///
/// Fails where the module names a hash that is not known.
llvm::Expected<Summary> summarize(llvm::Module &module, llvm::StringRef unit);

} // namespace mlir::kcfi

#endif // KCFI_PROGRAM_SUMMARIZELLVM_H
