//===- Audit.cpp - What will trap, and why -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Audit/Audit.h"
#include "MergedFunctions.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/Program/FlowGraph.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

class Auditor {
public:
  explicit Auditor(const Program &program) : program(program), flows(program) {}

  std::vector<Finding> run() &&;

private:
  void findConflicts();
  void findFlows();
  void findMerged();
  void findDirectCalls();
  void findHazards();
  void findTwoIds();
  void findMissingIds();
  void findUnits();
  void findClasses();
  void findUnchecked();
  void findMergeable();

  void addAlias(const Symbol &symbol, const LostType &type);
  void addForeignMethod(ArrayRef<ForeignMethod> places);
  void addLostMethod(const LostMethod &lost);
  void addFlow(unsigned function, ArrayRef<FlowPath> paths);
  Finding &add(FindingKind kind, std::string message, StringRef place,
               const Symbol *symbol = nullptr);
  StringRef getPlace(const Symbol &symbol) const;
  StringRef getPlace(const Site &site) const;
  std::string describeFunction(const Symbol &symbol) const;
  std::string describeCall(const Site &site) const;

  const Program &program;
  FlowGraph flows;
  std::vector<Finding> findings;
  /// Functions that flow to some call.
  std::set<unsigned> flowing;
};

} // namespace

//===----------------------------------------------------------------------===//
// Kinds
//===----------------------------------------------------------------------===//

namespace {
/// A row of the table of kinds.
struct FindingRow {
  FindingKind kind;
  StringRef name;
  Severity severity;
};
} // namespace

static constexpr FindingRow kFindingRows[] = {
#define FINDING(kind, name, severity, text)                                    \
  {FindingKind::kind, name, Severity::severity},
#include "kcfi/Audit/FindingKinds.def"
};

static const FindingRow &getRow(FindingKind kind) {
  return kFindingRows[static_cast<unsigned>(kind)];
}

StringRef mlir::kcfi::getFindingName(FindingKind kind) {
  return getRow(kind).name;
}

Severity mlir::kcfi::getSeverity(FindingKind kind) {
  return getRow(kind).severity;
}

StringRef mlir::kcfi::getSeverityName(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Note:
    return "note";
  }
  llvm_unreachable("unknown severity");
}

FindingKinds mlir::kcfi::getDefaultFailures() {
  FindingKinds kinds;
  for (const FindingRow &row : kFindingRows)
    if (row.severity == Severity::Error)
      kinds.insert(row.kind);
  return kinds;
}

