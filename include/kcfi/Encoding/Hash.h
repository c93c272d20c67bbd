//===- Hash.h - Hashes that make type ids -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The two hashes that turn a type-id string into an id. Independent of LLVM's:
// their place in LLVM's headers and libraries changes between versions, ids
// must not.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ENCODING_HASH_H
#define KCFI_ENCODING_HASH_H

#include "kcfi/IR/KCFIEnums.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>

namespace mlir::kcfi {

/// XXH64 of the bytes of `data` with seed 0, as specified by the xxHash project
/// (doc/xxhash_spec.md there).
uint64_t xxh64(llvm::StringRef data);

/// 32-bit FNV-1a of the bytes of `data` (basis 2166136261, prime 16777619).
uint32_t fnv1a32(llvm::StringRef data);

/// The value of the module flag `kcfi-hash` for a hash, and back; nothing if no
/// hash has the name. (clang: `-fsanitize-kcfi-hash`.)
llvm::StringRef getHashFlagValue(HashKind hash);
std::optional<HashKind> parseHashFlagValue(llvm::StringRef name);

} // namespace mlir::kcfi

#endif // KCFI_ENCODING_HASH_H
