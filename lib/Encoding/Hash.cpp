//===- Hash.cpp - Hashes that make type ids -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/Hash.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;

static constexpr uint64_t kPrime1 = 0x9E3779B185EBCA87ull;
static constexpr uint64_t kPrime2 = 0xC2B2AE3D27D4EB4Full;
static constexpr uint64_t kPrime3 = 0x165667B19E3779F9ull;
static constexpr uint64_t kPrime4 = 0x85EBCA77C2B2AE63ull;
static constexpr uint64_t kPrime5 = 0x27D4EB2F165667C5ull;

/// One step of an accumulator over a lane of eight bytes.
static uint64_t round(uint64_t accumulator, uint64_t lane) {
  return llvm::rotl(accumulator + lane * kPrime2, 31) * kPrime1;
}

static uint64_t mergeAccumulator(uint64_t hash, uint64_t accumulator) {
  return (hash ^ round(0, accumulator)) * kPrime1 + kPrime4;
}

uint64_t mlir::kcfi::xxh64(StringRef data) {
  const char *cursor = data.data();
  size_t remaining = data.size();

  uint64_t hash;
  if (remaining >= 32) {
    uint64_t accumulators[4] = {kPrime1 + kPrime2, kPrime2, 0, 0 - kPrime1};
    for (; remaining >= 32; remaining -= 32)
      for (uint64_t &accumulator : accumulators) {
        accumulator = round(accumulator, support::endian::read64le(cursor));
        cursor += 8;
      }
    hash = llvm::rotl(accumulators[0], 1) + llvm::rotl(accumulators[1], 7) +
           llvm::rotl(accumulators[2], 12) + llvm::rotl(accumulators[3], 18);
    for (uint64_t accumulator : accumulators)
      hash = mergeAccumulator(hash, accumulator);
  } else {
    hash = kPrime5;
  }
  hash += data.size();

  for (; remaining >= 8; remaining -= 8, cursor += 8)
    hash = llvm::rotl(hash ^ round(0, support::endian::read64le(cursor)), 27) *
               kPrime1 +
           kPrime4;
  if (remaining >= 4) {
    hash = llvm::rotl(hash ^ support::endian::read32le(cursor) * kPrime1, 23) *
               kPrime2 +
           kPrime3;
    cursor += 4;
    remaining -= 4;
  }
  for (; remaining; --remaining, ++cursor)
    hash = llvm::rotl(hash ^ static_cast<uint8_t>(*cursor) * kPrime5, 11) *
           kPrime1;

  hash = (hash ^ hash >> 33) * kPrime2;
  hash = (hash ^ hash >> 29) * kPrime3;
  return hash ^ hash >> 32;
}

uint32_t mlir::kcfi::fnv1a32(StringRef data) {
  uint32_t hash = 2166136261u;
  for (char byte : data)
    hash = (hash ^ static_cast<uint8_t>(byte)) * 16777619u;
  return hash;
}

llvm::StringRef mlir::kcfi::getHashFlagValue(HashKind hash) {
  switch (hash) {
  case HashKind::XXHash64:
    return "xxHash64";
  case HashKind::FNV1a:
    return "FNV-1a";
  }
  llvm_unreachable("unknown hash");
}

std::optional<mlir::kcfi::HashKind>
mlir::kcfi::parseHashFlagValue(llvm::StringRef name) {
  for (HashKind hash : {HashKind::XXHash64, HashKind::FNV1a})
    if (name == getHashFlagValue(hash))
      return hash;
  return std::nullopt;
}
