//===- Summary.h - What a module contains, as records -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A summary is a set of records about one module or any number of modules. Two
// summaries are merged by the union of their sets, so grouping, order and
// repetition do not matter. Written as text it is one JSON object a line, in
// the order of the lines' bytes: the merge of files is `LC_ALL=C sort -u`.
// docs/Summary.md describes the lines.
//
// Symbols are written as the module names them. A name that a function, alias
// or global record of the same unit gives local linkage means that unit's
// symbol; all others are one symbol in all units.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PROGRAM_SUMMARY_H
#define KCFI_PROGRAM_SUMMARY_H

#include "kcfi/Analysis/CheckState.h"
#include "kcfi/IR/KCFIEnums.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace mlir::kcfi {

/// The version of the records. It grows when a key or value changes its
/// meaning or goes; a reader refuses versions that it does not know.
inline constexpr unsigned kSummaryVersion = 2;

/// A place that a function pointer can stand in or come from.
enum class PlaceKind : uint8_t {
  /// The function `name` itself: a constant.
  Function,
  /// Parameter `number` of function `name`. All variable arguments share the
  /// number after the last parameter.
  Parameter,
  /// What function `name` returns.
  Result,
  /// The pointer at offset `number` (bytes) in structs of type `name`. The
  /// elements of an array share the offset of the first, the members of a union
  /// its start.
  Field,
  /// The pointer at offset `number` (bytes) in the global variable `name`.
  Global,
  /// The same with an array index that is not constant: an element of which
  /// only
  /// the offset in the first element is known. What is put into one element
  /// flows
  /// here; what is put here flows to the elements as well.
  Elements,
  /// The callee of indirect call `number` of function `name`: SiteRecord.
  Site,
  /// Argument `number` of checked indirect calls of class `id`: parameter of
  /// every function of the class.
  Argument,
  /// What checked indirect calls of class `id` return.
  Returned,
  /// Memory or code that the summary says no more about.
  Elsewhere,
};

struct Place {
  PlaceKind kind = PlaceKind::Elsewhere;
  std::string name;
  uint64_t number = 0;
  uint32_t id = 0;

  /// `field:list+8`, `elements:table+8`, `param:qsort#3`, `site:main#0`,
  /// `argument:0x00050794#1`, `elsewhere` ...
  std::string str() const;
  static std::optional<Place> parse(llvm::StringRef text);

  bool operator<(const Place &other) const {
    return std::tie(kind, name, number, id) <
           std::tie(other.kind, other.name, other.number, other.id);
  }
  bool operator==(const Place &other) const {
    return std::tie(kind, name, number, id) ==
           std::tie(other.kind, other.name, other.number, other.id);
  }
};

/// One module.
struct UnitRecord {
  std::string unit;
  /// Target triple.
  std::string target;
  /// False if the module has no flag `kcfi`: LLVM ignores its ids and checks.
  bool isProtected = false;
  HashKind hash = HashKind::XXHash64;
  bool normalizeIntegers = false;
  /// NOPs between id and entry, and whether prefixes tell the arity.
  uint32_t patchablePrefix = 0;
  bool arity = false;
  /// The names of the equivalences that made the classes, with commas between
  /// them, or "none"; empty where nothing is said.
  std::string equivalences;
};

/// A definition or declaration of a function.
struct FunctionRecord {
  std::string unit, name;
  bool isDefined = false;
  /// Visible in its unit only.
  bool isLocal = false;
  /// The linker takes one of several definitions (weak, linkonce, ...).
  bool isWeak = false;
  /// Something refers to it other than by calling it.
  bool isAddressTaken = false;
  /// The unit compares pointers with its address, as with a sentinel.
  bool isCompared = false;
  std::optional<uint32_t> id;
  /// Definitions of the same machine type and the same code have the same
  /// digest, ids of the functions themselves aside; 0 where it is not known.
  uint64_t body = 0;
  /// The machine type, as LLVM writes it; of definitions that have an id and
  /// whose address is taken.
  std::string shape;
  /// The function that this is an extra entry of, or empty.
  std::string entryOf;
  /// `file:line:column` or empty.
  std::string location;
};

