//===- CanonicalType.cpp - Canonical types -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/Encoding.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {

class Canonicalizer {
public:
  Canonicalizer(const TargetInfo &target, MLIRContext *context)
      : facts(target.getCTypeFacts()), triple(target.getTriple()),
        context(context) {}

  Type canonicalize(Type type);

private:
  Type rebuild(Type type);
  Type getVaList();
  Type canonicalizeParam(Type type);
  Type canonicalizeFn(FnType type);
  CallConv canonicalizeCallConv(CallConv callConv);
  Type addQualifiers(Type type, Qualifiers qualifiers, unsigned addressSpace);
  ArrayAttr canonicalizeArgs(ArrayAttr args);
  Attribute canonicalizeArg(Attribute arg);
  ArrayAttr canonicalizeScopes(ArrayAttr scopes);

  CTypeFacts facts;
  const llvm::Triple &triple;
  MLIRContext *context;
  /// Results by type: a component may occur very often.
  llvm::DenseMap<Type, Type> known;
};

} // namespace

Type Canonicalizer::canonicalize(Type type) {
  if (Type result = known.lookup(type))
    return result;
  Type result = rebuild(type);
  known[type] = result;
  return result;
}

Type Canonicalizer::rebuild(Type type) {
  switch (getCTypeKind(type)) {
  case CTypeKind::CBuiltin:
    if (cast<CBuiltinType>(type).getKind() == BuiltinKind::VaList)
      return getVaList();
    return type;
  case CTypeKind::CBitInt:
  case CTypeKind::CSizeless:
    return type;
  case CTypeKind::CTypedef:
    return canonicalize(cast<CTypedefType>(type).getType());
  case CTypeKind::Ptr:
    return PtrType::get(context,
                        canonicalize(cast<PtrType>(type).getPointee()));
  case CTypeKind::CBlockPtr:
    return CBlockPtrType::get(
        context, canonicalize(cast<CBlockPtrType>(type).getPointee()));
  case CTypeKind::LValueRef: {
    // Reference collapsing: an lvalue reference wins.
    Type pointee = canonicalize(cast<LValueRefType>(type).getPointee());
    if (auto inner = dyn_cast<LValueRefType>(pointee))
      return inner;
    if (auto inner = dyn_cast<RValueRefType>(pointee))
      pointee = inner.getPointee();
    return LValueRefType::get(context, pointee);
  }
  case CTypeKind::RValueRef: {
    Type pointee = canonicalize(cast<RValueRefType>(type).getPointee());
    if (isa<LValueRefType, RValueRefType>(pointee))
      return pointee;
    return RValueRefType::get(context, pointee);
  }
  case CTypeKind::MemberPtr: {
    auto member = cast<MemberPtrType>(type);
    return MemberPtrType::get(context, canonicalize(member.getClassType()),
                              canonicalize(member.getPointee()));
  }
  case CTypeKind::Qual: {
    auto qual = cast<QualType>(type);
    return addQualifiers(canonicalize(qual.getType()), qual.getQualifiers(),
                         qual.getAddressSpace());
  }
  case CTypeKind::Tag: {
    // The keyword is no part of a type's identity.
    auto tag = cast<TagType>(type);
    return TagType::get(
        context, TagKind::Struct, tag.getName(), tag.getUnnamedIndex(),
        tag.getUnnamedInCxx(),
        tag.getArgs() ? canonicalizeArgs(tag.getArgs()) : ArrayAttr(),
        tag.getScope() ? canonicalizeScopes(tag.getScope()) : ArrayAttr(),
        tag.getFunction());
  }
  case CTypeKind::CArray: {
    auto array = cast<CArrayType>(type);
    return CArrayType::get(context, array.getSize(),
                           canonicalize(array.getElement()));
  }
  case CTypeKind::CVector: {
    auto vector = cast<CVectorType>(type);
    return CVectorType::get(context, vector.getLanes(),
                            canonicalize(vector.getElement()),
                            vector.getFlavor());
  }
  case CTypeKind::CMatrix: {
    auto matrix = cast<CMatrixType>(type);
    return CMatrixType::get(context, matrix.getRows(), matrix.getColumns(),
                            canonicalize(matrix.getElement()));
  }
  case CTypeKind::CComplex:
    return CComplexType::get(
        context, canonicalize(cast<CComplexType>(type).getElement()));
  case CTypeKind::CAtomic:
    return CAtomicType::get(context,
                            canonicalize(cast<CAtomicType>(type).getElement()));
  case CTypeKind::Fn:
    return canonicalizeFn(cast<FnType>(type));
  }
  llvm_unreachable("unknown C type kind");
}

