//===- Mips.cpp - MIPS with the o32, n32 and n64 ABIs ---------------------===//
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
class MipsTargetInfo : public ExpandedTargetInfo {
public:
  explicit MipsTargetInfo(Triple triple)
      : ExpandedTargetInfo(std::move(triple)) {}

  StringRef getName() const override { return is64() ? "MIPS64" : "MIPS32"; }

  CTypeFacts getCTypeFacts() const override {
    bool n32 = triple.isABIN32();
    CTypeFacts facts = getCommonCTypeFacts(triple, is64() && !n32 ? 64 : 32);
    if (n32)
      facts.hasInt128 = true;
    if (is64() && !triple.isOSFreeBSD())
      facts.longDouble = LongDoubleKind::Quad;
    return facts;
  }

  unsigned getPrefixNopBytes(bool) const override { return 4; }
  unsigned getCodeAlignment(bool hasCompressed) const override {
    return hasCompressed ? 2 : 4;
  }

  // Pointers to microMIPS and MIPS16 functions are odd.
  bool needsPointerMask() const override { return true; }

private:
  bool is64() const { return triple.isMIPS64(); }
};
} // namespace

TargetOrError mlir::kcfi::createMipsTargetInfo(Triple triple) {
  return createELFTarget<MipsTargetInfo>(std::move(triple));
}
