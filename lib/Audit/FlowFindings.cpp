//===- FlowFindings.cpp - Functions that come to calls --------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FindingList.h"
#include "kcfi/Program/FlowGraph.h"
#include "llvm/ADT/STLExtras.h"

#include <map>
#include <set>
#include <tuple>

using namespace mlir;
using namespace mlir::kcfi;

namespace {
class FlowAuditor {
public:
  explicit FlowAuditor(FindingList &findings)
      : findings(findings), program(findings.getProgram()), flows(program) {}

  void findFlows();
  /// Needs `findFlows`.
  void findMissingIds();

private:
  void addFlow(unsigned function, ArrayRef<FlowPath> paths);

  FindingList &findings;
  const Program &program;
  FlowGraph flows;
  /// Functions that flow to some call.
  std::set<unsigned> flowing;
};
} // namespace

/// One finding for a function and the class that it is called as.
void FlowAuditor::addFlow(unsigned function, ArrayRef<FlowPath> paths) {
  const Symbol &symbol = program.symbols[function];
  const FlowPath &first = paths.front();
  const Site &site = program.sites[first.site];
  bool isWrongClass = symbol.id && symbol.id != site.id;
  Finding &finding = findings.add(isWrongClass ? FindingKind::WrongClassFlow
                                               : FindingKind::UnprotectedTarget,
                                  symbol.str() + " is called as " +
                                      program.getTypeName(*site.id) + " by " +
                                      program.describeCaller(site),
                                  findings.getPlace(site), &symbol);
  finding.functionId = symbol.id;
  finding.callId = site.id;
  bool isUnion = isWrongClass && flows.isAlsoCalledAs(first, *symbol.id);
  finding.doubts = isUnion + symbol.isCompared;
  finding.rank = {first.classesAtSite, first.nodes.size()};
  finding.details = {{"function", findings.describeFunction(symbol)},
                     {"call", findings.describeCall(site)},
                     {"way", flows.describe(first)}};
  if (StringRef taken = flows.getViewLocation(first); !taken.empty())
    finding.details.back().second += "; address taken at " + taken.str();
  constexpr size_t kShown = 4;
  for (const FlowPath &path : paths.take_front(kShown).drop_front())
    finding.details.emplace_back(
        "also", flows.describe(path) + " at " +
                    findings.getPlace(program.sites[path.site]).str());
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

void FlowAuditor::findFlows() {
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
      Finding &finding = findings.add(
          FindingKind::MixedSite,
          "functions of more than " + std::to_string(FlowGraph::kMaxClasses) +
              " types may come to a call in " + program.describeCaller(site),
          findings.getPlace(site));
      finding.callId = site.id;
      finding.details = {{"call", findings.describeCall(site)},
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

void FlowAuditor::findMissingIds() {
  for (unsigned index = 0; index < program.symbols.size(); ++index) {
    const Symbol &symbol = program.symbols[index];
    if (!symbol.isAddressTaken || symbol.records.empty() || symbol.alias ||
        flowing.count(index))
      continue;
    std::string taken = flows.describeViews(index);
    auto details = [&](Finding &finding, StringRef why) {
      finding.details.emplace_back("function",
                                   findings.describeFunction(symbol));
      if (!taken.empty())
        finding.details.emplace_back("taken", taken);
      finding.details.emplace_back("why", why.str());
    };
    if (!symbol.isDefined()) {
      details(
          findings.add(FindingKind::UnprotectedTaken,
                       "the address of " + symbol.str() +
                           ", which no unit defines, is taken",
                       findings.getPlace(symbol), &symbol),
          "unless a protected library defines it, checked calls of it trap");
    } else if (!symbol.id &&
               program.getUnit(symbol.definition->unit).isProtected) {
      details(
          findings.add(FindingKind::NoId,
                       symbol.str() + " has no id, but its address is taken",
                       findings.getPlace(symbol), &symbol),
          "there is no id in front of it: checked calls of it trap");
    }
  }
}

void mlir::kcfi::addFlowFindings(FindingList &findings) {
  FlowAuditor auditor(findings);
  auditor.findFlows();
  auditor.findMissingIds();
}
