//===- Program.cpp - Records put together -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/Program.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Encoding/TypeIdString.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::kcfi;
using llvm::Triple;

static constexpr llvm::StringLiteral kUnknownType = "unknown type";

std::string Symbol::str() const {
  if (unit.empty() || !isAmbiguous)
    return ("@" + name).str();
  return ("@" + name + " (local in " + unit + ")").str();
}

StringRef Symbol::getLocation() const {
  if (definition && !definition->location.empty())
    return definition->location;
  for (const FunctionRecord *record : records)
    if (!record->location.empty())
      return record->location;
  return "";
}

std::string Conflict::str() const {
  return ("units '" + unitA + "' and '" + unitB +
          "' cannot be one program: " + option + " is " + valueA +
          " in the first and " + valueB + " in the second")
      .str();
}

Program::Program(Summary records) : summary(std::move(records)) {
  for (const UnitRecord &unit : summary.units) {
    units.try_emplace(unit.unit, &unit);
    if (target || unit.target.empty())
      continue;
    llvm::Expected<std::unique_ptr<TargetInfo>> found =
        TargetInfo::lookup(unit.target);
    if (found)
      target = std::move(*found);
    else
      llvm::consumeError(found.takeError());
  }
  compareUnits();
  resolveSymbols();
  resolveUses();
  buildFlows();
}

const UnitRecord *Program::findUnit(StringRef name) const {
  return units.lookup(name);
}

