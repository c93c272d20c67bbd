//===- TargetInfo.h - KCFI facts about one target ---------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One small class per target answers every target-dependent question of the
// project: how LLVM lowers a checked call there, what it gets wrong, which ids
// cannot be used, how large prefix and check are, and what the C ABI says about
// types. Adding a target is one new file in lib/Target (see CONTRIBUTING.md).
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TARGET_TARGETINFO_H
#define KCFI_TARGET_TARGETINFO_H

#include "kcfi/Target/CTypeFacts.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/TargetParser/Triple.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace mlir::kcfi {

/// How a checked call must be handed to LLVM.
enum class CheckLowering : uint8_t {
  /// As a `"kcfi"` operand bundle; the back end emits the check.
  Bundle,
  /// As plain IR: load of the id, comparison, trap that does not return.
  Expand,
};

/// The decision for one checked call, with the reason where it is not the
/// target's usual one.
struct CheckDecision {
  CheckLowering lowering;
  /// Why the call cannot be a bundle; empty for `Bundle`.
  std::string reason;
};

/// What matters about one checked call when its lowering is chosen.
struct CheckedCall {
  uint32_t typeId;
  bool isInvoke = false;
  /// An argument with the `nest` attribute (static chain register).
  bool hasNestArgument = false;
  /// A calling convention that is not, or not just a variant of, the target's C
  /// convention. Checks use registers that are free in C calls only: others
  /// pass arguments in them or keep them across the call.
  bool hasOtherConvention = false;
  /// The calling function is optimised for minimal size (`minsize`).
  bool callerIsMinSize = false;
  /// The calling function is compiled as Thumb code by its target features
  /// (`+thumb-mode`), whatever the triple says: clang gives Thumb code the
  /// triple `armv7-...`.
  bool callerIsThumb = false;
};

/// True if a calling convention (a `llvm::CallingConv::ID`) leaves the
/// registers free that checks use, as C's does.
bool hasRegistersOfC(unsigned convention);

/// Sizes that a report may quote. Code sizes are those of LLVM 22.1.8's
/// lowering without patchable prefix padding.
struct CodeSizes {
  /// Bytes in front of a function for its id: instruction or word holding it.
  /// x86 adds NOPs up to the function's alignment in front of its 5 bytes, so
  /// that 16 bytes are the usual cost there.
  unsigned prefixBytes;
  /// Bytes of one native check, without the call itself; an upper bound where
  /// constants or compressed instructions make a difference. 0 where checks are
  /// always expanded: their size is up to the optimiser.
  unsigned checkBytes;
};

/// Everything the project knows about one target.
class TargetInfo {
public:
  virtual ~TargetInfo();

  /// Returns the target of `triple`, or an error that names what is missing:
  /// an architecture without a class here, or one on which KCFI cannot mean
  /// anything (WebAssembly, function descriptors, signed function pointers, GPU
  /// code). The error says why and what to do. `triple` need not be normalised.
  static llvm::Expected<std::unique_ptr<TargetInfo>>
  lookup(llvm::StringRef triple);

  const llvm::Triple &getTriple() const { return triple; }

  /// The name used in diagnostics, e.g. "x86-64".
  virtual llvm::StringRef getName() const = 0;

  /// Facts of the C ABI.
  virtual CTypeFacts getCTypeFacts() const = 0;

  /// True if LLVM 22 lowers `"kcfi"` bundles natively, and correctly at least
  /// in general, on this target.
  virtual bool hasNativeBundles() const = 0;

  /// Chooses between bundle and expansion for one call; every exception to
  /// `hasNativeBundles` is a hazard listed in docs/LLVMHazards.md.
  virtual CheckDecision decide(const CheckedCall &call) const;

  /// If `id` must not be used at all on this target (0 everywhere: it means "no
  /// type"), the reason; else nothing.
  virtual std::optional<std::string> getReservedIdReason(uint32_t id) const;

  /// The id as it is stored in front of a function: x86 replaces ids that
  /// look like an ENDBR instruction (or its negation) by id + 1.
  virtual uint32_t getStoredId(uint32_t id) const { return id; }

  /// Bytes of one NOP of a patchable prefix (`patchable-function-prefix` counts
  /// NOPs); `hasCompressed` is RISC-V's C extension, ignored elsewhere.
  virtual unsigned getPrefixNopBytes(bool hasCompressed) const = 0;

  /// True if a function pointer may carry a flag in its low bit (ARM's Thumb
  /// bit, the microMIPS and MIPS16 bit) that must be cleared before the id is
  /// loaded.
  virtual bool needsPointerMask() const { return false; }

  /// Alignment in bytes that an expanded check may assume for the id word. LLVM
  /// aligns what is in front of a typed function to 4, which is the id itself
  /// except on x86, whose id is an immediate in front of the patchable prefix.
  virtual unsigned getIdAlignment() const { return 4; }

  /// True if the object format lets an absolute weak symbol
  /// `__kcfi_typeid_<name>` be defined from module assembly (ELF, COFF).
  bool supportsTypeIdSymbols() const;

  /// True if Windows' C++ ABI mangles type strings here: the strings that are
  /// hashed into ids are not Itanium manglings then.
  bool usesMicrosoftMangling() const;

  /// True if `patchable-function-prefix` is supported together with KCFI.
  virtual bool supportsPatchablePrefix() const = 0;

  /// True if module flag `kcfi-arity` has a meaning here (x86-64 SysV).
  virtual bool supportsArity() const { return false; }

  virtual CodeSizes getCodeSizes() const = 0;

protected:
  explicit TargetInfo(llvm::Triple triple) : triple(std::move(triple)) {}
  llvm::Triple triple;
};

} // namespace mlir::kcfi

#endif // KCFI_TARGET_TARGETINFO_H
