//===- TypeEquivalences.cpp - Equivalences of Rust types -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The rules are those of rustc's rustc_sanitizers (TransformTy), each on its
// own switch. docs/Equivalences.md gives the reasons.
//
//===----------------------------------------------------------------------===//

#include "Definitions.h"
#include "RustTypeMapper.h"
#include "kcfi/Encoding/Rust/Equivalence.h"

using namespace mlir;
using namespace mlir::kcfi;

/// References, raw and fn pointers.
static bool isPointer(Type type) {
  return isa<RustRefType, RustPtrType, RustFnType>(type);
}

/// `generalized_pointers`: only the kind of a pointer counts, not what it
/// points to. C code casts between such function pointers.
static Type generalizePointer(Type type) {
  MLIRContext *context = type.getContext();
  Type unit = RustTupleType::getUnit(context);
  // The region keeps it apart from a reference that was `&()` before.
  if (auto ref = dyn_cast<RustRefType>(type))
    return RustRefType::get(context, RustRegionAttr::getStatic(context),
                            ref.getIsMut(), unit);
  auto ptr = dyn_cast<RustPtrType>(type);
  return RustPtrType::get(context, ptr && ptr.getIsMut(), unit);
}

/// `normalized_integers`: C has several names for the integers of one size,
/// Rust has other types with their representation. To agree across languages,
/// all of them take the name of the integer with that size.
static RustPrimitive normalizeInteger(RustPrimitive kind,
                                      unsigned pointerWidth) {
  switch (kind) {
  case RustPrimitive::Bool:
    return RustPrimitive::U8;
  case RustPrimitive::Char:
    return RustPrimitive::U32;
  case RustPrimitive::ISize:
    return pointerWidth == 16   ? RustPrimitive::I16
           : pointerWidth == 32 ? RustPrimitive::I32
                                : RustPrimitive::I64;
  case RustPrimitive::USize:
    return pointerWidth == 16   ? RustPrimitive::U16
           : pointerWidth == 32 ? RustPrimitive::U32
                                : RustPrimitive::U64;
  case RustPrimitive::Str:
  case RustPrimitive::Never:
  case RustPrimitive::I8:
  case RustPrimitive::I16:
  case RustPrimitive::I32:
  case RustPrimitive::I64:
  case RustPrimitive::I128:
  case RustPrimitive::U8:
  case RustPrimitive::U16:
  case RustPrimitive::U32:
  case RustPrimitive::U64:
  case RustPrimitive::U128:
  case RustPrimitive::F16:
  case RustPrimitive::F32:
  case RustPrimitive::F64:
  case RustPrimitive::F128:
    return kind;
  }
  llvm_unreachable("unknown primitive type");
}

namespace {
/// Maps a nominal type to the representative of its class.
class TypeReducer : public RustTypeMapper {
public:
  TypeReducer(const Definitions &definitions, EquivalenceSet equivalences,
              unsigned pointerWidth, MLIRContext *context)
      : RustTypeMapper(context), definitions(definitions),
        equivalences(equivalences), pointerWidth(pointerWidth) {}

protected:
  Type mapType(Type type) override;
  RustConstAttr mapConst(RustConstAttr constant) override;
  Type mapPattern(RustPatType type) override;

private:
  bool has(Equivalence equivalence) const {
    return equivalences.contains(equivalence);
  }
  Type mapAdt(RustAdtType type);
  Type unwrap(RustAdtType type, RustItemAttr definition);

  const Definitions &definitions;
  EquivalenceSet equivalences;
  unsigned pointerWidth;
  /// Wrappers that are being unwrapped.
  SmallVector<Type> open;
};

/// Reduces what is in fn pointers once more for each fn pointer around it: a
/// wrapper that contains itself ends at its own name, but rustc begins anew in
/// each fn pointer, and there without the options of the encoding.
class FnPointerReducer : public RustTypeMapper {
public:
  FnPointerReducer(const Definitions &definitions, EquivalenceSet equivalences,
                   unsigned pointerWidth, MLIRContext *context)
      : RustTypeMapper(context), definitions(definitions),
        equivalences(equivalences), pointerWidth(pointerWidth) {
    this->equivalences.remove(Equivalence::NormalizedIntegers);
    this->equivalences.remove(Equivalence::GeneralizedPointers);
  }

protected:
  Type mapType(Type type) override;

private:
  const Definitions &definitions;
  EquivalenceSet equivalences;
  unsigned pointerWidth;
};
} // namespace

Type TypeReducer::mapType(Type type) {
  if (has(Equivalence::GeneralizedPointers) && isPointer(type))
    return generalizePointer(type);
  if (auto primitive = dyn_cast<RustPrimitiveType>(type);
      primitive && has(Equivalence::NormalizedIntegers))
    return RustPrimitiveType::get(
        context, normalizeInteger(primitive.getKind(), pointerWidth));
  if (auto adt = dyn_cast<RustAdtType>(type))
    return mapAdt(adt);
  return mapParts(type);
}

