//===- TypeBuilders.cpp - Signatures in one line -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/TypeBuilders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/MLIRContext.h"

using namespace mlir;
using namespace mlir::kcfi;

/// Types of a dialect that is not loaded cannot be made.
static MLIRContext *load(MLIRContext *context) {
  context->loadDialect<KCFIDialect>();
  return context;
}

//===----------------------------------------------------------------------===//
// CTypes
//===----------------------------------------------------------------------===//

CTypes::CTypes(MLIRContext *context)
    : context(load(context)), VoidTy(builtin(BuiltinKind::Void)),
      BoolTy(builtin(BuiltinKind::Bool)), CharTy(builtin(BuiltinKind::Char)),
      SCharTy(builtin(BuiltinKind::SChar)),
      UCharTy(builtin(BuiltinKind::UChar)),
      ShortTy(builtin(BuiltinKind::Short)),
      UShortTy(builtin(BuiltinKind::UShort)), IntTy(builtin(BuiltinKind::Int)),
      UIntTy(builtin(BuiltinKind::UInt)), LongTy(builtin(BuiltinKind::Long)),
      ULongTy(builtin(BuiltinKind::ULong)),
      LongLongTy(builtin(BuiltinKind::LongLong)),
      ULongLongTy(builtin(BuiltinKind::ULongLong)),
      FloatTy(builtin(BuiltinKind::Float)),
      DoubleTy(builtin(BuiltinKind::Double)) {}

QualType CTypes::qualified(Qualifiers qualifiers, Type type) const {
  unsigned addressSpace = 0;
  if (auto qual = dyn_cast<QualType>(type)) {
    qualifiers = qualifiers | qual.getQualifiers();
    addressSpace = qual.getAddressSpace();
    type = qual.getType();
  }
  return QualType::get(context, qualifiers, addressSpace, type);
}

CTypedefType CTypes::typedefTo(StringRef name, Type type) const {
  return CTypedefType::get(context, StringAttr::get(context, name), type);
}

TagType CTypes::tag(TagKind kind, StringRef name, ArrayRef<StringRef> scope,
                    ArrayRef<Attribute> templateArgs) const {
  SmallVector<Attribute> scopes;
  for (StringRef enclosing : scope)
    scopes.push_back(ScopeAttr::get(
        context, StringAttr::get(context, enclosing), ArrayAttr()));
  return TagType::get(
      context, kind, StringAttr::get(context, name), /*unnamedIndex=*/0,
      /*unnamedInCxx=*/false,
      templateArgs.empty() ? ArrayAttr()
                           : ArrayAttr::get(context, templateArgs),
      scopes.empty() ? ArrayAttr() : ArrayAttr::get(context, scopes),
      /*function=*/StringAttr());
}

//===----------------------------------------------------------------------===//
// RustTypes
//===----------------------------------------------------------------------===//

RustTypes::RustTypes(MLIRContext *context, StringRef crate, StringRef crateId)
    : context(load(context)), crate(StringAttr::get(context, crate)),
      crateId(StringAttr::get(context, crateId)),
      BoolTy(primitive(RustPrimitive::Bool)),
      CharTy(primitive(RustPrimitive::Char)),
      StrTy(primitive(RustPrimitive::Str)),
      NeverTy(primitive(RustPrimitive::Never)),
      I8Ty(primitive(RustPrimitive::I8)), I16Ty(primitive(RustPrimitive::I16)),
      I32Ty(primitive(RustPrimitive::I32)),
      I64Ty(primitive(RustPrimitive::I64)),
      ISizeTy(primitive(RustPrimitive::ISize)),
      U8Ty(primitive(RustPrimitive::U8)), U16Ty(primitive(RustPrimitive::U16)),
      U32Ty(primitive(RustPrimitive::U32)),
      U64Ty(primitive(RustPrimitive::U64)),
      USizeTy(primitive(RustPrimitive::USize)),
      F32Ty(primitive(RustPrimitive::F32)),
      F64Ty(primitive(RustPrimitive::F64)),
      UnitTy(RustTupleType::getUnit(context)),
      SelfTy(RustParamType::get(context, StringAttr::get(context, "Self"))) {}

RustRefType RustTypes::ref(Type referent, bool isMut) const {
  return RustRefType::get(context, RustRegionAttr::getErased(context), isMut,
                          referent);
}

RustSegmentAttr RustTypes::segment(RustPathTag tag, StringRef name) const {
  return RustSegmentAttr::get(context, tag, /*disambiguator=*/0,
                              StringAttr::get(context, name));
}

