//===- FlowGraph.cpp - Which functions come to a call -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Program/FlowGraph.h"
#include "kcfi/IR/KCFIAttributes.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/GraphTraits.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
/// The form in which LLVM's iterators want a graph.
struct GraphNode {
  SmallVector<GraphNode *, 2> next;
};
} // namespace

namespace llvm {
template <>
struct GraphTraits<GraphNode *> {
  using NodeRef = GraphNode *;
  using ChildIteratorType = mlir::SmallVector<GraphNode *, 2>::iterator;
  static NodeRef getEntryNode(NodeRef node) { return node; }
  static ChildIteratorType child_begin(NodeRef node) {
    return node->next.begin();
  }
  static ChildIteratorType child_end(NodeRef node) { return node->next.end(); }
};
} // namespace llvm

FlowGraph::FlowGraph(const Program &program)
    : program(program), labels(program.nodes.size()),
      previous(program.nodes.size()) {
  for (auto [index, node] : llvm::enumerate(program.nodes))
    for (unsigned next : node.next)
      previous[next].push_back(index);
  for (const Site &site : program.sites) {
    siteNodes.push_back(program.findSiteNode(site));
    if (siteNodes.back() && site.id)
      checkedAs[*siteNodes.back()] = *site.id;
  }
  for (auto [index, view] : llvm::enumerate(program.views))
    viewsOf[program.symbols[view.function].target].push_back(index);
  propagate();
}

void FlowGraph::propagate() {
  const std::vector<Node> &nodes = program.nodes;
  std::vector<GraphNode> graph(nodes.size() + 1);
  GraphNode &root = graph.back();
  for (auto [index, node] : llvm::enumerate(nodes)) {
    for (unsigned next : node.next)
      graph[index].next.push_back(&graph[next]);
    if (node.place.kind == PlaceKind::Function)
      root.next.push_back(&graph[index]);
  }
  // Components come after those that they flow into; sources first is wanted.
  std::vector<std::vector<GraphNode *>> components;
  for (auto it = llvm::scc_begin(&root); !it.isAtEnd(); ++it)
    components.push_back(*it);
  for (const std::vector<GraphNode *> &component : llvm::reverse(components)) {
    Labels sum;
    for (GraphNode *node : component) {
      if (node == &root)
        continue;
      unsigned index = node - graph.data();
      if (nodes[index].place.kind == PlaceKind::Function) {
        const Symbol &symbol = program.symbols[nodes[index].symbol];
        // What has no id is a type of its own.
        sum.classes.push_back(symbol.id ? *symbol.id : uint64_t(1) << 32);
      }
      for (unsigned from : previous[index]) {
        const Labels &other = labels[from];
        sum.isMixed |= other.isMixed || !isFollowed(from);
        if (isFollowed(from))
          sum.classes.append(other.classes.begin(), other.classes.end());
      }
    }
    llvm::sort(sum.classes);
    sum.classes.erase(llvm::unique(sum.classes), sum.classes.end());
    if (sum.classes.size() > kMaxClasses)
      sum.classes.truncate(kMaxClasses + 1);
    for (GraphNode *node : component)
      if (node != &root)
        labels[node - graph.data()] = sum;
  }
}

size_t FlowGraph::countClasses(unsigned site) const {
  if (!siteNodes[site])
    return 0;
  const Labels &entry = labels[*siteNodes[site]];
  return entry.isMixed ? kMaxClasses + 1 : entry.classes.size();
}

std::vector<FlowPath>
FlowGraph::findSources(unsigned site, bool throughAll,
                       llvm::function_ref<bool(unsigned)> wanted) {
  std::vector<FlowPath> paths;
  if (!siteNodes[site])
    return paths;
  // Breadth first, from the call backwards.
  llvm::DenseMap<unsigned, unsigned> next;
  std::vector<unsigned> queue = {*siteNodes[site]};
  next[queue.front()] = queue.front();
  for (size_t i = 0; i < queue.size(); ++i) {
    unsigned node = queue[i];
    if (program.nodes[node].place.kind == PlaceKind::Function) {
      unsigned function = program.nodes[node].symbol;
      if (wanted(function)) {
        FlowPath path{function, site, {node}, countClasses(site)};
        while (node != queue.front())
          path.nodes.push_back(node = next.lookup(node));
        paths.push_back(std::move(path));
      }
      continue;
    }
    for (unsigned from : previous[node])
      if ((throughAll || isFollowed(from)) &&
          next.try_emplace(from, node).second)
        queue.push_back(from);
  }
  return paths;
}