Type TypeReducer::mapAdt(RustAdtType type) {
  RustItemAttr definition = definitions.lookup(type.getItem());
  // `c_void`: C's `void *` must be the pointer to nothing.
  if (definition.getLangItem() == RustLangItem::CVoid &&
      has(Equivalence::CVoid))
    return RustTupleType::getUnit(context);
  if (definition.getRepr() != RustRepr::Transparent ||
      !has(Equivalence::TransparentWrappers) || llvm::is_contained(open, type))
    return mapParts(type);
  return unwrap(type, definition);
}

/// `transparent_wrappers`: the language promises that such a struct is passed
/// like its field, and APIs rely on it.
Type TypeReducer::unwrap(RustAdtType type, RustItemAttr definition) {
  // The user has said what the type is called.
  if (definition.getCfiEncoding())
    return type;
  if (!definition.getField())
    return RustTupleType::getUnit(context);
  llvm::Expected<Type> field =
      Definitions::getField(definition, type.getArgs());
  if (!field) {
    fail(llvm::toString(field.takeError()));
    return type;
  }
  auto isWrapper = [&](Type part) {
    return part == type ? WalkResult::interrupt() : WalkResult::advance();
  };
  // To follow a pointer to the wrapper itself would have no end.
  if (isPointer(*field) && field->walk(isWrapper).wasInterrupted())
    return generalizePointer(*field);
  // What is open decides about parts.
  auto outside = std::move(known);
  known.clear();
  open.push_back(type);
  Type result = map(*field);
  open.pop_back();
  known = std::move(outside);
  return result;
}

RustConstAttr TypeReducer::mapConst(RustConstAttr constant) {
  Type type = map(constant.getType());
  StringAttr value = constant.getValue();
  // The value of an integer is a number.
  auto before = dyn_cast<RustPrimitiveType>(constant.getType());
  if (before && before.getKind() == RustPrimitive::Bool && type != before &&
      !constant.getIsParam())
    value = StringAttr::get(context, value == "true" ? "1" : "0");
  return RustConstAttr::get(context, type, value, constant.getIsParam());
}

Type TypeReducer::mapPattern(RustPatType type) {
  Type base = map(type.getBase());
  std::string pattern = type.getPattern().str();
  auto before = dyn_cast<RustPrimitiveType>(type.getBase());
  auto after = dyn_cast<RustPrimitiveType>(base);
  // The limits of an integer are spelled with its type: `isize::MIN`.
  if (before && after && before != after) {
    std::string from = (stringifyRustPrimitive(before.getKind()) + "::").str();
    std::string to = (stringifyRustPrimitive(after.getKind()) + "::").str();
    for (size_t at = 0; (at = pattern.find(from, at)) != std::string::npos;
         at += to.size())
      pattern.replace(at, from.size(), to);
  }
  return RustPatType::get(context, base, StringAttr::get(context, pattern));
}

Type FnPointerReducer::mapType(Type type) {
  auto fn = dyn_cast<RustFnType>(type);
  if (!fn)
    return mapParts(type);
  auto reduce = [&](Type nested) {
    TypeReducer reducer(definitions, equivalences, pointerWidth, context);
    Type reduced = reducer.map(nested);
    if (!reducer.getError().empty())
      fail(reducer.getError());
    return map(reduced);
  };
  SmallVector<Type> params = llvm::map_to_vector(fn.getParams(), reduce);
  return RustFnType::get(context, params, reduce(fn.getResult()), fn.getAbi(),
                         fn.getFlags(), fn.getZstParams());
}

llvm::Expected<RustFnType> mlir::kcfi::getClassRepresentative(
    RustFnType signature, EquivalenceSet equivalences, const TargetInfo &target,
    const DefinitionTable &table) {
  if (isNestedTooDeep(signature))
    return llvm::createStringError("type is nested more than " +
                                   Twine(kMaxTypeDepth) + " levels deep");
  MLIRContext *context = signature.getContext();
  unsigned pointerWidth = target.getCTypeFacts().pointerWidth;
  // `c_names`: C has no paths, so a function that C code may call names a
  // `repr(C)` type like C. Without the rule, nothing says that a type is one.
  llvm::Expected<Definitions> definitions = Definitions::collect(
      signature, equivalences.contains(Equivalence::CNames), table);
  if (!definitions)
    return definitions.takeError();

  std::string error;
  auto reduce = [&](Type type) {
    TypeReducer reducer(*definitions, equivalences, pointerWidth, context);
    FnPointerReducer fnReducer(*definitions, equivalences, pointerWidth,
                               context);
    Type reduced = reducer.map(definitions->getNominal(type));
    if (error.empty())
      error = reducer.getError();
    Type result = fnReducer.map(reduced);
    if (error.empty())
      error = fnReducer.getError();
    return result;
  };
  // `ignored_zsts`: a parameter without size is not passed, so a function that
  // has it can be called like one that has not.
  SmallVector<Type> params;
  if (equivalences.contains(Equivalence::IgnoredZsts))
    for (unsigned index : signature.getPassedParams())
      params.push_back(reduce(signature.getParams()[index]));
  else
    llvm::append_range(params, llvm::map_range(signature.getParams(), reduce));
  Type result = reduce(signature.getResult());
  if (!error.empty())
    return llvm::createStringError(error);
  return RustFnType::get(context, params, result, signature.getAbi(),
                         signature.getFlags());
}
