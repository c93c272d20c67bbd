//===- Targets.h - The target classes, internal ---------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the classes of lib/Target share. A new target is a new file that defines
// a class and its create function, a declaration here and a case in
// TargetInfo::lookup.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_TARGETINFO_TARGETS_H
#define KCFI_LIB_TARGETINFO_TARGETS_H

#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/ADT/Twine.h"

namespace mlir::kcfi {

/// True if `triple` follows Windows' choice of C types: 64-bit firmware in
/// Mach-O format says "windows" but does not.
bool hasWindowsTypes(const llvm::Triple &triple);

/// The facts that do not depend on the architecture or that most architectures
/// share; the classes correct what differs.
CTypeFacts getCommonCTypeFacts(const llvm::Triple &triple,
                               unsigned pointerWidth);

/// Makes `long` the type behind size_t and ptrdiff_t, which some 32-bit systems
/// prefer to `int`.
void useLongSizeType(CTypeFacts &facts);

/// The error for a triple that is refused: what is wrong and what to do.
llvm::Error refuseTarget(const llvm::Triple &triple, const llvm::Twine &reason,
                         const llvm::Twine &advice);

/// True for the systems on which clang has `__float128` for both widths of x86.
bool hasX86Float128(const llvm::Triple &triple);

/// The id that x86 stores for `id`: one that does not look like ENDBR, neither
/// itself nor negated as in a check.
uint32_t getX86StoredId(uint32_t id);

/// Bytes of x86's `movl $id, %eax`.
inline constexpr unsigned kX86MoveBytes = 5;

/// The alignment to which LLVM pads the prefix of an x86 function: not the one
/// that the function asks for.
unsigned getX86PrefixAlignment(const EntrySite &site);

/// Bytes of the prefix of an x86 function.
unsigned getX86OwnPrefixBytes(const EntrySite &site);

/// Appends the bytes of a word. Instructions are little-endian on the targets
/// that need this, whatever their data are.
void appendWord(llvm::SmallVectorImpl<uint8_t> &bytes, uint32_t word,
                bool isLittleEndian = true);

/// A target whose checks are always expanded, with ids in plain words in front
/// of functions, ELF objects and function pointers that are code addresses.
class ExpandedTargetInfo : public TargetInfo {
public:
  bool hasNativeBundles() const override { return false; }
  /// LLVM's generic pass rejects patchable prefixes, but it is not used: the
  /// assembly printer lays them out between id and entry on every target that
  /// can print a NOP by itself.
  bool supportsPatchablePrefix() const override { return true; }
  CodeSizes getCodeSizes() const override { return {4, 0}; }

protected:
  using TargetInfo::TargetInfo;
};

using TargetOrError = llvm::Expected<std::unique_ptr<TargetInfo>>;

/// Creates a `TargetT`, which knows ELF objects only.
template <typename TargetT>
TargetOrError createELFTarget(llvm::Triple triple) {
  if (!triple.isOSBinFormatELF())
    return refuseTarget(
        triple, "only ELF objects are known for this architecture",
        "use the triple of an ELF system, for example with '-elf' at its end");
  return std::make_unique<TargetT>(std::move(triple));
}

TargetOrError createAArch64TargetInfo(llvm::Triple triple);
TargetOrError createARMTargetInfo(llvm::Triple triple);
TargetOrError createHexagonTargetInfo(llvm::Triple triple);
TargetOrError createLoongArchTargetInfo(llvm::Triple triple);
TargetOrError createM68kTargetInfo(llvm::Triple triple);
TargetOrError createMipsTargetInfo(llvm::Triple triple);
TargetOrError createPowerPCTargetInfo(llvm::Triple triple);
TargetOrError createRISCVTargetInfo(llvm::Triple triple);
TargetOrError createSparcTargetInfo(llvm::Triple triple);
TargetOrError createSystemZTargetInfo(llvm::Triple triple);
TargetOrError createX86_32TargetInfo(llvm::Triple triple);
TargetOrError createX86_64TargetInfo(llvm::Triple triple);

} // namespace mlir::kcfi

#endif // KCFI_LIB_TARGETINFO_TARGETS_H
