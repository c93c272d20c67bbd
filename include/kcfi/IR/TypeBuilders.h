//===- TypeBuilders.h - Signatures in one line -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Vocabularies for the signatures that programs usually have. What is not here
// is made by the `get` of its type; both mix freely. No operations.
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_TYPEBUILDERS_H
#define KCFI_IR_TYPEBUILDERS_H

#include "kcfi/IR/KCFITypes.h"

namespace mlir::kcfi {

/// Types of C and C++:
///
///     CTypes c(&context);
///     // int (const char *, ...)
///     FnType printf = c.fn({c.ptr(c.withConst(c.CharTy))}, c.IntTy)
///                         .withVariadic();
class CTypes {
public:
  /// Loads the dialect into the context if it is not there.
  explicit CTypes(MLIRContext *context);

  CBuiltinType builtin(BuiltinKind kind) const {
    return CBuiltinType::get(context, kind);
  }

  PtrType ptr(Type pointee) const { return PtrType::get(context, pointee); }
  LValueRefType lref(Type referent) const {
    return LValueRefType::get(context, referent);
  }
  RValueRefType rref(Type referent) const {
    return RValueRefType::get(context, referent);
  }
  MemberPtrType memberPtr(Type classType, Type member) const {
    return MemberPtrType::get(context, classType, member);
  }

  /// Adds to the qualifiers that `type` has already.
  QualType qualified(Qualifiers qualifiers, Type type) const;
  QualType withConst(Type type) const {
    return qualified(Qualifiers::Const, type);
  }
  QualType withVolatile(Type type) const {
    return qualified(Qualifiers::Volatile, type);
  }
  QualType withRestrict(Type type) const {
    return qualified(Qualifiers::Restrict, type);
  }

  CArrayType array(int64_t size, Type element) const {
    return CArrayType::get(context, size, element);
  }
  CArrayType incompleteArray(Type element) const {
    return array(CArrayType::kIncomplete, element);
  }
  CTypedefType typedefTo(StringRef name, Type type) const;

  /// A struct, union, enum or class, in C++ with the namespaces and classes
  /// around it, outermost first, and its template arguments: types, or
  /// `#kcfi.value` and its siblings.
  TagType tag(TagKind kind, StringRef name, ArrayRef<StringRef> scope = {},
              ArrayRef<Attribute> templateArgs = {}) const;
  TagType structTag(StringRef name, ArrayRef<StringRef> scope = {}) const {
    return tag(TagKind::Struct, name, scope);
  }
  TagType unionTag(StringRef name, ArrayRef<StringRef> scope = {}) const {
    return tag(TagKind::Union, name, scope);
  }
  TagType enumTag(StringRef name, ArrayRef<StringRef> scope = {}) const {
    return tag(TagKind::Enum, name, scope);
  }
  TagType classTag(StringRef name, ArrayRef<StringRef> scope = {}) const {
    return tag(TagKind::Class, name, scope);
  }

  /// A function type; `withVariadic` and its siblings make others of it. That
  /// of a C++ member function has neither class nor object.
  FnType fn(ArrayRef<Type> params, Type result) const {
    return FnType::get(context, params, result);
  }

private:
  MLIRContext *context;

public:
  const CBuiltinType VoidTy, BoolTy, CharTy, SCharTy, UCharTy, ShortTy,
      UShortTy, IntTy, UIntTy, LongTy, ULongTy, LongLongTy, ULongLongTy,
      FloatTy, DoubleTy;
};

/// Types of Rust, and what the items of one crate are called:
///
///     RustTypes rs(&context, "shapes", "s1_");
///     RustItemAttr square = rs.item({"Square"});
///     // fn(&Square, f64)
///     RustFnType scale = rs.fn({rs.ref(rs.adt(square)), rs.F64Ty});
///
/// The standard library is another crate, which has a vocabulary of its own.
class RustTypes {
public:
  /// `crateId` is the crate's disambiguator as it is encoded, `s..._`. Loads
  /// the dialect into the context if it is not there.
  RustTypes(MLIRContext *context, StringRef crate, StringRef crateId);

