//===- StructLayouts.h - Structs in LLVM IR and where their fields are --*- C++
//-*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What types of LLVM IR and of TBAA say about the structs of the source
// language.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_PROGRAM_LLVM_STRUCTLAYOUTS_H
#define KCFI_LIB_PROGRAM_LLVM_STRUCTLAYOUTS_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/Metadata.h"

#include <string>

namespace mlir::kcfi {

/// A position inside of an object of a known type.
struct Position {
  /// From the start of the object; elements of arrays count as the first,
  /// members of unions as their start.
  uint64_t offset = 0;
  /// The innermost struct with a name, empty if there is none, and the offset
  /// in it.
  std::string structName;
  uint64_t structOffset = 0;
  /// An array has to do with it.
  bool isInArray = false;
};

/// Base type, type of the access, and offset of an access tag of TBAA.
struct AccessTag {
  const llvm::MDNode *base = nullptr, *access = nullptr;
  uint64_t offset = 0;

  explicit AccessTag(const llvm::MDNode *tag);
  bool isStruct() const { return base && access && base != access; }
  /// The type is a pointer to a known type of data: `p1 int`. Pointers to
  /// functions, `void` and others are `any pointer`.
  bool isDataPointer() const;
};

/// Finds positions in types, memoised.
class StructLayouts {
public:
  explicit StructLayouts(const llvm::DataLayout &layout) : layout(layout) {}

  const llvm::DataLayout &getDataLayout() const { return layout; }

  /// The position at an offset in an object of an IR type.
  Position locate(llvm::Type *type, uint64_t offset);

  /// The innermost struct at an offset of a TBAA type.
  Position locateByTag(const llvm::MDNode *type, uint64_t offset,
                       const llvm::MDNode *access) const;

  /// Calls `fn` with the offset of each pointer in a value of `type`, and, with
  /// `withIntegers`, of each integer that may have been one.
  void forEachPointer(llvm::Type *type, uint64_t offset, bool withIntegers,
                      llvm::function_ref<void(uint64_t)> fn) const;

  /// True if a value of the type is or contains a pointer.
  static bool holdsPointer(llvm::Type *type);

  /// True if a struct of TBAA has no name, neither its own nor a learned one.
  bool isNameless(const llvm::MDNode *type) const;
  /// Names a struct that has no name in TBAA, since only a typedef names it.
  void learnName(const llvm::MDNode *type, std::string name) {
    typedefNames[type] = std::move(name);
  }

private:
  const llvm::DataLayout &layout;
  llvm::DenseMap<const llvm::MDNode *, std::string> typedefNames;
  llvm::DenseMap<std::pair<llvm::Type *, uint64_t>, Position> positions;
};

} // namespace mlir::kcfi

#endif // KCFI_LIB_PROGRAM_LLVM_STRUCTLAYOUTS_H
