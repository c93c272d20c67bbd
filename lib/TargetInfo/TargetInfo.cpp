//===- TargetInfo.cpp - Finding a target, shared answers ------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Targets.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/CallingConv.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>

using namespace mlir::kcfi;
using llvm::StringRef;
using llvm::Triple;
using llvm::Twine;

TargetInfo::~TargetInfo() = default;

void mlir::kcfi::appendWord(llvm::SmallVectorImpl<uint8_t> &bytes,
                            uint32_t word, bool isLittleEndian) {
  uint8_t data[4];
  llvm::support::endian::write32(data, word,
                                 isLittleEndian ? llvm::endianness::little
                                                : llvm::endianness::big);
  bytes.append(std::begin(data), std::end(data));
}

llvm::Error mlir::kcfi::refuseTarget(const Triple &triple, const Twine &reason,
                                     const Twine &advice) {
  return llvm::createStringError(Twine("KCFI is not possible for target '") +
                                 triple.str() + "': " + reason + "; " + advice);
}

llvm::Expected<std::unique_ptr<TargetInfo>>
TargetInfo::lookup(StringRef tripleString) {
  if (tripleString.empty())
    return llvm::createStringError(
        "KCFI needs to know its target: the target triple is empty; set "
        "'llvm.target_triple' on the module");

  Triple triple(Triple::normalize(tripleString));
  if (triple.isOSBinFormatXCOFF())
    return refuseTarget(triple,
                        "AIX function pointers address descriptors, not code",
                        "build this part without KCFI");
  if (triple.isOSBinFormatGOFF())
    return refuseTarget(triple,
                        "z/OS function pointers address descriptors, not code",
                        "build this part without KCFI");

  switch (triple.getArch()) {
  case Triple::x86:
    return createX86_32TargetInfo(std::move(triple));
  case Triple::x86_64:
    return createX86_64TargetInfo(std::move(triple));
  case Triple::aarch64:
  case Triple::aarch64_be:
  case Triple::aarch64_32:
    return createAArch64TargetInfo(std::move(triple));
  case Triple::arm:
  case Triple::armeb:
  case Triple::thumb:
  case Triple::thumbeb:
    return createARMTargetInfo(std::move(triple));
  case Triple::riscv32:
  case Triple::riscv64:
  case Triple::riscv32be:
  case Triple::riscv64be:
    return createRISCVTargetInfo(std::move(triple));
  case Triple::ppc:
  case Triple::ppcle:
  case Triple::ppc64:
  case Triple::ppc64le:
    return createPowerPCTargetInfo(std::move(triple));
  case Triple::systemz:
    return createSystemZTargetInfo(std::move(triple));
  case Triple::loongarch32:
  case Triple::loongarch64:
    return createLoongArchTargetInfo(std::move(triple));
  case Triple::mips:
  case Triple::mipsel:
  case Triple::mips64:
  case Triple::mips64el:
    return createMipsTargetInfo(std::move(triple));
  case Triple::sparc:
  case Triple::sparcel:
  case Triple::sparcv9:
    return createSparcTargetInfo(std::move(triple));
  case Triple::hexagon:
    return createHexagonTargetInfo(std::move(triple));
  case Triple::m68k:
    return createM68kTargetInfo(std::move(triple));

  case Triple::wasm32:
  case Triple::wasm64:
    return refuseTarget(
        triple,
        "a WebAssembly function pointer is a table index, there is no memory "
        "in front of a function that could hold an id",
        "rely on call_indirect, which checks the signature of its callee");
  case Triple::bpfel:
  case Triple::bpfeb:
    return refuseTarget(triple,
                        "BPF programs cannot read the memory in front of a "
                        "function, the verifier rejects it",
                        "leave KCFI to the kernel that runs the program");
  case Triple::ve:
    return refuseTarget(triple,
                        "LLVM cannot write object files with ids in front of "
                        "functions, their padding needs NOPs that VE lacks",
                        "compile for another target");
  case Triple::avr:
    return refuseTarget(
        triple,
        "AVR code lies in an address space of its own that a plain load cannot "
        "read and that function pointers address in words",
        "build this part without KCFI");
  case Triple::amdgcn:
  case Triple::r600:
  case Triple::nvptx:
  case Triple::nvptx64:
  case Triple::spir:
  case Triple::spir64:
  case Triple::spirv:
  case Triple::spirv32:
  case Triple::spirv64:
  case Triple::dxil:
    return refuseTarget(triple,
                        "device code has no function pointers whose target "
                        "could carry an id in front of its entry",
                        "use KCFI for the host part only");
  case Triple::UnknownArch:
    return refuseTarget(
        triple, "LLVM does not know the architecture of this triple",
        "check the spelling of the triple, whose first part is the "
        "architecture");
  default:
    return refuseTarget(
        triple,
        Twine("architecture '") + Triple::getArchTypeName(triple.getArch()) +
            "' has no target class here, so that nothing is known about its "
            "code pointers and C types",
        "add a class for it as CONTRIBUTING.md describes");
  }
}

