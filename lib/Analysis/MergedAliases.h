//===- MergedAliases.h - Types that aliases have lost -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM's MergeFunctions makes an alias of a function whose code another one
// has, and puts the other one wherever the module used the address of the
// first. It does not look at ids, and that of the first is gone. Three things
// tell it:
//
//  * units that declare the name with an id;
//  * in Rust, other functions that implement the same method of a trait: the
//    hashed type has a trait object in place of the implementing type;
//  * in Rust, calls that load what they call from a table where the function
//    stands at that distance, with an id that nothing in the program has.
//
// Tables of methods are where Rust takes the address of methods of traits.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_ANALYSIS_MERGEDALIASES_H
#define KCFI_LIB_ANALYSIS_MERGEDALIASES_H

#include "RustNames.h"
#include "kcfi/Analysis/Program.h"

namespace mlir::kcfi {

/// A type that an alias has, other than that of the function behind it.
struct LostType {
  enum class Evidence {
    /// `declaration` says so.
    Declared,
    /// Other functions that implement the method have it.
    OtherMethods,
    /// Calls look for it where the function stands.
    Calls,
    /// rustc makes no aliases, so that types may differ: more is not known.
    Unknown,
  };
  Evidence evidence;
  std::optional<uint32_t> id;
  const FunctionRecord *declaration = nullptr;
  /// A call with the id that finds the function in a table, and in how many
  /// tables of the alias's unit the function stands there.
  const Site *call = nullptr;
  unsigned tables = 0;

  /// A check that fails is in sight.
  bool isChecked() const {
    return call || (declaration && declaration->isAddressTaken);
  }
};

class MergedAliases {
public:
  explicit MergedAliases(const Program &program);

  /// Nothing if the types of alias and function agree.
  std::vector<LostType> find(unsigned alias) const;

private:
  void findCall(const Symbol &alias, LostType &type) const;

  const Program &program;
  /// Symbols that are methods of Rust's traits, and the ids of each method.
  std::map<unsigned, TraitMethod> methods;
  std::map<TraitMethod, std::set<uint32_t>> methodIds;
  /// By function, unit and offset: how many variables have it there.
  std::map<std::tuple<unsigned, StringRef, uint64_t>, unsigned> tables;
};

} // namespace mlir::kcfi

#endif // KCFI_LIB_ANALYSIS_MERGEDALIASES_H
