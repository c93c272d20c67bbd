//===- AArch64.cpp - 64-bit ARM -------------------------------------------===//
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
class AArch64TargetInfo : public TargetInfo {
public:
  explicit AArch64TargetInfo(Triple triple) : TargetInfo(std::move(triple)) {}

  StringRef getName() const override {
    if (isILP32())
      return "AArch64 (ILP32)";
    return triple.getArch() == Triple::aarch64_be ? "AArch64 (big-endian)"
                                                  : "AArch64";
  }

  CTypeFacts getCTypeFacts() const override {
    CTypeFacts facts = getCommonCTypeFacts(triple, isILP32() ? 32 : 64);
    facts.hasInt128 = true;
    facts.bf16IsVendorType = true;
    if (isILP32())
      useLongSizeType(facts);
    if (triple.isOSWindows()) {
      // No environment keeps a 64-bit long here, not even Cygwin's name.
      facts.longWidth = 32;
      facts.sizeType = CIntegerKind::LongLong;
      facts.ptrdiffType = CIntegerKind::LongLong;
    } else if (triple.isOSDarwin()) {
      facts.vaList = VaListKind::CharPtr;
    } else {
      facts.charSigned = false;
      facts.wcharType = CIntegerKind::Int;
      facts.wcharWidth = 32;
      facts.wcharSigned = triple.isOSNetBSD() || triple.isOSOpenBSD();
      facts.longDouble = LongDoubleKind::Quad;
      facts.vaList = VaListKind::StdVaList;
    }
    return facts;
  }

  bool hasNativeBundles() const override { return !isILP32(); }

  unsigned getPrefixNopBytes(bool) const override { return 4; }
  bool supportsPatchablePrefix() const override { return true; }

  // ldur, movk, movk, cmp, b.eq, brk. A nest argument is in x15, which the
  // check leaves alone.
  CodeSizes getCodeSizes() const override {
    return {4, hasNativeBundles() ? 24u : 0u};
  }

  EntryPrefix getEntryPrefix() const override { return EntryPrefix::Adjacent; }

  // LLVM gives up on a struct by value, which C never passes that way here.
  bool hasTailCalls(bool hasByVal) const override { return !hasByVal; }

protected:
  void appendEntryCode(const EntrySite &site, unsigned distance,
                       llvm::SmallVectorImpl<uint8_t> &code) const override {
    if (site.needsLandingPad)
      appendWord(code, 0xd503245f);                    // bti c
    appendWord(code, 0x14000000 | (distance + 4) / 4); // b
  }

private:
  bool isILP32() const { return triple.getArch() == Triple::aarch64_32; }
};
} // namespace

TargetOrError mlir::kcfi::createAArch64TargetInfo(Triple triple) {
  if (triple.getEnvironment() == Triple::GNUILP32)
    return refuseTarget(
        triple,
        "LLVM 22 has no C ABI for ILP32 on this system: clang keeps 64-bit "
        "pointers and long in its type facts while the data layout has 32",
        "use the LP64 triple");
  // H14: an authenticated call cannot be checked before its pointer is
  // authenticated, and LLVM checks it before.
  if (triple.isArm64e() || triple.getEnvironment() == Triple::PAuthTest)
    return refuseTarget(triple,
                        "function pointers are signed, an id cannot be read "
                        "through one before it is authenticated",
                        "use the triple without pointer authentication, which "
                        "protects these calls by itself");
  if (triple.isWindowsArm64EC())
    return refuseTarget(triple,
                        "Arm64EC function pointers may address x64 code or "
                        "thunks, which have no id in front of their entry",
                        "use the native aarch64 Windows triple");
  return std::make_unique<AArch64TargetInfo>(std::move(triple));
}
