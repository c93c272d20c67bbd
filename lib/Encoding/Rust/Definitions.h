//===- Definitions.h - Definitions in a Rust signature -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_LIB_ENCODING_RUST_DEFINITIONS_H
#define KCFI_LIB_ENCODING_RUST_DEFINITIONS_H

#include "kcfi/Encoding/Rust/Equivalence.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Error.h"

namespace mlir::kcfi {

/// The definitions of all items in a type. Rules over types work on *nominal*
/// types, whose items have no facts: then a type is the same inside and outside
/// of its own definition, and facts are looked up here.
class Definitions {
public:
  /// Collects the definitions and checks that there is one for each item. The
  /// encoding shows `repr(C)` only with `cNames`.
  static llvm::Expected<Definitions> collect(Type type, bool cNames,
                                             const DefinitionTable &table);

  /// The definition of an item, with a nominal field.
  RustItemAttr lookup(RustItemAttr item) const {
    return definitions.lookup(item.getIdentity());
  }

  /// A type whose items have what the encoding shows of them.
  Type getNominal(Type type) const;

  /// The field of a definition for the arguments of a type.
  static llvm::Expected<Type> getField(RustItemAttr definition, ArrayAttr args);

private:
  bool cNames = false;
  /// By identity.
  llvm::DenseMap<RustItemAttr, RustItemAttr> definitions;
};

} // namespace mlir::kcfi

#endif // KCFI_LIB_ENCODING_RUST_DEFINITIONS_H
