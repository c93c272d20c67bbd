//===- KCFICTypes.cpp - Types of the C family -------------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CAsmHelpers.h"

using namespace mlir;
using namespace mlir::kcfi;

/// A component that is an object: neither void nor a function.
static LogicalResult verifyObject(function_ref<InFlightDiagnostic()> emitError,
                                  Type type, StringRef what) {
  if (failed(helpers::verifyComponent(emitError, type, what)))
    return failure();
  Type stripped = stripSugarAndQualifiers(type);
  if (auto builtin = dyn_cast<CBuiltinType>(stripped);
      builtin && builtin.isVoid())
    return emitError() << what << " must not be void";
  if (isa<FnType>(stripped))
    return emitError() << what << " must not be a function";
  return success();
}

LogicalResult PtrType::verify(function_ref<InFlightDiagnostic()> emitError,
                              Type pointee) {
  return helpers::verifyComponent(emitError, pointee, "pointee");
}

LogicalResult
CBlockPtrType::verify(function_ref<InFlightDiagnostic()> emitError,
                      Type pointee) {
  if (failed(helpers::verifyComponent(emitError, pointee, "pointee")))
    return failure();
  if (!isa<FnType>(stripTypedefs(pointee)))
    return emitError() << "a block pointer points to a function";
  return success();
}

LogicalResult
LValueRefType::verify(function_ref<InFlightDiagnostic()> emitError,
                      Type pointee) {
  return helpers::verifyComponent(emitError, pointee, "referenced type");
}

LogicalResult
RValueRefType::verify(function_ref<InFlightDiagnostic()> emitError,
                      Type pointee) {
  return helpers::verifyComponent(emitError, pointee, "referenced type");
}

LogicalResult
MemberPtrType::verify(function_ref<InFlightDiagnostic()> emitError,
                      Type classType, Type pointee) {
  if (!isa<TagType>(stripTypedefs(classType)))
    return emitError() << "a pointer to member needs a class, found "
                       << classType;
  return helpers::verifyComponent(emitError, pointee, "type of the member");
}

LogicalResult QualType::verify(function_ref<InFlightDiagnostic()> emitError,
                               Qualifiers qualifiers, unsigned addressSpace,
                               Type type) {
  if (qualifiers == Qualifiers::None && addressSpace == 0)
    return emitError() << "a qualified type needs a qualifier";
  return helpers::verifyComponent(emitError, type, "qualified type");
}

LogicalResult TagType::verify(function_ref<InFlightDiagnostic()> emitError,
                              TagKind kind, StringAttr name,
                              unsigned unnamedIndex, bool unnamedInCxx,
                              ArrayAttr args, ArrayAttr scope,
                              StringAttr function) {
  if (name && (unnamedIndex || unnamedInCxx))
    return emitError() << "a tag has a name or a number, not both";
  if (name && failed(helpers::verifyName(emitError, name, "name of a tag")))
    return failure();
  if (!name && args)
    return emitError() << "an unnamed tag has no template arguments";
  if (function) {
    if (failed(helpers::verifyName(emitError, function,
                                   "name of the enclosing function")))
      return failure();
    if (scope)
      return emitError() << "a tag is declared in a function or in a scope, "
                            "not in both";
    if (!name)
      return emitError() << "an unnamed tag of a function is not supported; "
                            "give the name that the compiler invents";
  }
  if (args && failed(helpers::verifyTemplateArgs(emitError, args)))
    return failure();
  return scope ? helpers::verifyScopes(emitError, scope) : success();
}

LogicalResult CArrayType::verify(function_ref<InFlightDiagnostic()> emitError,
                                 int64_t size, Type element) {
  if (size < kVariable)
    return emitError() << "size of an array must not be negative";
  return verifyObject(emitError, element, "array element");
}

LogicalResult CVectorType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  unsigned lanes, Type element, VectorFlavor) {
  if (lanes == 0)
    return emitError() << "a vector has at least one lane";
  return verifyObject(emitError, element, "vector element");
}

LogicalResult CMatrixType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  unsigned rows, unsigned columns,
                                  Type element) {
  if (rows == 0 || columns == 0)
    return emitError() << "a matrix has at least one row and column";
  return verifyObject(emitError, element, "matrix element");
}

LogicalResult CComplexType::verify(function_ref<InFlightDiagnostic()> emitError,
                                   Type element) {
  return verifyObject(emitError, element, "part of a complex type");
}

LogicalResult CAtomicType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  Type element) {
  return verifyObject(emitError, element, "atomic type");
}

LogicalResult CBitIntType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  unsigned bits, bool isUnsigned) {
  if (bits < (isUnsigned ? 1u : 2u))
    return emitError() << (isUnsigned ? "an unsigned" : "a signed")
                       << " bit-precise integer has at least "
                       << (isUnsigned ? "1 bit" : "2 bits");
  return success();
}

LogicalResult
CSizelessType::verify(function_ref<InFlightDiagnostic()> emitError,
                      SizelessFamily, StringAttr name, unsigned) {
  return helpers::verifyName(emitError, name, "name of a builtin type");
}

LogicalResult CTypedefType::verify(function_ref<InFlightDiagnostic()> emitError,
                                   StringAttr name, Type type) {
  if (failed(helpers::verifyName(emitError, name, "name of a typedef")))
    return failure();
  return helpers::verifyComponent(emitError, type, "type of a typedef");
}
