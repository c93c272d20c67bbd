//===- EquivalenceSet.cpp - Presets of equivalences -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Equivalence/Equivalence.h"

using namespace mlir;
using namespace mlir::kcfi;

EquivalenceSet EquivalenceSet::get(EquivalencePreset preset,
                                   EncodingAttr encoding) {
  EquivalenceSet set;
  switch (preset) {
  case EquivalencePreset::None:
    break;
  // The two releases differ in the receiver of drop glue, which the callable
  // says, and in their standard libraries, which are definitions.
  case EquivalencePreset::Rustc195:
  case EquivalencePreset::Rustc197:
    set = {Equivalence::TransparentWrappers,
           Equivalence::CVoid,
           Equivalence::CNames,
           Equivalence::IgnoredZsts,
           Equivalence::ErasedSelf,
           Equivalence::ByValueSelf,
           Equivalence::AutoTraits,
           Equivalence::AbstractClosures,
           Equivalence::AbstractCoroutines,
           Equivalence::DropGlue};
    break;
  }
  if (encoding.getNormalizeIntegers())
    set.insert(Equivalence::NormalizedIntegers);
  if (encoding.getGeneralizePointers())
    set.insert(Equivalence::GeneralizedPointers);
  return set;
}
