//===- Program.h - Records put together -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A summary with its names resolved: what the units say about one symbol comes
// together, aliases are followed, local symbols of different units stay apart.
// Reports, audits and guards are folds over it, the same for one module and for
// a whole program.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PROGRAM_PROGRAM_H
#define KCFI_PROGRAM_PROGRAM_H

#include "kcfi/Program/Summary.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include <map>
#include <set>

namespace mlir::kcfi {

class TargetInfo;

/// What two units must have in common of a triple for calls between them to
/// mean anything.
std::string getMachine(StringRef triple);

/// A function under one name.
struct Symbol {
  StringRef name;
  /// The unit of a symbol that is visible in one unit only, else empty.
  StringRef unit;
  /// Other symbols have the same name.
  bool isAmbiguous = false;
  /// What units say about it; empty for names that are only referred to.
  SmallVector<const FunctionRecord *, 1> records;
  /// The definition that counts: a strong one before weak ones.
  const FunctionRecord *definition = nullptr;
  /// Null unless an alias is the definition.
  const AliasRecord *alias = nullptr;
  /// Index of the function behind aliases; its own without one.
  unsigned target = 0;
  /// The address is taken under this name or, for a function, that of an alias.
  bool isAddressTaken = false;
  /// Pointers are compared with its address.
  bool isCompared = false;
  /// In front of the function's code: the id of the definition, if its unit is
  /// protected. Without a definition the id that declarations give.
  std::optional<uint32_t> id;

  bool isDefined() const { return definition || alias; }
  /// The function that this is an extra entry of, or empty.
  StringRef getEntryOf() const {
    return definition ? StringRef(definition->entryOf) : "";
  }
  /// For people: the name, with the unit where the name is ambiguous.
  std::string str() const;
  /// Where the definition stands, else the first known place.
  StringRef getLocation() const;
};

/// An indirect call.
struct Site {
  const SiteRecord *record;
  unsigned caller;
  /// As LLVM treats it: checks of units that are not protected do not count.
  CheckState state;
  /// Nothing if unchecked.
  std::optional<uint32_t> id;
};

/// Direct calls.
struct DirectCall {
  const CallRecord *record;
  unsigned caller, callee;
};

/// The address of a function is put somewhere.
struct View {
  const ViewRecord *record;
  unsigned function, node;
};

/// All that share one id.
struct Class {
  /// Different ones where options or raw ids made different types equal.
  std::set<StringRef> strings, types;
  /// Functions, aliases left out.
  SmallVector<unsigned> functions;
  /// Of these: those whose address is taken.
  unsigned addressTaken = 0;
  SmallVector<unsigned> sites;
};

/// A place with its symbol resolved.
struct Node {
  Place place;
  /// Of places in functions.
  unsigned symbol = ~0u;
  /// Nodes that what stands here may move to.
  SmallVector<unsigned, 2> next;
};

/// Two units that cannot be in one program.
struct Conflict {
  StringRef option, unitA, unitB;
  std::string valueA, valueB;
  std::string str() const;
};

class Program {
public:
  /// `summary` must be normalized.
  explicit Program(Summary summary);
  Program(Program &&) = default;

  Summary summary;
  std::vector<Symbol> symbols;
  std::vector<Site> sites;
  std::vector<DirectCall> calls;
  std::vector<View> views;
  std::map<uint32_t, Class> classes;
  /// Places and how pointers move between them: what flow records say, from a
  /// function to the places of its views, and from arguments and results of
  /// checked calls to the functions of their class and back.
  std::vector<Node> nodes;
  /// Options in which protected units differ; empty if this is one program.
  std::vector<Conflict> conflicts;

  /// Null if there is none of that name.
  const UnitRecord *findUnit(StringRef name) const;
  const UnitRecord &getUnit(StringRef name) const { return *findUnit(name); }
  /// What `name` means in `unit`, or in all units if that is empty.
  std::optional<unsigned> findSymbol(StringRef unit, StringRef name) const;
  /// The options that all protected units have in common.
  UnitRecord getOptions() const;
  /// The target of the first unit that has a usable one, else null.
  const TargetInfo *getTarget() const { return target.get(); }

  /// The type behind an id as a person reads it.
  std::string getReadableType(uint32_t id) const;
  /// The same, or the id where the type is not known.
  std::string getTypeName(uint32_t id) const;
  /// Type and id; says so where there is none.
  std::string describeId(std::optional<uint32_t> id) const;
  std::string describeCaller(const Site &site) const;

  /// The node of a function and of a site.
  std::optional<unsigned> findFunctionNode(unsigned symbol) const;
  std::optional<unsigned> findSiteNode(const Site &site) const;

private:
  unsigned getSymbol(StringRef unit, StringRef name);
  unsigned getNode(StringRef unit, const Place &place);
  std::string getNodeKey(const Place &place, unsigned symbol) const;
  void resolveSymbols();
  void resolveUses();
  void buildFlows();
  void compareUnits();

  llvm::StringMap<const UnitRecord *> units;
  /// Local names as unit, line feed, name.
  llvm::StringMap<unsigned> symbolIndex;
  llvm::StringMap<unsigned> nodeIndex;
  llvm::StringSet<> localGlobals;
  std::shared_ptr<const TargetInfo> target;
};

} // namespace mlir::kcfi

#endif // KCFI_PROGRAM_PROGRAM_H
