//===- EntryReport.cpp - What extra entries do to classes -------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Audit/EntryReport.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Analysis/ViewGraph.h"
#include "kcfi/Audit/Report.h"
#include "kcfi/Encoding/Encoding.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::kcfi;

/// The views of all functions; the first error as text where there are none.
static std::optional<ViewGraph> getViews(ModuleOp module,
                                         std::string &problem) {
  // What stops the placement of entries does not stop a report.
  ScopedDiagnosticHandler handler(
      module.getContext(), [&](Diagnostic &diagnostic) {
        if (diagnostic.getSeverity() == DiagnosticSeverity::Error &&
            problem.empty())
          problem = diagnostic.str();
        return success();
      });
  FailureOr<ViewGraph> graph = ViewGraph::compute(module, World::Symbols);
  if (failed(graph))
    return std::nullopt;
  return std::move(*graph);
}

/// The symbols whose address is used as that of their own class: by a pointer
/// of this type, or without a type. What a slot of a vtable needs is up to the
/// trait.
static FailureOr<llvm::StringSet<>> findUsesOfOwnClass(ModuleOp module) {
  llvm::StringSet<> names;
  if (failed(forEachAddressUse(module, [&](const SymbolTable::SymbolUse &use) {
        if (!isa<VTableOp, EntryOp>(use.getUser()))
          names.insert(use.getSymbolRef().getLeafReference().getValue());
      })))
    return failure();
  module.walk([&](CarriedBodiesOp carried) {
    for (auto symbol : carried.getTaken().getAsRange<FlatSymbolRefAttr>())
      names.insert(symbol.getValue());
  });
  return names;
}

/// The function behind an extra entry; the entry itself if nothing is known of
/// it.
static unsigned getFunction(const Program &program, unsigned index) {
  const Symbol &entry = program.symbols[index];
  std::optional<unsigned> function =
      program.findSymbol(entry.definition->unit, entry.getEntryOf());
  return function ? program.symbols[*function].target : index;
}

static EntryReport::Sizes getSizes(ArrayRef<unsigned> counts) {
  EntryReport::Sizes sizes;
  uint64_t sum = 0;
  for (unsigned count : counts) {
    if (!count)
      continue;
    ++sizes.classes;
    sizes.largest = std::max(sizes.largest, count);
    sum += count;
  }
  if (sizes.classes)
    sizes.mean = double(sum) / sizes.classes;
  return sizes;
}

static bool isEntry(const Symbol &symbol) {
  return !symbol.getEntryOf().empty();
}

/// A report of the classes; nothing without extra entries.
static std::optional<EntryReport> reportClasses(const Program &program) {
  if (llvm::none_of(program.symbols, isEntry))
    return std::nullopt;
  EntryReport report;
  std::vector<unsigned> before, after;
  for (const auto &[id, members] : program.classes) {
    llvm::DenseSet<unsigned> functions;
    SmallVector<unsigned> reached;
    for (unsigned index : members.functions) {
      if (isEntry(program.symbols[index]))
        reached.push_back(getFunction(program, index));
      else
        functions.insert(index);
    }
    before.push_back(functions.size());
    functions.insert(reached.begin(), reached.end());
    after.push_back(functions.size());
    if (!reached.empty())
      report.classes.push_back({id, program.getReadableType(id), before.back(),
                                after.back(),
                                static_cast<unsigned>(reached.size())});
  }
  report.before = ::getSizes(before);
  report.after = ::getSizes(after);
  llvm::sort(report.classes, [](const EntryReport::ClassEntries &a,
                                const EntryReport::ClassEntries &b) {
    return std::make_pair(b.after, a.id) < std::make_pair(a.after, b.id);
  });
  return report;
}

std::optional<EntryReport> EntryReport::compute(const Program &program) {
  std::optional<EntryReport> report = reportClasses(program);
  if (!report)
    return std::nullopt;
  for (const Symbol &symbol :
       llvm::make_filter_range(program.symbols, isEntry)) {
    Entry &entry = report->entries.emplace_back();
    entry.name = symbol.name;
    entry.function = symbol.getEntryOf();
    entry.unit = symbol.unit;
    entry.isVisible = symbol.unit.empty();
    entry.isAddressTaken = symbol.isAddressTaken;
    entry.id = symbol.id;
    if (entry.id)
      entry.type = program.getReadableType(*entry.id);
    entry.location = symbol.getLocation();
  }
  report->problem =
      "records do not tell; the pass kcfi-report does, of one module";
  return report;
}

