//===- RustTypeMapper.h - Rebuilds Rust types part by part -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_ENCODING_RUST_RUSTTYPEMAPPER_H
#define KCFI_LIB_ENCODING_RUST_RUSTTYPEMAPPER_H

#include "kcfi/IR/KCFITypes.h"
#include "llvm/ADT/DenseMap.h"

namespace mlir::kcfi {

/// Rebuilds a type of the Rust family from its mapped parts. Each rule derives
/// a class and says what it does to the types and regions that it is about.
class RustTypeMapper {
public:
  explicit RustTypeMapper(MLIRContext *context) : context(context) {}
  virtual ~RustTypeMapper();

  Type map(Type type);

  /// Empty if all went well; only then the results mean something.
  const std::string &getError() const { return error; }

protected:
  /// The result for one type; calls `mapParts` where it has no opinion.
  virtual Type mapType(Type type) { return mapParts(type); }
  virtual RustRegionAttr mapRegion(RustRegionAttr region) { return region; }
  virtual RustItemAttr mapItem(RustItemAttr item) { return item; }
  virtual RustConstAttr mapConst(RustConstAttr constant);
  virtual Type mapArray(RustArrayType type);
  virtual Type mapPattern(RustPatType type);

  Type mapParts(Type type);

  void fail(const Twine &message) {
    if (error.empty())
      error = message.str();
  }

  MLIRContext *context;
  /// Results by type and number of binders: a part may occur very often. A
  /// mapper whose results depend on more replaces it where that changes.
  llvm::DenseMap<std::pair<Type, unsigned>, Type> known;
  /// Number of binders (fn types, predicates) around the current type.
  unsigned binders = 0;

private:
  SmallVector<Type> mapTypes(ArrayRef<Type> types);
  ArrayAttr mapArgs(ArrayAttr args);
  Attribute mapArg(Attribute arg);
  Attribute mapPredicate(RustPredicateAttr predicate);

  unsigned level = 0;
  std::string error;
};

} // namespace mlir::kcfi

#endif // KCFI_LIB_ENCODING_RUST_RUSTTYPEMAPPER_H
