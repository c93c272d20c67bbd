//===- FunctionFlows.h - Flows of pointers in one function ------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_PROGRAM_LLVM_FUNCTIONFLOWS_H
#define KCFI_LIB_PROGRAM_LLVM_FUNCTIONFLOWS_H

#include "PlaceTable.h"
#include "llvm/ADT/GraphTraits.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/IntrinsicInst.h"

#include <deque>

namespace mlir::kcfi {

/// A value or a part of a local variable, and where its content comes from.
struct PointerNode {
  static constexpr unsigned kNone = ~0u;

  llvm::SmallVector<PointerNode *, 2> origins;
  /// Index of the place that this is, or kNone.
  unsigned place = kNone;
  /// Something is loaded or stored through it: no pointer to a function.
  bool isData = false;
  /// Whether origins of data are data: not for parts of aggregates.
  bool isWhole = true;
  /// The set of places that the pointer can come from.
  unsigned sources = kNone;
};

/// The graph of pointers in one function: where the pointers that it stores,
/// passes and calls come from.
class FunctionFlows {
public:
  FunctionFlows(PlaceTable &places, UnitRecords &records,
                const llvm::Function &function)
      : places(places), records(records), function(function),
        name(places.getName(function)) {}

  /// Names structs that only a typedef names: IR types have its name.
  void learnNames();
  /// Adds views, calls and sites to the records, and flows to the places.
  void run();

private:
  /// Memory that a load or store reaches.
  struct Memory {
    /// A local variable and the offset in it.
    const llvm::AllocaInst *local = nullptr;
    uint64_t offset = 0;
    /// Other places of the same memory.
    llvm::SmallVector<unsigned, 2> places;
    /// It may be anything.
    bool isUnknown = false;
  };
  /// What the computation of an address says.
  struct Address {
    const llvm::Value *base;
    /// Sum of the constant parts; elements of arrays whose index varies count
    /// as the first.
    int64_t offset = 0;
    bool isConstant = true;
    Position position;
  };
  struct Sink {
    unsigned place;
    PointerNode *node;
    const llvm::Instruction *instruction;
  };

  Address getAddress(const llvm::Value *pointer);
  uint32_t getSlot(const llvm::Value *callee);
  Memory getMemory(const llvm::Value *pointer, uint64_t extra,
                   const llvm::MDNode *tag, bool isAnyElement);
  bool isArgumentArea(const llvm::Value *pointer);
  void learnStructs();

  StructLayouts &getStructs() { return places.getStructs(); }
  const llvm::DataLayout &getDataLayout() {
    return getStructs().getDataLayout();
  }

  PointerNode *makeNode() { return &nodes.emplace_back(); }
  PointerNode *getSource(unsigned place);
  PointerNode *getNode(const llvm::Value *value);
  PointerNode *getElement(const llvm::Value *vector, unsigned index);
  PointerNode *getLocal(const llvm::AllocaInst *local, uint64_t offset);
  void expand(const llvm::Value *value, PointerNode *node);
  void expandCall(const llvm::CallBase &call, PointerNode *node);
  void expandLoad(PointerNode *node, const llvm::Value *pointer,
                  llvm::Type *type, const llvm::MDNode *tag,
                  uint64_t start = 0);
  void addSink(Place place, const llvm::Value *value,
               const llvm::Instruction &instruction);
  void addStore(const llvm::Value *pointer, const llvm::Value *value,
                const llvm::MDNode *tag, const llvm::Instruction &instruction);
  void addOrigins(PointerNode *node, const Memory &memory);
  void storeNode(const Memory &memory, PointerNode *node,
                 const llvm::Instruction &instruction);
  void addCopy(const llvm::MemTransferInst &copy);
  void addCall(const llvm::CallBase &call);
  void visit(const llvm::Instruction &instruction);
  void expandAll();
  void markData();
  void collect();

  PlaceTable &places;
  UnitRecords &records;
  const llvm::Function &function;
  std::string name;
  unsigned sites = 0;
  std::deque<PointerNode> nodes;
  llvm::DenseMap<const llvm::Value *, PointerNode *> values;
  llvm::DenseMap<std::pair<const llvm::AllocaInst *, uint64_t>, PointerNode *>
      locals;
  llvm::DenseMap<unsigned, PointerNode *> sources;
  llvm::SmallVector<const llvm::Value *> worklist;
  llvm::SmallVector<Sink> sinks;
  /// Arguments of llvm.va_start.
  llvm::SmallPtrSet<const llvm::Value *, 1> argumentLists;
  /// The TBAA type of what a pointer points to.
  llvm::DenseMap<const llvm::Value *, const llvm::MDNode *> structs;
};

} // namespace mlir::kcfi

template <>
struct llvm::GraphTraits<mlir::kcfi::PointerNode *> {
  using NodeRef = mlir::kcfi::PointerNode *;
  using ChildIteratorType =
      llvm::SmallVector<mlir::kcfi::PointerNode *, 2>::iterator;
  static NodeRef getEntryNode(NodeRef node) { return node; }
  static ChildIteratorType child_begin(NodeRef node) {
    return node->origins.begin();
  }
  static ChildIteratorType child_end(NodeRef node) {
    return node->origins.end();
  }
};

#endif // KCFI_LIB_PROGRAM_LLVM_FUNCTIONFLOWS_H
