//===- BodyDigest.h - Hash of a function's code -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LLVMFACTS_BODYDIGEST_H
#define KCFI_LLVMFACTS_BODYDIGEST_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/IR/Attributes.h"

namespace llvm {
class Constant;
class Function;
class Type;
} // namespace llvm

namespace mlir::kcfi {

/// Digests of the definitions of one module. Two definitions have the same one
/// if LLVM could replace one by the other but for the ids of the functions
/// themselves: what MergeFunctions compares, except for metadata that describes
/// aliasing and debug info, which it can lose.
class BodyDigests {
public:
  /// `unit` tells apart what is local to units.
  explicit BodyDigests(llvm::StringRef unit) : unit(unit) {}

  /// Never 0.
  uint64_t get(const llvm::Function &function);

private:
  class Stream;
  class Body;

  uint64_t getType(llvm::Type *type);
  uint64_t getConstant(const llvm::Constant *constant);
  uint64_t getAttributes(llvm::AttributeList attributes);

  llvm::StringRef unit;
  llvm::DenseMap<llvm::Type *, uint64_t> types;
  llvm::DenseMap<const llvm::Constant *, uint64_t> constants;
  llvm::DenseMap<void *, uint64_t> attributeLists;
};

} // namespace mlir::kcfi

#endif // KCFI_LLVMFACTS_BODYDIGEST_H
