//===- TargetInfoTest.cpp - Facts and decisions per target ----------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/TargetInfo/TargetInfo.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "gtest/gtest.h"

#include <vector>

using namespace mlir::kcfi;

namespace {

/// The target of `triple`, or null after a failed expectation.
std::unique_ptr<TargetInfo> getTarget(llvm::StringRef triple) {
  llvm::Expected<std::unique_ptr<TargetInfo>> target =
      TargetInfo::lookup(triple);
  if (!target) {
    ADD_FAILURE() << llvm::toString(target.takeError());
    return nullptr;
  }
  EXPECT_NE(*target, nullptr);
  return std::move(*target);
}

/// The message of the refusal of `triple`; empty if it is not refused.
std::string getRefusal(llvm::StringRef triple) {
  llvm::Expected<std::unique_ptr<TargetInfo>> target =
      TargetInfo::lookup(triple);
  return target ? std::string() : llvm::toString(target.takeError());
}

CheckedCall getPlainCall() {
  CheckedCall call = {};
  call.typeId = 0x00050794;
  return call;
}

/// Expects `call` to be expanded, with `reason` as part of the reason.
void expectExpanded(const TargetInfo &target, const CheckedCall &call,
                    llvm::StringRef reason) {
  CheckDecision decision = target.decide(call);
  EXPECT_EQ(decision.lowering, CheckLowering::Expand)
      << target.getTriple().str();
  EXPECT_NE(decision.reason.find(reason.str()), std::string::npos)
      << target.getTriple().str() << ": " << decision.reason;
}

void expectBundle(const TargetInfo &target, const CheckedCall &call) {
  CheckDecision decision = target.decide(call);
  EXPECT_EQ(decision.lowering, CheckLowering::Bundle)
      << target.getTriple().str() << ": " << decision.reason;
  EXPECT_EQ(decision.reason, "");
}

TEST(TargetLookup, NamesOfTargets) {
  std::pair<const char *, const char *> names[] = {
      {"x86_64-unknown-linux-gnu", "x86-64"},
      {"x86_64-unknown-linux-gnux32", "x86-64 (x32)"},
      {"i686-linux-android", "i386"},
      {"aarch64-unknown-linux-gnu", "AArch64"},
      {"aarch64_be-unknown-linux-gnu", "AArch64 (big-endian)"},
      {"arm64_32-apple-watchos", "AArch64 (ILP32)"},
      {"armv7-unknown-linux-gnueabihf", "ARM"},
      {"armebv7-unknown-linux-gnueabi", "ARM"},
      {"thumbv7-unknown-linux-gnueabihf", "Thumb2"},
      {"thumbv7em-none-eabihf", "Thumb2"},
      {"armv7m-none-eabi", "Thumb2"},
      {"thumbv6m-none-eabi", "Thumb1"},
      {"thumbebv5te-none-eabi", "Thumb1"},
      {"riscv64-unknown-linux-gnu", "RISC-V 64"},
      {"riscv32-unknown-elf", "RISC-V 32"},
      {"loongarch64-unknown-linux-gnu", "LoongArch64"},
      {"loongarch32-unknown-linux-gnu", "LoongArch32"},
      {"powerpc-unknown-linux-gnu", "PowerPC32"},
      {"powerpc64le-unknown-linux-gnu", "PowerPC64"},
      {"s390x-unknown-linux-gnu", "SystemZ"},
      {"mipsel-unknown-linux-gnu", "MIPS32"},
      {"mips64-unknown-linux-gnuabi64", "MIPS64"},
      {"sparc-unknown-linux-gnu", "SPARC"},
      {"sparcv9-unknown-linux-gnu", "SPARC V9"},
      {"hexagon-unknown-linux-musl", "Hexagon"},
      {"m68k-unknown-linux-gnu", "M68k"},
  };
  for (auto [triple, name] : names)
    if (auto target = getTarget(triple)) {
      EXPECT_EQ(target->getName().str(), name) << triple;
    }
}

TEST(TargetLookup, NormalisesTriples) {
  auto target = getTarget("x86_64-linux-android");
  ASSERT_TRUE(target);
  EXPECT_TRUE(target->getTriple().isAndroid());
  EXPECT_TRUE(target->getTriple().isOSLinux());
}

TEST(TargetLookup, RefusalsSayWhy) {
  std::pair<const char *, const char *> refusals[] = {
      {"", "triple is empty"},
      {"nonsense-unknown-linux-gnu", "does not know the architecture"},
      {"wasm32-unknown-unknown", "call_indirect"},
      {"wasm64-unknown-wasi", "call_indirect"},
      {"powerpc64-unknown-linux-gnu", "ELFv1"},
      {"powerpc64-unknown-freebsd12", "ELFv1"},
      {"powerpc64-ibm-aix", "descriptors"},
      {"powerpc-ibm-aix", "descriptors"},
      {"s390x-ibm-zos", "descriptors"},
      {"bpfel-unknown-unknown", "BPF"},
      {"avr-unknown-unknown", "address space"},
      {"nvptx64-nvidia-cuda", "device code"},
      {"amdgcn-amd-amdhsa", "device code"},
      {"spirv64-unknown-unknown", "device code"},
      {"arm64e-apple-ios", "signed"},
      {"aarch64-unknown-linux-pauthtest", "signed"},
      {"arm64ec-pc-windows-msvc", "Arm64EC"},
      {"aarch64-unknown-linux-gnu_ilp32", "ILP32"},
      {"mipsel-unknown-windows-gnu", "ELF"},
      {"msp430-unknown-elf", "no target class"},
  };
  for (auto [triple, reason] : refusals) {
    std::string message = getRefusal(triple);
    EXPECT_NE(message.find(reason), std::string::npos)
        << triple << ": " << message;
    // Every refusal ends with an advice.
    EXPECT_NE(message.find("; "), std::string::npos) << message;
  }
}

TEST(TargetLookup, ELFv2FollowsTheTriple) {
  for (const char *triple :
       {"powerpc64-unknown-linux-musl", "powerpc64-unknown-freebsd13",
        "powerpc64-unknown-openbsd", "powerpc64le-unknown-linux-gnu"})
    EXPECT_TRUE(getTarget(triple)) << triple;
}

TEST(TargetDecision, BundlesWhereLLVMIsRight) {
  for (const char *triple :
       {"x86_64-unknown-linux-gnu", "x86_64-apple-macosx13",
        "x86_64-pc-windows-msvc", "aarch64-unknown-linux-gnu",
        "aarch64_be-unknown-linux-gnu", "arm64-apple-ios",
        "riscv64-unknown-linux-gnu", "riscv32-unknown-elf",
        "armv7-unknown-linux-gnueabihf", "armv4t-none-eabi",
        "thumbv7-unknown-linux-gnueabihf", "thumbv6t2-none-eabi"})
    if (auto target = getTarget(triple)) {
      EXPECT_TRUE(target->hasNativeBundles()) << triple;
      expectBundle(*target, getPlainCall());
    }
}

TEST(TargetDecision, ExpandsWithoutNativeLowering) {
  for (const char *triple :
       {"loongarch64-unknown-linux-gnu", "powerpc-unknown-linux-gnu",
        "powerpc64le-unknown-linux-gnu", "s390x-unknown-linux-gnu",
        "mips-unknown-linux-gnu", "sparcv9-unknown-linux-gnu",
        "hexagon-unknown-linux-musl", "m68k-unknown-linux-gnu",
        "arm64_32-apple-watchos"})
    if (auto target = getTarget(triple)) {
      EXPECT_FALSE(target->hasNativeBundles()) << triple;
      EXPECT_EQ(target->getCodeSizes().checkBytes, 0u) << triple;
      expectExpanded(*target, getPlainCall(),
                     "no native lowering of kcfi operand bundles");
    }
}

TEST(TargetDecision, InvokeIsUncheckedOnX86_64Only) {
  CheckedCall call = getPlainCall();
  call.isInvoke = true;
  if (auto target = getTarget("x86_64-unknown-linux-gnu"))
    expectExpanded(*target, call, "invoke");
  for (const char *triple :
       {"aarch64-unknown-linux-gnu", "riscv64-unknown-linux-gnu",
        "armv7-unknown-linux-gnueabihf"})
    if (auto target = getTarget(triple))
      expectBundle(*target, call);
}

TEST(TargetDecision, I386ChecksAnUnrelatedRegister) {
  auto target = getTarget("i386-unknown-linux-gnu");
  ASSERT_TRUE(target);
  EXPECT_FALSE(target->hasNativeBundles());
  expectExpanded(*target, getPlainCall(), "unrelated register");
}

TEST(TargetDecision, NestArgument) {
  CheckedCall call = getPlainCall();
  call.hasNestArgument = true;
  std::pair<const char *, const char *> clobbers[] = {
      {"x86_64-unknown-linux-gnu", "%r10"},
      {"riscv64-unknown-linux-gnu", "t2"},
      {"armv7-unknown-linux-gnueabihf", "r12"},
      {"thumbv7-unknown-linux-gnueabihf", "r12"},
  };
  for (auto [triple, reg] : clobbers)
    if (auto target = getTarget(triple))
      expectExpanded(*target, call, reg);
  if (auto target = getTarget("aarch64-unknown-linux-gnu"))
    expectBundle(*target, call);
}

TEST(TargetDecision, Thumb1) {
  CheckedCall plain = getPlainCall();
  for (const char *triple :
       {"thumbv6m-none-eabi", "armv6m-none-eabi", "thumb-none-eabi",
        "thumbv4t-none-eabi", "thumbv5te-unknown-linux-gnueabi",
        "thumbv6k-unknown-linux-gnueabi", "thumbv8m.base-none-eabi"})
    if (auto target = getTarget(triple)) {
      EXPECT_FALSE(target->hasNativeBundles()) << triple;
      expectExpanded(*target, plain, "Thumb1");
    }
  for (const char *triple :
       {"thumbv7m-none-eabi", "thumbv8m.main-none-eabi",
        "thumbv8.1m.main-none-eabi", "thumbv8a-unknown-linux-gnueabihf"})
    if (auto target = getTarget(triple))
      expectBundle(*target, plain);

  // Thumb code under an ARM triple.
  CheckedCall thumb = plain;
  thumb.callerIsThumb = true;
  if (auto target = getTarget("armv5te-unknown-linux-gnueabi")) {
    expectBundle(*target, plain);
    expectExpanded(*target, thumb, "Thumb1");
  }
  if (auto target = getTarget("armv7-unknown-linux-gnueabi"))
    expectBundle(*target, thumb);
}

TEST(TargetDecision, MinSizeOnRISCV) {
  CheckedCall call = getPlainCall();
  call.callerIsMinSize = true;
  for (const char *triple :
       {"riscv64-unknown-linux-gnu", "riscv32-unknown-elf"})
    if (auto target = getTarget(triple))
      expectExpanded(*target, call, "minsize");
  for (const char *triple :
       {"x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu",
        "armv7-unknown-linux-gnueabihf"})
    if (auto target = getTarget(triple))
      expectBundle(*target, call);
}

TEST(TargetDecision, IdsWithoutUpperPartOnRISCV) {
  auto riscv = getTarget("riscv64-unknown-linux-gnu");
  auto aarch64 = getTarget("aarch64-unknown-linux-gnu");
  ASSERT_TRUE(riscv && aarch64);
  CheckedCall call = getPlainCall();
  for (uint32_t id : {1u, 5u, 0x7ffu, 0xfffff800u, 0xfffff830u, 0xffffffffu}) {
    call.typeId = id;
    expectExpanded(*riscv, call, "upper 20 bits");
    expectBundle(*aarch64, call);
  }
  for (uint32_t id : {0x800u, 0x1000u, 0xfffff7ffu, 0x80000000u}) {
    call.typeId = id;
    expectBundle(*riscv, call);
  }
}

TEST(TargetIds, ZeroIsReservedEverywhere) {
  for (const char *triple :
       {"x86_64-unknown-linux-gnu", "i386-unknown-linux-gnu",
        "aarch64-unknown-linux-gnu", "riscv64-unknown-linux-gnu",
        "armv7-unknown-linux-gnueabi", "s390x-unknown-linux-gnu"})
    if (auto target = getTarget(triple)) {
      std::optional<std::string> reason = target->getReservedIdReason(0);
      ASSERT_TRUE(reason.has_value()) << triple;
      EXPECT_NE(reason->find("not checked"), std::string::npos);
      for (uint32_t id : {1u, 0x7ffu, 0xfa1e0ff3u, 0xffffffffu})
        EXPECT_FALSE(target->getReservedIdReason(id).has_value()) << triple;
    }
}

TEST(TargetIds, X86KeepsEndbrOutOfCode) {
  for (const char *triple :
       {"x86_64-unknown-linux-gnu", "i386-unknown-linux-gnu"})
    if (auto target = getTarget(triple)) {
      for (uint32_t id : {0xfa1e0ff3u, 0xfb1e0ff3u, 0x05e1f00du, 0x04e1f00du})
        EXPECT_EQ(target->getStoredId(id), id + 1) << triple;
      for (uint32_t id : {1u, 0x00050794u, 0xfa1e0ff4u, 0x05e1f00eu})
        EXPECT_EQ(target->getStoredId(id), id) << triple;
    }
  if (auto target = getTarget("aarch64-unknown-linux-gnu")) {
    EXPECT_EQ(target->getStoredId(0xfa1e0ff3u), 0xfa1e0ff3u);
  }
}

TEST(TargetLayout, PointerMask) {
  for (const char *triple :
       {"armv7-unknown-linux-gnueabi", "thumbv7m-none-eabi",
        "armebv7-unknown-linux-gnueabi", "mips-unknown-linux-gnu",
        "mips64el-unknown-linux-gnuabi64"})
    if (auto target = getTarget(triple)) {
      EXPECT_TRUE(target->needsPointerMask()) << triple;
    }
  for (const char *triple :
       {"x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu",
        "riscv64-unknown-linux-gnu", "s390x-unknown-linux-gnu"})
    if (auto target = getTarget(triple)) {
      EXPECT_FALSE(target->needsPointerMask()) << triple;
    }
}

TEST(TargetLayout, Sizes) {
  struct {
    const char *triple;
    unsigned prefix, check, nop, compressedNop, idAlignment;
    bool patchable;
  } rows[] = {
      {"x86_64-unknown-linux-gnu", 5, 14, 1, 1, 1, true},
      {"i386-unknown-linux-gnu", 5, 0, 1, 1, 1, true},
      {"aarch64-unknown-linux-gnu", 4, 24, 4, 4, 4, true},
      {"riscv64-unknown-linux-gnu", 4, 20, 4, 2, 4, true},
      {"armv7-unknown-linux-gnueabi", 4, 32, 4, 4, 4, false},
      {"thumbv7-unknown-linux-gnueabi", 4, 30, 2, 2, 4, false},
      {"thumbv6m-none-eabi", 4, 0, 2, 2, 4, false},
      {"loongarch64-unknown-linux-gnu", 4, 0, 4, 4, 4, true},
      {"s390x-unknown-linux-gnu", 4, 0, 2, 2, 4, true},
      {"sparcv9-unknown-linux-gnu", 4, 0, 4, 4, 4, false},
      {"m68k-unknown-linux-gnu", 4, 0, 2, 2, 4, false},
  };
  for (const auto &row : rows)
    if (auto target = getTarget(row.triple)) {
      EXPECT_EQ(target->getCodeSizes().prefixBytes, row.prefix) << row.triple;
      EXPECT_EQ(target->getCodeSizes().checkBytes, row.check) << row.triple;
      EXPECT_EQ(target->getPrefixNopBytes(false), row.nop) << row.triple;
      EXPECT_EQ(target->getPrefixNopBytes(true), row.compressedNop)
          << row.triple;
      EXPECT_EQ(target->getIdAlignment(), row.idAlignment) << row.triple;
      EXPECT_EQ(target->supportsPatchablePrefix(), row.patchable) << row.triple;
    }
}

TEST(TargetLayout, CodeAlignment) {
  EXPECT_EQ(getTarget("x86_64-linux-gnu")->getCodeAlignment(false), 1u);
  EXPECT_EQ(getTarget("i686-linux-gnu")->getCodeAlignment(false), 1u);
  EXPECT_EQ(getTarget("aarch64-linux-gnu")->getCodeAlignment(true), 4u);
  // Thumb code may follow.
  EXPECT_EQ(getTarget("armv7-linux-gnueabi")->getCodeAlignment(false), 2u);
  EXPECT_EQ(getTarget("s390x-linux-gnu")->getCodeAlignment(false), 2u);
  for (const char *triple : {"riscv64-linux-gnu", "mips64-linux-gnu"}) {
    EXPECT_EQ(getTarget(triple)->getCodeAlignment(true), 2u) << triple;
    EXPECT_EQ(getTarget(triple)->getCodeAlignment(false), 4u) << triple;
  }
}

/// What stands between each of two further entries and the function: the prefix
/// data from the entry on, and a prefix of the function's own.
std::vector<std::vector<uint8_t>> getEntryCode(const TargetInfo &target,
                                               const EntrySite &site,
                                               llvm::ArrayRef<uint8_t> own) {
  EntryLayout layout = target.layOutEntries(site, {0x11223344, 0x55667788});
  std::vector<std::vector<uint8_t>> result;
  for (unsigned distance : layout.distances) {
    std::vector<uint8_t> code(layout.bytes.begin(), layout.bytes.end());
    code.insert(code.end(), own.begin(), own.end());
    result.emplace_back(code.end() - distance, code.end());
  }
  return result;
}

TEST(TargetLayout, EntryCode) {
  std::vector<uint8_t> word = {1, 2, 3, 4};
  for (const char *triple :
       {"aarch64-linux-gnu", "aarch64_be-linux-gnu", "riscv64-linux-gnu",
        "armv7-linux-gnueabi", "loongarch64-linux-gnu"})
    for (bool isSpecial : {false, true}) {
      std::unique_ptr<TargetInfo> target = getTarget(triple);
      EntrySite site;
      site.needsLandingPad = isSpecial && target->getTriple().isAArch64();
      site.isThumb = isSpecial && target->getTriple().isARM();
      for (std::vector<uint8_t> code : getEntryCode(*target, site, word)) {
        EXPECT_TRUE(target->isEntryCode(code)) << triple;
        // The branch does not lead behind the function, and nothing else leads
        // into it.
        code.insert(code.end(), word.begin(), word.end());
        EXPECT_FALSE(target->isEntryCode(code)) << triple;
      }
      EXPECT_FALSE(target->isEntryCode(word)) << triple;
      EXPECT_FALSE(target->isEntryCode({})) << triple;
    }

  std::unique_ptr<TargetInfo> x86 = getTarget("x86_64-linux-gnu");
  std::vector<uint8_t> own(11, 0x90);
  own.insert(own.end(), {0xb8, 1, 2, 3, 4});
  for (bool needsLandingPad : {false, true}) {
    EntrySite site;
    site.needsLandingPad = needsLandingPad;
    for (std::vector<uint8_t> code : getEntryCode(*x86, site, own)) {
      EXPECT_TRUE(x86->isEntryCode(code));
      code.push_back(0xc3); // A function that returns.
      EXPECT_FALSE(x86->isEntryCode(code));
    }
  }
  EXPECT_FALSE(x86->isEntryCode({}));
  EXPECT_FALSE(x86->isEntryCode({0x90, 0xb8, 1, 2}));
  EXPECT_FALSE(getTarget("s390x-linux-gnu")->isEntryCode(word));
}

/// Where a function can lie behind prefix data of `size` bytes that LLVM
/// aligned to `alignment`: a multiple of the alignment, and what stands in
/// front of it.
uint64_t getAddress(const EntryLayout &layout, unsigned alignment,
                    unsigned own) {
  return uint64_t(alignment) * 1000 + layout.bytes.size() + own;
}

TEST(TargetLayout, AlignedEntries) {
  struct {
    const char *triple;
    bool isThumb, needsLandingPad, isOptSize;
    unsigned prefixNops, own, functionAlignment;
  } rows[] = {
      {"x86_64-linux-gnu", false, false, false, 0, 16, 16},
      {"x86_64-linux-gnu", false, true, false, 0, 16, 16},
      {"x86_64-linux-gnu", false, false, true, 0, 8, 4},
      {"x86_64-linux-gnu", false, true, false, 11, 16, 16},
      {"aarch64-linux-gnu", false, false, false, 0, 4, 4},
      {"aarch64-linux-gnu", false, true, false, 3, 16, 4},
      {"riscv64-linux-gnu", false, false, false, 0, 4, 4},
      {"riscv64-linux-gnu", false, false, false, 3, 10, 2},
      {"loongarch64-linux-gnu", false, false, false, 0, 4, 4},
      {"armv7-linux-gnueabi", false, false, false, 0, 4, 4},
      {"armv7-linux-gnueabi", true, false, false, 0, 4, 4},
  };
  const uint32_t ids[] = {0x11223344, 0x55667788, 0x99aabbcc, 0xddeeff01};
  for (const auto &row : rows)
    for (unsigned asked : {1, 32, 256})
      for (unsigned alignment : {1, 2, 8, 16, 32, 64, 1024}) {
        std::unique_ptr<TargetInfo> target = getTarget(row.triple);
        EntrySite site;
        site.isThumb = row.isThumb;
        site.needsLandingPad = row.needsLandingPad;
        site.isOptSize = row.isOptSize;
        site.prefixNops = row.prefixNops;
        site.hasCompressed = true;
        site.alignment = asked;
        site.entryAlignment = alignment;
        EntryLayout layout = target->layOutEntries(site, ids);
        std::string what = llvm::formatv("{0}, {1} NOPs, {2}, {3}", row.triple,
                                         row.prefixNops, asked, alignment);
        ASSERT_EQ(layout.alignment, std::max(asked, alignment)) << what;
        uint64_t function = getAddress(
            layout, std::max(row.functionAlignment, layout.alignment), row.own);
        if (target->keepsAlignment(site)) {
          EXPECT_EQ(function % std::max(asked, row.functionAlignment), 0u)
              << what;
        } else {
          EXPECT_EQ(row.functionAlignment, 2u) << what;
        }
        ASSERT_EQ(layout.distances.size(), std::size(ids)) << what;
        std::vector<uint8_t> code(layout.bytes.begin(), layout.bytes.end());
        std::vector<uint8_t> own(row.own, 0x90);
        if (target->getEntryPrefix() == EntryPrefix::Fallthrough)
          own[row.own - 5 - row.prefixNops] = 0xb8;
        code.insert(code.end(), own.begin(), own.end());
        for (auto [id, distance] : llvm::zip_equal(ids, layout.distances)) {
          EXPECT_EQ((function - distance) % alignment, 0u) << what;
          EXPECT_EQ(target->readEntryId(site, layout.bytes, distance), id)
              << what;
          EXPECT_TRUE(target->isEntryCode(
              llvm::ArrayRef<uint8_t>(code).take_back(distance)))
              << what << ", " << distance << " bytes in front";
        }
      }

  // Without entries: what a function needs that stands for one.
  EntrySite site;
  site.alignment = 64;
  EXPECT_EQ(getTarget("x86_64-linux-gnu")->layOutEntries(site, {}).bytes.size(),
            48u);
  EXPECT_EQ(getTarget("i386-linux-gnu")->layOutEntries(site, {}).bytes.size(),
            48u);
  EXPECT_EQ(getTarget("s390x-linux-gnu")->layOutEntries(site, {}).bytes.size(),
            60u);
}

TEST(TargetLayout, PrefixSymbols) {
  EntrySite site;
  site.prefixNops = 11;
  EXPECT_EQ(getTarget("x86_64-linux-gnu")->getPrefixSymbolDistance(site), 16u);
  EXPECT_EQ(getTarget("aarch64-linux-gnu")->getPrefixSymbolDistance(site),
            std::nullopt);
}

TEST(TargetLayout, ObjectFormats) {
  struct {
    const char *triple;
    bool symbols, microsoft, arity;
  } rows[] = {
      {"x86_64-unknown-linux-gnu", true, false, true},
      {"x86_64-apple-macosx13", false, false, false},
      {"x86_64-pc-windows-msvc", true, true, false},
      {"x86_64-pc-windows-gnu", true, false, false},
      {"x86_64-unknown-uefi", true, true, false},
      {"i686-pc-windows-msvc", true, true, false},
      {"arm64-apple-ios", false, false, false},
      {"aarch64-pc-windows-msvc", true, true, false},
      {"aarch64-pc-windows-gnu", true, false, false},
      {"aarch64-unknown-linux-gnu", true, false, false},
  };
  for (const auto &row : rows)
    if (auto target = getTarget(row.triple)) {
      EXPECT_EQ(target->supportsTypeIdSymbols(), row.symbols) << row.triple;
      EXPECT_EQ(target->usesMicrosoftMangling(), row.microsoft) << row.triple;
      EXPECT_EQ(target->supportsArity(), row.arity) << row.triple;
    }
}

TEST(CTypeFacts, PointersAndIntegers) {
  struct {
    const char *triple;
    unsigned pointer, longWidth, wchar;
    bool charSigned, wcharSigned;
    CIntegerKind wcharType, size, ptrdiff;
    bool int128;
  } rows[] = {
      {"x86_64-unknown-linux-gnu", 64, 64, 32, true, true, CIntegerKind::Int,
       CIntegerKind::Long, CIntegerKind::Long, true},
      {"x86_64-unknown-linux-gnux32", 32, 32, 32, true, true, CIntegerKind::Int,
       CIntegerKind::Int, CIntegerKind::Int, true},
      {"x86_64-pc-windows-gnu", 64, 32, 16, true, false, CIntegerKind::Short,
       CIntegerKind::LongLong, CIntegerKind::LongLong, true},
      {"x86_64-pc-windows-cygnus", 64, 64, 16, true, false, CIntegerKind::Short,
       CIntegerKind::Long, CIntegerKind::Long, true},
      {"i386-unknown-linux-gnu", 32, 32, 32, true, true, CIntegerKind::Int,
       CIntegerKind::Int, CIntegerKind::Int, false},
      {"i386-apple-darwin", 32, 32, 32, true, true, CIntegerKind::Int,
       CIntegerKind::Long, CIntegerKind::Int, false},
      {"i386-pc-solaris", 32, 32, 32, true, true, CIntegerKind::Long,
       CIntegerKind::Int, CIntegerKind::Int, false},
      {"aarch64-unknown-linux-gnu", 64, 64, 32, false, false, CIntegerKind::Int,
       CIntegerKind::Long, CIntegerKind::Long, true},
      {"aarch64-unknown-openbsd", 64, 64, 32, false, true, CIntegerKind::Int,
       CIntegerKind::Long, CIntegerKind::Long, true},
      {"arm64-apple-macosx", 64, 64, 32, true, true, CIntegerKind::Int,
       CIntegerKind::Long, CIntegerKind::Long, true},
      {"armv7-unknown-linux-gnueabihf", 32, 32, 32, false, false,
       CIntegerKind::Int, CIntegerKind::Int, CIntegerKind::Int, false},
      {"armv7-unknown-openbsd", 32, 32, 32, false, true, CIntegerKind::Int,
       CIntegerKind::Long, CIntegerKind::Long, false},
      {"riscv64-unknown-linux-gnu", 64, 64, 32, false, true, CIntegerKind::Int,
       CIntegerKind::Long, CIntegerKind::Long, true},
      {"mips64-unknown-linux-gnuabin32", 32, 32, 32, true, true,
       CIntegerKind::Int, CIntegerKind::Int, CIntegerKind::Int, true},
      // A system without rules of its own follows the architecture.
      {"riscv32-unknown-unheardof", 32, 32, 32, false, true, CIntegerKind::Int,
       CIntegerKind::Int, CIntegerKind::Int, false},
  };
  for (const auto &row : rows)
    if (auto target = getTarget(row.triple)) {
      CTypeFacts facts = target->getCTypeFacts();
      EXPECT_EQ(facts.intWidth, 32u) << row.triple;
      EXPECT_EQ(facts.pointerWidth, row.pointer) << row.triple;
      EXPECT_EQ(facts.longWidth, row.longWidth) << row.triple;
      EXPECT_EQ(facts.wcharWidth, row.wchar) << row.triple;
      EXPECT_EQ(facts.charSigned, row.charSigned) << row.triple;
      EXPECT_EQ(facts.wcharSigned, row.wcharSigned) << row.triple;
      EXPECT_EQ(facts.wcharType, row.wcharType) << row.triple;
      EXPECT_EQ(facts.sizeType, row.size) << row.triple;
      EXPECT_EQ(facts.ptrdiffType, row.ptrdiff) << row.triple;
      EXPECT_EQ(facts.hasInt128, row.int128) << row.triple;
    }
}

TEST(CTypeFacts, FloatsAndVaList) {
  struct {
    const char *triple;
    LongDoubleKind longDouble;
    char code;
    VaListKind vaList;
    bool float128, vendorBf16;
  } rows[] = {
      {"x86_64-unknown-linux-gnu", LongDoubleKind::X87, 'e',
       VaListKind::TagArray, true, false},
      {"x86_64-unknown-managarm-mlibc", LongDoubleKind::X87, 'e',
       VaListKind::TagArray, true, false},
      {"i386-unknown-managarm-mlibc", LongDoubleKind::X87, 'e',
       VaListKind::CharPtr, false, false},
      {"x86_64-linux-android", LongDoubleKind::Quad, 'g', VaListKind::TagArray,
       true, false},
      {"x86_64-apple-macosx13", LongDoubleKind::X87, 'e', VaListKind::TagArray,
       false, false},
      {"x86_64-pc-windows-gnu", LongDoubleKind::X87, 'e', VaListKind::CharPtr,
       true, false},
      {"x86_64-pc-windows-msvc", LongDoubleKind::Double, 'e',
       VaListKind::CharPtr, false, false},
      {"i686-linux-android", LongDoubleKind::Double, 'e', VaListKind::CharPtr,
       true, false},
      {"aarch64-unknown-linux-gnu", LongDoubleKind::Quad, 'e',
       VaListKind::StdVaList, false, true},
      {"arm64-apple-ios", LongDoubleKind::Double, 'e', VaListKind::CharPtr,
       false, true},
      {"armv7-unknown-linux-gnueabi", LongDoubleKind::Double, 'e',
       VaListKind::StdVaList, false, true},
      {"armv7-apple-ios", LongDoubleKind::Double, 'e', VaListKind::VoidPtr,
       false, true},
      {"riscv64-unknown-linux-gnu", LongDoubleKind::Quad, 'e',
       VaListKind::VoidPtr, false, false},
      {"powerpc64le-unknown-linux-gnu", LongDoubleKind::PPCDoubleDouble, 'g',
       VaListKind::CharPtr, false, false},
      {"powerpc64le-unknown-linux-musl", LongDoubleKind::Double, 'e',
       VaListKind::CharPtr, false, false},
      {"powerpc-unknown-linux-gnu", LongDoubleKind::PPCDoubleDouble, 'g',
       VaListKind::TagArray, false, false},
      {"s390x-unknown-linux-gnu", LongDoubleKind::Quad, 'g',
       VaListKind::TagArray, false, false},
      {"mips-unknown-linux-gnu", LongDoubleKind::Double, 'e',
       VaListKind::VoidPtr, false, false},
      {"mips64-unknown-linux-gnuabi64", LongDoubleKind::Quad, 'e',
       VaListKind::VoidPtr, false, false},
      {"hexagon-unknown-linux-musl", LongDoubleKind::Double, 'e',
       VaListKind::TagArray, false, false},
      {"hexagon-unknown-elf", LongDoubleKind::Double, 'e', VaListKind::CharPtr,
       false, false},
  };
  for (const auto &row : rows)
    if (auto target = getTarget(row.triple)) {
      CTypeFacts facts = target->getCTypeFacts();
      EXPECT_EQ(facts.longDouble, row.longDouble) << row.triple;
      EXPECT_EQ(facts.longDoubleCode, row.code) << row.triple;
      EXPECT_EQ(facts.vaList, row.vaList) << row.triple;
      EXPECT_EQ(facts.hasFloat128, row.float128) << row.triple;
      EXPECT_EQ(facts.bf16IsVendorType, row.vendorBf16) << row.triple;
    }
}

TEST(TargetFeatures, TheLastSignCounts) {
  EXPECT_TRUE(hasFeature("+armv6,+thumb-mode", {"thumb-mode"}));
  EXPECT_FALSE(hasFeature("+thumb-mode,+armv6,-thumb-mode", {"thumb-mode"}));
  EXPECT_TRUE(hasFeature("-thumb-mode,+thumb-mode", {"thumb-mode"}));
  // A feature whose name begins alike is another one.
  EXPECT_FALSE(hasFeature("+thumb-mode-2,+thumb", {"thumb-mode"}));
  EXPECT_TRUE(hasFeature("+m,+zca", {"c", "zca"}));
  EXPECT_FALSE(hasFeature("", {"c"}));
  EXPECT_FALSE(hasFeature(",+,-", {"c", ""}));
}

} // namespace
