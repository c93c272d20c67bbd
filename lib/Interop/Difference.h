//===- Difference.h - What differs, and how to mend it ----------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pair of signatures, one of C and one of Rust, for what is one function at
// run time. If their ids differ, repairs are tried: each changes something in
// the Rust declaration or in the options of both compilers, and a set of
// repairs is offered only if the ids are equal with it. What is tried never
// lets a parameter be passed in another way.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_INTEROP_DIFFERENCE_H
#define KCFI_LIB_INTEROP_DIFFERENCE_H

#include "SignatureParts.h"
#include "llvm/ADT/DenseSet.h"

#include <string>
#include <vector>

namespace mlir::kcfi::interop {

/// Explains and mends the differences between signatures of C and Rust.
class DifferenceFinder {
public:
  DifferenceFinder(EncodingAttr encoding, const TargetInfo &target,
                   const DefinitionTable &definitions)
      : encoding(encoding), target(target), definitions(definitions),
        parts(target, definitions) {}

  /// The text that tells where two signatures differ. `c` is canonical,
  /// `written` is the same as the program spells it.
  std::string describe(FnType c, FnType written, RustFnType rust);

  /// Each text is a way to make the ids equal. `enums` are the canonical tags
  /// that are those of enumerations.
  std::vector<std::string> findFixes(FnType c, RustFnType rust,
                                     const llvm::DenseSet<Type> &enums);

private:
  /// Sets of repairs, in the order in which they are tried.
  SmallVector<unsigned> listCandidates() const;
  /// The options with a set of repairs.
  EncodingAttr getRepairedOptions(unsigned repairs) const;
  bool haveEqualIds(FnType c, RustFnType rust, EncodingAttr options) const;

  EncodingAttr encoding;
  const TargetInfo &target;
  const DefinitionTable &definitions;
  PartEncoder parts;
};

} // namespace mlir::kcfi::interop

#endif // KCFI_LIB_INTEROP_DIFFERENCE_H
