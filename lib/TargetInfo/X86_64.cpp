//===- X86_64.cpp - x86-64 ------------------------------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir::kcfi;
using llvm::StringRef;
using llvm::Triple;

bool mlir::kcfi::hasX86Float128(const Triple &triple) {
  return triple.isOSLinux() || triple.isOSFreeBSD() || triple.isOSOpenBSD() ||
         triple.isOSNetBSD() || triple.isOSDragonFly() ||
         triple.isOSSolaris() || triple.isOSHaiku() || triple.isOSHurd() ||
         triple.isWindowsGNUEnvironment();
}

uint32_t mlir::kcfi::getX86StoredId(uint32_t id) {
  // As a byte sequence in code, these would be targets of indirect branches
  // under IBT. The check holds the negated id, hence both signs.
  for (uint32_t endbr : {0xfa1e0ff3u, 0xfb1e0ff3u})
    if (id == endbr || id == 0 - endbr)
      return id + 1;
  return id;
}

unsigned mlir::kcfi::getX86PrefixAlignment(const EntrySite &site) {
  return site.isOptSize ? 4 : 16;
}

unsigned mlir::kcfi::getX86OwnPrefixBytes(const EntrySite &site) {
  return llvm::alignTo(kX86MoveBytes + site.prefixNops,
                       getX86PrefixAlignment(site));
}

namespace {
class X86_64TargetInfo : public TargetInfo {
public:
  explicit X86_64TargetInfo(Triple triple) : TargetInfo(std::move(triple)) {}

  StringRef getName() const override {
    return triple.isX32() ? "x86-64 (x32)" : "x86-64";
  }

  CTypeFacts getCTypeFacts() const override {
    CTypeFacts facts = getCommonCTypeFacts(triple, triple.isX32() ? 32 : 64);
    facts.hasInt128 = true;
    bool windows = hasWindowsTypes(triple);
    bool gnuWindows = windows && triple.isOSCygMing();
    // clang has the type for Managarm on this processor only.
    facts.hasFloat128 = hasX86Float128(triple) || triple.isOSManagarm();
    if (triple.isAndroid() || triple.isOpenHOS()) {
      facts.longDouble = LongDoubleKind::Quad;
      facts.longDoubleCode = 'g';
    } else if (!windows || gnuWindows) {
      facts.longDouble = LongDoubleKind::X87;
    }
    if (!windows)
      facts.vaList = VaListKind::TagArray;
    return facts;
  }

  bool hasNativeBundles() const override { return true; }

  CheckDecision decide(const CheckedCall &call) const override {
    // H1: the bundle of an invoke is accepted and ignored.
    if (call.isInvoke)
      return {CheckLowering::Expand,
              "LLVM's x86-64 back end ignores the kcfi bundle of an invoke"};
    // H12.
    if (call.hasNestArgument)
      return {CheckLowering::Expand,
              "LLVM's x86-64 check overwrites %r10, which passes the nest "
              "argument"};
    return TargetInfo::decide(call);
  }

  // H17.
  uint32_t getStoredId(uint32_t id) const override {
    return getX86StoredId(id);
  }

  unsigned getPrefixNopBytes(bool) const override { return 1; }
  unsigned getCodeAlignment(bool) const override { return 1; }
  unsigned getIdAlignment() const override { return 1; }
  bool supportsPatchablePrefix() const override { return true; }

  // The encoding counts registers of the System V calling convention.
  bool supportsArity() const override { return triple.isOSBinFormatELF(); }

  // The prefix is movl $id, %eax. The check is movl $-id, %r10d; addl
  // -4(%target), %r10d; je; ud2: 6, 4, 2 and 2 bytes. A target in %r12 takes
  // one byte more, and more than 123 prefix NOPs take three.
  CodeSizes getCodeSizes() const override { return {5, 14}; }

  EntryPrefix getEntryPrefix() const override {
    return EntryPrefix::Fallthrough;
  }

