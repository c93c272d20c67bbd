//===- FlowGraph.h - Which functions come to a call -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Follows function pointers from place to place. A place stands for many at run
// time (one field for all objects of its type), so a way may be one that no
// pointer takes. Where functions of many types meet, such as in a container,
// that is likely: ways through these places are not followed.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_PROGRAM_FLOWGRAPH_H
#define KCFI_PROGRAM_FLOWGRAPH_H

#include "kcfi/Program/Program.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace mlir::kcfi {

/// A shortest way of a function to a call.
struct FlowPath {
  unsigned function, site;
  /// Nodes, from the function to the call.
  std::vector<unsigned> nodes;
  /// How many types of functions come to the call: the fewer, the more certain.
  size_t classesAtSite;
};

class FlowGraph {
public:
  /// Places that functions of more types come to are not followed.
  static constexpr size_t kMaxClasses = 8;

  explicit FlowGraph(const Program &program);

  /// Calls `wanted` for the functions that come to the call, and returns ways
  /// for those for which it is true. With `throughAll`, all places are
  /// followed.
  std::vector<FlowPath> findSources(unsigned site, bool throughAll,
                                    llvm::function_ref<bool(unsigned)> wanted);

  /// Types of functions that come to the call; more than kMaxClasses stands for
  /// many.
  size_t countClasses(unsigned site) const;

  /// True if what comes by the way also comes, from the last place before the
  /// call, to a call of the given type. If there is no such place, the function
  /// that has the call has to have the other one too.
  bool isAlsoCalledAs(const FlowPath &path, uint32_t id) const;

  /// The way in words.
  std::string describe(const FlowPath &path) const;
  /// Where the address of the function is taken for it, if that is known.
  StringRef getViewLocation(const FlowPath &path) const;
  /// Where the address of a function is taken.
  std::string describeViews(unsigned function) const;

private:
  struct Labels {
    /// Of functions that come here by ways that are followed, sorted.
    SmallVector<uint64_t, 2> classes;
    /// Comes (also) from a place that is not followed.
    bool isMixed = false;
  };

  void propagate();
  bool isFollowed(unsigned node) const {
    return labels[node].classes.size() <= kMaxClasses;
  }
  std::string describe(const Node &node) const;

  const Program &program;
  std::vector<Labels> labels;
  std::vector<SmallVector<unsigned, 2>> previous;
  /// The node of each site, if a record names it.
  std::vector<std::optional<unsigned>> siteNodes;
  /// Ids of the checks at nodes that are sites.
  llvm::DenseMap<unsigned, uint32_t> checkedAs;
  std::map<unsigned, SmallVector<unsigned, 2>> viewsOf;
};

} // namespace mlir::kcfi

#endif // KCFI_PROGRAM_FLOWGRAPH_H