UnitRecord Program::getOptions() const {
  for (const UnitRecord &unit : summary.units)
    if (unit.isProtected)
      return unit;
  return {};
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

static std::string getLocalKey(StringRef unit, StringRef name) {
  return (unit + "\n" + name).str();
}

std::optional<unsigned> Program::findSymbol(StringRef unit,
                                            StringRef name) const {
  auto it = symbolIndex.find(getLocalKey(unit, name));
  if (it == symbolIndex.end())
    it = symbolIndex.find(name);
  if (it == symbolIndex.end())
    return std::nullopt;
  return it->second;
}

unsigned Program::getSymbol(StringRef unit, StringRef name) {
  if (std::optional<unsigned> found = findSymbol(unit, name))
    return *found;
  auto [it, isNew] = symbolIndex.try_emplace(name, symbols.size());
  if (isNew) {
    Symbol &symbol = symbols.emplace_back();
    symbol.name = it->first();
    symbol.target = it->second;
  }
  return it->second;
}

void Program::resolveSymbols() {
  // Local names first: they hide others in their unit.
  auto addLocal = [&](const auto &record) {
    if (!record.isLocal)
      return;
    auto [it, isNew] = symbolIndex.try_emplace(
        getLocalKey(record.unit, record.name), symbols.size());
    if (!isNew)
      return;
    Symbol &symbol = symbols.emplace_back();
    symbol.name = record.name;
    symbol.unit = record.unit;
    symbol.target = it->second;
  };
  llvm::for_each(summary.functions, addLocal);
  llvm::for_each(summary.aliases, addLocal);

  for (const FunctionRecord &record : summary.functions) {
    Symbol &symbol = symbols[getSymbol(record.unit, record.name)];
    symbol.records.push_back(&record);
    symbol.isAddressTaken |= record.isAddressTaken;
    symbol.isCompared |= record.isCompared;
    if (record.isDefined &&
        (!symbol.definition || (symbol.definition->isWeak && !record.isWeak)))
      symbol.definition = &record;
  }
  for (const AliasRecord &record : summary.aliases) {
    Symbol &symbol = symbols[getSymbol(record.unit, record.name)];
    // A strong definition replaces an alias, which then must be weak.
    if (symbol.alias || (symbol.definition && !symbol.definition->isWeak))
      continue;
    symbol.alias = &record;
    symbol.definition = nullptr;
  }
  // Targets may be names that no record has yet: the vector grows.
  for (unsigned i = 0; i < symbols.size(); ++i)
    if (const AliasRecord *alias = symbols[i].alias; alias && !alias->isIFunc) {
      unsigned next = getSymbol(alias->unit, alias->target);
      symbols[i].target = next;
    }
  for (Symbol &symbol : symbols) {
    // Valid modules have no cycles of aliases; damaged summaries may.
    for (size_t steps = 0; symbols[symbol.target].target != symbol.target &&
                           steps < symbols.size();
         ++steps)
      symbol.target = symbols[symbol.target].target;
    if (symbol.isAddressTaken)
      symbols[symbol.target].isAddressTaken = true;
  }
  llvm::StringMap<Symbol *> names;
  for (Symbol &symbol : symbols) {
    auto [it, isNew] = names.try_emplace(symbol.name, &symbol);
    if (!isNew)
      symbol.isAmbiguous = it->second->isAmbiguous = true;
  }
  for (Symbol &symbol : symbols) {
    if (symbol.definition) {
      if (getUnit(symbol.definition->unit).isProtected)
        symbol.id = symbol.definition->id;
    } else if (!symbol.alias) {
      for (const FunctionRecord *record : symbol.records)
        if (record->id && !symbol.id)
          symbol.id = record->id;
    }
  }
  for (Symbol &symbol : symbols)
    if (symbol.alias && !symbol.alias->isIFunc)
      symbol.id = symbols[symbol.target].id;
}

//===----------------------------------------------------------------------===//
// Calls and classes
//===----------------------------------------------------------------------===//

void Program::resolveUses() {
  for (const ClassRecord &record : summary.classes) {
    Class &entry = classes[record.id];
    if (!record.string.empty())
      entry.strings.insert(record.string);
    if (!record.type.empty())
      entry.types.insert(record.type);
  }
  for (const SiteRecord &record : summary.sites) {
    Site site{&record, getSymbol(record.unit, record.caller),
              CheckState::Unchecked, std::nullopt};
    if (getUnit(record.unit).isProtected) {
      site.state = record.state;
      site.id = record.id;
    }
    if (site.id)
      classes[*site.id].sites.push_back(sites.size());
    sites.push_back(site);
  }
  for (const CallRecord &record : summary.calls) {
    unsigned caller = getSymbol(record.unit, record.caller);
    calls.push_back({&record, caller, getSymbol(record.unit, record.callee)});
  }
  for (auto [index, symbol] : llvm::enumerate(symbols)) {
    if (!symbol.id || symbol.records.empty() || symbol.target != index)
      continue;
    Class &entry = classes[*symbol.id];
    entry.functions.push_back(index);
    entry.addressTaken += symbol.isAddressTaken;
  }
}

std::string Program::getReadableType(uint32_t id) const {
  auto it = classes.find(id);
  if (it == classes.end())
    return kUnknownType.str();
  if (!it->second.types.empty())
    return llvm::join(it->second.types, " | ");
  for (StringRef string : it->second.strings)
    if (std::string text = demangleTypeIdString(string); !text.empty())
      return text;
  return kUnknownType.str();
}

std::string Program::getTypeName(uint32_t id) const {
  std::string type = getReadableType(id);
  return type == kUnknownType ? formatTypeId(id) : type;
}

std::string Program::describeId(std::optional<uint32_t> id) const {
  if (!id)
    return "no id";
  return getReadableType(*id) + " [" + formatTypeId(*id) + "]";
}

std::string Program::describeCaller(const Site &site) const {
  const Symbol &caller = symbols[site.caller];
  return caller.name.empty() ? "code outside of functions" : caller.str();
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// True for places whose name is a function's.
static bool isInFunction(PlaceKind kind) {
  switch (kind) {
  case PlaceKind::Function:
  case PlaceKind::Parameter:
  case PlaceKind::Result:
  case PlaceKind::Site:
    return true;
  case PlaceKind::Field:
  case PlaceKind::Global:
  case PlaceKind::Elements:
  case PlaceKind::Argument:
  case PlaceKind::Returned:
  case PlaceKind::Elsewhere:
    return false;
  }
  llvm_unreachable("unknown kind of place");
}

std::string Program::getNodeKey(const Place &place, unsigned symbol) const {
  std::string name =
      isInFunction(place.kind) ? std::to_string(symbol) : place.name;
  return llvm::formatv("{0} {1} {2} {3}", static_cast<unsigned>(place.kind),
                       place.number, place.id, name);
}

unsigned Program::getNode(StringRef unit, const Place &place) {
  unsigned symbol = ~0u;
  if (isInFunction(place.kind)) {
    symbol = getSymbol(unit, place.name);
    symbol = symbols[symbol].target;
  }
  Place resolved = place;
  if ((place.kind == PlaceKind::Global || place.kind == PlaceKind::Elements) &&
      localGlobals.contains(getLocalKey(unit, place.name)))
    resolved.name = getLocalKey(unit, place.name);
  auto [it, isNew] =
      nodeIndex.try_emplace(getNodeKey(resolved, symbol), nodes.size());
  if (isNew)
    nodes.push_back({place, symbol, {}});
  return it->second;
}

std::optional<unsigned> Program::findFunctionNode(unsigned symbol) const {
  auto it = nodeIndex.find(getNodeKey({PlaceKind::Function, "", 0, 0}, symbol));
  if (it == nodeIndex.end())
    return std::nullopt;
  return it->second;
}

std::optional<unsigned> Program::findSiteNode(const Site &site) const {
  auto it = nodeIndex.find(
      getNodeKey({PlaceKind::Site, "", site.record->index, 0}, site.caller));
  if (it == nodeIndex.end())
    return std::nullopt;
  return it->second;
}

void Program::buildFlows() {
  for (const GlobalRecord &record : summary.globals)
    if (record.isLocal)
      localGlobals.insert(getLocalKey(record.unit, record.name));
  auto connect = [&](unsigned from, unsigned to) {
    if (from != to)
      nodes[from].next.push_back(to);
  };
  for (const ViewRecord &record : summary.views) {
    Place function{PlaceKind::Function, record.function, 0, 0};
    unsigned from = getNode(record.unit, function);
    unsigned to = getNode(record.unit, record.place);
    views.push_back({&record, getSymbol(record.unit, record.function), to});
    if (record.place.kind != PlaceKind::Elsewhere)
      connect(from, to);
  }
  for (const FlowRecord &record : summary.flows)
    // Nothing is known of what comes from elsewhere, so nothing is followed
    // there.
    if (record.from.kind != PlaceKind::Elsewhere &&
        record.to.kind != PlaceKind::Elsewhere) {
      unsigned from = getNode(record.unit, record.from);
      connect(from, getNode(record.unit, record.to));
    }
  // Checked calls and the functions that pass their check. Places that no
  // record names play no part.
  auto findNode = [&](PlaceKind kind, uint64_t number, unsigned symbol) {
    return nodeIndex.find(getNodeKey({kind, "", number, 0}, symbol));
  };
  for (unsigned i = 0, end = nodes.size(); i < end; ++i) {
    const Place &place = nodes[i].place;
    bool isArgument = place.kind == PlaceKind::Argument;
    if (!isArgument && place.kind != PlaceKind::Returned)
      continue;
    auto entry = classes.find(place.id);
    if (entry == classes.end())
      continue;
    for (unsigned function : entry->second.functions) {
      if (!symbols[function].isAddressTaken)
        continue;
      auto other = isArgument
                       ? findNode(PlaceKind::Parameter, place.number, function)
                       : findNode(PlaceKind::Result, 0, function);
      if (other == nodeIndex.end())
        continue;
      if (isArgument)
        connect(i, other->second);
      else
        connect(other->second, i);
    }
  }
  for (Node &node : nodes) {
    llvm::sort(node.next);
    node.next.erase(llvm::unique(node.next), node.next.end());
  }
}

//===----------------------------------------------------------------------===//
// Options of units
//===----------------------------------------------------------------------===//

std::string mlir::kcfi::getMachine(StringRef text) {
  Triple triple(Triple::normalize(text));
  switch (triple.getArch()) {
  case Triple::thumb: // Both kinds of code call each other.
    return "arm";
  case Triple::thumbeb:
    return "armeb";
  default:
    return (Triple::getArchTypeName(triple.getArch()) +
            (triple.isX32() ? " (x32)" : ""))
        .str();
  }
}

void Program::compareUnits() {
  // Option, value: the first unit that has it.
  std::map<StringRef, std::map<std::string, StringRef>> seen;
  auto compare = [&](StringRef option, std::string value, StringRef unit) {
    auto &valuesSeen = seen[option];
    if (!valuesSeen.try_emplace(value, unit).second || valuesSeen.size() == 1)
      return;
    for (const auto &[other, first] : valuesSeen)
      if (other != value) {
        conflicts.push_back({option, first, unit, other, value});
        return;
      }
  };
  for (const UnitRecord &unit : summary.units) {
    if (!unit.target.empty())
      compare("the target", getMachine(unit.target), unit.unit);
    if (!unit.isProtected)
      continue;
    compare("the hash of ids", stringifyHashKind(unit.hash).str(), unit.unit);
    compare("normalization of integers", unit.normalizeIntegers ? "on" : "off",
            unit.unit);
    compare("the patchable prefix", std::to_string(unit.patchablePrefix),
            unit.unit);
    if (!unit.equivalences.empty())
      compare("the set of equivalences", unit.equivalences, unit.unit);
  }
}
