//===- EquivalenceSet.cpp - Presets of equivalences -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/Rust/Equivalence.h"

using namespace mlir;
using namespace mlir::kcfi;

/// What rustc does. Its two releases differ in the receiver of drop glue, which
/// the callable says, and in their standard libraries, which are definitions.
static EquivalenceSet getRustcSet() {
  return {Equivalence::TransparentWrappers,
          Equivalence::CVoid,
          Equivalence::CNames,
          Equivalence::IgnoredZsts,
          Equivalence::ErasedSelf,
          Equivalence::ByValueSelf,
          Equivalence::AutoTraits,
          Equivalence::AbstractClosures,
          Equivalence::AbstractCoroutines,
          Equivalence::DropGlue};
}

static EquivalenceSet getPresetSet(EquivalencePreset preset) {
  EquivalenceSet set;
  switch (preset) {
  case EquivalencePreset::None:
    return {};
  // What a declaration in C can say of a function.
  case EquivalencePreset::Clang:
    return {Equivalence::TransparentWrappers, Equivalence::CVoid,
            Equivalence::CNames, Equivalence::IgnoredZsts};
  case EquivalencePreset::Rustc195:
  case EquivalencePreset::Rustc197:
    return getRustcSet();
  // rustc's, and what programs need that are valid but trap under rustc.
  case EquivalencePreset::RustcFixed:
    set = getRustcSet();
    set.insert(Equivalence::ClosureKinds);
    set.insert(Equivalence::MovedCoroutines);
    set.insert(Equivalence::DeclaredShims);
    return set;
  // The kinds of closures are one class with fn pointers here.
  case EquivalencePreset::Unified:
    set = getRustcSet();
    set.insert(Equivalence::MovedCoroutines);
    set.insert(Equivalence::DeclaredShims);
    set.insert(Equivalence::UnifiedCallables);
    return set;
  }
  llvm_unreachable("unknown preset");
}

/// What is said by the encoding, because it shows in strings.
static void addEncodingOptions(EquivalenceSet &set, EncodingAttr encoding) {
  if (encoding.getNormalizeIntegers())
    set.insert(Equivalence::NormalizedIntegers);
  if (encoding.getGeneralizePointers())
    set.insert(Equivalence::GeneralizedPointers);
}

EquivalenceSet EquivalenceSet::get(EquivalencePreset preset,
                                   EncodingAttr encoding) {
  EquivalenceSet set = getPresetSet(preset);
  addEncodingOptions(set, encoding);
  return set;
}

EquivalenceSet EquivalenceSet::get(EquivalencesAttr list,
                                   EncodingAttr encoding) {
  EquivalenceSet set;
  for (Equivalence equivalence : list.getEquivalences())
    set.insert(equivalence);
  addEncodingOptions(set, encoding);
  return set;
}

SmallVector<Equivalence> EquivalenceSet::getMembers() const {
  SmallVector<Equivalence> members;
  for (uint32_t number = 0; number <= getMaxEnumValForEquivalence(); ++number)
    if (auto equivalence = symbolizeEquivalence(number);
        equivalence && contains(*equivalence))
      members.push_back(*equivalence);
  return members;
}

EquivalencesAttr EquivalenceSet::getAttr(MLIRContext *context) const {
  SmallVector<Equivalence> members = getMembers();
  llvm::erase(members, Equivalence::NormalizedIntegers);
  llvm::erase(members, Equivalence::GeneralizedPointers);
  return EquivalencesAttr::get(context, members);
}
