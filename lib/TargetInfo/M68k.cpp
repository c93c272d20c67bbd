//===- M68k.cpp - Motorola 68000 ------------------------------------------===//
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
class M68kTargetInfo : public ExpandedTargetInfo {
public:
  explicit M68kTargetInfo(Triple triple)
      : ExpandedTargetInfo(std::move(triple)) {}

  StringRef getName() const override { return "M68k"; }

  CTypeFacts getCTypeFacts() const override {
    return getCommonCTypeFacts(triple, 32);
  }

  unsigned getPrefixNopBytes(bool) const override { return 2; }
  unsigned getCodeAlignment(bool) const override { return 2; }

  // LLVM 22 crashes when asked for a NOP in front of a function.
  bool supportsPatchablePrefix() const override { return false; }
};
} // namespace

TargetOrError mlir::kcfi::createM68kTargetInfo(Triple triple) {
  return createELFTarget<M68kTargetInfo>(std::move(triple));
}
