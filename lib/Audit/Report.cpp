//===- Report.cpp - Reports and explanations -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Audit/Report.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/Encoding/TypeIdString.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "kcfi/Program/Summarize.h"
#include "kcfi/TargetInfo/TargetInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

/// How numbers are spread. Percentiles are members (nearest rank).
struct Spread {
  explicit Spread(std::vector<size_t> values) {
    if (values.empty())
      return;
    llvm::sort(values);
    auto rank = [&](size_t percent) {
      return values[(values.size() * percent + 99) / 100 - 1];
    };
    uint64_t sum = 0;
    for (size_t value : values)
      sum += value;
    mean = double(sum) / values.size();
    median = rank(50);
    p90 = rank(90);
    max = values.back();
  }
  double mean = 0;
  size_t median = 0, p90 = 0, max = 0;
};

llvm::raw_ostream &operator<<(llvm::raw_ostream &os, const Spread &spread) {
  return os << "mean " << llvm::formatv("{0:f1}", spread.mean) << ", median "
            << spread.median << ", p90 " << spread.p90 << ", most "
            << spread.max;
}

/// Numbers that both forms of the report print.
struct Totals {
  explicit Totals(const Program &program);

  unsigned definitions = 0, declarations = 0, repeated = 0;
  unsigned withId = 0, withIdDefined = 0;
  unsigned addressTaken = 0, addressTakenWithoutId = 0;
  unsigned bundle = 0, expanded = 0, pending = 0, unchecked = 0;
  unsigned classes = 0;
  unsigned callsWithoutTarget = 0, classesWithoutTarget = 0;
  unsigned functionsWithoutCall = 0, classesWithoutCall = 0;
  uint64_t prefixBytes = 0, checkBytes = 0;
  Spread classSizes{{}}, takenSizes{{}}, targets{{}};

  unsigned checked() const { return bundle + expanded + pending; }
};

Totals::Totals(const Program &program) {
  for (auto [index, symbol] : llvm::enumerate(program.symbols)) {
    if (symbol.records.empty() || symbol.target != index)
      continue;
    ++(symbol.isDefined() ? definitions : declarations);
    repeated += llvm::count_if(symbol.records, [](const FunctionRecord *f) {
                  return f->isDefined;
                }) > 1;
    addressTaken += symbol.isAddressTaken;
    if (symbol.id) {
      ++withId;
      withIdDefined += symbol.isDefined();
    } else if (symbol.isAddressTaken) {
      ++addressTakenWithoutId;
    }
  }
  for (const Site &site : program.sites)
    switch (site.state) {
    case CheckState::Unchecked:
      ++unchecked;
      break;
    case CheckState::Pending:
      ++pending;
      break;
    case CheckState::Bundle:
      ++bundle;
      break;
    case CheckState::Expanded:
      ++expanded;
      break;
    }
  std::vector<size_t> sizes, taken, targetCounts;
  for (const auto &[id, entry] : program.classes) {
    classes += !entry.functions.empty() || !entry.sites.empty();
    if (!entry.functions.empty())
      sizes.push_back(entry.functions.size());
    if (entry.addressTaken)
      taken.push_back(entry.addressTaken);
    targetCounts.insert(targetCounts.end(), entry.sites.size(),
                        entry.addressTaken);
    if (entry.functions.empty() && !entry.sites.empty()) {
      callsWithoutTarget += entry.sites.size();
      ++classesWithoutTarget;
    }
    if (entry.addressTaken && entry.sites.empty()) {
      functionsWithoutCall += entry.addressTaken;
      ++classesWithoutCall;
    }
  }
  classSizes = Spread(std::move(sizes));
  takenSizes = Spread(std::move(taken));
  targets = Spread(std::move(targetCounts));
  if (const TargetInfo *target = program.getTarget()) {
    CodeSizes sizes = target->getCodeSizes();
    prefixBytes = uint64_t(withIdDefined) * sizes.prefixBytes;
    checkBytes = uint64_t(checked()) * sizes.checkBytes;
  }
}

