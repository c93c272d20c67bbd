//===- LoongArch.cpp - LoongArch32 and LoongArch64 ------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Targets.h"

using namespace mlir::kcfi;
using llvm::StringRef;
using llvm::Triple;

namespace {
class LoongArchTargetInfo : public ExpandedTargetInfo {
public:
  explicit LoongArchTargetInfo(Triple triple)
      : ExpandedTargetInfo(std::move(triple)) {}

  StringRef getName() const override {
    return triple.isLoongArch64() ? "LoongArch64" : "LoongArch32";
  }

  CTypeFacts getCTypeFacts() const override {
    CTypeFacts facts =
        getCommonCTypeFacts(triple, triple.isLoongArch64() ? 64 : 32);
    facts.longDouble = LongDoubleKind::Quad;
    return facts;
  }

  unsigned getPrefixNopBytes(bool) const override { return 4; }

  EntryPrefix getEntryPrefix() const override { return EntryPrefix::Adjacent; }

protected:
  void appendEntryCode(const EntrySite &, unsigned distance,
                       llvm::SmallVectorImpl<uint8_t> &code) const override {
    // b: the offset in words, its lower 16 bits first.
    unsigned words = (distance + 4) / 4;
    appendWord(code,
               0x50000000 | (words & 0xffff) << 10 | (words >> 16 & 0x3ff));
  }
};
} // namespace

TargetOrError mlir::kcfi::createLoongArchTargetInfo(Triple triple) {
  return createELFTarget<LoongArchTargetInfo>(std::move(triple));
}
