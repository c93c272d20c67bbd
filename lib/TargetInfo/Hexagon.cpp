//===- Hexagon.cpp - Qualcomm Hexagon -------------------------------------===//
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
class HexagonTargetInfo : public ExpandedTargetInfo {
public:
  explicit HexagonTargetInfo(Triple triple)
      : ExpandedTargetInfo(std::move(triple)) {}

  StringRef getName() const override { return "Hexagon"; }

  CTypeFacts getCTypeFacts() const override {
    CTypeFacts facts = getCommonCTypeFacts(triple, 32);
    facts.charSigned = false;
    facts.vaList = triple.isMusl() ? VaListKind::TagArray : VaListKind::CharPtr;
    return facts;
  }

  // A packet with one nop.
  unsigned getPrefixNopBytes(bool) const override { return 4; }
};
} // namespace

TargetOrError mlir::kcfi::createHexagonTargetInfo(Triple triple) {
  return createELFTarget<HexagonTargetInfo>(std::move(triple));
}
