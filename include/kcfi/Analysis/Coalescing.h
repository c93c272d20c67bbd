//===- Coalescing.h - Classes under a set of equivalences -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Which signatures of a module meet in one class, because of which equivalence,
// and what each equivalence costs: every class is a set of functions that one
// overwritten pointer can reach.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_ANALYSIS_COALESCING_H
#define KCFI_ANALYSIS_COALESCING_H

#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Encoding/Rust/Equivalence.h"
#include "llvm/Support/JSON.h"

#include <memory>

namespace mlir::kcfi {

/// The equivalences that made the classes of a module, or those of the default
/// preset where nothing is said; both with those of the module's encoding.
EquivalenceSet getEquivalences(ModuleOp module);

/// True if `equivalences` give drop glue narrower classes than `dyn Drop`.
inline bool hasNarrowDropGlue(EquivalenceSet equivalences) {
  return equivalences.contains(Equivalence::DropGlue) &&
         equivalences.contains(Equivalence::NarrowDropGlue);
}

/// Representatives and classes of signatures under one set, memoised.
class Coalescer {
public:
  Coalescer(EquivalenceSet equivalences, EncodingAttr encoding,
            const TargetInfo &target, DefinitionTable definitions)
      : equivalences(equivalences), encoding(encoding), target(target),
        definitions(std::move(definitions)) {}

  /// A signature that has the same class as `signature` and nothing in it that
  /// an equivalence would still change: of a Rust signature its representative,
  /// of a C or C++ one its canonical type. Strings and ids represent
  /// themselves.
  llvm::Expected<Type> getRepresentative(Type signature);

  /// The representative of what the id in front of a function is made of.
  llvm::Expected<Type> getEntry(Type signature, RustCallableAttr callable);

  /// The name of a representative's class: its string, or the id where nothing
  /// else is known.
  llvm::Expected<std::string> getClass(Type representative);

private:
  EquivalenceSet equivalences;
  EncodingAttr encoding;
  const TargetInfo &target;
  DefinitionTable definitions;
  llvm::DenseMap<Type, Type> representatives;
  llvm::DenseMap<Type, std::string> classes;
};

/// Sizes of classes, in functions that can be called indirectly.
struct ClassSizes {
  unsigned functions = 0;
  unsigned classes = 0;
  unsigned largest = 0;
  /// The functions that a pointer to a function can be replaced by, itself
  /// included, on average over the functions.
  double targets = 0;
};

/// What the equivalences do to the functions of a module.
struct EquivalenceReport {
  struct Preset {
    StringRef name;
    ClassSizes sizes;
  };
  struct Cost {
    Equivalence equivalence;
    /// With all of the module's equivalences but this one.
    ClassSizes without;
    /// The functions whose class depends on this one.
    unsigned functions = 0;
  };
  /// A signature in a class with others.
  struct Member {
    std::string signature;
    unsigned functions = 0;
    /// The equivalences without any of which it would be in another class.
    SmallVector<Equivalence> because;
  };
  struct Merge {
    std::string string;
    uint32_t id;
    SmallVector<Member> members;
  };

  ClassSizes sizes;
  SmallVector<Preset> presets;
  SmallVector<Cost> costs;
  /// Classes in which signatures met, largest first.
  SmallVector<Merge> merges;

  /// For the functions as the front end wrote them, also after
  /// `kcfi-coalesce-types`. Nothing for a module without Rust signatures:
  /// equivalences are about those. Functions whose signature cannot be encoded
  /// are left out; `ModuleInfo::problems` names them.
  static FailureOr<std::optional<EquivalenceReport>> compute(ModuleOp module);

  void printText(llvm::raw_ostream &os) const;
  llvm::json::Value toJSON() const;
};

} // namespace mlir::kcfi

#endif // KCFI_ANALYSIS_COALESCING_H
