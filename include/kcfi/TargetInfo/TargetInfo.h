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

#ifndef KCFI_TARGETINFO_TARGETINFO_H
#define KCFI_TARGETINFO_TARGETINFO_H

#include "kcfi/TargetInfo/CTypeFacts.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
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

/// Target features, one of which a function has that is Thumb code.
inline constexpr llvm::StringRef kThumbFeatures[] = {"thumb-mode"};

/// Target features, one of which a function has that may be made of RISC-V's
/// compressed instructions.
inline constexpr llvm::StringRef kCompressedFeatures[] = {"c", "zca"};

/// True if `features`, a list such as `+armv6,-thumb-mode`, enables one of the
/// features `names`. The last sign of a feature counts, as in LLVM
/// (`MCSubtargetInfo`).
bool hasFeature(llvm::StringRef features,
                llvm::ArrayRef<llvm::StringRef> names);

/// How further ids can stand in front of a function's own, in its prefix data.
enum class EntryPrefix : uint8_t {
  /// Not at all.
  None,
  /// What follows the further id is executed down to the function.
  Fallthrough,
  /// The further id is followed by a branch to the function.
  Adjacent,
};

/// What matters about a function when further ids are put in front of it.
struct EntrySite {
  /// NOPs of the patchable prefix.
  unsigned prefixNops = 0;
  /// The prefix instruction tells the number of argument registers.
  bool hasArity = false;
  bool isVariadic = false;
  /// As in CheckedCall.
  bool hasOtherConvention = false;
  /// Callers may rely on all registers being kept
  /// (`no_caller_saved_registers`).
  bool keepsAllRegisters = false;
  /// Optimised for size (`optsize`, `minsize`): LLVM pads less.
  bool isOptSize = false;
  /// Thumb code by its target features, whatever the triple says.
  bool isThumb = false;
  /// RISC-V's C extension; empty where the function does not say.
  std::optional<bool> hasCompressed;
  /// Targets of indirect branches have to be marked (IBT, BTI, Zicfilp).
  bool needsLandingPad = false;
  /// Alignment in bytes that the function asks for; 1 if it does not.
  unsigned alignment = 1;
  /// Alignment in bytes asked for the further addresses; 1 if it is not.
  unsigned entryAlignment = 1;
};

/// How LLVM's names begin for what stands in front of functions.
inline constexpr llvm::StringLiteral kPrefixSymbol = "__cfi_";

/// Whether further ids can stand in front of a function, and why not.
struct EntryDecision {
  enum Kind : uint8_t {
    Good,
    /// It works, but another form is to be preferred.
    Inadvisable,
    Impossible,
  } kind;
  /// Empty for `Good`.
  std::string reason;
};

/// Prefix data with further ids.
struct EntryLayout {
  llvm::SmallVector<uint8_t> bytes;
  /// What the function has to ask for as its alignment in bytes, which LLVM
  /// gives to the prefix data; 1 if nothing.
  unsigned alignment;
  /// For each id, how many bytes its entry lies in front of the function.
  llvm::SmallVector<unsigned> distances;
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

  /// Bytes to which code that a pointer can name is aligned; `hasCompressed` as
  /// above, on MIPS for its short encodings.
  virtual unsigned getCodeAlignment(bool hasCompressed) const { return 4; }

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

  /// How further ids can stand in front of a function here at all.
  virtual EntryPrefix getEntryPrefix() const { return EntryPrefix::None; }

  /// Whether they can stand in front of this one. Only for targets that have a
  /// way.
  virtual EntryDecision decideEntry(const EntrySite &site) const;

  /// Makes the prefix data that puts `ids` in front of a function for which
  /// `decideEntry` is not `Impossible`; the first one comes next to it. Without
  /// ids, the data that gives a function for which `keepsAlignment` holds the
  /// alignment that it asks for: LLVM aligns what stands in front of it (H45).
  EntryLayout layOutEntries(const EntrySite &site,
                            llvm::ArrayRef<uint32_t> ids) const;

  /// True if a function can have the alignment that it asks for with its own
  /// prefix.
  bool keepsAlignment(const EntrySite &site) const;

  /// How many bytes in front of an entry a symbol `__cfi_<entry>` belongs,
  /// where LLVM makes such symbols for functions; else nothing.
  virtual std::optional<unsigned>
  getPrefixSymbolDistance(const EntrySite &) const {
    return std::nullopt;
  }

  /// The id of an entry `distance` bytes in front of a function with this
  /// prefix data, which `layOutEntries` made; nothing if the entry lies
  /// elsewhere.
  std::optional<uint32_t> readEntryId(const EntrySite &site,
                                      llvm::ArrayRef<uint8_t> prefixData,
                                      unsigned distance) const;

  /// True if `code`, which stands between an entry and a function, is no more
  /// than prefix data and the function's own prefix: running it from its start
  /// leads into the function.
  virtual bool isEntryCode(llvm::ArrayRef<uint8_t> code) const;

  /// True if LLVM 22 makes a jump of every `musttail` call that hands on all
  /// arguments, variable ones, too; `hasByVal` if one is a copied struct.
  virtual bool hasTailCalls(bool hasByVal) const { return false; }

protected:
  /// One further id: data or code, and where its entry is in it.
  struct EntryBlock {
    llvm::SmallVector<uint8_t> bytes;
    unsigned entry;
  };

  /// Bytes from a function's id up to the function: the id and the patchable
  /// prefix.
  unsigned getPatchableIdBytes(const EntrySite &site) const;

  /// Bytes of the function's own prefix.
  virtual unsigned getOwnPrefixBytes(const EntrySite &site) const;

  /// The multiple that the prefix data has to have.
  virtual unsigned getPrefixDataAlignment(const EntrySite &site) const {
    return 4;
  }

  /// The block for `id` that ends `distance` bytes in front of the address to
  /// which it leads. Here: the id, room for the patchable prefix, and a branch.
  virtual EntryBlock makeEntryBlock(const EntrySite &site, uint32_t id,
                                    unsigned distance) const;

  /// Code at an entry that marks it as a landing pad where that is asked for
  /// and branches over `distance` bytes, at most `getEntryReach`, that follow
  /// it.
  virtual void appendEntryCode(const EntrySite &site, unsigned distance,
                               llvm::SmallVectorImpl<uint8_t> &code) const;

  /// Bytes that the branch of an entry can skip. From farther away it goes to
  /// the next nearer entry.
  virtual unsigned getEntryReach(const EntrySite &) const { return ~0u; }

  /// Appends bytes that may stand behind a block.
  virtual void appendFilling(unsigned size,
                             llvm::SmallVectorImpl<uint8_t> &bytes) const;

  explicit TargetInfo(llvm::Triple triple) : triple(std::move(triple)) {}
  llvm::Triple triple;
};

} // namespace mlir::kcfi

#endif // KCFI_TARGETINFO_TARGETINFO_H
