//===- X86_32.cpp - 32-bit x86 --------------------------------------------===//
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
class X86_32TargetInfo : public TargetInfo {
public:
  explicit X86_32TargetInfo(Triple triple) : TargetInfo(std::move(triple)) {}

  StringRef getName() const override { return "i386"; }

  CTypeFacts getCTypeFacts() const override {
    CTypeFacts facts = getCommonCTypeFacts(triple, 32);
    bool windows = hasWindowsTypes(triple);
    if (triple.isOSDarwin())
      facts.sizeType = CIntegerKind::Long;
    else if (triple.isOSOpenBSD() || triple.isOSHaiku() ||
             triple.getOS() == Triple::RTEMS)
      useLongSizeType(facts);
    if (triple.isOSSolaris())
      facts.wcharType = CIntegerKind::Long;
    facts.hasFloat128 = hasX86Float128(triple);
    bool plainLongDouble = triple.isAndroid() || triple.isOSIAMCU() ||
                           (windows && !triple.isOSCygMing());
    if (!plainLongDouble)
      facts.longDouble = LongDoubleKind::X87;
    facts.vaList = VaListKind::CharPtr;
    return facts;
  }

  bool hasNativeBundles() const override { return false; }

  // H2: unlike other targets without a lowering, LLVM accepts the bundle.
  CheckDecision decide(const CheckedCall &) const override {
    return {CheckLowering::Expand,
            "LLVM lowers kcfi bundles on i386 to a check of an unrelated "
            "register"};
  }

  // Prefixes are those of x86-64, H17 included.
  uint32_t getStoredId(uint32_t id) const override {
    return getX86StoredId(id);
  }

  unsigned getPrefixNopBytes(bool) const override { return 1; }
  unsigned getCodeAlignment(bool) const override { return 1; }
  unsigned getIdAlignment() const override { return 1; }
  bool supportsPatchablePrefix() const override { return true; }
  CodeSizes getCodeSizes() const override { return {5, 0}; }

  bool hasTailCalls(bool) const override { return true; }

protected:
  unsigned getOwnPrefixBytes(const EntrySite &site) const override {
    return getX86OwnPrefixBytes(site);
  }

  unsigned getPrefixDataAlignment(const EntrySite &site) const override {
    return getX86PrefixAlignment(site);
  }
};
} // namespace

TargetOrError mlir::kcfi::createX86_32TargetInfo(Triple triple) {
  return std::make_unique<X86_32TargetInfo>(std::move(triple));
}