/// A second name of a function: alias, or ifunc with its resolver as target.
struct AliasRecord {
  std::string unit, name, target;
  bool isLocal = false;
  bool isIFunc = false;
  /// The machine type that the name has, as LLVM writes it; the function behind
  /// may have another one.
  std::string shape;
};

/// What is known of the type behind an id.
struct ClassRecord {
  uint32_t id = 0;
  /// What is hashed; empty if not known.
  std::string string;
  /// In the spelling of its language.
  std::string type;
};

/// A global variable that a place of the unit names.
struct GlobalRecord {
  std::string unit, name;
  bool isLocal = false;
};

/// The address of a function is put somewhere: a flow whose source is the
/// function.
struct ViewRecord {
  std::string unit, function;
  Place place;
  std::string location;
};

/// An indirect call.
struct SiteRecord {
  std::string unit, caller;
  /// Counts the indirect calls of `caller`, in the order of the code.
  unsigned index = 0;
  CheckState state = CheckState::Unchecked;
  std::optional<uint32_t> id;
  /// The callee is loaded so many bytes behind a pointer of which no more is
  /// known, such as one to a table of methods; 0 if it comes otherwise.
  uint32_t slot = 0;
  /// The machine type of the call, given with a slot.
  std::string shape;
  std::string location;
};

/// Direct calls of one function by another.
struct CallRecord {
  std::string unit, caller, callee;
  /// A check that LLVM drops without comparing, since the callee is known.
  std::optional<uint32_t> id;
  /// Given where there is an id.
  std::string location;
};

/// A pointer that may be a function moves from one place to another. From
/// `elsewhere` only to places that nothing else than the unit can reach, such
/// as sites: what comes to them is not known in full.
struct FlowRecord {
  std::string unit;
  Place from, to;
};

/// What LLVM's optimiser made of the checks of one class in a unit. All other
/// records of the unit say what was there before.
struct ChecksRecord {
  std::string unit;
  uint32_t id = 0;
  /// Indirect calls with the check.
  uint32_t before = 0, after = 0;
};

/// The optimiser made a checked call a direct one.
struct PromotionRecord {
  std::string unit, caller, callee;
  uint32_t id = 0;
};

/// Protection that the optimiser took away.
struct DamageRecord {
  std::string unit;
  /// The name of a `DamageKind` (Guard.h).
  std::string damage;
  std::string message;
  std::string location;
};

/// A set of records.
class Summary {
public:
  std::vector<UnitRecord> units;
  std::vector<FunctionRecord> functions;
  std::vector<AliasRecord> aliases;
  std::vector<GlobalRecord> globals;
  std::vector<ClassRecord> classes;
  std::vector<ViewRecord> views;
  std::vector<SiteRecord> sites;
  std::vector<CallRecord> calls;
  std::vector<FlowRecord> flows;
  std::vector<ChecksRecord> checks;
  std::vector<PromotionRecord> promotions;
  std::vector<DamageRecord> damages;

  /// Union. Repetitions may stay until `normalize`.
  void merge(Summary &&other);

  /// Gives a unit another name.
  void renameUnit(llvm::StringRef from, llvm::StringRef to);

  /// Sorts the records by their text and removes repetitions. Fails where two
  /// different unit records have one name.
  llvm::Error normalize();

  /// One JSON object a line. The summary must be normalized.
  void write(llvm::raw_ostream &os) const;

  /// Reads what `write` wrote, with lines in any order and repeated; the result
  /// is normalized. Errors name buffer and line: text that is not JSON, a
  /// missing or unknown key, a value of the wrong type, an unknown version or
  /// kind, a record of a unit that has no unit record, two different unit
  /// records of one name.
  static llvm::Expected<Summary> read(llvm::MemoryBufferRef buffer);
};

} // namespace mlir::kcfi

#endif // KCFI_PROGRAM_SUMMARY_H