bool mlir::kcfi::hasFeature(StringRef features,
                            llvm::ArrayRef<StringRef> names) {
  return llvm::any_of(names, [&](StringRef name) {
    bool isEnabled = false;
    for (StringRef entry : llvm::split(features, ","))
      if (entry.size() > 1 && entry.drop_front() == name)
        isEnabled = entry.front() == '+';
    return isEnabled;
  });
}

bool mlir::kcfi::hasRegistersOfC(unsigned convention) {
  switch (convention) {
  case llvm::CallingConv::C:
  case llvm::CallingConv::ARM_AAPCS:
  case llvm::CallingConv::ARM_AAPCS_VFP:
  case llvm::CallingConv::X86_64_SysV:
  case llvm::CallingConv::Win64:
    return true;
  default:
    return false;
  }
}

CheckDecision TargetInfo::decide(const CheckedCall &call) const {
  if (!hasNativeBundles())
    return {
        CheckLowering::Expand,
        ("LLVM has no native lowering of kcfi operand bundles for " + getName())
            .str()};
  if (call.hasOtherConvention)
    return {CheckLowering::Expand,
            ("LLVM's " + getName() +
             " check overwrites registers that a calling convention other than "
             "C's may use")
                .str()};
  return {CheckLowering::Bundle, ""};
}

std::optional<std::string> TargetInfo::getReservedIdReason(uint32_t id) const {
  if (id == 0)
    return "id 0 means 'no type' to LLVM: a call with it is not checked";
  return std::nullopt;
}

EntryDecision TargetInfo::decideEntry(const EntrySite &site) const {
  if (!triple.isOSBinFormatELF())
    return {EntryDecision::Impossible,
            "only ELF objects are known to keep a function together with what "
            "stands in front of it"};
  if (site.prefixNops && !supportsPatchablePrefix())
    return {EntryDecision::Impossible,
            "patchable prefixes do not work together with KCFI here"};
  return {EntryDecision::Good, ""};
}

bool TargetInfo::keepsAlignment(const EntrySite &site) const {
  return getOwnPrefixBytes(site) % getPrefixDataAlignment(site) == 0;
}

EntryLayout TargetInfo::layOutEntries(const EntrySite &site,
                                      llvm::ArrayRef<uint32_t> ids) const {
  EntryLayout layout;
  const unsigned own = getOwnPrefixBytes(site);
  const unsigned unit = getPrefixDataAlignment(site);
  // The remainder that the function's address has to have.
  const unsigned modulus =
      keepsAlignment(site) ? std::max(unit, site.alignment) : unit;
  const unsigned remainder = own % unit;
  for (uint32_t id : ids) {
    unsigned behind = own + layout.bytes.size();
    EntryBlock block = makeEntryBlock(site, getStoredId(id), behind);
    unsigned distance = behind + block.bytes.size() - block.entry;
    // The nearest entry is as far from an aligned address as the function
    // allows; the others follow it.
    bool isNearest = layout.distances.empty();
    unsigned step = isNearest ? std::min(modulus, site.entryAlignment)
                              : site.entryAlignment;
    unsigned wanted = isNearest ? remainder : layout.distances.front();
    unsigned filling = (wanted - distance) % step;
    unsigned toTarget = behind + filling;
    if (toTarget > getEntryReach(site))
      toTarget -= layout.distances.back();
    block = makeEntryBlock(site, getStoredId(id), toTarget);
    appendFilling(filling, block.bytes);
    layout.bytes.insert(layout.bytes.begin(), block.bytes.begin(),
                        block.bytes.end());
    layout.distances.push_back(distance + filling);
  }
  // The larger alignment decides, since the filling lets them agree. What is
  // added in front is never executed.
  bool isForEntry = !ids.empty() && site.entryAlignment > modulus;
  unsigned place = isForEntry ? layout.distances.front() : remainder;
  unsigned size = layout.bytes.size() + own;
  layout.bytes.insert(
      layout.bytes.begin(),
      (place - size) % (isForEntry ? site.entryAlignment : modulus), 0);
  layout.alignment = std::max(site.alignment, site.entryAlignment);
  return layout;
}

