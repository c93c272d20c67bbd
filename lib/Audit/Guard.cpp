//===- Guard.cpp - What passes did to ids and checks -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Audit/Guard.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Analysis/TargetLibraryInfo.h"

using namespace mlir;
using namespace mlir::kcfi;

StringRef mlir::kcfi::getDamageName(DamageKind kind) {
  switch (kind) {
  case DamageKind::OptionsChanged:
    return "options-changed";
  case DamageKind::IdLost:
    return "id-lost";
  case DamageKind::IdChanged:
    return "id-changed";
  case DamageKind::AliasId:
    return "alias-id";
  case DamageKind::ViewChanged:
    return "view-changed";
  case DamageKind::NoId:
    return "no-id";
  case DamageKind::CheckLost:
    return "check-lost";
  case DamageKind::CheckChanged:
    return "check-changed";
  case DamageKind::WrongPromotion:
    return "wrong-promotion";
  case DamageKind::MismatchDropped:
    return "mismatch-dropped";
  }
  llvm_unreachable("unknown kind of damage");
}

namespace {

/// What a function may contain after inlining.
struct Reach {
  std::set<uint32_t> checkedIds;
  bool hasUnchecked = false;
  /// Functions that are called directly.
  std::set<unsigned> callees;
};

class Comparison {
public:
  Comparison(const Program &before, const Program &after);
  std::vector<Damage> run() &&;

private:
  void compareUnits();
  void compareFunctions();
  void compareViews();
  void compareSites();
  void compareCalls();

  /// The symbol of the same name on the other side.
  std::optional<unsigned> find(const Program &program, const Symbol &symbol);
  /// The function that the code of `symbol`, of the program after, comes from.
  std::optional<unsigned> findOrigin(const Symbol &symbol);
  const Reach &getReach(std::optional<unsigned> function);
  void add(DamageKind kind, const Twine &message, StringRef location,
           StringRef unit);

  const Program &before, &after;
  std::vector<Damage> damages;
  /// Of the program before.
  std::vector<SmallVector<unsigned, 2>> sitesOf, callsOf;
  std::map<unsigned, Reach> reaches;
  Reach everything;
};

} // namespace

Comparison::Comparison(const Program &before, const Program &after)
    : before(before), after(after), sitesOf(before.symbols.size()),
      callsOf(before.symbols.size()) {
  for (auto [index, site] : llvm::enumerate(before.sites)) {
    sitesOf[site.caller].push_back(index);
    everything.hasUnchecked |= !site.id;
    if (site.id)
      everything.checkedIds.insert(*site.id);
  }
  for (auto [index, call] : llvm::enumerate(before.calls)) {
    callsOf[call.caller].push_back(index);
    everything.callees.insert(before.symbols[call.callee].target);
  }
}

void Comparison::add(DamageKind kind, const Twine &message, StringRef location,
                     StringRef unit) {
  damages.push_back(
      {kind, message.str(), (location.empty() ? unit : location).str()});
}

std::optional<unsigned> Comparison::find(const Program &program,
                                         const Symbol &symbol) {
  // One module on each side need not have one name; symbols may become local.
  StringRef unit = program.summary.units.size() == 1
                       ? StringRef(program.summary.units[0].unit)
                       : symbol.unit;
  std::optional<unsigned> found = program.findSymbol(unit, symbol.name);
  if (found && program.symbols[*found].records.empty() &&
      !program.symbols[*found].alias)
    return std::nullopt;
  return found;
}

std::optional<unsigned> Comparison::findOrigin(const Symbol &symbol) {
  // Parts and copies of functions are called f.cold.1 or f.specialized.2.
  for (Symbol original = symbol;;) {
    if (std::optional<unsigned> found = find(before, original))
      return before.symbols[*found].target;
    size_t dot = original.name.rfind('.');
    if (dot == StringRef::npos || dot == 0)
      return std::nullopt;
    original.name = original.name.take_front(dot);
  }
}

const Reach &Comparison::getReach(std::optional<unsigned> function) {
  // Of a function that passes made nothing is known.
  if (!function)
    return everything;
  auto [it, isNew] = reaches.try_emplace(*function);
  Reach &reach = it->second;
  if (!isNew)
    return reach;
  std::vector<unsigned> queue = {*function};
  std::set<unsigned> seen = {*function};
  auto visit = [&](unsigned callee) {
    if (seen.insert(callee).second)
      queue.push_back(callee);
  };
  for (size_t i = 0; i < queue.size(); ++i) {
    for (unsigned index : sitesOf[queue[i]]) {
      const Site &site = before.sites[index];
      if (!site.id) {
        reach.hasUnchecked = true;
        continue;
      }
      // A call may become direct and then be inlined.
      if (reach.checkedIds.insert(*site.id).second)
        for (unsigned callee : before.classes.at(*site.id).functions)
          if (before.symbols[callee].isAddressTaken)
            visit(callee);
    }
    for (unsigned index : callsOf[queue[i]]) {
      unsigned callee = before.symbols[before.calls[index].callee].target;
      reach.callees.insert(callee);
      visit(callee);
    }
  }
  return reach;
}

