//===- LLVMNames.h - What LLVM IR calls the parts of KCFI -------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The vocabulary that compilers and LLVM's back ends agree on. Export, import,
// summaries and passes take it from here.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TARGETINFO_LLVMNAMES_H
#define KCFI_TARGETINFO_LLVMNAMES_H

#include "llvm/ADT/StringRef.h"

namespace mlir::kcfi::llvmnames {

/// The operand bundle of a checked call; its operand is the expected id.
inline constexpr llvm::StringLiteral kBundle = "kcfi";

/// The module flag without which no back end emits ids and checks.
inline constexpr llvm::StringLiteral kFlag = "kcfi";
/// The module flag that names the hash; without it the hash is xxHash64.
inline constexpr llvm::StringLiteral kHashFlag = "kcfi-hash";
/// The module flag with the number of patchable NOPs in front of functions.
inline constexpr llvm::StringLiteral kOffsetFlag = "kcfi-offset";
/// The module flag that lets x86-64 put the number of arguments into the id.
inline constexpr llvm::StringLiteral kArityFlag = "kcfi-arity";
/// The module flag for integers that are normalised across languages.
inline constexpr llvm::StringLiteral kNormalizeIntegersFlag =
    "cfi-normalize-integers";

/// The attributes of functions with the numbers of NOPs that can be patched.
inline constexpr llvm::StringLiteral kPatchablePrefix =
    "patchable-function-prefix";
inline constexpr llvm::StringLiteral kPatchableEntry =
    "patchable-function-entry";

/// The attribute of functions with their target features.
inline constexpr llvm::StringLiteral kTargetFeatures = "target-features";

/// The weak absolute symbol with the id of function `f` is this and `f`.
inline constexpr llvm::StringLiteral kTypeIdSymbolPrefix = "__kcfi_typeid_";

} // namespace mlir::kcfi::llvmnames

#endif // KCFI_TARGETINFO_LLVMNAMES_H