FailureOr<std::optional<EntryReport>>
EntryReport::compute(ModuleOp module, const Program &program) {
  std::optional<EntryReport> report = reportClasses(program);
  if (!report)
    return report;
  FailureOr<llvm::StringSet<>> used = findUsesOfOwnClass(module);
  if (failed(used))
    return failure();
  std::optional<ViewGraph> graph = getViews(module, report->problem);
  llvm::DenseSet<Operation *> viewed;
  llvm::DenseSet<std::pair<Operation *, uint32_t>> needed;
  if (graph)
    for (const ViewedFunction &function : graph->functions) {
      viewed.insert(function.op);
      for (const FunctionView &view : function.views)
        needed.insert({function.op, view.id});
    }

  auto getSymbol = [&](StringAttr name) -> const Symbol & {
    StringRef unit = program.summary.units.front().unit;
    return program.symbols[*program.findSymbol(unit, name)];
  };
  SymbolTableCollection symbolTables;
  module.walk([&](EntryOp op) {
    const Symbol &symbol = getSymbol(op.getSymNameAttr());
    Entry &entry = report->entries.emplace_back();
    entry.op = op;
    entry.name = op.getSymName();
    entry.function = op.getCallee();
    entry.isVisible = !op.isPrivate();
    entry.isAddressTaken = symbol.isAddressTaken;
    entry.id = symbol.id;
    entry.type = getReadableType(op.getSignature());
    entry.location = getFileLocation(op);
    if (!entry.id)
      return;
    Operation *function =
        symbolTables.lookupNearestSymbolFrom(op, op.getCalleeAttr());
    if (getSymbol(SymbolTable::getSymbolName(function)).id == entry.id ||
        needed.contains({function, *entry.id}) ||
        used->contains(op.getSymName()))
      entry.widens = false;
    else if (graph)
      // Of a function without a signature the slots have no class to compare.
      entry.widens = viewed.contains(function) || !entry.isAddressTaken;
  });
  return report;
}

void EntryReport::printText(llvm::raw_ostream &os, size_t limit) const {
  unsigned taken = 0, widening = 0;
  std::map<StringRef, unsigned> forms;
  for (const Entry &entry : entries) {
    taken += entry.isAddressTaken;
    widening += entry.widens.value_or(false);
    if (EntryOp op = entry.op)
      ++forms[stringifyEntryForm(op.getForm())];
  }
  os << "\nextra entries: " << entries.size();
  if (!forms.empty()) {
    os << " (";
    llvm::ListSeparator separator;
    for (auto [form, count] : forms)
      os << separator << count << " " << form;
    os << ")";
  }
  os << ", " << taken << " address-taken";
  if (problem.empty())
    os << ", " << widening << " widening a class";
  os << "\n";
  auto printSizes = [&](StringRef name, const Sizes &sizes) {
    os << llvm::formatv("  {0,-18}{1,8}{2,9}{3,9:f1}\n", name, sizes.classes,
                        sizes.largest, sizes.mean);
  };
  os << llvm::formatv("  {0,-18}{1,8}{2,9}{3,9}\n", "functions a class",
                      "classes", "largest", "mean");
  printSizes("without entries", before);
  printSizes("with entries", after);
  {
    LineLimit lines(os, limit);
    for (const ClassEntries &members : classes)
      if (lines.take())
        os << "reachable in " << formatTypeId(members.id) << ": "
           << members.after << " function(s), " << members.before
           << " by their own entry, " << members.after - members.before
           << " more by extra entries (" << members.entries
           << "): " << members.type << "\n";
  }
  {
    LineLimit lines(os, limit);
    for (const Entry &entry : entries) {
      if (!entry.widens.value_or(false) || !lines.take())
        continue;
      os << "widening: @" << entry.name << " lets @" << entry.function
         << " be called as " << entry.type << " [" << formatTypeId(*entry.id)
         << "], which no view in the module needs"
         << (entry.isVisible ? "; the entry is visible to other modules" : "");
      if (!entry.location.empty())
        os << ", at " << entry.location;
      os << "\n";
    }
  }
  if (!problem.empty())
    os << "which entries widen their class is not known: " << problem << "\n";
}

static llvm::json::Object getJSON(const EntryReport::Sizes &sizes) {
  return llvm::json::Object{{"classes", sizes.classes},
                            {"largest", sizes.largest},
                            {"mean", sizes.mean}};
}

llvm::json::Value EntryReport::toJSON() const {
  auto text = [](StringRef value) { return llvm::json::fixUTF8(value); };
  llvm::json::Array classList, entryList;
  for (const ClassEntries &members : classes)
    classList.push_back(llvm::json::Object{{"id", members.id},
                                           {"before", members.before},
                                           {"after", members.after},
                                           {"entries", members.entries}});
  for (const Entry &entry : entries) {
    llvm::json::Object object{{"name", text(entry.name)},
                              {"function", text(entry.function)},
                              {"visible", entry.isVisible},
                              {"address_taken", entry.isAddressTaken}};
    if (!entry.unit.empty())
      object["local"] = text(entry.unit);
    if (!entry.type.empty())
      object["type"] = text(entry.type);
    if (EntryOp op = entry.op)
      object["form"] = stringifyEntryForm(op.getForm());
    if (entry.id)
      object["id"] = *entry.id;
    if (!entry.location.empty())
      object["location"] = text(entry.location);
    if (entry.widens)
      object["widens"] = *entry.widens;
    entryList.push_back(std::move(object));
  }
  return llvm::json::Object{{"before", getJSON(before)},
                            {"after", getJSON(after)},
                            {"classes", std::move(classList)},
                            {"entries", std::move(entryList)}};
}
