//===- BundleMetadata.h - Ids of checks as metadata -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_BUNDLEMETADATA_H
#define KCFI_LIB_TARGET_LLVMIR_BUNDLEMETADATA_H

#include "llvm/ADT/StringRef.h"

namespace mlir::kcfi {

/// The id of a check without a bundle, as metadata of its instruction: the
/// self-check of the import compares it.
inline constexpr llvm::StringLiteral kBundleMetadata = "kcfi.bundle";

/// `kcfi.type_id` of calls has this name during the self-check of the import,
/// which wants the id as such metadata.
inline constexpr llvm::StringLiteral kSelfCheckId = "kcfi.self_check_id";

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_BUNDLEMETADATA_H