  RustPrimitiveType primitive(RustPrimitive kind) const {
    return RustPrimitiveType::get(context, kind);
  }

  RustRefType ref(Type referent, bool isMut = false) const;
  RustRefType refMut(Type referent) const { return ref(referent, true); }
  RustPtrType constPtr(Type pointee) const {
    return RustPtrType::get(context, /*isMut=*/false, pointee);
  }
  RustPtrType mutPtr(Type pointee) const {
    return RustPtrType::get(context, /*isMut=*/true, pointee);
  }
  RustSliceType slice(Type element) const {
    return RustSliceType::get(context, element);
  }
  RustTupleType tuple(ArrayRef<Type> elements) const {
    return RustTupleType::get(context, elements);
  }

  /// A type, trait or module of the crate, by its path.
  RustItemAttr item(ArrayRef<StringRef> path) const;
  /// A function of the crate: modules, then its own name.
  RustItemAttr functionItem(ArrayRef<StringRef> path) const;
  /// Closure number `index` in a function.
  RustItemAttr closureItem(RustItemAttr function, unsigned index = 0) const;

  /// A struct, enum or union; arguments are types, regions or constants.
  RustAdtType adt(RustItemAttr item, ArrayRef<Attribute> args = {}) const;
  /// The object of a trait without associated types.
  RustDynType dyn(RustItemAttr trait, ArrayRef<Attribute> args = {}) const;
  /// The type of a function itself, which has no size.
  RustFnItemType fnItem(RustItemAttr item) const;

  /// A signature, or a fn pointer within a type; without result it returns the
  /// unit. `withAbi` and its siblings make others of it.
  RustFnType fn(ArrayRef<Type> params, Type result = {}) const {
    return RustFnType::get(context, params, result ? result : Type(UnitTy));
  }

  /// A closure with this signature.
  RustClosureType closure(RustClosureKind kind, RustItemAttr item,
                          RustFnType fn, ArrayRef<Type> captures) const;
  /// `&Self`, `&mut Self` or `Self`, as closures of this kind are called.
  Type closureReceiver(RustClosureKind kind, Type self) const;
  /// The signature of a closure's body.
  RustFnType closureBody(RustClosureType closure) const;

  /// `dyn Fn(A) -> R`, `dyn FnMut(A) -> R` or `dyn FnOnce(A) -> R` for a
  /// signature. Call it on the vocabulary of `core`.
  RustDynType dynFn(RustClosureKind kind, RustFnType fn) const;

  /// `kcfi.callable` of a method of `impl Trait for T`: the trait's object and
  /// the receiver over `SelfTy`.
  RustCallableAttr implMethod(RustDynType object, Type receiver) const {
    return RustCallableAttr::get(context, RustCallableKind::ImplMethod, object,
                                 receiver);
  }
  /// `kcfi.callable` of a closure's body. `object` is what `dynFn` makes.
  RustCallableAttr closureCallable(RustClosureKind kind,
                                   RustDynType object) const {
    return RustCallableAttr::get(context, RustCallableKind::Closure, object,
                                 closureReceiver(kind, SelfTy));
  }

private:
  RustItemAttr makeItem(ArrayRef<Attribute> path, RustLangItem lang) const;
  RustSegmentAttr segment(RustPathTag tag, StringRef name) const;

  MLIRContext *context;
  StringAttr crate, crateId;

public:
  const RustPrimitiveType BoolTy, CharTy, StrTy, NeverTy, I8Ty, I16Ty, I32Ty,
      I64Ty, ISizeTy, U8Ty, U16Ty, U32Ty, U64Ty, USizeTy, F32Ty, F64Ty;
  const RustTupleType UnitTy;
  /// The type parameter `Self` of a trait.
  const RustParamType SelfTy;
};

} // namespace mlir::kcfi

#endif // KCFI_IR_TYPEBUILDERS_H