/// What the optimiser made of checks, where the compiler plugin recorded it.
struct Outcome {
  uint64_t before = 0, left = 0, copied = 0;
  size_t promoted = 0, damaged = 0;

  static std::optional<Outcome> get(const Program &program) {
    const Summary &summary = program.summary;
    if (summary.checks.empty() && summary.damages.empty())
      return std::nullopt;
    Outcome result;
    for (const ChecksRecord &record : summary.checks) {
      result.before += record.before;
      result.left += std::min(record.before, record.after);
      result.copied +=
          record.after > record.before ? record.after - record.before : 0;
    }
    result.promoted = summary.promotions.size();
    result.damaged = summary.damages.size();
    return result;
  }
  void print(llvm::raw_ostream &os) const {
    os << "after optimization: " << left << " of " << before << " checks left, "
       << copied << " added by copies of code, " << promoted
       << " target(s) called directly, " << damaged
       << " check(s) or id(s) damaged\n";
  }
  void print(llvm::json::OStream &json) const {
    json.attributeObject("after_optimization", [&] {
      json.attribute("checks_left", static_cast<int64_t>(left));
      json.attribute("checks_copied", static_cast<int64_t>(copied));
      json.attribute("promoted", static_cast<int64_t>(promoted));
      json.attribute("damaged", static_cast<int64_t>(damaged));
    });
  }
};

} // namespace

/// Prints where something stands, if that is known. A module that stands alone
/// needs no name.
static void printPlace(const Program &program, StringRef location,
                       StringRef unit, llvm::raw_ostream &os) {
  if (!location.empty())
    os << " at " << location;
  if (program.summary.units.size() > 1)
    os << " in " << unit;
}

static void printCaller(const Program &program, const Site &site,
                        llvm::raw_ostream &os) {
  if (!site.record->caller.empty())
    os << " in @" << site.record->caller;
}

static std::set<StringRef> getTargets(const Program &program) {
  std::set<StringRef> targets;
  for (const UnitRecord &unit : program.summary.units)
    if (!unit.target.empty())
      targets.insert(unit.target);
  return targets;
}

static unsigned countProtected(const Program &program) {
  return llvm::count_if(program.summary.units, [](const UnitRecord &unit) {
    return unit.isProtected;
  });
}

/// Classes from the largest one, equal ones by id.
static std::vector<std::pair<uint32_t, const Class *>>
getLargestClasses(const Program &program) {
  std::vector<std::pair<uint32_t, const Class *>> classes;
  for (const auto &[id, entry] : program.classes)
    if (!entry.functions.empty() || !entry.sites.empty())
      classes.emplace_back(id, &entry);
  llvm::sort(classes, [](const auto &a, const auto &b) {
    return std::make_pair(b.second->functions.size(), a.first) <
           std::make_pair(a.second->functions.size(), b.first);
  });
  return classes;
}

