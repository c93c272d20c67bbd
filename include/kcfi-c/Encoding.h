//===- kcfi-c/Encoding.h - Type-id strings, ids and their hashes -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From signatures to ids, without operations or passes. Strings are handed to
// callbacks and are valid during the call only; they are in UTF-8 and may come
// in several pieces. A null callback throws its text away.
//
// All functions may be called by several threads at a time if the context may
// (mlirContextEnableMultithreading).
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_C_ENCODING_H
#define KCFI_C_ENCODING_H

#include "mlir-c/IR.h"
#include "mlir-c/Support.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Encodes a signature (`fn`, `rs.fn`, `encoded`) as clang and rustc do for
/// -fsanitize=kcfi: hands the type-id string to `string` and stores the 32-bit
/// id to `id`, which may be null. A `raw` type has an id and no string.
///
/// `encoding` is a `#kcfi.encoding`, or null for the default one (xxHash64, no
/// options). `targetTriple` is e.g. "x86_64-unknown-linux-gnu". `definitions`
/// are `#kcfi.rs.item` with all their facts, for items that the signature
/// mentions by their path alone.
///
/// On failure hands one message to `error`, stores nothing and calls `string`
/// never. Errors: no signature; a target
/// that is not known or cannot have KCFI; what cannot be encoded; an id that
/// the target cannot use; two definitions of one item.
MLIR_CAPI_EXPORTED MlirLogicalResult kcfiEncode(
    MlirType signature, MlirAttribute encoding, MlirStringRef targetTriple,
    intptr_t numDefinitions, MlirAttribute const *definitions,
    MlirStringCallback string, void *stringUserData, uint32_t *id,
    MlirStringCallback error, void *errorUserData);

/// The same for the id in front of a function that has this signature, which
/// for a Rust function depends on what it is: `callable` is the function's
/// `#kcfi.rs.callable`, or null for functions without one.
MLIR_CAPI_EXPORTED MlirLogicalResult
kcfiEncodeFunction(MlirType signature, MlirAttribute callable,
                   MlirAttribute encoding, MlirStringRef targetTriple,
                   intptr_t numDefinitions, MlirAttribute const *definitions,
                   MlirStringCallback string, void *stringUserData,
                   uint32_t *id, MlirStringCallback error, void *errorUserData);

/// The id of a type-id string, suffixes and salt included, under a hash
/// ("xxhash64" or "fnv1a"). Fails, and stores nothing, if there is no hash of
/// that name. Does not ask whether a target can use the id.
MLIR_CAPI_EXPORTED MlirLogicalResult kcfiHashTypeIdString(MlirStringRef string,
                                                          MlirStringRef hash,
                                                          uint32_t *id);

/// XXH64 with seed 0 of the bytes of `data`; its low 32 bits are clang's id.
MLIR_CAPI_EXPORTED uint64_t kcfiXXH64(MlirStringRef data);

/// 32-bit FNV-1a of the bytes of `data`.
MLIR_CAPI_EXPORTED uint32_t kcfiFNV1a32(MlirStringRef data);

/// Reads an id as tools print it: hexadecimal with 0x, decimal, or negative as
/// in LLVM IR. Fails, and stores nothing, for any other text.
MLIR_CAPI_EXPORTED MlirLogicalResult kcfiParseTypeId(MlirStringRef text,
                                                     uint32_t *id);

/// The C, C++ or Rust spelling of a type of this dialect, for people. Nothing
/// for null and for types of other dialects.
MLIR_CAPI_EXPORTED void kcfiTypePrintReadable(MlirType type,
                                              MlirStringCallback callback,
                                              void *userData);

/// What a demangler makes of a type-id string, without salt and suffixes.
/// Nothing if the string is not a mangled type.
MLIR_CAPI_EXPORTED void kcfiDemangleTypeIdString(MlirStringRef string,
                                                 MlirStringCallback callback,
                                                 void *userData);

#ifdef __cplusplus
}
#endif

#endif // KCFI_C_ENCODING_H
