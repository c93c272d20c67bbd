//===- DebugClasses.h - Types of ids from debug info -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PROGRAM_DEBUGCLASSES_H
#define KCFI_PROGRAM_DEBUGCLASSES_H

#include "kcfi/Program/Summary.h"

namespace llvm {
class Module;
} // namespace llvm

namespace mlir::kcfi {

/// Adds to the summary of a module what the types are behind those of its ids
/// whose types the debug info of the module describes. A type counts if it
/// encodes to the id.
void addDebugClasses(const llvm::Module &module, Summary &summary);

} // namespace mlir::kcfi

#endif // KCFI_PROGRAM_DEBUGCLASSES_H
