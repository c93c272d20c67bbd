//===- PowerPC.cpp - PowerPC: 32-bit SVR4 and 64-bit ELFv2 ----------------===//
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
class PowerPCTargetInfo : public ExpandedTargetInfo {
public:
  explicit PowerPCTargetInfo(Triple triple)
      : ExpandedTargetInfo(std::move(triple)) {}

  StringRef getName() const override {
    return triple.isPPC64() ? "PowerPC64" : "PowerPC32";
  }

  CTypeFacts getCTypeFacts() const override {
    CTypeFacts facts = getCommonCTypeFacts(triple, triple.isPPC64() ? 64 : 32);
    facts.charSigned = false;
    if (triple.isPPC64()) {
      facts.vaList = VaListKind::CharPtr;
    } else {
      facts.vaList = VaListKind::TagArray;
      if (!triple.isOSLinux() && !triple.isOSFreeBSD() && !triple.isOSNetBSD())
        useLongSizeType(facts);
    }
    bool plainLongDouble = triple.isMusl() || triple.isOSFreeBSD() ||
                           triple.isOSOpenBSD() ||
                           (triple.isPPC32() && triple.isOSNetBSD());
    if (!plainLongDouble) {
      facts.longDouble = LongDoubleKind::PPCDoubleDouble;
      facts.longDoubleCode = 'g';
    }
    return facts;
  }

  unsigned getPrefixNopBytes(bool) const override { return 4; }
};
} // namespace

TargetOrError mlir::kcfi::createPowerPCTargetInfo(Triple triple) {
  // Only the triple counts: -mabi=elfv2 for another triple is not visible here.
  if (triple.getArch() == Triple::ppc64 && !triple.isPPC64ELFv2ABI())
    return refuseTarget(triple,
                        "function pointers of the 64-bit ELFv1 ABI address "
                        "descriptors, not code",
                        "use a target with the ELFv2 ABI, for example "
                        "powerpc64le-unknown-linux-gnu or "
                        "powerpc64-unknown-linux-musl");
  return createELFTarget<PowerPCTargetInfo>(std::move(triple));
}
