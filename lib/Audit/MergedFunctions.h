//===- MergedFunctions.h - Types lost by merging functions -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// LLVM's MergeFunctions puts one of two functions with equal code wherever the
// module used the address of the other, whatever their ids are. The other one
// becomes an alias if other units can see it, else nothing is left of it. Its
// id is gone either way; what tells it:
//
//  * units that declare the name with an id;
//  * in Rust, other functions that implement the same method of a trait: the
//    hashed type has a trait object in place of the implementing type;
//  * in Rust, calls that load what they call from a table where the function
//    stands at that distance, with an id that nothing in the program has;
//  * in Rust, tables of methods: all methods of a table are of one type, so one
//    of another type is out of place, and the tables of other types for the
//    same trait have the right id there;
//  * closures, which stand in no second table of the same trait.
//
// Tables of methods are where Rust takes the addresses of methods of traits.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_AUDIT_MERGEDFUNCTIONS_H
#define KCFI_LIB_AUDIT_MERGEDFUNCTIONS_H

#include "kcfi/Encoding/Rust/RustNames.h"
#include "kcfi/Program/Program.h"

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
  /// A unit takes the address of what it declares, and some call has the id.
  bool isTaken = false;

  /// A check that fails is in sight.
  bool isChecked() const { return call || isTaken; }
};

/// A function where a table of methods has to have one of another type.
struct ForeignMethod {
  unsigned function;
  uint32_t id;
  /// Another table has this function there, with the id; else calls look for
  /// the id, and no address-taken function has it.
  std::optional<unsigned> example;
  /// The type whose table it is, and where the function stands in it.
  StringRef self;
  StringRef unit, table;
  uint64_t offset;
  /// A call that looks for the right type there, null if there is none.
  const Site *call;
};

/// A call of a method whose type no address-taken function has, and functions
/// that stand in more than one table where it looks: some of them for others
/// that are gone.
struct LostMethod {
  uint32_t id;
  const Site *call;
  std::vector<unsigned> functions;
};

class MergedFunctions {
public:
  explicit MergedFunctions(const Program &program);

  /// Nothing if the types of alias and function agree.
  std::vector<LostType> findLostTypes(unsigned alias) const;

  std::vector<ForeignMethod> findForeignMethods() const;
  std::vector<LostMethod> findLostMethods() const;

private:
  /// A table of methods for a type.
  struct Table {
    /// By their distance from the start, functions as they are named there.
    std::map<uint64_t, unsigned> methods;
    std::string self;
    /// Distances of the methods that are the type's own, and of those that are
    /// out of place.
    std::set<uint64_t> own, foreign;
  };

  void findTables();
  void countClosures();
  void findOwnMethods(Table &table) const;
  void findCall(const Symbol &alias, LostType &type) const;
  std::optional<uint32_t> getId(const Table &table, uint64_t offset) const;
  bool areAlike(const Table &a, const Table &b) const;
  const Site *findCall(uint32_t id, uint64_t offset, StringRef shape) const;
  void addLostMethods(StringRef shape, ForeignMethod method,
                      std::vector<ForeignMethod> &result) const;

  const Program &program;
  /// Symbols that are methods of Rust's traits, and the ids of each method with
  /// how many functions have them.
  std::map<unsigned, TraitMethod> methods;
  /// Symbols that stand for closures in tables.
  std::set<unsigned> closures;
  std::map<TraitMethod, std::map<uint32_t, unsigned>> methodIds;
  /// By unit and variable.
  std::map<std::pair<StringRef, StringRef>, Table> tables;
  /// By function, unit and offset: how many variables have it there; of
  /// closures the most of one size.
  std::map<std::tuple<unsigned, StringRef, uint64_t>, unsigned> slots;
};

} // namespace mlir::kcfi

#endif // KCFI_LIB_AUDIT_MERGEDFUNCTIONS_H