std::optional<uint32_t>
TargetInfo::readEntryId(const EntrySite &site,
                        llvm::ArrayRef<uint8_t> prefixData,
                        unsigned distance) const {
  // As checks do: the id, the NOPs, the entry.
  unsigned inFront = getPatchableIdBytes(site);
  unsigned own = getOwnPrefixBytes(site);
  uint64_t fromStart = prefixData.size() + uint64_t(own);
  if (distance < own || distance + uint64_t(inFront) > fromStart)
    return std::nullopt;
  return llvm::support::endian::read32(
      prefixData.data() + (fromStart - distance - inFront),
      triple.isLittleEndian() ? llvm::endianness::little
                              : llvm::endianness::big);
}

unsigned TargetInfo::getPatchableIdBytes(const EntrySite &site) const {
  return 4 + site.prefixNops * getPrefixNopBytes(site.hasCompressed == true);
}

unsigned TargetInfo::getOwnPrefixBytes(const EntrySite &site) const {
  return getPatchableIdBytes(site);
}

bool TargetInfo::isEntryCode(llvm::ArrayRef<uint8_t> code) const {
  if (getEntryPrefix() != EntryPrefix::Adjacent)
    return false;
  for (bool needsLandingPad : {false, true})
    for (bool isThumb : {false, true}) {
      EntrySite site;
      site.needsLandingPad = needsLandingPad;
      site.isThumb = isThumb;
      llvm::SmallVector<uint8_t> expected;
      appendEntryCode(site, 0, expected);
      if (expected.size() > code.size())
        continue;
      llvm::ArrayRef<uint8_t> behind = code.drop_front(expected.size());
      auto branchesOver = [&](unsigned distance) {
        expected.clear();
        appendEntryCode(site, distance, expected);
        return code.take_front(expected.size()) ==
               llvm::ArrayRef<uint8_t>(expected);
      };
      unsigned reach = getEntryReach(site);
      if (behind.size() <= reach) {
        if (branchesOver(behind.size()))
          return true;
        continue;
      }
      for (unsigned distance = 0; distance <= reach;
           distance += getCodeAlignment(false))
        if (branchesOver(distance))
          return isEntryCode(behind.drop_front(distance));
    }
  return false;
}

TargetInfo::EntryBlock TargetInfo::makeEntryBlock(const EntrySite &site,
                                                  uint32_t id,
                                                  unsigned distance) const {
  EntryBlock block;
  appendWord(block.bytes, id, triple.isLittleEndian());
  block.entry = getOwnPrefixBytes(site);
  block.bytes.resize(block.entry);
  // The own id stays aligned.
  llvm::SmallVector<uint8_t> code;
  appendEntryCode(site, 0, code);
  unsigned end = block.entry + code.size();
  unsigned size = llvm::alignTo(end, 4);
  appendEntryCode(site, distance + size - end, block.bytes);
  block.bytes.resize(size);
  return block;
}

void TargetInfo::appendFilling(unsigned size,
                               llvm::SmallVectorImpl<uint8_t> &bytes) const {
  bytes.append(size, 0);
}

void TargetInfo::appendEntryCode(const EntrySite &, unsigned,
                                 llvm::SmallVectorImpl<uint8_t> &) const {
  llvm_unreachable("the target has no adjacent entries");
}

bool TargetInfo::supportsTypeIdSymbols() const {
  return triple.isOSBinFormatELF() || triple.isOSBinFormatCOFF();
}

bool TargetInfo::usesMicrosoftMangling() const {
  if (triple.isUEFI())
    return true;
  if (!triple.isOSWindows())
    return false;
  // On AArch64 everything but MinGW is treated as Microsoft's environment.
  if (triple.isAArch64())
    return !triple.isWindowsGNUEnvironment();
  return triple.getEnvironment() == Triple::MSVC;
}