Type Canonicalizer::getVaList() {
  auto getTag = [&](StringRef name, ArrayAttr scope) {
    return TagType::get(context, TagKind::Struct,
                        StringAttr::get(context, name), /*unnamedIndex=*/0,
                        /*unnamedInCxx=*/false, ArrayAttr(), scope,
                        StringAttr());
  };
  switch (facts.vaList) {
  case VaListKind::VoidPtr:
    return PtrType::get(context, CBuiltinType::get(context, BuiltinKind::Void));
  case VaListKind::CharPtr:
    return PtrType::get(context, CBuiltinType::get(context, BuiltinKind::Char));
  case VaListKind::TagArray:
    return CArrayType::get(context, 1, getTag("__va_list_tag", ArrayAttr()));
  case VaListKind::StdVaList: {
    Attribute scope =
        ScopeAttr::get(context, StringAttr::get(context, "std"), ArrayAttr());
    return getTag("__va_list", ArrayAttr::get(context, scope));
  }
  }
  llvm_unreachable("unknown kind of va_list");
}

Type Canonicalizer::addQualifiers(Type type, Qualifiers qualifiers,
                                  unsigned addressSpace) {
  // Qualifiers of an array are those of its elements.
  if (auto array = dyn_cast<CArrayType>(type))
    return CArrayType::get(
        context, array.getSize(),
        addQualifiers(array.getElement(), qualifiers, addressSpace));
  // References and functions have none; a typedef may have tried to add some.
  if (isa<LValueRefType, RValueRefType, FnType>(type))
    return type;
  if (auto inner = dyn_cast<QualType>(type)) {
    qualifiers = qualifiers | inner.getQualifiers();
    if (!addressSpace)
      addressSpace = inner.getAddressSpace();
    type = inner.getType();
  }
  return QualType::get(context, qualifiers, addressSpace, type);
}

Type Canonicalizer::canonicalizeParam(Type type) {
  // Attributes of the parameter stay, whatever becomes of its type.
  if (Qualifiers attributes = getParameterQualifiers(type);
      attributes != Qualifiers::None)
    return QualType::get(context, attributes, /*addressSpace=*/0,
                         canonicalizeParam(stripParameterQualifiers(type)));
  type = canonicalize(type);
  if (auto array = dyn_cast<CArrayType>(type))
    return PtrType::get(context, array.getElement());
  if (isa<FnType>(type))
    return PtrType::get(context, type);
  if (auto qual = dyn_cast<QualType>(type))
    return qual.getType();
  return type;
}

CallConv Canonicalizer::canonicalizeCallConv(CallConv callConv) {
  // The convention that the target uses anyway is no other one.
  CallConv usual = triple.isOSWindows() ? CallConv::MSABI : CallConv::SysVABI;
  if (callConv == usual)
    return CallConv::Default;
  switch (callConv) {
  // Keywords of 32-bit x86 that other targets accept without any effect.
  case CallConv::StdCall:
  case CallConv::FastCall:
  case CallConv::ThisCall:
  case CallConv::Pascal:
    return triple.getArch() == llvm::Triple::x86 ? callConv : CallConv::Default;
  default:
    return callConv;
  }
}

Type Canonicalizer::canonicalizeFn(FnType type) {
  SmallVector<Type> params = llvm::map_to_vector(
      type.getParams(), [&](Type param) { return canonicalizeParam(param); });
  return FnType::get(context, params, canonicalize(type.getResult()),
                     type.getFlags(), canonicalizeCallConv(type.getCallConv()),
                     type.getSme(), type.getRegParm(), type.getSalt());
}

ArrayAttr Canonicalizer::canonicalizeArgs(ArrayAttr args) {
  SmallVector<Attribute> result = llvm::map_to_vector(
      args, [&](Attribute arg) { return canonicalizeArg(arg); });
  return ArrayAttr::get(context, result);
}

Attribute Canonicalizer::canonicalizeArg(Attribute arg) {
  if (auto type = dyn_cast<TypeAttr>(arg))
    return TypeAttr::get(canonicalize(type.getValue()));
  if (auto value = dyn_cast<TemplateValueAttr>(arg))
    return TemplateValueAttr::get(
        context, stripSugarAndQualifiers(canonicalize(value.getType())),
        value.getValue());
  if (auto pack = dyn_cast<TemplatePackAttr>(arg))
    return TemplatePackAttr::get(context, canonicalizeArgs(pack.getArgs()));
  auto name = cast<TemplateNameAttr>(arg);
  return TemplateNameAttr::get(
      context, name.getName(),
      name.getScope() ? canonicalizeScopes(name.getScope()) : ArrayAttr());
}

ArrayAttr Canonicalizer::canonicalizeScopes(ArrayAttr scopes) {
  SmallVector<Attribute> result;
  for (Attribute attribute : scopes) {
    auto scope = cast<ScopeAttr>(attribute);
    result.push_back(ScopeAttr::get(
        context, scope.getName(),
        scope.getArgs() ? canonicalizeArgs(scope.getArgs()) : ArrayAttr()));
  }
  return ArrayAttr::get(context, result);
}

llvm::Expected<Type> mlir::kcfi::getCanonicalType(Type type,
                                                  const TargetInfo &target) {
  if (isNestedTooDeep(type))
    return llvm::createStringError("type is nested more than " +
                                   Twine(kMaxTypeDepth) + " levels deep");
  return Canonicalizer(target, type.getContext()).canonicalize(type);
}
