//===- Outcome.cpp - What became of the checks of a unit -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Audit/Outcome.h"
#include "kcfi/Audit/Guard.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include <map>
#include <set>

using namespace mlir;
using namespace mlir::kcfi;

static void addChecks(const Summary &before, const Summary &after,
                      Summary &outcome) {
  std::map<uint32_t, ChecksRecord> counts;
  auto count = [&](const Summary &summary, uint32_t ChecksRecord::*number) {
    for (const SiteRecord &site : summary.sites)
      if (site.state != CheckState::Unchecked && site.id)
        ++(counts[*site.id].*number);
  };
  count(before, &ChecksRecord::before);
  count(after, &ChecksRecord::after);
  for (auto &[id, record] : counts) {
    record.unit = before.units.front().unit;
    record.id = id;
    outcome.checks.push_back(std::move(record));
  }
}

/// A function that the unit called through checks only, and that it calls
/// directly now, was the target of a check.
static void addPromotions(const Summary &before, const Summary &after,
                          Summary &outcome) {
  llvm::StringSet<> called;
  for (const CallRecord &call : before.calls)
    called.insert(call.callee);
  std::set<uint32_t> checked;
  for (const SiteRecord &site : before.sites)
    if (site.state != CheckState::Unchecked && site.id)
      checked.insert(*site.id);
  llvm::StringMap<uint32_t> ids;
  for (const FunctionRecord &function : before.functions)
    if (function.id && checked.count(*function.id))
      ids[function.name] = *function.id;
  for (const CallRecord &call : after.calls)
    if (auto id = ids.find(call.callee);
        id != ids.end() && !called.contains(call.callee))
      outcome.promotions.push_back(
          {call.unit, call.caller, call.callee, id->second});
}

llvm::Error mlir::kcfi::addOutcome(Summary &before, Summary after) {
  const std::string unit = before.units.front().unit;
  // A summary of its own: to sort all records again takes long.
  Summary outcome;
  addChecks(before, after, outcome);
  addPromotions(before, after, outcome);
  Program programBefore(before), programAfter(std::move(after));
  for (const Damage &damage : compare(programBefore, programAfter)) {
    std::string location = damage.place == unit ? "" : damage.place;
    outcome.damages.push_back(
        {unit, getDamageName(damage.kind).str(), damage.message, location});
  }
  if (llvm::Error error = outcome.normalize())
    return error;
  before.merge(std::move(outcome));
  return llvm::Error::success();
}
