//===- RISCV.cpp - RISC-V -------------------------------------------------===//
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
class RISCVTargetInfo : public TargetInfo {
public:
  explicit RISCVTargetInfo(Triple triple) : TargetInfo(std::move(triple)) {}

  StringRef getName() const override {
    return triple.isRISCV64() ? "RISC-V 64" : "RISC-V 32";
  }

  CTypeFacts getCTypeFacts() const override {
    CTypeFacts facts =
        getCommonCTypeFacts(triple, triple.isRISCV64() ? 64 : 32);
    facts.charSigned = false;
    facts.longDouble = LongDoubleKind::Quad;
    return facts;
  }

  bool hasNativeBundles() const override { return true; }

  CheckDecision decide(const CheckedCall &call) const override {
    // H11: the upper part of the constant, rounded for a signed lower part.
    // If it is 0, LLVM leaves its lui out but adds to the register all the
    // same.
    if (((call.typeId + 0x800) >> 12 & 0xfffff) == 0)
      return {CheckLowering::Expand,
              "LLVM's RISC-V check compares with a stale register when the "
              "upper 20 bits of the id are zero"};
    // H10: two passes that run for minimal size only.
    if (call.callerIsMinSize)
      return {CheckLowering::Expand,
              "LLVM's RISC-V outliner and compression passes break checked "
              "calls in minsize functions"};
    // H12.
    if (call.hasNestArgument)
      return {CheckLowering::Expand,
              "LLVM's RISC-V check overwrites t2, which passes the nest "
              "argument"};
    return TargetInfo::decide(call);
  }

  unsigned getPrefixNopBytes(bool hasCompressed) const override {
    return hasCompressed ? 2 : 4;
  }
  unsigned getCodeAlignment(bool hasCompressed) const override {
    return hasCompressed ? 2 : 4;
  }
  bool supportsPatchablePrefix() const override { return true; }

  // lw, lui, addi, beq, ebreak. 18 bytes with a compressed ebreak; the addi is
  // missing for ids whose lower 12 bits are zero.
  CodeSizes getCodeSizes() const override { return {4, 20}; }

  EntryPrefix getEntryPrefix() const override { return EntryPrefix::Adjacent; }

  EntryDecision decideEntry(const EntrySite &site) const override {
    if (site.needsLandingPad)
      return {EntryDecision::Impossible,
              "the label of a landing pad (Zicfilp) is chosen by the back end"};
    if (site.prefixNops && !site.hasCompressed)
      return {EntryDecision::Impossible,
              "the size of the patchable prefix depends on the target features "
              "of the function, which has none"};
    return TargetInfo::decideEntry(site);
  }

protected:
  void appendEntryCode(const EntrySite &, unsigned distance,
                       llvm::SmallVectorImpl<uint8_t> &code) const override {
    // j: the offset's bits 20, 10-1, 11, 19-12 from the top.
    unsigned offset = distance + 4;
    appendWord(code,
               0x6f | (offset >> 20 & 1) << 31 | (offset >> 1 & 0x3ff) << 21 |
                   (offset >> 11 & 1) << 20 | (offset >> 12 & 0xff) << 12);
  }
};
} // namespace

TargetOrError mlir::kcfi::createRISCVTargetInfo(Triple triple) {
  return createELFTarget<RISCVTargetInfo>(std::move(triple));
}
