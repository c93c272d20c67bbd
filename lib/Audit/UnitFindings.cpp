//===- UnitFindings.cpp - Options and targets of units --------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FindingList.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/ADT/StringMap.h"

#include <map>
#include <memory>
#include <set>

using namespace mlir;
using namespace mlir::kcfi;

static void findConflicts(FindingList &findings) {
  const Program &program = findings.getProgram();
  for (const Conflict &conflict : program.conflicts)
    findings.add(FindingKind::MixedOptions, conflict.str(), conflict.unitB)
        .details.emplace_back("why",
                              "ids and checks of the two units do not fit "
                              "together: correct calls between them trap");
}

static void findUnits(FindingList &findings) {
  const Program &program = findings.getProgram();
  std::map<StringRef, size_t> definitions;
  for (const FunctionRecord &record : program.summary.functions)
    definitions[record.unit] += record.isDefined;
  for (const UnitRecord &unit : program.summary.units)
    if (size_t count = definitions[unit.unit]; count && !unit.isProtected)
      findings
          .add(FindingKind::UnprotectedUnit,
               "unit '" + unit.unit + "' is not compiled with KCFI", unit.unit)
          .details.emplace_back(
              "why", "LLVM gives its " + std::to_string(count) +
                         " function(s) no ids and its calls no checks; checked "
                         "calls of them by other units trap");
}

static void findHazards(FindingList &findings) {
  const Program &program = findings.getProgram();
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
    Finding &finding = findings.add(
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
            findings.getPlace(symbol), symbol.str(), &symbol);
  for (const Site &site : program.sites)
    if (site.id)
      check(*site.id, site.record->unit, site.state == CheckState::Bundle,
            findings.getPlace(site),
            "a call in " + program.describeCaller(site), nullptr);
}

static void findDamage(FindingList &findings) {
  for (const DamageRecord &damage : findings.getProgram().summary.damages)
    findings
        .add(FindingKind::LostInOptimizer, damage.message,
             damage.location.empty() ? damage.unit : damage.location)
        .details.emplace_back("guard", damage.damage);
}

void mlir::kcfi::addUnitFindings(FindingList &findings) {
  findConflicts(findings);
  findUnits(findings);
  findHazards(findings);
  findDamage(findings);
}