static void printInventory(const Program &program, llvm::raw_ostream &os,
                           size_t limit) {
  Totals totals(program);
  std::set<StringRef> targets = getTargets(program);
  os << "target: " << (targets.empty() ? "none" : llvm::join(targets, ", "))
     << "\n";
  if (size_t units = program.summary.units.size(); units > 1)
    os << "units: " << units << ", " << countProtected(program)
       << " protected\n";
  UnitRecord options = program.getOptions();
  os << "encoding: " << stringifyHashKind(options.hash)
     << (options.normalizeIntegers ? ", integers normalized" : "") << "\n";
  os << "functions: " << totals.definitions << " defined, "
     << totals.declarations << " declared, " << totals.withId
     << " with a type id, " << totals.addressTaken << " address-taken, "
     << totals.addressTakenWithoutId << " of these without a type id\n";
  if (totals.repeated)
    os << "defined in several units: " << totals.repeated << " function(s)\n";
  os << "indirect calls: " << totals.checked() << " checked (" << totals.bundle
     << " by bundle, " << totals.expanded << " expanded, " << totals.pending
     << " not lowered yet), " << totals.unchecked << " unchecked\n";
  if (std::optional<Outcome> outcome = Outcome::get(program))
    outcome->print(os);
  os << "classes: " << totals.classes << "\n";
  os << "functions a class: " << totals.classSizes << "\n";
  os << "address-taken functions a class: " << totals.takenSizes << "\n";
  os << "address-taken functions a checked call: " << totals.targets << "\n";
  os << "calls without a function of their class: " << totals.callsWithoutTarget
     << " of " << totals.classesWithoutTarget << " class(es)\n";
  os << "address-taken functions without a call of their class: "
     << totals.functionsWithoutCall << " of " << totals.classesWithoutCall
     << " class(es)\n";
  if (const TargetInfo *target = program.getTarget())
    os << "bytes on " << target->getName() << ": " << totals.prefixBytes
       << " in prefixes, " << totals.checkBytes << " in checks\n";

  {
    LineLimit classes(os, limit);
    for (auto [id, entry] : getLargestClasses(program)) {
      if (!classes.take())
        continue;
      os << "class " << formatTypeId(id) << ": " << entry->functions.size()
         << " function(s), " << entry->sites.size()
         << " call(s): " << program.getReadableType(id);
      if (!entry->strings.empty())
        os << " [" << llvm::join(entry->strings, " | ") << "]";
      os << "\n";
      LineLimit functions(os, limit, "  ");
      for (unsigned index : entry->functions) {
        const Symbol &symbol = program.symbols[index];
        if (!functions.take())
          continue;
        os << "  function " << symbol.str()
           << (symbol.isDefined() ? "" : " declared")
           << (symbol.isAddressTaken ? " address-taken" : "");
        if (StringRef function = symbol.getEntryOf(); !function.empty())
          os << " extra entry of @" << function;
        os << "\n";
      }
      LineLimit calls(os, limit, "  ");
      for (unsigned index : entry->sites) {
        if (!calls.take())
          continue;
        const Site &site = program.sites[index];
        os << "  call";
        printCaller(program, site, os);
        os << " (" << getStateName(site.state) << ")";
        printPlace(program, site.record->location, site.record->unit, os);
        os << "\n";
      }
    }
  }
  {
    LineLimit unchecked(os, limit);
    for (const Site &site : program.sites) {
      if (site.state != CheckState::Unchecked || !unchecked.take())
        continue;
      os << "unchecked call";
      printCaller(program, site, os);
      printPlace(program, site.record->location, site.record->unit, os);
      os << "\n";
    }
  }
  LineLimit withoutId(os, limit);
  for (auto [index, symbol] : llvm::enumerate(program.symbols))
    if (symbol.isAddressTaken && !symbol.id && !symbol.records.empty() &&
        symbol.target == index && withoutId.take())
      os << "no type id: " << symbol.str()
         << (symbol.isDefined() ? "" : " declared")
         << " (address-taken; a checked call of it traps)\n";
}

void mlir::kcfi::printTextReport(const Program &program, llvm::raw_ostream &os,
                                 size_t limit) {
  printInventory(program, os, limit);
  if (std::optional<EntryReport> entries = EntryReport::compute(program))
    entries->printText(os, limit);
}

