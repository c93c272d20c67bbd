//===- Equivalence.h - Rules that make Rust signatures equal -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Two Rust functions may be called through one pointer although their types
// differ: a newtype is passed like its field, a method in a vtable is called
// for a trait object. rustc therefore rewrites signatures before it encodes
// them. Here each of these rules is a named equivalence with a function of its
// own, and a set says which of them are in force. docs/Equivalences.md explains
// them. Pure functions of types; no operations, no passes.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ENCODING_RUST_EQUIVALENCE_H
#define KCFI_ENCODING_RUST_EQUIVALENCE_H

#include "kcfi/IR/KCFITypes.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Error.h"

namespace mlir::kcfi {

/// A set of equivalences.
class EquivalenceSet {
public:
  EquivalenceSet() = default;
  EquivalenceSet(std::initializer_list<Equivalence> list) {
    for (Equivalence equivalence : list)
      insert(equivalence);
  }

  /// The equivalences of a preset, and those that `encoding` asks for.
  static EquivalenceSet get(EquivalencePreset preset, EncodingAttr encoding);

  /// The equivalences that a module says, and those that `encoding` asks for.
  static EquivalenceSet get(EquivalencesAttr list, EncodingAttr encoding);

  /// What a module says; the encoding says the rest.
  EquivalencesAttr getAttr(MLIRContext *context) const;

  /// The members, in the order of their numbers.
  SmallVector<Equivalence> getMembers() const;

  bool operator==(EquivalenceSet other) const { return bits == other.bits; }

  bool contains(Equivalence equivalence) const {
    return bits & getBit(equivalence);
  }
  void insert(Equivalence equivalence) { bits |= getBit(equivalence); }
  void remove(Equivalence equivalence) { bits &= ~getBit(equivalence); }

private:
  static uint32_t getBit(Equivalence equivalence) {
    return uint32_t(1) << static_cast<uint32_t>(equivalence);
  }
  uint32_t bits = 0;
};

/// Definitions of Rust items that stand apart from the types in which the items
/// are mentioned by their path alone, such as the `kcfi.adt` of a module.
class DefinitionTable {
public:
  /// Error: another definition of this path is there.
  llvm::Error add(RustItemAttr definition);

  /// What is known of an item: the definition if `item` is a path alone and
  /// there is one, else `item` itself.
  RustItemAttr lookup(RustItemAttr item) const;

private:
  /// By identity.
  llvm::DenseMap<RustItemAttr, RustItemAttr> definitions;
};

/// What the ids of Rust signatures are computed with unless something else is
/// said.
inline constexpr EquivalencePreset kDefaultPreset = EquivalencePreset::Rustc195;

/// The representative of a signature's class under the equivalences of types.
/// Its items have their path and what the encoding shows of them, no facts of
/// definitions, so that the result is its own representative, under any set of
/// equivalences that allows no more integers and pointers to be equal.
/// `encodeSignature` gives the string of the class for it.
///
/// Errors: a path with two definitions or, if it is `recursive`, with none;
/// parameters of definitions without argument; types that expand without end.
llvm::Expected<RustFnType>
getClassRepresentative(RustFnType signature, EquivalenceSet equivalences,
                       const TargetInfo &target,
                       const DefinitionTable &definitions = {});

/// The signature of which the function's own type id is made: with the trait
/// object in place of `Self` if one of `equivalences` erases it for this kind
/// of callable, else `signature`. (The other id that a method may need, for fn
/// pointers, is that of `signature` itself.)
///
/// Errors: a receiver that is no pointer in the end; an `Fn` object that does
/// not say its `Output`, where one is looked into.
llvm::Expected<RustFnType>
getEntrySignature(RustFnType signature, RustCallableAttr callable,
                  EquivalenceSet equivalences,
                  const DefinitionTable &definitions = {});

/// The signature of a call through a fn pointer of this type: what the pointer
/// binds is erased, as in the signature of the function that it points to.
RustFnType getCallSignature(RustFnType pointer);

} // namespace mlir::kcfi

#endif // KCFI_ENCODING_RUST_EQUIVALENCE_H
