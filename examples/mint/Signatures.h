//===- Signatures.h - What the language's types are to kcfi -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The language has interfaces and closures, so its signatures are of the family
// that has objects: a struct is a `&Struct`, an interface a `&dyn Interface`, a
// closure a `&dyn Fn(..) -> ..`. This file is all there is to say about types.
//
//===----------------------------------------------------------------------===//

#ifndef MINT_SIGNATURES_H
#define MINT_SIGNATURES_H

#include "Mint.h"
#include "kcfi/IR/Builders.h"

namespace mint {

class Signatures {
public:
  explicit Signatures(mlir::MLIRContext *context)
      : rs(context, "mint", "s1_"), core(context, "core", "s1_") {}

  /// A type as it stands in a signature.
  mlir::Type getComponent(mlir::Type type) const;

  /// The signature of a function, and of pointers to it.
  mlir::kcfi::RustFnType getFn(mlir::FunctionType type) const;
  /// The same over `Self`: a method as its interface declares it.
  mlir::kcfi::RustFnType getMethod(mlir::FunctionType type) const;

  mlir::kcfi::RustDynType getObject(llvm::StringRef interface) const {
    return rs.dyn(rs.item({interface}));
  }
  mlir::kcfi::RustDynType getObject(ClosureType closure) const {
    return core.dynFn(mlir::kcfi::RustClosureKind::Fn,
                      getFn(closure.getType()));
  }
  mlir::kcfi::RustAdtType getStruct(llvm::StringRef name) const {
    return rs.adt(rs.item({name}));
  }
  /// The type of a function itself.
  mlir::kcfi::RustFnItemType getItem(llvm::StringRef function) const {
    return rs.fnItem(rs.functionItem({function}));
  }
  /// The type of a closure with this body.
  mlir::kcfi::RustClosureType getClosure(FuncOp body) const;

  mlir::kcfi::RustTypes rs, core;
};

} // namespace mint

#endif // MINT_SIGNATURES_H
