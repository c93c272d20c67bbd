//===- Signatures.cpp - What the language's types are to kcfi -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Signatures.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mint;

Type Signatures::getComponent(Type type) const {
  return llvm::TypeSwitch<Type, Type>(type)
      .Case([&](StructType type) { return rs.ref(getStruct(type.getName())); })
      .Case([&](InterfaceType type) {
        return rs.ref(getObject(type.getName().getValue()));
      })
      .Case([&](ClosureType type) { return rs.ref(getObject(type)); })
      .Case([&](FnType type) { return getFn(type.getType()); })
      .Default(
          [&](Type type) { return type.isInteger(1) ? rs.BoolTy : rs.I64Ty; });
}

kcfi::RustFnType Signatures::getFn(FunctionType type) const {
  SmallVector<Type> params;
  for (Type input : type.getInputs())
    params.push_back(getComponent(input));
  return rs.fn(params, type.getResults().empty()
                           ? Type()
                           : getComponent(type.getResult(0)));
}

kcfi::RustFnType Signatures::getMethod(FunctionType type) const {
  kcfi::RustFnType fn = getFn(type);
  SmallVector<Type> params = {rs.ref(rs.SelfTy)};
  llvm::append_range(params, fn.getParams());
  return rs.fn(params, fn.getResult());
}

kcfi::RustClosureType Signatures::getClosure(FuncOp body) const {
  FunctionType own = body.getFunctionType();
  auto type = FunctionType::get(own.getContext(), own.getInputs().drop_front(),
                                own.getResults());
  SmallVector<Type> captures;
  for (Type capture : body.getCaptures()->getAsValueRange<TypeAttr>())
    captures.push_back(getComponent(capture));
  // A body's name is the only one of its kind in the program.
  kcfi::RustItemAttr item =
      rs.closureItem(rs.functionItem({body.getSymName()}));
  return rs.closure(kcfi::RustClosureKind::Fn, item, getFn(type), captures);
}
