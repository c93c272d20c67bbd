//===- ModuleFlows.cpp - Flows of pointers in one module --------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PlaceTable.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

using Edge = PlaceTable::Edge;

class ModuleFlows {
public:
  ModuleFlows(const PlaceTable &places, UnitRecords &records)
      : places(places), records(records), isCalled(places.size()),
        isOpenAtStart(places.size()), isOpenAtEnd(places.size()) {}
  void run();

private:
  void findOpenPlaces();
  void addEdges();
  void addNamesOfSameMemory();
  void recordFlows();
  void recordGlobals();
  /// Marks all that can be reached in one direction.
  void spread(ArrayRef<Edge> edges, llvm::BitVector &marks,
              bool isForward) const;
  bool isData(unsigned place) const;

  const PlaceTable &places;
  UnitRecords &records;
  /// The content of the place can be called.
  llvm::BitVector isCalled;
  /// What else a module can see of a place: callers that are elsewhere, code
  /// that is elsewhere.
  llvm::BitVector isOpenAtStart, isOpenAtEnd;
  std::vector<Edge> edges;
};

} // namespace

void ModuleFlows::findOpenPlaces() {
  for (size_t index = 0; index < places.size(); ++index) {
    const Place &place = places[index];
    const llvm::GlobalValue *symbol = places.lookupSymbol(place.name);
    bool isLocal =
        symbol && (symbol->hasLocalLinkage() || symbol->hasAppendingLinkage());
    bool isReplaceable =
        !symbol || symbol->isDeclarationForLinker() || symbol->isInterposable();
    auto *function = llvm::dyn_cast_if_present<llvm::Function>(symbol);
    bool isHidden = isLocal && function && !records.taken.contains(function);
    switch (place.kind) {
    case PlaceKind::Function:
      break;
    case PlaceKind::Parameter:
      isOpenAtStart[index] = !isHidden;
      isOpenAtEnd[index] = !function || isReplaceable;
      break;
    case PlaceKind::Result:
      isOpenAtStart[index] = !function || isReplaceable;
      isOpenAtEnd[index] = !isHidden;
      break;
    case PlaceKind::Global:
    case PlaceKind::Elements:
      isOpenAtStart[index] = isOpenAtEnd[index] = !isLocal;
      break;
    case PlaceKind::Field:
    case PlaceKind::Argument:
    case PlaceKind::Returned:
      isOpenAtStart[index] = isOpenAtEnd[index] = true;
      break;
    case PlaceKind::Elsewhere:
      isOpenAtStart[index] = true;
      break;
    case PlaceKind::Site:
      isOpenAtEnd[index] = true;
      break;
    }
  }
}

void ModuleFlows::spread(ArrayRef<Edge> edges, llvm::BitVector &marks,
                         bool isForward) const {
  std::vector<llvm::SmallVector<unsigned, 2>> next(places.size());
  for (auto [from, to] : edges)
    next[isForward ? from : to].push_back(isForward ? to : from);
  llvm::SmallVector<unsigned> pending(marks.set_bits());
  while (!pending.empty())
    for (unsigned place : next[pending.pop_back_val()])
      if (!marks.test(place)) {
        marks.set(place);
        pending.push_back(place);
      }
}

bool ModuleFlows::isData(unsigned place) const {
  return places.isData(place) && !places.getViewedPlaces().contains(place) &&
         !isCalled.test(place) && places[place].kind != PlaceKind::Elsewhere;
}

void ModuleFlows::addEdges() {
  // Where functions are put or called from, use as a data pointer says nothing:
  // a union, or `void *`.
  for (auto [from, to] : places.getFlows())
    if (places[to].kind == PlaceKind::Site)
      isCalled.set(to);
  spread(places.getFlows(), isCalled, /*isForward=*/false);
  for (auto [from, to] : places.getFlows())
    if (!isData(from) && !isData(to))
      edges.push_back({from, to});
}

/// Several names of the same memory: worth saying where the module uses the
/// name of one side, and others may use the other side.
void ModuleFlows::addNamesOfSameMemory() {
  llvm::DenseSet<unsigned> read, written;
  llvm::DenseMap<unsigned, llvm::SmallVector<unsigned, 1>> writers;
  for (auto [from, to] : edges) {
    read.insert(from);
    written.insert(to);
    if (places[to].kind == PlaceKind::Elements)
      writers[to].push_back(from);
  }
  auto isWritten = [&](unsigned place) {
    return written.contains(place) || places.getViewedPlaces().contains(place);
  };
  auto addLink = [&](unsigned from, unsigned to) {
    if (from != to && !isData(from) && !isData(to))
      edges.push_back({from, to});
  };
  for (auto [element, all] : places.getElements()) {
    if (isWritten(element))
      addLink(element, all);
    if (!read.contains(element))
      continue;
    // Not from other elements of the same array: what moves there mostly stays
    // in its element.
    for (unsigned writer : writers.lookup(all))
      if (places[writer].kind != PlaceKind::Elements ||
          places[writer].name != places[all].name)
        addLink(writer, element);
  }
  for (auto [place, field] : places.getFieldReads())
    if (isWritten(place))
      addLink(place, field);
  for (auto [field, place] : places.getFieldWrites())
    if (read.contains(place))
      addLink(field, place);
}

void ModuleFlows::recordFlows() {
  // Places that others can reach may hold anything without being told.
  llvm::BitVector isReachable = isOpenAtStart;
  for (unsigned place : places.getViewedPlaces())
    isOpenAtStart.set(place);
  spread(edges, isOpenAtStart, /*isForward=*/true);
  spread(edges, isOpenAtEnd, /*isForward=*/false);
  for (auto [from, to] : edges)
    if (isOpenAtStart.test(from) && isOpenAtEnd.test(to) &&
        (places[from].kind != PlaceKind::Elsewhere || !isReachable.test(to)))
      records.summary.flows.push_back({records.unit, places[from], places[to]});
}

/// Names in places that are local to the unit.
void ModuleFlows::recordGlobals() {
  llvm::StringSet<> named;
  auto addGlobal = [&](const Place &place) {
    if ((place.kind != PlaceKind::Global &&
         place.kind != PlaceKind::Elements) ||
        !named.insert(place.name).second)
      return;
    const llvm::GlobalValue *global = places.lookupSymbol(place.name);
    records.summary.globals.push_back(
        {records.unit, place.name,
         global->hasLocalLinkage() || global->hasAppendingLinkage()});
  };
  for (const ViewRecord &view : records.summary.views)
    addGlobal(view.place);
  for (const FlowRecord &flow : records.summary.flows) {
    addGlobal(flow.from);
    addGlobal(flow.to);
  }
}

void ModuleFlows::run() {
  findOpenPlaces();
  addEdges();
  addNamesOfSameMemory();
  recordFlows();
  recordGlobals();
}

void mlir::kcfi::addModuleFlows(const PlaceTable &places,
                                UnitRecords &records) {
  ModuleFlows(places, records).run();
}