static void printJSON(const Program &program,
                      const std::optional<EquivalenceReport> &equivalences,
                      const std::optional<EntryReport> &entries,
                      llvm::raw_ostream &os) {
  Totals totals(program);
  UnitRecord options = program.getOptions();
  llvm::json::OStream json(os, /*IndentSize=*/2);
  // Names and strings may be any bytes; JSON is UTF-8.
  auto text = [](StringRef value) { return llvm::json::fixUTF8(value); };
  auto location = [&](StringRef value) {
    if (!value.empty())
      json.attribute("location", text(value));
  };
  auto spread = [&](StringRef key, const Spread &value) {
    json.attributeObject(key, [&] {
      json.attribute("mean", value.mean);
      json.attribute("median", static_cast<int64_t>(value.median));
      json.attribute("p90", static_cast<int64_t>(value.p90));
      json.attribute("max", static_cast<int64_t>(value.max));
    });
  };
  json.object([&] {
    json.attribute("format", "kcfi-report 2");
    json.attributeArray("targets", [&] {
      for (StringRef target : getTargets(program))
        json.value(text(target));
    });
    json.attributeObject("encoding", [&] {
      json.attribute("hash", stringifyHashKind(options.hash));
      json.attribute("normalize_integers", options.normalizeIntegers);
    });
    if (equivalences)
      json.attribute("equivalences", equivalences->toJSON());
    if (entries)
      json.attribute("entries", entries->toJSON());
    json.attributeArray("units", [&] {
      for (const UnitRecord &unit : program.summary.units)
        json.object([&] {
          json.attribute("name", text(unit.unit));
          json.attribute("protected", unit.isProtected);
        });
    });
    json.attributeObject("totals", [&] {
      json.attribute("functions_defined", totals.definitions);
      json.attribute("functions_declared", totals.declarations);
      json.attribute("functions_with_id", totals.withId);
      json.attribute("address_taken", totals.addressTaken);
      json.attribute("address_taken_without_id", totals.addressTakenWithoutId);
      json.attribute("calls_checked", totals.checked());
      json.attribute("calls_unchecked", totals.unchecked);
      json.attribute("calls_without_target", totals.callsWithoutTarget);
      json.attribute("functions_without_call", totals.functionsWithoutCall);
      json.attribute("classes", totals.classes);
      spread("class_size", totals.classSizes);
      spread("class_address_taken", totals.takenSizes);
      spread("call_targets", totals.targets);
      if (std::optional<Outcome> outcome = Outcome::get(program))
        outcome->print(json);
      if (program.getTarget()) {
        json.attribute("prefix_bytes",
                       static_cast<int64_t>(totals.prefixBytes));
        json.attribute("check_bytes", static_cast<int64_t>(totals.checkBytes));
      }
    });
    json.attributeArray("functions", [&] {
      for (auto [index, symbol] : llvm::enumerate(program.symbols)) {
        if (symbol.records.empty() || symbol.target != index)
          continue;
        json.object([&, &symbol = symbol] {
          json.attribute("name", text(symbol.name));
          if (!symbol.unit.empty())
            json.attribute("local", text(symbol.unit));
          json.attribute("declaration", !symbol.isDefined());
          json.attribute("address_taken", symbol.isAddressTaken);
          if (StringRef function = symbol.getEntryOf(); !function.empty())
            json.attribute("entry_of", text(function));
          if (symbol.id)
            json.attribute("id", static_cast<int64_t>(*symbol.id));
          location(symbol.getLocation());
        });
      }
    });
    json.attributeArray("calls", [&] {
      for (const Site &site : program.sites)
        json.object([&] {
          json.attribute("unit", text(site.record->unit));
          if (!site.record->caller.empty())
            json.attribute("caller", text(site.record->caller));
          json.attribute("state", getStateName(site.state));
          if (site.id)
            json.attribute("id", static_cast<int64_t>(*site.id));
          location(site.record->location);
        });
    });
    json.attributeArray("classes", [&] {
      for (const auto &[id, entry] : program.classes) {
        if (entry.functions.empty() && entry.sites.empty())
          continue;
        json.object([&, id = id, &entry = entry] {
          json.attribute("id", static_cast<int64_t>(id));
          json.attributeArray("strings", [&] {
            for (StringRef string : entry.strings)
              json.value(text(string));
          });
          json.attribute("type", text(program.getReadableType(id)));
          json.attributeArray("functions", [&] {
            for (unsigned index : entry.functions)
              json.value(text(program.symbols[index].name));
          });
          json.attribute("address_taken", entry.addressTaken);
          json.attribute("calls", static_cast<int64_t>(entry.sites.size()));
        });
      }
    });
  });
  os << "\n";
}

