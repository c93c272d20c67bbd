//===- MergedFindings.cpp - What merging functions did or would do --------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FindingList.h"
#include "MergedFunctions.h"
#include "kcfi/Encoding/Rust/RustNames.h"
#include "llvm/ADT/STLExtras.h"

#include <map>
#include <set>

using namespace mlir;
using namespace mlir::kcfi;

static void addForeignMethod(FindingList &findings,
                             ArrayRef<ForeignMethod> places) {
  const Program &program = findings.getProgram();
  // Calls look at one place of the tables.
  const auto *called = llvm::find_if(
      places, [](const ForeignMethod &method) { return method.call; });
  const ForeignMethod &first = called == places.end() ? places[0] : *called;
  const Symbol &symbol = program.symbols[first.function];
  Finding &finding = findings.add(
      first.call ? FindingKind::MergedMethod : FindingKind::MergedFunction,
      symbol.str() + " stands for a method of another type", first.unit.str(),
      &symbol);
  finding.functionId = symbol.id;
  finding.callId = first.id;
  finding.rank = {!first.example, 0};
  finding.details = {{"function", demangleRustName(symbol.name) + ", " +
                                      findings.describeFunction(symbol)},
                     {"table", "byte " + std::to_string(first.offset) +
                                   " of the methods of " + first.self.str() +
                                   ", " + first.table.str() + " of " +
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
    finding.details.emplace_back("call", findings.describeCall(*first.call));
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

static void addAlias(FindingList &findings, const Symbol &symbol,
                     const LostType &type) {
  const Program &program = findings.getProgram();
  const Symbol &target = program.symbols[symbol.target];
  std::string place = findings.getPlace(symbol).str();
  if (type.declaration)
    place = type.declaration->location.empty() ? type.declaration->unit
                                               : type.declaration->location;
  else if (type.call)
    place = findings.getPlace(*type.call);
  std::string message = "alias " + symbol.str() + " of " + target.str();
  message += type.isChecked() ? " has the id of another type"
             : type.id        ? " was of another type"
                              : " may have been of another type";
  Finding &finding = findings.add(
      type.isChecked() ? FindingKind::AliasId : FindingKind::MergedFunction,
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
  finding.details.emplace_back(
      "function", describe(target.name, findings.describeFunction(target)));
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
        "call", findings.describeCall(*type.call) + ": of byte " +
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

static void addLostMethod(FindingList &findings, const LostMethod &lost) {
  const Program &program = findings.getProgram();
  const Symbol &first = program.symbols[lost.functions.front()];
  Finding &finding = findings.add(
      FindingKind::MergedMethod,
      "methods of type " + program.getTypeName(lost.id) + ", called by " +
          program.describeCaller(*lost.call) + ", are gone",
      findings.getPlace(*lost.call), &first);
  finding.callId = lost.id;
  if (lost.functions.size() == 1)
    finding.functionId = first.id;
  // After those whose table tells the function.
  finding.rank = {2, lost.functions.size()};
  finding.details = {{"call", findings.describeCall(*lost.call) + ": of byte " +
                                  std::to_string(lost.call->record->slot) +
                                  " of a table"}};
  constexpr size_t kShown = 4;
  for (unsigned index : ArrayRef(lost.functions).take_front(kShown)) {
    const Symbol &symbol = program.symbols[index];
    finding.details.emplace_back("instead",
                                 demangleRustName(symbol.name) + ", " +
                                     findings.describeFunction(symbol));
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

static void findMerged(FindingList &findings) {
  const Program &program = findings.getProgram();
  MergedFunctions merged(program);
  for (unsigned index = 0; index < program.symbols.size(); ++index)
    for (const LostType &type : merged.findLostTypes(index))
      addAlias(findings, program.symbols[index], type);

  // One finding for a function and the type that it has to have.
  std::map<std::pair<unsigned, uint32_t>, std::vector<ForeignMethod>> foreign;
  for (ForeignMethod &method : merged.findForeignMethods())
    foreign[{method.function, method.id}].push_back(std::move(method));
  for (const auto &[key, places] : foreign)
    addForeignMethod(findings, places);
  std::set<uint32_t> found;
  for (const auto &[key, places] : foreign)
    found.insert(key.second);
  for (const LostMethod &lost : merged.findLostMethods())
    if (!found.count(lost.id))
      addLostMethod(findings, lost);
}

static void findMergeable(FindingList &findings) {
  const Program &program = findings.getProgram();
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
    Finding &finding = findings.add(
        FindingKind::MergeCandidates,
        std::to_string(symbols.size()) + " functions of " +
            std::to_string(ids.size()) + " types have the same code",
        findings.getPlace(*symbols.front()), symbols.front());
    for (const Symbol *symbol : symbols)
      finding.details.emplace_back("function",
                                   symbol->str() + ": " +
                                       findings.describeFunction(*symbol));
    finding.details.emplace_back(
        "why", "LLVM's MergeFunctions makes one of them, with one id; calls of "
               "the others trap then");
  }
}

void mlir::kcfi::addMergedFindings(FindingList &findings) {
  findMerged(findings);
  findMergeable(findings);
}
