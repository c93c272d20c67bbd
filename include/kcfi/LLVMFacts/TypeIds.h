//===- TypeIds.h - Ids in LLVM IR -------------------------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LLVMFACTS_TYPEIDS_H
#define KCFI_LLVMFACTS_TYPEIDS_H

#include <cstdint>
#include <optional>

namespace llvm {
class CallBase;
class Function;
} // namespace llvm

namespace mlir::kcfi {

/// The id in front of a function (`!kcfi_type`); nothing if it has none.
std::optional<uint32_t> getTypeId(const llvm::Function &function);

/// The id that a call checks (the operand of its "kcfi" bundle); nothing if it
/// checks none. LLVM makes no check for the id 0.
std::optional<uint32_t> getCheckedId(const llvm::CallBase &call);

} // namespace mlir::kcfi

#endif // KCFI_LLVMFACTS_TYPEIDS_H
