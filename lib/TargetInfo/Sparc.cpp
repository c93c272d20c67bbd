//===- Sparc.cpp - SPARC V8 and V9 ----------------------------------------===//
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
class SparcTargetInfo : public ExpandedTargetInfo {
public:
  explicit SparcTargetInfo(Triple triple)
      : ExpandedTargetInfo(std::move(triple)) {}

  StringRef getName() const override { return is64() ? "SPARC V9" : "SPARC"; }

  CTypeFacts getCTypeFacts() const override {
    CTypeFacts facts = getCommonCTypeFacts(triple, is64() ? 64 : 32);
    if (!is64()) {
      if (triple.isOSNetBSD() || triple.isOSOpenBSD())
        useLongSizeType(facts);
      if (triple.isOSSolaris())
        facts.wcharType = CIntegerKind::Long;
    }
    facts.longDouble = LongDoubleKind::Quad;
    return facts;
  }

  unsigned getPrefixNopBytes(bool) const override { return 4; }

  // LLVM 22 crashes when asked for a NOP in front of a function.
  bool supportsPatchablePrefix() const override { return false; }

private:
  bool is64() const { return triple.getArch() == Triple::sparcv9; }
};
} // namespace

TargetOrError mlir::kcfi::createSparcTargetInfo(Triple triple) {
  return createELFTarget<SparcTargetInfo>(std::move(triple));
}
