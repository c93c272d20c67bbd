//===- MergedFunctions.cpp - Types lost by merging functions -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MergedFunctions.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace mlir::kcfi;

static bool isRustAlias(const Symbol &symbol) {
  return symbol.alias && !symbol.alias->isIFunc &&
         !demangleRustName(symbol.name).empty();
}

MergedFunctions::MergedFunctions(const Program &program) : program(program) {
  for (auto [index, symbol] : llvm::enumerate(program.symbols)) {
    std::string path = demangleRustName(symbol.name);
    if (isClosureInTable(path))
      closures.insert(index);
    std::optional<TraitMethod> method = parseTraitMethod(path);
    if (!method)
      continue;
    if (!symbol.alias && symbol.id)
      ++methodIds[*method][*symbol.id];
    if (symbol.alias)
      for (const FunctionRecord *record : symbol.records)
        if (record->id)
          ++methodIds[*method][*record->id];
    methods.try_emplace(index, std::move(*method));
  }
  // All evidence but declarations is about methods of traits and closures.
  if (!methods.empty() || !closures.empty())
    findTables();
}

void MergedFunctions::findTables() {
  for (const View &view : program.views) {
    const Place &place = view.record->place;
    if (place.kind != PlaceKind::Global)
      continue;
    StringRef unit = view.record->unit;
    unsigned function = program.symbols[view.function].target;
    if (!closures.count(function))
      ++slots[{function, unit, place.number}];
    tables[{unit, place.name}].methods.try_emplace(place.number, view.function);
  }
  countClosures();
  for (auto it = tables.begin(); it != tables.end();) {
    findOwnMethods(it->second);
    it = it->second.self.empty() ? tables.erase(it) : std::next(it);
  }
}

/// A closure has a table for each of `Fn`, `FnMut` and `FnOnce` that it is an
/// object of, which end at different places, and no more of them in a unit.
void MergedFunctions::countClosures() {
  std::map<std::tuple<unsigned, StringRef, uint64_t, uint64_t>, unsigned>
      counts;
  for (const auto &[key, table] : tables)
    for (auto [offset, symbol] : table.methods)
      if (unsigned function = program.symbols[symbol].target;
          closures.count(function)) {
        uint64_t end = table.methods.rbegin()->first;
        unsigned count = ++counts[{function, key.first, offset, end}];
        unsigned &most = slots[{function, key.first, offset}];
        most = std::max(most, count);
      }
}

/// The table of a type begins with the function that destroys it, size and
/// alignment. Most of its methods are the type's own.
void MergedFunctions::findOwnMethods(Table &table) const {
  std::map<uint64_t, std::string> types;
  std::map<std::string, unsigned> counts;
  for (auto [offset, function] : table.methods) {
    StringRef name = program.symbols[function].name;
    std::string path = demangleRustName(name);
    if (path.empty())
      return;
    std::string type = parseImplementingType(path);
    // Functions that destroy are often merged themselves.
    if (!type.empty() && offset != 0)
      ++counts[type];
    types[offset] = std::move(type);
  }
  // Two numbers of a pointer's size stand in between.
  auto second = table.methods.upper_bound(0);
  if (counts.empty() || second == table.methods.end() || second->first < 12)
    return;
  auto isLess = [](const auto &a, const auto &b) {
    return a.second < b.second;
  };
  auto most = llvm::max_element(counts, isLess);
  // Of as many methods of different types, those of what is destroyed count.
  std::string destroyed = types.count(0) ? types[0] : "";
  if (auto it = counts.find(destroyed);
      it != counts.end() && it->second == most->second)
    most = it;
  bool isClear = most->first == destroyed ||
                 llvm::count_if(counts, [&](const auto &entry) {
                   return entry.second == most->second;
                 }) == 1;
  if (!isClear)
    return;
  table.self = most->first;
  std::map<unsigned, unsigned> uses;
  for (auto [offset, function] : table.methods)
    ++uses[program.symbols[function].target];
  for (auto [offset, function] : table.methods)
    // All that destroys has one type, and closures are in tables of their own.
    if (offset != 0 && !types[offset].empty() &&
        !program.symbols[function].alias) {
      // What stands in two places belongs to one of them.
      bool isOwn = types[offset] == table.self &&
                   uses[program.symbols[function].target] == 1;
      (isOwn ? table.own : table.foreign).insert(offset);
    }
}