RustItemAttr RustTypes::makeItem(ArrayRef<Attribute> path,
                                 RustLangItem lang) const {
  return RustItemAttr::get(context, crate, crateId,
                           ArrayAttr::get(context, path),
                           /*generics=*/ArrayAttr::get(context, {}),
                           RustRepr::Rust, /*field=*/Type(),
                           /*cfiEncoding=*/StringAttr(), lang,
                           /*recursive=*/false);
}

RustItemAttr RustTypes::item(ArrayRef<StringRef> path) const {
  SmallVector<Attribute> segments;
  for (StringRef name : path)
    segments.push_back(segment(RustPathTag::Type, name));
  return makeItem(segments, RustLangItem::None);
}

RustItemAttr RustTypes::functionItem(ArrayRef<StringRef> path) const {
  assert(!path.empty() && "a function has a name");
  SmallVector<Attribute> segments;
  for (StringRef name : path.drop_back())
    segments.push_back(segment(RustPathTag::Type, name));
  segments.push_back(segment(RustPathTag::Value, path.back()));
  return makeItem(segments, RustLangItem::None);
}

RustItemAttr RustTypes::closureItem(RustItemAttr function,
                                    unsigned index) const {
  SmallVector<Attribute> segments(function.getPath().getValue());
  segments.push_back(RustSegmentAttr::get(context, RustPathTag::Closure, index,
                                          /*name=*/StringAttr()));
  return makeItem(segments, RustLangItem::None);
}

RustAdtType RustTypes::adt(RustItemAttr item, ArrayRef<Attribute> args) const {
  return RustAdtType::get(context, item, ArrayAttr::get(context, args));
}

RustDynType RustTypes::dyn(RustItemAttr trait, ArrayRef<Attribute> args) const {
  Attribute principal = RustPredicateAttr::get(
      context, RustPredicateKind::Trait, trait, ArrayAttr::get(context, args),
      /*term=*/Attribute());
  return RustDynType::get(context, ArrayAttr::get(context, principal),
                          RustRegionAttr::getErased(context));
}

RustFnItemType RustTypes::fnItem(RustItemAttr item) const {
  return RustFnItemType::get(context, item, ArrayAttr::get(context, {}));
}

RustClosureType RustTypes::closure(RustClosureKind kind, RustItemAttr item,
                                   RustFnType fn,
                                   ArrayRef<Type> captures) const {
  RustFnType signature = RustFnType::get(context, {tuple(fn.getParams())},
                                         fn.getResult(), RustAbi::RustCall);
  return RustClosureType::get(context, kind, item, ArrayAttr::get(context, {}),
                              signature, captures);
}

Type RustTypes::closureReceiver(RustClosureKind kind, Type self) const {
  switch (kind) {
  case RustClosureKind::Fn:
    return ref(self);
  case RustClosureKind::FnMut:
    return refMut(self);
  case RustClosureKind::FnOnce:
    return self;
  }
  llvm_unreachable("unknown kind of closure");
}

RustFnType RustTypes::closureBody(RustClosureType closure) const {
  auto signature = cast<RustFnType>(closure.getSignature());
  SmallVector<Type> params = {closureReceiver(closure.getKind(), closure)};
  llvm::append_range(
      params, cast<RustTupleType>(signature.getParams().front()).getElements());
  return fn(params, signature.getResult());
}

RustDynType RustTypes::dynFn(RustClosureKind kind, RustFnType fn) const {
  auto item = [&](ArrayRef<StringRef> names, RustLangItem lang) {
    SmallVector<Attribute> path;
    for (StringRef name : {"ops", "function"})
      path.push_back(segment(RustPathTag::Type, name));
    for (StringRef name : names)
      path.push_back(segment(RustPathTag::Type, name));
    return makeItem(path, lang);
  };
  RustItemAttr trait;
  switch (kind) {
  case RustClosureKind::Fn:
    trait = item({"Fn"}, RustLangItem::FnTrait);
    break;
  case RustClosureKind::FnMut:
    trait = item({"FnMut"}, RustLangItem::FnMutTrait);
    break;
  case RustClosureKind::FnOnce:
    trait = item({"FnOnce"}, RustLangItem::FnOnceTrait);
    break;
  }
  auto args = ArrayAttr::get(context, TypeAttr::get(tuple(fn.getParams())));
  Attribute predicates[] = {
      RustPredicateAttr::get(context, RustPredicateKind::Trait, trait, args,
                             /*term=*/Attribute()),
      RustPredicateAttr::get(context, RustPredicateKind::Projection,
                             item({"FnOnce", "Output"}, RustLangItem::None),
                             args, TypeAttr::get(fn.getResult()))};
  return RustDynType::get(context, ArrayAttr::get(context, predicates),
                          RustRegionAttr::getErased(context));
}
