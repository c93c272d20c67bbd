//===- ImportProtection.h - Flags and symbols of KCFI -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How module flags and `__kcfi_typeid_` symbols become attributes.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGET_LLVMIR_IMPORTPROTECTION_H
#define KCFI_LIB_TARGET_LLVMIR_IMPORTPROTECTION_H

#include "Inventory.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::kcfi {

/// Makes `kcfi.encoding` and `kcfi.codegen` of the flags of KCFI. Ids and
/// checks
/// (`inventory`) without the flag are an error.
LogicalResult takeFlags(ModuleOp imported, const Inventory &inventory);

/// Makes `kcfi.address_taken` of the lines of module assembly that define the
/// symbols of type ids.
LogicalResult takeTypeIdSymbols(ModuleOp imported);

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGET_LLVMIR_IMPORTPROTECTION_H
