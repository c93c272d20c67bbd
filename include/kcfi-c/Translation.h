//===- kcfi-c/Translation.h - Translation from and to LLVM IR -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As kcfi-translate does. Errors, warnings and remarks go through the context's
// diagnostics. A context is used by one thread at a time.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_C_TRANSLATION_H
#define KCFI_C_TRANSLATION_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Imports LLVM IR, text or bitcode, from memory (docs/Import.md). `name` is
/// what the file is called in locations and errors.
///
/// `carry` says which definitions stay LLVM bitcode within the module: "none",
/// "needed" (also if it is empty) or "exact". `allowedLosses` names what may be
/// dropped with a warning, as `kcfi-translate --allow-loss` does:
/// "prefix-data" and so on.
///
/// The dialects that the import needs are loaded into the context. Null after
/// an error: input that is not valid, keywords that are not known, what would
/// be lost. The caller owns the result.
MLIR_CAPI_EXPORTED MlirModule
kcfiImportLLVMIR(MlirContext context, MlirStringRef source, MlirStringRef name,
                 MlirStringRef carry, intptr_t numAllowedLosses,
                 MlirStringRef const *allowedLosses);

/// Translates a lowered module (after kcfi-lower-pipeline or
/// kcfi-roundtrip-pipeline) to the text of LLVM IR. Its context must have the
/// translations of its dialects: see kcfiRegisterAllDialects. Fails, without a
/// call of `callback`, if `module` is no module, is not lowered, or would lose
/// ids or checks.
MLIR_CAPI_EXPORTED MlirLogicalResult kcfiExportLLVMIR(
    MlirOperation module, MlirStringCallback callback, void *userData);

/// The same to bitcode: `callback` gets bytes.
MLIR_CAPI_EXPORTED MlirLogicalResult kcfiExportBitcode(
    MlirOperation module, MlirStringCallback callback, void *userData);

#ifdef __cplusplus
}
#endif

#endif // KCFI_C_TRANSLATION_H
