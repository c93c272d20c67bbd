//===- VE.cpp - NEC SX-Aurora vector engine -------------------------------===//
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
class VETargetInfo : public ExpandedTargetInfo {
public:
  explicit VETargetInfo(Triple triple)
      : ExpandedTargetInfo(std::move(triple)) {}

  StringRef getName() const override { return "VE"; }

  CTypeFacts getCTypeFacts() const override {
    CTypeFacts facts = getCommonCTypeFacts(triple, 64);
    facts.wcharSigned = false;
    facts.longDouble = LongDoubleKind::Quad;
    return facts;
  }

  unsigned getPrefixNopBytes(bool) const override { return 8; }

  // LLVM 22 crashes when asked for a NOP in front of a function.
  bool supportsPatchablePrefix() const override { return false; }
};
} // namespace

TargetOrError mlir::kcfi::createVETargetInfo(Triple triple) {
  return createELFTarget<VETargetInfo>(std::move(triple));
}