void Comparison::compareUnits() {
  for (const UnitRecord &unit : before.summary.units) {
    const UnitRecord *other =
        after.summary.units.size() == 1 && before.summary.units.size() == 1
            ? &after.summary.units[0]
            : after.findUnit(unit.unit);
    if (!other || !unit.isProtected)
      continue;
    auto changed = [&](const Twine &what) {
      add(DamageKind::OptionsChanged, what, "", other->unit);
    };
    if (!other->isProtected) {
      changed(
          "the module flag 'kcfi' is gone: LLVM ignores all ids and checks");
      continue;
    }
    if (unit.hash != other->hash)
      changed("the hash of ids changed");
    if (unit.patchablePrefix != other->patchablePrefix)
      changed("the patchable prefix changed from " +
              Twine(unit.patchablePrefix) + " to " +
              Twine(other->patchablePrefix) + " NOPs");
  }
}

void Comparison::compareFunctions() {
  for (const Symbol &symbol : before.symbols) {
    if (symbol.records.empty() || symbol.alias || !symbol.id)
      continue;
    std::optional<unsigned> found = find(after, symbol);
    if (!found)
      continue;
    const Symbol &now = after.symbols[*found];
    if (now.id == symbol.id || (now.alias && now.alias->isIFunc))
      continue;
    StringRef unit = now.alias ? now.alias->unit : now.records[0]->unit;
    std::string was = before.describeId(symbol.id);
    if (now.alias)
      add(DamageKind::AliasId,
          symbol.str() + " became an alias of " +
              after.symbols[now.target].str() + ": its id was " + was +
              ", now it is " + after.describeId(now.id),
          symbol.getLocation(), unit);
    else if (!now.id)
      add(DamageKind::IdLost, symbol.str() + " lost its id " + was,
          now.getLocation(), unit);
    else
      add(DamageKind::IdChanged,
          "the id of " + symbol.str() + " was " + was + ", now it is " +
              after.describeId(now.id),
          now.getLocation(), unit);
  }
  for (auto [index, symbol] : llvm::enumerate(after.symbols)) {
    if (!symbol.definition || symbol.id || !symbol.isAddressTaken ||
        !after.getUnit(symbol.definition->unit).isProtected)
      continue;
    std::optional<unsigned> found = find(before, symbol);
    // One that had an id has been reported; one that had none is not new.
    if (found &&
        (before.symbols[*found].id || before.symbols[*found].isAddressTaken))
      continue;
    add(DamageKind::NoId,
        "the address of " + symbol.str() +
            ", which has no id, is taken now; checked calls of it trap",
        symbol.getLocation(), symbol.definition->unit);
  }
}

void Comparison::compareViews() {
  using Key = std::pair<Place, StringRef>;
  // Units with one module each need not have one name.
  bool isOne =
      before.summary.units.size() == 1 && after.summary.units.size() == 1;
  auto collect = [&](const Program &program) {
    std::map<Key, std::vector<const View *>> views;
    for (const View &view : program.views) {
      PlaceKind kind = view.record->place.kind;
      // Calls are numbered anew when code changes.
      if (kind != PlaceKind::Site && kind != PlaceKind::Elsewhere)
        views[{view.record->place, isOne ? "" : view.record->unit}].push_back(
            &view);
    }
    return views;
  };
  std::map<Key, std::vector<const View *>> old = collect(before),
                                           current = collect(after);
  for (const auto &[key, views] : old) {
    auto it = current.find(key);
    // The place is gone, or nothing is written to it.
    if (it == current.end())
      continue;
    std::set<std::optional<uint32_t>> oldIds, ids;
    for (const View *view : views)
      oldIds.insert(before.symbols[view->function].id);
    for (const View *view : it->second)
      ids.insert(after.symbols[view->function].id);
    for (const View *view : views) {
      const Symbol &symbol = before.symbols[view->function];
      if (!symbol.id || ids.count(symbol.id))
        continue;
      // Initializers of globals stay as they are. Elsewhere the code that took
      // the address may be gone: then the function must be gone as well, and
      // another have come.
      bool isGlobal = key.first.kind == PlaceKind::Global;
      const Symbol *now = nullptr;
      for (const View *candidate : it->second) {
        const Symbol &other = after.symbols[candidate->function];
        // A function that lost its id has been reported.
        if (other.name == symbol.name) {
          now = nullptr;
          break;
        }
        if (isGlobal || (!oldIds.count(other.id) && !find(after, symbol)))
          now = &other;
      }
      if (now)
        add(DamageKind::ViewChanged,
            key.first.str() + " held " + symbol.str() + " with id " +
                before.describeId(symbol.id) + ", now it holds " + now->str() +
                " with id " + after.describeId(now->id),
            it->second.front()->record->location,
            it->second.front()->record->unit);
    }
  }
}