llvm::Expected<FindingKinds> mlir::kcfi::parseFindingKinds(StringRef text) {
  FindingKinds kinds;
  if (text == "none")
    return kinds;
  for (StringRef name : llvm::split(text, ',')) {
    bool isKnown = false;
    for (const FindingRow &row : kFindingRows)
      if (name == "all" || name == row.name) {
        kinds.insert(row.kind);
        isKnown = true;
      }
    if (!isKnown)
      return llvm::createStringError(
          Twine("unknown kind of finding '") + name + "', expected " +
          llvm::join(
              llvm::map_range(kFindingRows,
                              [](const FindingRow &row) { return row.name; }),
              ", ") +
          ", all or none");
  }
  return kinds;
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

Finding &Auditor::add(FindingKind kind, std::string message, StringRef place,
                      const Symbol *symbol) {
  Finding &finding = findings.emplace_back();
  finding.kind = kind;
  finding.message = std::move(message);
  finding.place = place.str();
  if (symbol)
    finding.symbol = symbol->name.str();
  return finding;
}

StringRef Auditor::getPlace(const Symbol &symbol) const {
  if (StringRef location = symbol.getLocation(); !location.empty())
    return location;
  if (symbol.definition)
    return symbol.definition->unit;
  if (symbol.alias)
    return symbol.alias->unit;
  return symbol.records.empty() ? StringRef("") : symbol.records[0]->unit;
}

StringRef Auditor::getPlace(const Site &site) const {
  return site.record->location.empty() ? site.record->unit
                                       : site.record->location;
}

std::string Auditor::describeFunction(const Symbol &symbol) const {
  std::string text = program.describeId(symbol.id) + ", ";
  text += symbol.isDefined() ? "defined" : "declared";
  return text + " at " + getPlace(symbol).str();
}

std::string Auditor::describeCall(const Site &site) const {
  return program.describeId(site.id) + ", in " + program.describeCaller(site) +
         " at " + getPlace(site).str();
}

void Auditor::findConflicts() {
  for (const Conflict &conflict : program.conflicts)
    add(FindingKind::MixedOptions, conflict.str(), conflict.unitB)
        .details.emplace_back("why",
                              "ids and checks of the two units do not fit "
                              "together: correct calls between them trap");
}

/// One finding for a function and the class that it is called as.
void Auditor::addFlow(unsigned function, ArrayRef<FlowPath> paths) {
  const Symbol &symbol = program.symbols[function];
  const FlowPath &first = paths.front();
  const Site &site = program.sites[first.site];
  bool isWrongClass = symbol.id && symbol.id != site.id;
  Finding &finding =
      add(isWrongClass ? FindingKind::WrongClassFlow
                       : FindingKind::UnprotectedTarget,
          symbol.str() + " is called as " + program.getTypeName(*site.id) +
              " by " + program.describeCaller(site),
          getPlace(site), &symbol);
  finding.functionId = symbol.id;
  finding.callId = site.id;
  bool isUnion = isWrongClass && flows.isAlsoCalledAs(first, *symbol.id);
  finding.doubts = isUnion + symbol.isCompared;
  finding.rank = {first.classesAtSite, first.nodes.size()};
  finding.details = {{"function", describeFunction(symbol)},
                     {"call", describeCall(site)},
                     {"way", flows.describe(first)}};
  if (StringRef taken = flows.getViewLocation(first); !taken.empty())
    finding.details.back().second += "; address taken at " + taken.str();
  constexpr size_t kShown = 4;
  for (const FlowPath &path : paths.take_front(kShown).drop_front())
    finding.details.emplace_back("also",
                                 flows.describe(path) + " at " +
                                     getPlace(program.sites[path.site]).str());
  if (paths.size() > kShown)
    finding.details.emplace_back("also", std::to_string(paths.size() - kShown) +
                                             " more call(s)");
  if (isUnion)
    finding.details.emplace_back(
        "doubt", "what comes this way is also called as the function's own "
                 "type: the program may tell the two apart");
  if (symbol.isCompared)
    finding.details.emplace_back(
        "doubt", "pointers are compared with the function's address: it may "
                 "stand for something else than a call");
  if (isWrongClass)
    finding.details.emplace_back(
        "why", "the check compares the id in front of the function with the "
               "call's, and they differ");
  else if (symbol.isDefined())
    finding.details.emplace_back(
        "why", "there is no id in front of the function to compare with");
  else
    finding.details.emplace_back(
        "why", "no unit defines the function: unless a protected library does, "
               "there is no id in front of it to compare with");
}

void Auditor::findFlows() {
  // What a function is called as: each class once, with all calls.
  std::map<std::pair<unsigned, uint32_t>, std::vector<FlowPath>> wrong;
  std::set<std::optional<uint32_t>> outside;
  for (const Symbol &symbol : program.symbols)
    if (!symbol.isDefined() && symbol.isAddressTaken && symbol.id)
      outside.insert(symbol.id);
  for (unsigned index = 0; index < program.sites.size(); ++index) {
    const Site &site = program.sites[index];
    if (!site.id)
      continue;
    bool isMixed = flows.countClasses(index) > FlowGraph::kMaxClasses;
    auto isWrong = [&](unsigned function) {
      const Symbol &symbol = program.symbols[function];
      flowing.insert(function);
      // The functions behind ifuncs are not known.
      return !symbol.alias && !(symbol.isDefined() && symbol.id == site.id);
    };
    auto isOutside = [&](unsigned function) {
      const Symbol &symbol = program.symbols[function];
      return !symbol.isDefined() && symbol.id == site.id;
    };
    std::vector<FlowPath> paths = flows.findSources(index, false, isWrong);
    // Where many types meet, the type of a function tells where it goes.
    if (isMixed && outside.count(site.id))
      for (FlowPath &path : flows.findSources(index, true, isOutside))
        if (flowing.insert(path.function).second)
          paths.push_back(std::move(path));
    for (FlowPath &path : paths)
      wrong[{path.function, *site.id}].push_back(std::move(path));
    if (isMixed) {
      Finding &finding = add(
          FindingKind::MixedSite,
          "functions of more than " + std::to_string(FlowGraph::kMaxClasses) +
              " types may come to a call in " + program.describeCaller(site),
          getPlace(site));
      finding.callId = site.id;
      finding.details = {{"call", describeCall(site)},
                         {"why", "the flow of pointers is too coarse here to "
                                 "tell which of them do"}};
    }
  }
  for (auto &[key, paths] : wrong) {
    llvm::sort(paths, [](const FlowPath &a, const FlowPath &b) {
      return std::make_tuple(a.classesAtSite, a.nodes.size(), a.site) <
             std::make_tuple(b.classesAtSite, b.nodes.size(), b.site);
    });
    addFlow(key.first, paths);
  }
}

void Auditor::findMerged() {
  MergedFunctions merged(program);
  for (unsigned index = 0; index < program.symbols.size(); ++index)
    for (const LostType &type : merged.findLostTypes(index))
      addAlias(program.symbols[index], type);

  // One finding for a function and the type that it has to have.
  std::map<std::pair<unsigned, uint32_t>, std::vector<ForeignMethod>> foreign;
  for (ForeignMethod &method : merged.findForeignMethods())
    foreign[{method.function, method.id}].push_back(std::move(method));
  for (const auto &[key, places] : foreign)
    addForeignMethod(places);
  std::set<uint32_t> found;
  for (const auto &[key, places] : foreign)
    found.insert(key.second);
  for (const LostMethod &lost : merged.findLostMethods())
    if (!found.count(lost.id))
      addLostMethod(lost);
}

void Auditor::addForeignMethod(ArrayRef<ForeignMethod> places) {
  // Calls look at one place of the tables.
  const auto *called = llvm::find_if(
      places, [](const ForeignMethod &method) { return method.call; });
  const ForeignMethod &first = called == places.end() ? places[0] : *called;
  const Symbol &symbol = program.symbols[first.function];
  Finding &finding =
      add(first.call ? FindingKind::MergedMethod : FindingKind::MergedFunction,
          symbol.str() + " stands for a method of another type",
          first.unit.str(), &symbol);
  finding.functionId = symbol.id;
  finding.callId = first.id;
  finding.rank = {!first.example, 0};
  finding.details = {
      {"function",
       demangleRustName(symbol.name) + ", " + describeFunction(symbol)},
      {"table", "byte " + std::to_string(first.offset) + " of the methods of " +
                    first.self.str() + ", " + first.table.str() + " of " +
                    first.unit.str()}};
  finding.details.emplace_back(
      "expected",
      program.describeId(first.id) +
          (first.example
               ? ", as of " +
                     demangleRustName(program.symbols[*first.example].name)
               : ", which calls look for and no address-taken function has"));
  constexpr size_t kShown = 4;
  for (const ForeignMethod &place : places.take_front(kShown))
    if (&place != &first)
      finding.details.emplace_back(
          "also", "byte " + std::to_string(place.offset) +
                      " of the methods of " + place.self.str() + " in " +
                      place.unit.str());
  if (places.size() > kShown)
    finding.details.emplace_back(
        "also", std::to_string(places.size() - kShown) + " more table(s)");
  if (first.call)
    finding.details.emplace_back("call", describeCall(*first.call));
  finding.details.emplace_back(
      "why",
      first.call
          ? "a pass that merges equal functions of different types "
            "(MergeFunctions) put it there; calls of the method find its "
            "id and trap"
          : "a pass that merges equal functions of different types "
            "(MergeFunctions) put it there, but no call of the method is "
            "seen");
}

void Auditor::addAlias(const Symbol &symbol, const LostType &type) {
  const Symbol &target = program.symbols[symbol.target];
  std::string place = getPlace(symbol).str();
  if (type.declaration)
    place = type.declaration->location.empty() ? type.declaration->unit
                                               : type.declaration->location;
  else if (type.call)
    place = getPlace(*type.call);
  std::string message = "alias " + symbol.str() + " of " + target.str();
  message += type.isChecked() ? " has the id of another type"
             : type.id        ? " was of another type"
                              : " may have been of another type";
  Finding &finding =
      add(type.isChecked() ? FindingKind::AliasId : FindingKind::MergedFunction,
          std::move(message), place, &symbol);
  finding.functionId = target.id;
  finding.callId = type.id;
  finding.rank = {static_cast<size_t>(type.evidence), 0};

  auto describe = [&](StringRef name, StringRef text) {
    std::string path = demangleRustName(name);
    return path.empty() ? text.str()
                        : path + (text.empty() ? "" : ", " + text).str();
  };
  if (std::string path = describe(symbol.name, ""); !path.empty())
    finding.details.emplace_back("alias", path);
  finding.details.emplace_back("function",
                               describe(target.name, describeFunction(target)));
  std::string known;
  switch (type.evidence) {
  case LostType::Evidence::Declared:
    known = " in " + type.declaration->unit;
    break;
  case LostType::Evidence::OtherMethods:
    known = ", that of other implementations of the method";
    break;
  case LostType::Evidence::Calls:
    known = ", which calls look for and no address-taken function has";
    break;
  case LostType::Evidence::Unknown:
    break;
  }
  if (type.id)
    finding.details.emplace_back(type.declaration ? "declared" : "type",
                                 program.describeId(type.id) + known);
  if (type.call)
    finding.details.emplace_back(
        "call", describeCall(*type.call) + ": of byte " +
                    std::to_string(type.call->record->slot) + " of a table; " +
                    symbol.alias->unit + " has " + std::to_string(type.tables) +
                    " table(s) with the function there");
  StringRef why;
  if (type.isChecked())
    why = "calls through pointers to the alias find the function's id; a pass "
          "that merges equal functions of different types (MergeFunctions) "
          "leaves such aliases behind";
  else if (type.id)
    why = "its own id is lost, but nothing here calls it by its address";
  else
    why = "rustc gives a function two names only by merging equal functions, "
          "whatever their types are; no call that would notice is seen";
  finding.details.emplace_back("why", why.str());
}

void Auditor::addLostMethod(const LostMethod &lost) {
  const Symbol &first = program.symbols[lost.functions.front()];
  Finding &finding =
      add(FindingKind::MergedMethod,
          "methods of type " + program.getTypeName(lost.id) + ", called by " +
              program.describeCaller(*lost.call) + ", are gone",
          getPlace(*lost.call), &first);
  finding.callId = lost.id;
  if (lost.functions.size() == 1)
    finding.functionId = first.id;
  // After those whose table tells the function.
  finding.rank = {2, lost.functions.size()};
  finding.details = {{"call", describeCall(*lost.call) + ": of byte " +
                                  std::to_string(lost.call->record->slot) +
                                  " of a table"}};
  constexpr size_t kShown = 4;
  for (unsigned index : ArrayRef(lost.functions).take_front(kShown)) {
    const Symbol &symbol = program.symbols[index];
    finding.details.emplace_back("instead", demangleRustName(symbol.name) +
                                                ", " +
                                                describeFunction(symbol));
  }
  if (lost.functions.size() > kShown)
    finding.details.emplace_back(
        "instead", std::to_string(lost.functions.size() - kShown) + " more");
  finding.details.emplace_back(
      "why",
      lost.functions.size() == 1
          ? "no address-taken function has the type, but this one stands "
            "there in several tables: a pass that merges equal functions "
            "of different types (MergeFunctions) put it there"
          : "no address-taken function has the type, but these stand "
            "there in several tables each: a pass that merges equal "
            "functions of different types (MergeFunctions) put one or "
            "more of them there");
}

void Auditor::findDirectCalls() {
  for (const DirectCall &call : program.calls) {
    const Symbol &callee = program.symbols[call.callee];
    std::optional<uint32_t> id = call.record->id;
    // Of a callee that is not defined and has no id nothing is known.
    if (!id || callee.id == id || (!callee.isDefined() && !callee.id))
      continue;
    const Symbol &caller = program.symbols[call.caller];
    Finding &finding =
        add(FindingKind::DirectMismatch,
            "the callee of a checked call in " + caller.str() + " is always " +
                callee.str() + ", of another type",
            call.record->location.empty() ? call.record->unit
                                          : call.record->location,
            &callee);
    finding.functionId = callee.id;
    finding.callId = id;
    finding.details = {
        {"function", describeFunction(callee)},
        {"call", program.describeId(id)},
        {"why", "the check would fail; LLVM drops checks of direct calls "
                "without comparing, so the wrong call is made"}};
  }
}

void Auditor::findHazards() {
  llvm::StringMap<std::unique_ptr<TargetInfo>> targets;
  auto getTarget = [&](StringRef unit) -> const TargetInfo * {
    const UnitRecord &record = program.getUnit(unit);
    auto [it, isNew] = targets.try_emplace(record.target);
    if (isNew && !record.target.empty()) {
      if (auto found = TargetInfo::lookup(record.target))
        it->second = std::move(*found);
      else
        llvm::consumeError(found.takeError());
    }
    return record.isProtected ? it->second.get() : nullptr;
  };
  std::set<std::pair<uint32_t, std::string>> reported;
  auto check = [&](uint32_t id, StringRef unit, bool isBundle, StringRef place,
                   const Twine &subject, const Symbol *symbol) {
    const TargetInfo *target = getTarget(unit);
    if (!target)
      return;
    std::string reason;
    if (std::optional<std::string> text = target->getReservedIdReason(id))
      reason = *text;
    else if (target->getStoredId(id) != id)
      reason = "LLVM stores it as " + formatTypeId(target->getStoredId(id)) +
               ", since it looks like an instruction that starts a function; "
               "prefixes written by hand do not fit";
    // Back ends without bundles rely on a pass that gets ids right.
    else if (isBundle && target->hasNativeBundles())
      reason = target->decide({id}).reason;
    if (reason.empty() || !reported.insert({id, reason}).second)
      return;
    Finding &finding = add(
        FindingKind::TargetHazard,
        ("LLVM gets the id of " + subject + " wrong on " + target->getName())
            .str(),
        place, symbol);
    finding.callId = id;
    finding.details = {{"id", program.describeId(id)}, {"why", reason}};
  };
  for (const Symbol &symbol : program.symbols)
    if (symbol.id && symbol.definition)
      check(*symbol.id, symbol.definition->unit, /*isBundle=*/false,
            getPlace(symbol), symbol.str(), &symbol);
  for (const Site &site : program.sites)
    if (site.id)
      check(*site.id, site.record->unit, site.state == CheckState::Bundle,
            getPlace(site), "a call in " + program.describeCaller(site),
            nullptr);
}

void Auditor::findTwoIds() {
  for (const Symbol &symbol : program.symbols) {
    if (symbol.alias)
      continue;
    std::map<uint32_t, const FunctionRecord *> ids;
    for (const FunctionRecord *record : symbol.records)
      if (record->id && program.getUnit(record->unit).isProtected) {
        const FunctionRecord *&entry = ids[*record->id];
        if (!entry || (record->isDefined && !entry->isDefined))
          entry = record;
      }
    if (ids.size() < 2)
      continue;
    Finding &finding = add(FindingKind::SymbolTwoIds,
                           symbol.str() + " has " + std::to_string(ids.size()) +
                               " different ids in different units",
                           getPlace(symbol), &symbol);
    finding.functionId = symbol.id;
    // Only a function whose address is taken is called with a check.
    finding.rank = {!symbol.isAddressTaken, 0};
    for (auto [id, record] : ids)
      finding.details.emplace_back(
          record->isDefined ? "defined" : "declared",
          program.describeId(id) + " in " + record->unit +
              (record->location.empty() ? "" : " at " + record->location));
    finding.details.emplace_back(
        "why", symbol.isAddressTaken
                   ? "the linker takes one definition with its id; calls by a "
                     "unit that declares another type trap"
                   : "the types differ; its address is not taken, so that no "
                     "check notices");
  }
}

void Auditor::findMissingIds() {
  for (unsigned index = 0; index < program.symbols.size(); ++index) {
    const Symbol &symbol = program.symbols[index];
    if (!symbol.isAddressTaken || symbol.records.empty() || symbol.alias ||
        flowing.count(index))
      continue;
    std::string taken = flows.describeViews(index);
    auto details = [&](Finding &finding, StringRef why) {
      finding.details.emplace_back("function", describeFunction(symbol));
      if (!taken.empty())
        finding.details.emplace_back("taken", taken);
      finding.details.emplace_back("why", why.str());
    };
    if (!symbol.isDefined()) {
      details(
          add(FindingKind::UnprotectedTaken,
              "the address of " + symbol.str() +
                  ", which no unit defines, is taken",
              getPlace(symbol), &symbol),
          "unless a protected library defines it, checked calls of it trap");
    } else if (!symbol.id &&
               program.getUnit(symbol.definition->unit).isProtected) {
      details(add(FindingKind::NoId,
                  symbol.str() + " has no id, but its address is taken",
                  getPlace(symbol), &symbol),
              "there is no id in front of it: checked calls of it trap");
    }
  }
}

void Auditor::findUnits() {
  std::map<StringRef, size_t> definitions;
  for (const FunctionRecord &record : program.summary.functions)
    definitions[record.unit] += record.isDefined;
  for (const UnitRecord &unit : program.summary.units)
    if (size_t count = definitions[unit.unit]; count && !unit.isProtected)
      add(FindingKind::UnprotectedUnit,
          "unit '" + unit.unit + "' is not compiled with KCFI", unit.unit)
          .details.emplace_back(
              "why", "LLVM gives its " + std::to_string(count) +
                         " function(s) no ids and its calls no checks; checked "
                         "calls of them by other units trap");
}

void Auditor::findClasses() {
  auto list = [&](ArrayRef<std::string> names) {
    std::string text = llvm::join(names.take_front(5), ", ");
    if (names.size() > 5)
      text += " and " + std::to_string(names.size() - 5) + " more";
    return text;
  };
  for (const auto &[id, entry] : program.classes) {
    if (!entry.sites.empty() && !entry.addressTaken) {
      const Site &site = program.sites[entry.sites.front()];
      std::vector<std::string> callers;
      for (unsigned index : entry.sites)
        callers.push_back(program.describeCaller(program.sites[index]));
      callers.erase(llvm::unique(callers), callers.end());
      Finding &finding = add(FindingKind::SiteWithoutTarget,
                             std::to_string(entry.sites.size()) +
                                 " call(s) of type " + program.getTypeName(id) +
                                 ", which no address-taken function has",
                             getPlace(site));
      finding.callId = id;
      finding.details = {{"callers", list(callers)},
                         {"why", "whatever they call traps, or they are not "
                                 "reached, or units are missing here"}};
    }
    std::vector<std::string> functions;
    const Symbol *first = nullptr;
    // Those that are not defined here have a kind of their own.
    for (unsigned index : entry.functions)
      if (const Symbol &symbol = program.symbols[index];
          symbol.isAddressTaken && symbol.isDefined()) {
        first = first ? first : &symbol;
        functions.push_back(symbol.str());
      }
    if (entry.sites.empty() && first) {
      Finding &finding =
          add(FindingKind::FunctionWithoutSite,
              std::to_string(functions.size()) +
                  " address-taken function(s) of type " +
                  program.getTypeName(id) + ", which no call has",
              getPlace(*first), first);
      finding.functionId = id;
      finding.details = {{"functions", list(functions)},
                         {"why", "checked calls of them trap, or code outside "
                                 "of these units calls them, or nothing does"}};
    }
  }
}

void Auditor::findUnchecked() {
  for (const Site &site : program.sites) {
    if (site.state != CheckState::Unchecked ||
        !program.getUnit(site.record->unit).isProtected)
      continue;
    add(FindingKind::UncheckedSite,
        "an indirect call in " + program.describeCaller(site) + " has no check",
        getPlace(site))
        .details.emplace_back(
            "why", "it may call anything: compilers leave checks out "
                   "where the type has no prototype or on request");
  }
}

void Auditor::findMergeable() {
  std::map<uint64_t, std::vector<const Symbol *>> bodies;
  for (const Symbol &symbol : program.symbols)
    if (symbol.definition && symbol.definition->body && symbol.id &&
        symbol.isAddressTaken)
      bodies[symbol.definition->body].push_back(&symbol);
  for (const auto &[body, symbols] : bodies) {
    std::set<std::optional<uint32_t>> ids;
    for (const Symbol *symbol : symbols)
      ids.insert(symbol->id);
    if (ids.size() < 2)
      continue;
    Finding &finding =
        add(FindingKind::MergeCandidates,
            std::to_string(symbols.size()) + " functions of " +
                std::to_string(ids.size()) + " types have the same code",
            getPlace(*symbols.front()), symbols.front());
    for (const Symbol *symbol : symbols)
      finding.details.emplace_back("function", symbol->str() + ": " +
                                                   describeFunction(*symbol));
    finding.details.emplace_back(
        "why", "LLVM's MergeFunctions makes one of them, with one id; calls of "
               "the others trap then");
  }
}

std::vector<Finding> Auditor::run() && {
  findConflicts();
  findFlows();
  findMerged();
  findDirectCalls();
  findHazards();
  findTwoIds();
  findMissingIds();
  findUnits();
  findClasses();
  findUnchecked();
  findMergeable();
  auto getKey = [](const Finding &finding) {
    return std::make_tuple(getSeverity(finding.kind), finding.doubts,
                           finding.kind, finding.rank);
  };
  llvm::sort(findings, [&](const Finding &a, const Finding &b) {
    if (getKey(a) != getKey(b))
      return getKey(a) < getKey(b);
    return std::tie(a.symbol, a.place, a.message, a.details) <
           std::tie(b.symbol, b.place, b.message, b.details);
  });
  return std::move(findings);
}

std::vector<Finding> mlir::kcfi::audit(const Program &program) {
  return Auditor(program).run();
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

static std::map<FindingKind, size_t> count(ArrayRef<Finding> findings) {
  std::map<FindingKind, size_t> counts;
  for (const Finding &finding : findings)
    ++counts[finding.kind];
  return counts;
}

void mlir::kcfi::printTextFindings(ArrayRef<Finding> findings, bool all,
                                   llvm::raw_ostream &os) {
  bool hasHidden = false;
  for (const Finding &finding : findings) {
    Severity severity = getSeverity(finding.kind);
    if (severity == Severity::Note && !all) {
      hasHidden = true;
      continue;
    }
    if (!finding.place.empty())
      os << finding.place << ": ";
    os << getSeverityName(severity) << ": " << finding.message << " ["
       << getFindingName(finding.kind) << "]\n";
    for (const auto &[word, text] : finding.details)
      os << "  " << word << ": " << text << "\n";
  }
  os << "findings: " << findings.size() << "\n";
  for (auto [kind, number] : count(findings))
    os << "  " << getFindingName(kind) << " ("
       << getSeverityName(getSeverity(kind)) << "): " << number << "\n";
  if (hasHidden)
    os << "notes are counted only; --all lists them\n";
}

void mlir::kcfi::printJSONFindings(ArrayRef<Finding> findings,
                                   llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  auto text = [](StringRef value) { return llvm::json::fixUTF8(value); };
  json.object([&] {
    json.attribute("format", "kcfi-audit 1");
    json.attributeObject("counts", [&] {
      for (auto [kind, number] : count(findings))
        json.attribute(getFindingName(kind), static_cast<int64_t>(number));
    });
    json.attributeArray("findings", [&] {
      for (const Finding &finding : findings)
        json.object([&] {
          json.attribute("kind", getFindingName(finding.kind));
          json.attribute("severity",
                         getSeverityName(getSeverity(finding.kind)));
          json.attribute("message", text(finding.message));
          json.attribute("place", text(finding.place));
          if (!finding.symbol.empty())
            json.attribute("symbol", text(finding.symbol));
          if (finding.functionId)
            json.attribute("function_id",
                           static_cast<int64_t>(*finding.functionId));
          if (finding.callId)
            json.attribute("call_id", static_cast<int64_t>(*finding.callId));
          json.attributeArray("details", [&] {
            for (const auto &[word, line] : finding.details)
              json.object([&, word = word, &line = line] {
                json.attribute("about", word);
                json.attribute("text", text(line));
              });
          });
        });
    });
  });
  os << "\n";
}
