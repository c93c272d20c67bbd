//===- BundleMetadata.h - Bundles as metadata during import -*- C++ -*-===//
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

/// MLIR's importer has no hook for operand bundles: a step before it copies the
/// operand of each "kcfi" bundle to instruction metadata of this kind, for
/// which it has one.
inline constexpr llvm::StringLiteral kBundleMetadata = "kcfi.bundle";

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_BUNDLEMETADATA_H
