//===- TypeFindings.cpp - Ids of functions and calls ----------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FindingList.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>
#include <set>

using namespace mlir;
using namespace mlir::kcfi;

static void findDirectCalls(FindingList &findings) {
  const Program &program = findings.getProgram();
  for (const DirectCall &call : program.calls) {
    const Symbol &callee = program.symbols[call.callee];
    std::optional<uint32_t> id = call.record->id;
    // Of a callee that is not defined and has no id nothing is known.
    if (!id || callee.id == id || (!callee.isDefined() && !callee.id))
      continue;
    const Symbol &caller = program.symbols[call.caller];
    Finding &finding =
        findings.add(FindingKind::DirectMismatch,
                     "the callee of a checked call in " + caller.str() +
                         " is always " + callee.str() + ", of another type",
                     call.record->location.empty() ? call.record->unit
                                                   : call.record->location,
                     &callee);
    finding.functionId = callee.id;
    finding.callId = id;
    finding.details = {
        {"function", findings.describeFunction(callee)},
        {"call", program.describeId(id)},
        {"why", "the check would fail; LLVM drops checks of direct calls "
                "without comparing, so the wrong call is made"}};
  }
}

static void findTwoIds(FindingList &findings) {
  const Program &program = findings.getProgram();
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
    Finding &finding =
        findings.add(FindingKind::SymbolTwoIds,
                     symbol.str() + " has " + std::to_string(ids.size()) +
                         " different ids in different units",
                     findings.getPlace(symbol), &symbol);
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

static void findClasses(FindingList &findings) {
  const Program &program = findings.getProgram();
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
      Finding &finding = findings.add(
          FindingKind::SiteWithoutTarget,
          std::to_string(entry.sites.size()) + " call(s) of type " +
              program.getTypeName(id) + ", which no address-taken function has",
          findings.getPlace(site));
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
          findings.add(FindingKind::FunctionWithoutSite,
                       std::to_string(functions.size()) +
                           " address-taken function(s) of type " +
                           program.getTypeName(id) + ", which no call has",
                       findings.getPlace(*first), first);
      finding.functionId = id;
      finding.details = {{"functions", list(functions)},
                         {"why", "checked calls of them trap, or code outside "
                                 "of these units calls them, or nothing does"}};
    }
  }
}

static void findUnchecked(FindingList &findings) {
  const Program &program = findings.getProgram();
  for (const Site &site : program.sites) {
    if (site.state != CheckState::Unchecked ||
        !program.getUnit(site.record->unit).isProtected)
      continue;
    findings
        .add(FindingKind::UncheckedSite,
             "an indirect call in " + program.describeCaller(site) +
                 " has no check",
             findings.getPlace(site))
        .details.emplace_back(
            "why", "it may call anything: compilers leave checks out "
                   "where the type has no prototype or on request");
  }
}

void mlir::kcfi::addTypeFindings(FindingList &findings) {
  findDirectCalls(findings);
  findTwoIds(findings);
  findClasses(findings);
  findUnchecked(findings);
}
