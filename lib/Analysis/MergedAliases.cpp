//===- MergedAliases.cpp - Types that aliases have lost -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MergedAliases.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace mlir::kcfi;

static bool isRustAlias(const Symbol &symbol) {
  return symbol.alias && !symbol.alias->isIFunc &&
         !demangleRustName(symbol.name).empty();
}

MergedAliases::MergedAliases(const Program &program) : program(program) {
  if (llvm::none_of(program.symbols, isRustAlias))
    return;
  for (auto [index, symbol] : llvm::enumerate(program.symbols)) {
    std::optional<TraitMethod> method =
        parseTraitMethod(demangleRustName(symbol.name));
    if (!method)
      continue;
    if (!symbol.alias && symbol.id)
      methodIds[*method].insert(*symbol.id);
    if (symbol.alias)
      for (const FunctionRecord *record : symbol.records)
        if (record->id)
          methodIds[*method].insert(*record->id);
    methods.try_emplace(index, std::move(*method));
  }
  for (const View &view : program.views)
    if (const Place &place = view.record->place;
        place.kind == PlaceKind::Global)
      ++tables[{program.symbols[view.function].target, view.record->unit,
                place.number}];
}

/// Merging replaces the address in the alias's unit only; others have the name.
void MergedAliases::findCall(const Symbol &alias, LostType &type) const {
  auto entry = program.classes.find(*type.id);
  if (entry == program.classes.end())
    return;
  // A table of the function's own trait may be one of them.
  unsigned least = methods.count(alias.target) ? 2 : 1;
  for (unsigned index : entry->second.sites) {
    const Site &site = program.sites[index];
    const SiteRecord &record = *site.record;
    auto found = tables.find({alias.target, alias.alias->unit, record.slot});
    if (!record.slot || record.shape != alias.alias->shape ||
        found == tables.end() ||
        found->second < std::max(least, type.tables + 1))
      continue;
    type.call = &site;
    type.tables = found->second;
  }
}

std::vector<LostType> MergedAliases::find(unsigned index) const {
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
          LostType{Evidence::Declared, id, record, nullptr, 0});
      if (isRust)
        findCall(alias, type);
    }
  if (!isRust || !declared.empty() || !target.id)
    return types;

  auto method = methods.find(index);
  auto others = method == methods.end() ? methodIds.end()
                                        : methodIds.find(method->second);
  LostType unknown{Evidence::Unknown, std::nullopt, nullptr, nullptr, 0};
  if (others != methodIds.end()) {
    if (others->second.count(*target.id))
      return types;
    // Associated types are part of trait objects, so that ids may differ.
    for (uint32_t id : others->second) {
      LostType type{Evidence::OtherMethods, id, nullptr, nullptr, 0};
      findCall(alias, type);
      if (type.call)
        types.push_back(type);
    }
  } else if (method != methods.end()) {
    for (const auto &[id, entry] : program.classes) {
      LostType type{Evidence::Calls, id, nullptr, nullptr, 0};
      if (!entry.addressTaken)
        findCall(alias, type);
      if (type.call)
        types.push_back(type);
    }
  }
  if (types.empty())
    types.push_back(unknown);
  return types;
}
