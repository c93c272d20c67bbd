//===- HashTest.cpp - The hashes of type ids ------------------------------
//===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/Hash.h"
#include "llvm/Support/xxhash.h"

#include "gtest/gtest.h"

#include <random>
#include <string>

using namespace mlir::kcfi;

namespace {

std::string makeRandomString(std::mt19937_64 &random, size_t size) {
  std::string result;
  for (size_t i = 0; i < size; ++i)
    result.push_back(static_cast<char>(random()));
  return result;
}

/// FNV-1a, the multiplication as the sum of shifts that the prime
/// 2^24 + 2^8 + 0x93 stands for.
uint32_t fnvByShifts(llvm::StringRef data) {
  uint32_t hash = 0x811c9dc5;
  for (unsigned char byte : data.bytes()) {
    hash ^= byte;
    hash = hash + (hash << 1) + (hash << 4) + (hash << 7) + (hash << 8) +
           (hash << 24);
  }
  return hash;
}

// Every path through the tail of the hash, and one to nine whole stripes.
TEST(Hash, XXH64AgreesWithLLVM) {
  std::mt19937_64 random(1);
  for (size_t size = 0; size <= 300; ++size)
    for (unsigned round = 0; round < 4; ++round) {
      std::string data = makeRandomString(random, size);
      EXPECT_EQ(xxh64(data), llvm::xxHash64(llvm::StringRef(data)))
          << "size " << size << ", round " << round;
    }
}

TEST(Hash, XXH64AgreesWithLLVMOnLargeData) {
  std::mt19937_64 random(2);
  for (size_t size : {1023, 1024, 4096, 65537, 1000003}) {
    std::string data = makeRandomString(random, size);
    EXPECT_EQ(xxh64(data), llvm::xxHash64(llvm::StringRef(data)))
        << "size " << size;
  }
}

// The hash reads words; where they start must not matter.
TEST(Hash, XXH64OfUnalignedData) {
  std::mt19937_64 random(3);
  std::string data = makeRandomString(random, 128);
  for (size_t offset = 0; offset < 16; ++offset) {
    llvm::StringRef part = llvm::StringRef(data).drop_front(offset);
    EXPECT_EQ(xxh64(part), xxh64(std::string(part))) << "offset " << offset;
  }
}

TEST(Hash, XXH64KnownValues) {
  EXPECT_EQ(xxh64(""), 0xef46db3751d8e999u);
  EXPECT_EQ(xxh64("a"), 0xd24ec4f1a98c6e5bu);
  EXPECT_EQ(xxh64("abc"), 0x44bc2cf5ad770999u);
  EXPECT_EQ(static_cast<uint32_t>(xxh64("_ZTSFiiE")), 0x00050794u);
  EXPECT_EQ(static_cast<uint32_t>(xxh64("_ZTSFvvE")), 0xa540670cu);
}

TEST(Hash, FNVAgreesWithShifts) {
  std::mt19937_64 random(4);
  for (size_t size = 0; size <= 300; ++size) {
    std::string data = makeRandomString(random, size);
    EXPECT_EQ(fnv1a32(data), fnvByShifts(data)) << "size " << size;
  }
}

TEST(Hash, FNVKnownValues) {
  EXPECT_EQ(fnv1a32(""), 0x811c9dc5u);
  EXPECT_EQ(fnv1a32("a"), 0xe40c292cu);
  EXPECT_EQ(fnv1a32("foobar"), 0xbf9cf968u);
  EXPECT_EQ(fnv1a32(llvm::StringRef("\0", 1)), 0x050c5d1fu);
  EXPECT_EQ(fnv1a32("_ZTSFiiE"), 0xb8360626u);
}

} // namespace
