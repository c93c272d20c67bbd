//===- PlaceTable.h - Places of pointers in one module ----------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Names the places through which pointers to functions pass: parameters,
// results, variables, fields of structs. Places are numbered in the order of
// their appearance.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_PROGRAM_LLVM_PLACETABLE_H
#define KCFI_LIB_PROGRAM_LLVM_PLACETABLE_H

#include "StructLayouts.h"
#include "kcfi/Program/Summary.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

#include <vector>

namespace mlir::kcfi {

/// True for functions, also by the name of an alias: what can be called.
bool isFunction(const llvm::GlobalValue *value);

class PlaceTable {
public:
  using Edge = std::pair<unsigned, unsigned>;
  using Edges = llvm::SetVector<Edge>;

  explicit PlaceTable(const llvm::DataLayout &layout) : structs(layout) {}

  StructLayouts &getStructs() { return structs; }

  /// The name of a global value in records; those without one are numbered.
  std::string getName(const llvm::GlobalValue &value);

  /// The number of a place.
  unsigned getPlace(Place place);
  unsigned getFieldPlace(StringRef structName, uint64_t offset);
  /// The place at an offset of a global variable. Notes what else names the
  /// same memory. `isConstant` is false for an element of an array of which the
  /// index is not known.
  unsigned getGlobalPlace(const llvm::GlobalVariable &global, uint64_t offset,
                          bool isConstant = true);

  size_t size() const { return places.size(); }
  const Place &operator[](unsigned index) const { return places[index]; }

  /// Remembers what the name of a global value stands for, and returns it.
  std::string addSymbol(const llvm::GlobalValue &value);
  /// The value behind a name in a place of a function or global variable.
  const llvm::GlobalValue *lookupSymbol(StringRef name) const {
    return symbols.lookup(name);
  }

  /// True if the address of a local or global variable is more than the operand
  /// of loads and stores.
  bool escapes(const llvm::Value *memory);
  /// True if addresses in a local variable are computed that are not constant.
  bool isIndexed(const llvm::AllocaInst *local);
  /// The functions whose address is part of a constant. Variables that it
  /// refers to have their own initializers; the address of a block is none of a
  /// function.
  ArrayRef<const llvm::GlobalValue *>
  getFunctionsIn(const llvm::Constant *constant);

  void addFlow(unsigned from, unsigned to) { flows.insert({from, to}); }
  /// Something is loaded or stored through the pointer in this place.
  void markData(unsigned place) { dataPlaces.insert(place); }
  /// The address of a function is put into this place.
  void markViewed(unsigned place) { viewedPlaces.insert(place); }

  ArrayRef<Edge> getFlows() const { return flows.getArrayRef(); }
  /// Flows between names of the same memory: from places in global variables to
  /// fields, back, and from elements of arrays to all elements.
  ArrayRef<Edge> getFieldReads() const { return fieldReads.getArrayRef(); }
  ArrayRef<Edge> getFieldWrites() const { return fieldWrites.getArrayRef(); }
  ArrayRef<Edge> getElements() const { return elements.getArrayRef(); }
  bool isData(unsigned place) const { return dataPlaces.contains(place); }
  const llvm::DenseSet<unsigned> &getViewedPlaces() const {
    return viewedPlaces;
  }

private:
  StructLayouts structs;
  llvm::DenseMap<const llvm::GlobalValue *, unsigned> nameless;
  /// By text, for `getPlace`.
  llvm::StringMap<unsigned> placeIndices;
  std::vector<Place> places;
  llvm::StringMap<const llvm::GlobalValue *> symbols;
  Edges flows, fieldReads, fieldWrites, elements;
  llvm::DenseMap<const llvm::Value *, bool> escaping;
  llvm::DenseMap<const llvm::AllocaInst *, bool> indexed;
  llvm::DenseSet<unsigned> dataPlaces, viewedPlaces;
  llvm::DenseMap<const llvm::Constant *,
                 llvm::SmallVector<const llvm::GlobalValue *, 1>>
      functionsIn;
};

/// What is recorded of one module, and what records of functions say besides.
struct UnitRecords {
  std::string unit;
  Summary summary;
  /// Functions whose address is taken, and those whose address is compared.
  llvm::SmallPtrSet<const llvm::GlobalValue *, 32> taken, compared;

  /// The address of `function`, named `name`, is put into `place`.
  void addView(const llvm::GlobalValue &function, std::string name,
               const Place &place, std::string location);
};

/// The machine type of a function or call, as LLVM writes it.
std::string getShape(const llvm::Type *type);

/// Records the flows of the module through which a function can reach a call or
/// another module.
void addModuleFlows(const PlaceTable &places, UnitRecords &records);

} // namespace mlir::kcfi

#endif // KCFI_LIB_PROGRAM_LLVM_PLACETABLE_H
