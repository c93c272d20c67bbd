//===- Structors.h - Third words of constructors -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An entry of llvm.global_ctors or llvm.global_dtors has a third word: the
// symbol without which the entry is dropped. MLIR's translation writes null
// there, and LLVM's linker drops entries whose symbol it does not move.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_STRUCTORS_H
#define KCFI_LIB_TARGET_LLVMIR_STRUCTORS_H

#include "mlir/IR/BuiltinOps.h"

#include <string>

namespace llvm {
class GlobalVariable;
class Module;
} // namespace llvm

namespace mlir::kcfi {

/// Writes the third words that the operations of `module` name, and puts the
/// lists where these operations are. (MLIR's translation adds them at the end.)
void restoreStructors(ModuleOp module, llvm::Module &translated);

/// The names of the third words of a list, empty where there is none; the list
/// has nulls then.
std::vector<std::string> takeStructorKeys(llvm::GlobalVariable &list);
void setStructorKeys(llvm::GlobalVariable &list, ArrayRef<std::string> keys);

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_STRUCTORS_H
