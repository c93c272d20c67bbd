//===- SystemZ.cpp - IBM Z ------------------------------------------------===//
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
class SystemZTargetInfo : public ExpandedTargetInfo {
public:
  explicit SystemZTargetInfo(Triple triple)
      : ExpandedTargetInfo(std::move(triple)) {}

  StringRef getName() const override { return "SystemZ"; }

  CTypeFacts getCTypeFacts() const override {
    CTypeFacts facts = getCommonCTypeFacts(triple, 64);
    facts.charSigned = false;
    facts.longDouble = LongDoubleKind::Quad;
    facts.longDoubleCode = 'g';
    facts.vaList = VaListKind::TagArray;
    return facts;
  }

  // The shortest no-operation, `nopr 0`.
  unsigned getPrefixNopBytes(bool) const override { return 2; }
  unsigned getCodeAlignment(bool) const override { return 2; }
};
} // namespace

TargetOrError mlir::kcfi::createSystemZTargetInfo(Triple triple) {
  return createELFTarget<SystemZTargetInfo>(std::move(triple));
}