bool FlowGraph::isAlsoCalledAs(const FlowPath &path, uint32_t id) const {
  auto isCalledAs = [&](unsigned node) {
    auto it = checkedAs.find(node);
    return it != checkedAs.end() && it->second == id;
  };
  // Other calls of the function itself are no calls of the same pointer, unless
  // they are near.
  if (path.nodes.size() < 3)
    return llvm::any_of(program.nodes[path.nodes.front()].next,
                        [&](unsigned next) {
                          return isCalledAs(next) &&
                                 program.nodes[next].symbol ==
                                     program.nodes[path.nodes.back()].symbol;
                        });
  std::vector<unsigned> pending = {path.nodes.end()[-2]};
  llvm::DenseSet<unsigned> seen(pending.begin(), pending.end());
  while (!pending.empty()) {
    unsigned node = pending.back();
    pending.pop_back();
    if (isCalledAs(node))
      return true;
    if (isFollowed(node))
      for (unsigned next : program.nodes[node].next)
        if (seen.insert(next).second)
          pending.push_back(next);
  }
  return false;
}

static std::string describeOffset(StringRef name, uint64_t offset) {
  return (name + "+" + Twine(offset)).str();
}

std::string FlowGraph::describe(const Node &node) const {
  auto getName = [&] { return program.symbols[node.symbol].str(); };
  switch (node.place.kind) {
  case PlaceKind::Function:
    return "address taken";
  case PlaceKind::Parameter:
    return "passed to " + getName() + " as argument " +
           std::to_string(node.place.number + 1);
  case PlaceKind::Result:
    return "returned by " + getName();
  case PlaceKind::Field:
    return "stored in field " +
           describeOffset(node.place.name, node.place.number);
  case PlaceKind::Global:
    return "stored in global " +
           describeOffset(node.place.name, node.place.number);
  case PlaceKind::Elements:
    return "stored in elements of global " +
           describeOffset(node.place.name, node.place.number);
  case PlaceKind::Argument:
    return "passed to calls of type " + program.getTypeName(node.place.id) +
           " as argument " + std::to_string(node.place.number + 1);
  case PlaceKind::Returned:
    return "returned by calls of type " + program.getTypeName(node.place.id);
  case PlaceKind::Site:
    return "called in " + getName();
  case PlaceKind::Elsewhere:
    return "goes elsewhere";
  }
  llvm_unreachable("unknown kind of place");
}

std::string FlowGraph::describe(const FlowPath &path) const {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::ListSeparator separator;
  for (unsigned index : ArrayRef(path.nodes).drop_front())
    os << separator << describe(program.nodes[index]);
  return text;
}

StringRef FlowGraph::getViewLocation(const FlowPath &path) const {
  auto it = viewsOf.find(path.function);
  if (it != viewsOf.end() && path.nodes.size() > 1)
    for (unsigned index : it->second)
      if (const View &view = program.views[index];
          view.node == path.nodes[1] && !view.record->location.empty())
        return view.record->location;
  return "";
}

std::string FlowGraph::describeViews(unsigned function) const {
  auto it = viewsOf.find(function);
  if (it == viewsOf.end())
    return "";
  constexpr size_t kShown = 3;
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::ListSeparator separator;
  for (unsigned index : ArrayRef(it->second).take_front(kShown)) {
    const View &view = program.views[index];
    os << separator << describe(program.nodes[view.node]);
    if (!view.record->location.empty())
      os << " at " << view.record->location;
  }
  if (it->second.size() > kShown)
    os << " and " << it->second.size() - kShown << " more";
  return text;
}
