//===- FindingList.cpp - What the parts of the audit share ----------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FindingList.h"
#include "llvm/ADT/STLExtras.h"

#include <tuple>

using namespace mlir;
using namespace mlir::kcfi;

Finding &FindingList::add(FindingKind kind, std::string message,
                          StringRef place, const Symbol *symbol) {
  Finding &finding = findings.emplace_back();
  finding.kind = kind;
  finding.message = std::move(message);
  finding.place = place.str();
  if (symbol)
    finding.symbol = symbol->name.str();
  return finding;
}

StringRef FindingList::getPlace(const Symbol &symbol) const {
  if (StringRef location = symbol.getLocation(); !location.empty())
    return location;
  if (symbol.definition)
    return symbol.definition->unit;
  if (symbol.alias)
    return symbol.alias->unit;
  return symbol.records.empty() ? StringRef("") : symbol.records[0]->unit;
}

StringRef FindingList::getPlace(const Site &site) const {
  return site.record->location.empty() ? site.record->unit
                                       : site.record->location;
}

std::string FindingList::describeFunction(const Symbol &symbol) const {
  std::string text = program.describeId(symbol.id) + ", ";
  text += symbol.isDefined() ? "defined" : "declared";
  return text + " at " + getPlace(symbol).str();
}

std::string FindingList::describeCall(const Site &site) const {
  return program.describeId(site.id) + ", in " + program.describeCaller(site) +
         " at " + getPlace(site).str();
}

std::vector<Finding> FindingList::take() && {
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