  EntryDecision decideEntry(const EntrySite &site) const override {
    EntryDecision decision = TargetInfo::decideEntry(site);
    if (decision.kind == EntryDecision::Impossible)
      return decision;
    // What is executed on the way is the function's own movl $id, %eax.
    if (site.isVariadic)
      return {EntryDecision::Impossible,
              "%al tells a variadic function how many vector registers are in "
              "use, and the way into the function overwrites it"};
    if (site.hasOtherConvention)
      return {EntryDecision::Impossible,
              "the way into the function overwrites %eax, which calling "
              "conventions other than C's may pass arguments in"};
    if (site.keepsAllRegisters)
      return {EntryDecision::Impossible,
              "the way into the function overwrites %eax, which the callers of "
              "this function rely on"};
    if (site.hasArity)
      return {EntryDecision::Impossible,
              "with KCFI arity the way into the function overwrites an "
              "argument register or the stack pointer"};
    if (site.prefixNops)
      return {EntryDecision::Inadvisable,
              "calls through the entry would run what is patched into the "
              "prefix at run time"};
    return decision;
  }

  // The name is that of the movl with the id.
  std::optional<unsigned>
  getPrefixSymbolDistance(const EntrySite &site) const override {
    if (!triple.isOSBinFormatELF())
      return std::nullopt;
    return getPatchableIdBytes(site) + 1;
  }

  // movl $id, %eax, NOPs and endbr64.
  bool isEntryCode(llvm::ArrayRef<uint8_t> code) const override {
    static constexpr uint8_t kEndbr[] = {0xf3, 0x0f, 0x1e, 0xfa};
    if (code.empty())
      return false;
    while (!code.empty()) {
      size_t size = 0;
      if (code.front() == 0xb8)
        size = kX86MoveBytes;
      else if (code.take_front(4) == llvm::ArrayRef<uint8_t>(kEndbr))
        size = sizeof(kEndbr);
      else
        for (unsigned bytes = 1; bytes <= kLongestNop; ++bytes)
          if (code.take_front(bytes) == getNop(bytes))
            size = bytes;
      if (size == 0 || size > code.size())
        return false;
      code = code.drop_front(size);
    }
    return true;
  }

  bool hasTailCalls(bool) const override { return true; }

protected:
  unsigned getOwnPrefixBytes(const EntrySite &site) const override {
    return getX86OwnPrefixBytes(site);
  }

  unsigned getPrefixDataAlignment(const EntrySite &site) const override {
    return getX86PrefixAlignment(site);
  }

  // movl $id, %eax; the patchable prefix; endbr64 where it is needed.
  EntryBlock makeEntryBlock(const EntrySite &site, uint32_t id,
                            unsigned) const override {
    EntryBlock block;
    block.bytes.push_back(0xb8);
    appendWord(block.bytes, id);
    block.bytes.append(site.prefixNops, 0x90);
    block.entry = block.bytes.size();
    if (site.needsLandingPad)
      appendWord(block.bytes, 0xfa1e0ff3);
    return block;
  }

  // Runs on the way into the function.
  void appendFilling(unsigned size,
                     llvm::SmallVectorImpl<uint8_t> &bytes) const override {
    while (size != 0) {
      llvm::ArrayRef<uint8_t> nop = getNop(std::min(size, kLongestNop));
      bytes.append(nop.begin(), nop.end());
      size -= nop.size();
    }
  }

private:
  static constexpr unsigned kLongestNop = 9;

  /// The NOP of so many bytes that the manuals of the processors recommend.
  static llvm::ArrayRef<uint8_t> getNop(unsigned bytes) {
    static constexpr uint8_t kNops[kLongestNop][kLongestNop] = {
        {0x90},
        {0x66, 0x90},
        {0x0f, 0x1f, 0x00},
        {0x0f, 0x1f, 0x40, 0x00},
        {0x0f, 0x1f, 0x44, 0x00, 0x00},
        {0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00},
        {0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00},
        {0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00},
        {0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00}};
    return llvm::ArrayRef<uint8_t>(kNops[bytes - 1], bytes);
  }
};
} // namespace

TargetOrError mlir::kcfi::createX86_64TargetInfo(Triple triple) {
  return std::make_unique<X86_64TargetInfo>(std::move(triple));
}