std::optional<uint32_t> MergedFunctions::getId(const Table &table,
                                               uint64_t offset) const {
  return program.symbols[table.methods.at(offset)].id;
}

/// True if two tables may be for one trait: methods stand in the same places,
/// and those that are certain have the same ids.
bool MergedFunctions::areAlike(const Table &a, const Table &b) const {
  auto getOffsets = [](const Table &table) {
    std::vector<uint64_t> offsets;
    for (auto [offset, function] : table.methods)
      if (offset != 0)
        offsets.push_back(offset);
    return offsets;
  };
  if (getOffsets(a) != getOffsets(b))
    return false;
  bool hasCommon = false;
  for (uint64_t offset : a.own) {
    if (!b.own.count(offset))
      continue;
    if (getId(a, offset) != getId(b, offset))
      return false;
    hasCommon = true;
  }
  return hasCommon;
}

/// A call of what stands at a distance in a table; any machine type if `shape`
/// is empty.
const Site *MergedFunctions::findCall(uint32_t id, uint64_t offset,
                                      StringRef shape) const {
  auto entry = program.classes.find(id);
  if (entry != program.classes.end())
    for (unsigned index : entry->second.sites)
      if (const Site &site = program.sites[index];
          site.record->slot == offset &&
          (shape.empty() || site.record->shape == shape))
        return &site;
  return nullptr;
}

/// Adds what calls look for in the place, if just one id is in question.
void MergedFunctions::addLostMethods(StringRef shape, ForeignMethod method,
                                     std::vector<ForeignMethod> &result) const {
  unsigned count = 0;
  for (const auto &[id, entry] : program.classes) {
    if (entry.addressTaken || shape.empty())
      continue;
    const Site *call = findCall(id, method.offset, shape);
    if (!call)
      continue;
    ++count;
    method.id = id;
    method.call = call;
  }
  if (count == 1)
    result.push_back(method);
}

std::vector<ForeignMethod> MergedFunctions::findForeignMethods() const {
  std::vector<ForeignMethod> result;
  for (const auto &[key, table] : tables)
    for (uint64_t offset : table.foreign) {
      const Symbol &symbol = program.symbols[table.methods.at(offset)];
      if (!symbol.id)
        continue;
      ForeignMethod method{symbol.target, 0,          std::nullopt, table.self,
                           key.first,     key.second, offset,       nullptr};
      // What the others have there. More than one id: several traits begin
      // with the same methods.
      std::map<uint32_t, unsigned> ids;
      for (const auto &[otherKey, other] : tables)
        if (other.own.count(offset) && areAlike(table, other))
          if (std::optional<uint32_t> id = getId(other, offset))
            ids.try_emplace(*id, other.methods.at(offset));
      if (ids.empty() && symbol.definition) {
        addLostMethods(symbol.definition->shape, method, result);
      } else if (ids.size() == 1 && ids.begin()->first != symbol.id) {
        std::tie(method.id, method.example) = *ids.begin();
        method.call = findCall(method.id, offset, /*shape=*/"");
        result.push_back(method);
      }
    }
  return result;
}