void mlir::kcfi::printJSONReport(const Program &program,
                                 llvm::raw_ostream &os) {
  printJSON(program, /*equivalences=*/std::nullopt,
            EntryReport::compute(program), os);
}

FailureOr<ModuleReport> ModuleReport::compute(ModuleOp module) {
  FailureOr<Summary> summary = summarize(module, "module");
  if (failed(summary))
    return failure();
  FailureOr<std::optional<EquivalenceReport>> equivalences =
      EquivalenceReport::compute(module);
  if (failed(equivalences))
    return failure();
  ModuleReport report{Program(std::move(*summary)), std::move(*equivalences),
                      std::nullopt};
  FailureOr<std::optional<EntryReport>> entries =
      EntryReport::compute(module, report.program);
  if (failed(entries))
    return failure();
  report.entries = std::move(*entries);
  return report;
}

void ModuleReport::printText(llvm::raw_ostream &os) const {
  printInventory(program, os, /*limit=*/SIZE_MAX);
  if (equivalences)
    equivalences->printText(os);
  if (entries)
    entries->printText(os);
}

void ModuleReport::printJSON(llvm::raw_ostream &os) const {
  ::printJSON(program, equivalences, entries, os);
}

//===----------------------------------------------------------------------===//
// Explanations
//===----------------------------------------------------------------------===//

std::optional<uint32_t> mlir::kcfi::parseTypeId(StringRef text) {
  uint64_t value;
  if (!text.getAsInteger(0, value) && value <= UINT32_MAX)
    return static_cast<uint32_t>(value);
  int64_t negative;
  if (!text.getAsInteger(10, negative) && negative < 0 && negative >= INT32_MIN)
    return static_cast<uint32_t>(negative);
  return std::nullopt;
}

std::optional<Explanation> mlir::kcfi::explainId(const Program &program,
                                                 uint32_t id) {
  auto it = program.classes.find(id);
  if (it == program.classes.end())
    return std::nullopt;
  const Class &entry = it->second;
  Explanation explanation;
  explanation.type = program.getReadableType(id);
  explanation.strings = entry.strings;
  for (unsigned index : entry.functions) {
    const Symbol &symbol = program.symbols[index];
    const FunctionRecord *record =
        symbol.definition ? symbol.definition : symbol.records.front();
    explanation.functions.push_back(
        {symbol.name, symbol.isDefined(), symbol.getLocation(), record->unit});
  }
  for (unsigned index : entry.sites)
    explanation.sites.push_back(&program.sites[index]);
  return explanation;
}

bool mlir::kcfi::explainId(const Program &program, uint32_t id,
                           llvm::raw_ostream &os) {
  std::optional<Explanation> explanation = explainId(program, id);
  if (!explanation) {
    os << formatTypeId(id) << ": unknown id: no function and no call has it\n";
    return false;
  }
  os << formatTypeId(id) << ": " << explanation->type << "\n";
  os << "  string: "
     << (explanation->strings.empty() ? "not known"
                                      : llvm::join(explanation->strings, " | "))
     << "\n";
  for (const Explanation::Function &function : explanation->functions) {
    os << "  function: @" << function.name
       << (function.isDefined ? "" : " (declared)");
    printPlace(program, function.location, function.unit, os);
    os << "\n";
  }
  for (const Site *site : explanation->sites) {
    os << "  call site:";
    printCaller(program, *site, os);
    printPlace(program, site->record->location, site->record->unit, os);
    os << "\n";
  }
  return true;
}

bool mlir::kcfi::explainId(ArrayRef<std::string> strings, HashKind hash,
                           uint32_t id, llvm::raw_ostream &os) {
  bool found = false;
  for (const std::string &string : strings) {
    if (hashTypeIdString(string, hash) != id)
      continue;
    std::string readable = demangleTypeIdString(string);
    os << formatTypeId(id) << ": "
       << (readable.empty() ? "unknown type" : readable) << "\n"
       << "  string: " << string << "\n";
    found = true;
  }
  if (!found)
    os << formatTypeId(id) << ": unknown id: no string of the list has it\n";
  return found;
}
