//===- EntryReport.cpp - What extra entries do to classes -------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Analysis/EntryReport.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Analysis/ViewGraph.h"
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

FailureOr<std::optional<EntryReport>> EntryReport::compute(ModuleOp module) {
  std::optional<EntryReport> report;
  // An inventory takes its time.
  auto hasEntries =
      module.walk([](EntryOp) { return WalkResult::interrupt(); });
  if (!hasEntries.wasInterrupted())
    return report;
  FailureOr<ModuleInfo> info = ModuleInfo::collect(module);
  if (failed(info))
    return failure();
  FailureOr<llvm::StringSet<>> used = findUsesOfOwnClass(module);
  if (failed(used))
    return failure();
  report.emplace();

  SymbolTableCollection symbolTables;
  auto getFunction = [&](EntryOp entry) {
    return symbolTables.lookupNearestSymbolFrom(entry, entry.getCalleeAttr());
  };
  std::vector<unsigned> before, after;
  // Functions with the classes that they have by themselves or by a view.
  llvm::DenseSet<std::pair<Operation *, uint32_t>> needed;
  for (const auto &[id, members] : info->classes) {
    llvm::DenseSet<Operation *> functions;
    for (unsigned index : members.functions) {
      functions.insert(info->functions[index].op);
      needed.insert({info->functions[index].op, id});
    }
    before.push_back(functions.size());
    for (unsigned index : members.entries)
      functions.insert(getFunction(info->entries[index].op));
    after.push_back(functions.size());
    if (!members.entries.empty())
      report->classes.push_back(
          {id, getReadableClass(members), before.back(), after.back(),
           static_cast<unsigned>(members.entries.size())});
  }
  report->before = ::getSizes(before);
  report->after = ::getSizes(after);
  llvm::sort(report->classes, [](const ClassEntries &a, const ClassEntries &b) {
    return std::make_pair(b.after, a.id) < std::make_pair(a.after, b.id);
  });

  std::optional<ViewGraph> graph = getViews(module, report->problem);
  llvm::DenseSet<Operation *> viewed;
  if (graph)
    for (const ViewedFunction &function : graph->functions) {
      viewed.insert(function.op);
      for (const FunctionView &view : function.views)
        needed.insert({function.op, view.id});
    }
  for (const EntryInfo &info : info->entries) {
    EntryOp op = info.op;
    Entry &entry = report->entries.emplace_back();
    entry.op = op;
    entry.type = getReadableType(op.getSignature());
    entry.isAddressTaken = info.isAddressTaken;
    if (!info.id)
      continue;
    entry.id = info.id.getValue();
    Operation *function = getFunction(op);
    if (needed.contains({function, *entry.id}) ||
        used->contains(op.getSymName()))
      entry.widens = false;
    else if (graph)
      // Of a function without a signature the slots have no class to compare.
      entry.widens = viewed.contains(function) || !info.isAddressTaken;
  }
  return report;
}

void EntryReport::printText(llvm::raw_ostream &os) const {
  unsigned taken = 0, widening = 0;
  std::map<StringRef, unsigned> forms;
  for (const Entry &entry : entries) {
    EntryOp op = entry.op;
    taken += entry.isAddressTaken;
    widening += entry.widens.value_or(false);
    ++forms[stringifyEntryForm(op.getForm())];
  }
  os << "\nextra entries: " << entries.size() << " (";
  llvm::ListSeparator separator;
  for (auto [form, count] : forms)
    os << separator << count << " " << form;
  os << "), " << taken << " address-taken";
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
  for (const ClassEntries &members : classes)
    os << "reachable in " << formatTypeId(members.id) << ": " << members.after
       << " function(s), " << members.before << " by their own entry, "
       << members.after - members.before << " more by extra entries ("
       << members.entries << "): " << members.type << "\n";
  for (const Entry &entry : entries) {
    if (!entry.widens.value_or(false))
      continue;
    EntryOp op = entry.op;
    os << "widening: @" << op.getSymName() << " lets @" << op.getCallee()
       << " be called as " << entry.type << " [" << formatTypeId(*entry.id)
       << "], which no view in the module needs"
       << (op.isPrivate() ? "" : "; the entry is visible to other modules");
    if (std::string location = getFileLocation(op); !location.empty())
      os << ", at " << location;
    os << "\n";
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
    EntryOp op = entry.op;
    llvm::json::Object object{{"name", text(op.getSymName())},
                              {"function", text(op.getCallee())},
                              {"type", text(entry.type)},
                              {"form", stringifyEntryForm(op.getForm())},
                              {"visible", !op.isPrivate()},
                              {"address_taken", entry.isAddressTaken}};
    if (entry.id)
      object["id"] = *entry.id;
    if (std::string location = getFileLocation(op); !location.empty())
      object["location"] = text(location);
    if (entry.widens)
      object["widens"] = *entry.widens;
    entryList.push_back(std::move(object));
  }
  return llvm::json::Object{{"before", getJSON(before)},
                            {"after", getJSON(after)},
                            {"classes", std::move(classList)},
                            {"entries", std::move(entryList)}};
}