void Comparison::compareSites() {
  for (const Site &site : after.sites) {
    if (!after.getUnit(site.record->unit).isProtected)
      continue;
    const Reach &reach = getReach(findOrigin(after.symbols[site.caller]));
    if (!site.id) {
      if (!reach.hasUnchecked)
        add(DamageKind::CheckLost,
            "an indirect call in " + after.describeCaller(site) +
                " has no check, and all that can have come there had one",
            site.record->location, site.record->unit);
    } else if (!reach.checkedIds.count(*site.id)) {
      add(DamageKind::CheckChanged,
          "a call in " + after.describeCaller(site) +
              " is checked for the id " + after.describeId(site.id) +
              ", which no call that can have come there was",
          site.record->location, site.record->unit);
    }
  }
}

void Comparison::compareCalls() {
  // Checks of direct calls that fail, which passes may have dropped.
  for (const DirectCall &call : before.calls) {
    const Symbol &callee = before.symbols[call.callee];
    std::optional<uint32_t> id = call.record->id;
    if (!id || callee.id == id || (!callee.isDefined() && !callee.id))
      continue;
    std::optional<unsigned> caller = find(after, before.symbols[call.caller]);
    if (!caller)
      continue;
    bool isKept = llvm::any_of(after.calls, [&](const DirectCall &now) {
      return now.caller == *caller && now.record->id == id &&
             after.symbols[now.callee].name == callee.name;
    });
    if (!isKept)
      add(DamageKind::MismatchDropped,
          before.symbols[call.caller].str() + " called " + callee.str() +
              " with a check for " + before.describeId(id) +
              " that fails, since its id is " + before.describeId(callee.id) +
              "; the check is gone",
          call.record->location, call.record->unit);
  }
  llvm::TargetLibraryInfoImpl library(llvm::Triple(
      after.summary.units.empty() ? "" : after.summary.units[0].target));
  for (const DirectCall &call : after.calls) {
    const Symbol &callee = after.symbols[call.callee];
    std::optional<unsigned> found = find(before, callee);
    if (!found)
      continue;
    unsigned target = before.symbols[*found].target;
    const Symbol &was = before.symbols[target];
    // Passes replace calls of functions of the C library by others.
    llvm::LibFunc libraryFunction;
    if (!was.isDefined() && library.getLibFunc(was.name, libraryFunction))
      continue;
    std::optional<unsigned> caller = findOrigin(after.symbols[call.caller]);
    const Reach &reach = getReach(caller);
    // A function with the same code may become a jump to the other.
    if (caller && was.definition && was.definition->body &&
        before.symbols[*caller].definition &&
        before.symbols[*caller].definition->body == was.definition->body)
      continue;
    if (reach.callees.count(target) || reach.hasUnchecked ||
        (was.id && reach.checkedIds.count(*was.id)))
      continue;
    add(DamageKind::WrongPromotion,
        after.symbols[call.caller].str() + " calls " + callee.str() +
            " directly, whose id " + before.describeId(was.id) +
            " no check that can have come there accepts",
        call.record->location, call.record->unit);
  }
}

std::vector<Damage> Comparison::run() && {
  compareUnits();
  compareFunctions();
  compareViews();
  compareSites();
  compareCalls();
  llvm::sort(damages, [](const Damage &a, const Damage &b) {
    return std::tie(a.kind, a.place, a.message) <
           std::tie(b.kind, b.place, b.message);
  });
  damages.erase(std::unique(damages.begin(), damages.end(),
                            [](const Damage &a, const Damage &b) {
                              return a.kind == b.kind && a.place == b.place &&
                                     a.message == b.message;
                            }),
                damages.end());
  return std::move(damages);
}

std::vector<Damage> mlir::kcfi::compare(const Program &before,
                                        const Program &after) {
  return Comparison(before, after).run();
}
