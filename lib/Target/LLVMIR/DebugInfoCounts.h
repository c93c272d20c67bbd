//===- DebugInfoCounts.h - Debug info by kind -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_DEBUGINFOCOUNTS_H
#define KCFI_LIB_TARGET_LLVMIR_DEBUGINFOCOUNTS_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/SmallVector.h"

#include <string>

namespace llvm {
class Module;
} // namespace llvm

namespace mlir::kcfi {

/// Compares what debug info two modules have, by kind. Returns one text a kind
/// that has become less or more, e.g. `12 of 12 checksums of files`.
SmallVector<std::string> findLostDebugInfo(const llvm::Module &before,
                                           const llvm::Module &after);

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_DEBUGINFOCOUNTS_H