std::vector<LostMethod> MergedFunctions::findLostMethods() const {
  std::set<unsigned> aliased;
  for (const Symbol &symbol : program.symbols)
    if (isRustAlias(symbol))
      aliased.insert(symbol.target);
  std::vector<LostMethod> result;
  for (const auto &[id, entry] : program.classes) {
    if (entry.addressTaken)
      continue;
    LostMethod lost{id, nullptr, {}};
    for (unsigned index : entry.sites) {
      const Site &site = program.sites[index];
      const SiteRecord &record = *site.record;
      // Merging does not look further than the unit.
      for (const auto &[slot, count] : slots) {
        auto [function, unit, offset] = slot;
        const FunctionRecord *definition = program.symbols[function].definition;
        if (count < 2 || offset != record.slot || unit != record.unit ||
            !record.slot || !definition || definition->shape != record.shape ||
            !(methods.count(function) || closures.count(function)) ||
            aliased.count(function))
          continue;
        lost.call = &site;
        lost.functions.push_back(function);
      }
    }
    llvm::sort(lost.functions);
    lost.functions.erase(llvm::unique(lost.functions), lost.functions.end());
    if (lost.call)
      result.push_back(std::move(lost));
  }
  return result;
}

/// Merging replaces the address in the alias's unit only; others have the name.
void MergedFunctions::findCall(const Symbol &alias, LostType &type) const {
  auto entry = program.classes.find(*type.id);
  if (entry == program.classes.end())
    return;
  // A table of the function's own trait may be one of them.
  unsigned least = methods.count(alias.target) ? 2 : 1;
  for (unsigned index : entry->second.sites) {
    const Site &site = program.sites[index];
    const SiteRecord &record = *site.record;
    auto found = slots.find({alias.target, alias.alias->unit, record.slot});
    if (!record.slot || record.shape != alias.alias->shape ||
        found == slots.end() ||
        found->second < std::max(least, type.tables + 1))
      continue;
    type.call = &site;
    type.tables = found->second;
  }
}

std::vector<LostType> MergedFunctions::findLostTypes(unsigned index) const {
  using Evidence = LostType::Evidence;
  const Symbol &alias = program.symbols[index];
  const Symbol &target = program.symbols[alias.target];
  std::vector<LostType> types;
  if (!alias.alias || alias.alias->isIFunc || !target.isDefined())
    return types;

  bool isRust = isRustAlias(alias) && !demangleRustName(target.name).empty();
  std::map<uint32_t, const FunctionRecord *> declared;
  for (const FunctionRecord *record : alias.records) {
    if (!record->id || !program.getUnit(record->unit).isProtected)
      continue;
    const FunctionRecord *&entry = declared[*record->id];
    if (!entry || record->isAddressTaken)
      entry = record;
  }
  for (auto [id, record] : declared)
    if (id != target.id) {
      LostType &type = types.emplace_back(
          LostType{Evidence::Declared, id, record, nullptr, 0, false});
      auto entry = program.classes.find(id);
      type.isTaken = record->isAddressTaken && entry != program.classes.end() &&
                     !entry->second.sites.empty();
      if (isRust)
        findCall(alias, type);
    }
  if (!isRust || !declared.empty() || !target.id)
    return types;

  auto method = methods.find(index);
  auto others = method == methods.end() ? methodIds.end()
                                        : methodIds.find(method->second);
  if (others != methodIds.end()) {
    const std::map<uint32_t, unsigned> &ids = others->second;
    auto own = ids.find(*target.id);
    // Associated types are part of trait objects, so that ids of one method may
    // differ. The function may be an implementation itself.
    if (own != ids.end() && ids.size() == 1 && own->second > 1)
      return types;
    for (auto [id, count] : ids) {
      LostType type{Evidence::OtherMethods, id, nullptr, nullptr, 0, false};
      if (own == ids.end())
        findCall(alias, type);
      if (type.call)
        types.push_back(type);
    }
  } else if (method != methods.end()) {
    for (const auto &[id, entry] : program.classes) {
      LostType type{Evidence::Calls, id, nullptr, nullptr, 0, false};
      if (!entry.addressTaken)
        findCall(alias, type);
      if (type.call)
        types.push_back(type);
    }
  }
  if (types.empty())
    types.push_back(
        LostType{Evidence::Unknown, std::nullopt, nullptr, nullptr, 0, false});
  return types;
}
