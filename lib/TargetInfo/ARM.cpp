//===- ARM.cpp - 32-bit ARM, A32 and Thumb code ---------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "llvm/TargetParser/ARMTargetParser.h"

using namespace mlir::kcfi;
using llvm::StringRef;
using llvm::Triple;

namespace {
class ARMTargetInfo : public TargetInfo {
public:
  explicit ARMTargetInfo(Triple triple) : TargetInfo(std::move(triple)) {}

  StringRef getName() const override {
    if (!isThumb())
      return "ARM";
    return hasThumb2() ? "Thumb2" : "Thumb1";
  }

  CTypeFacts getCTypeFacts() const override {
    CTypeFacts facts = getCommonCTypeFacts(triple, 32);
    facts.bf16IsVendorType = true;
    if (triple.isWatchABI()) {
      useLongSizeType(facts);
    } else if (triple.isOSBinFormatMachO()) {
      facts.sizeType = CIntegerKind::Long;
    } else if (triple.isOSNetBSD() || triple.isOSOpenBSD() ||
               triple.isOSHaiku()) {
      useLongSizeType(facts);
    }
    if (!triple.isOSWindows() && !triple.isOSDarwin()) {
      facts.charSigned = false;
      facts.wcharSigned = triple.isOSNetBSD() || triple.isOSOpenBSD();
    }
    if (triple.isWatchABI())
      facts.vaList = VaListKind::CharPtr;
    else if (triple.isOSWindows() && !triple.isWindowsCygwinEnvironment())
      facts.vaList = VaListKind::CharPtr;
    else if (llvm::ARM::computeDefaultTargetABI(triple).starts_with("aapcs"))
      facts.vaList = VaListKind::StdVaList;
    else
      facts.vaList = VaListKind::VoidPtr;
    return facts;
  }

  bool hasNativeBundles() const override { return !isThumb() || hasThumb2(); }

  CheckDecision decide(const CheckedCall &call) const override {
    // H9. A function may be Thumb code for a CPU that the triple does not
    // show; without Thumb2 in the triple it is taken to be Thumb1, for which
    // expanding is never wrong.
    if ((isThumb() || call.callerIsThumb) && !hasThumb2())
      return {CheckLowering::Expand,
              "LLVM's Thumb1 check overwrites the register of the call target"};
    // H12.
    if (call.hasNestArgument)
      return {CheckLowering::Expand,
              "LLVM's ARM check overwrites r12, which passes the nest "
              "argument"};
    return TargetInfo::decide(call);
  }

  unsigned getPrefixNopBytes(bool) const override { return isThumb() ? 2 : 4; }
  // A pointer with the low bit set runs any code as Thumb.
  unsigned getCodeAlignment(bool) const override { return 2; }

  // The check takes every NOP for 4 bytes: those of Thumb code have 2, and one
  // program may hold both. Clang rejects the option for ARM.
  bool supportsPatchablePrefix() const override { return false; }

  bool needsPointerMask() const override { return true; }

  // bic, ldr, four eor, beq, udf; only the udf is short in Thumb2 code.
  CodeSizes getCodeSizes() const override {
    if (!isThumb())
      return {4, 32};
    return {4, hasThumb2() ? 30u : 0u};
  }

  EntryPrefix getEntryPrefix() const override { return EntryPrefix::Adjacent; }

  EntryDecision decideEntry(const EntrySite &site) const override {
    if (!triple.isLittleEndian())
      return {EntryDecision::Impossible,
              "linkers turn the bytes of instructions round for big-endian "
              "ARM, but not those of data"};
    if (site.needsLandingPad)
      return {EntryDecision::Impossible,
              "branch target enforcement is not known well enough on ARM"};
    return TargetInfo::decideEntry(site);
  }

protected:
  void appendEntryCode(const EntrySite &site, unsigned distance,
                       llvm::SmallVectorImpl<uint8_t> &code) const override {
    // Offsets count from two instructions ahead.
    if (!isThumb() && !site.isThumb) {
      appendWord(code, 0xea000000 | ((distance - 4) / 4 & 0xffffff)); // b
      return;
    }
    // b, which Thumb1 has, too, and udf #0, which is not executed.
    appendWord(code, 0xde000000 | 0xe000 | distance / 2);
  }

  unsigned getEntryReach(const EntrySite &site) const override {
    return isThumb() || site.isThumb ? 2046 : TargetInfo::getEntryReach(site);
  }

private:
  bool isThumb() const { return triple.isThumb() || isMClass(); }

  bool isMClass() const {
    switch (triple.getSubArch()) {
    case Triple::ARMSubArch_v6m:
    case Triple::ARMSubArch_v7m:
    case Triple::ARMSubArch_v7em:
    case Triple::ARMSubArch_v8m_baseline:
    case Triple::ARMSubArch_v8m_mainline:
    case Triple::ARMSubArch_v8_1m_mainline:
      return true;
    default:
      return false;
    }
  }

  bool hasThumb2() const {
    switch (triple.getSubArch()) {
    case Triple::NoSubArch:
    case Triple::ARMSubArch_v4t:
    case Triple::ARMSubArch_v5:
    case Triple::ARMSubArch_v5te:
    case Triple::ARMSubArch_v6:
    case Triple::ARMSubArch_v6k:
    case Triple::ARMSubArch_v6m:
    case Triple::ARMSubArch_v8m_baseline:
      return false;
    default:
      return true;
    }
  }
};
} // namespace

TargetOrError mlir::kcfi::createARMTargetInfo(Triple triple) {
  return std::make_unique<ARMTargetInfo>(std::move(triple));
}
