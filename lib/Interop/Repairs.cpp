//===- Repairs.cpp - Rust declarations that are more like C ---------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Repairs.h"
#include "kcfi/IR/ReadableType.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::kcfi;
using namespace mlir::kcfi::interop;

/// True if C code may have the type `rust` for `c`, up to names.
bool Rewriter::isPassedAlike(Type c, Type rust, Place place) const {
  c = stripSugarAndQualifiers(c);
  while (Type wrapped = getWrappedType(rust))
    rust = wrapped;
  bool isPrimitive = isa<RustPrimitiveType, RustTupleType>(rust);
  if (isa<TagType>(c))
    return isa<RustAdtType, RustForeignType>(rust) ||
           (enums.contains(c) && isInteger(rust));
  if (auto array = dyn_cast<CArrayType>(c)) {
    auto rustArray = dyn_cast<RustArrayType>(rust);
    return rustArray &&
           static_cast<int64_t>(rustArray.getSize()) == array.getSize() &&
           isPassedAlike(array.getElement(), rustArray.getElement(),
                         Place::Pointee);
  }
  if (Type pointee = getPointee(c)) {
    if (isVoid(stripSugarAndQualifiers(pointee)))
      return isPointerLike(rust);
    if (auto fn = dyn_cast<FnType>(pointee)) {
      RustFnType rustFn = getFnPointer(rust);
      return rustFn && isPassedAlike(fn, rustFn);
    }
    if (auto ptr = dyn_cast<RustPtrType>(rust))
      return isPassedAlike(pointee, ptr.getPointee(), Place::Pointee);
    return isPointerLike(rust);
  }
  if (!isPrimitive)
    return false;
  // Normalised integers say how large they are.
  EncodingAttr normalized = withOptions(encoding, /*normalizeIntegers=*/true,
                                        /*generalizePointers=*/false);
  std::optional<std::string> text = parts.encode(c, place, abi, normalized);
  return text && text == parts.encode(rust, place, abi, normalized);
}

bool Rewriter::isPassedAlike(FnType c, RustFnType rust) const {
  SmallVector<unsigned> indices = rust.getPassedParams();
  if (indices.size() != c.getParams().size())
    return false;
  for (auto [index, param] : llvm::zip_equal(indices, c.getParams()))
    if (!isPassedAlike(param, rust.getParams()[index], Place::Param))
      return false;
  return isPassedAlike(c.getResult(), rust.getResult(), Place::Result);
}

Type Rewriter::makeNewtype(Type c, Type rust, StringRef text) {
  // `CUnsignedLong`, and `CPoint` for `struct Point`.
  auto tag = dyn_cast<TagType>(c);
  std::string spelling =
      tag && tag.getName() ? tag.getName().str() : getReadableType(c);
  std::string name = "C";
  bool startsWord = true;
  for (char letter : spelling) {
    if (llvm::isAlnum(letter))
      name += startsWord ? llvm::toUpper(letter) : letter;
    startsWord = !llvm::isAlnum(letter);
  }
  // One type of C is one type of Rust, also where it stands for several.
  std::string unique = name;
  for (unsigned number = 2;; ++number) {
    RustAdtType known = newtypes.lookup(unique);
    if (!known)
      break;
    if (known.getItem().getCfiEncoding() == text)
      return known;
    unique = name + std::to_string(number);
  }
  definitions.push_back("#[cfi_encoding = \"" + text.str() +
                        "\"] #[repr(transparent)] pub struct " + unique +
                        "(pub " + getReadableType(rust) + ");");
  MLIRContext *context = rust.getContext();
  auto none = ArrayAttr::get(context, {});
  auto path = ArrayAttr::get(
      context, RustSegmentAttr::get(context, RustPathTag::Type,
                                    /*disambiguator=*/0,
                                    StringAttr::get(context, unique)));
  auto item = RustItemAttr::get(
      context, StringAttr::get(context, "c"), StringAttr::get(context, "s_"),
      path, none, RustRepr::Transparent, rust, StringAttr::get(context, text),
      RustLangItem::None, /*recursive=*/false);
  return newtypes[unique] = RustAdtType::get(context, item, none);
}

/// A pointer to `pointee` in C.
Type Rewriter::rewritePointer(Type pointee, Type rust) {
  MLIRContext *context = rust.getContext();
  if (Type argument = getOptionArgument(rust)) {
    if (has(FnPointers) && isa<RustFnType>(argument) && isa<FnType>(pointee))
      rust = argument;
    else if (has(RawPointers) && isa<RustRefType>(argument))
      rust = argument;
  }
  if (has(RawCallbacks) && isa<FnType>(pointee)) {
    RustFnType fn = getFnPointer(rust);
    if (!fn || !isPassedAlike(cast<FnType>(pointee), fn))
      return rust;
    std::optional<std::string> text =
        parts.encode(pointee, Place::Pointee, RustAbi::C, encoding);
    if (!text)
      return rust;
    Type target = getCVoid(context);
    if (!encoding.getGeneralizePointers() || depth > 1)
      target = makeNewtype(pointee, target, *text);
    return RustPtrType::get(context, /*isMut=*/true, target);
  }
  if (auto fn = dyn_cast<RustFnType>(rust))
    return isa<FnType>(pointee) ? rewrite(cast<FnType>(pointee), fn) : Type(fn);
  auto qual = dyn_cast<QualType>(pointee);
  bool isConst =
      qual && bitEnumContainsAny(qual.getQualifiers(), Qualifiers::Const);
  if (auto ptr = dyn_cast<RustPtrType>(rust))
    return RustPtrType::get(context,
                            has(RawPointers) ? !isConst : ptr.getIsMut(),
                            rewrite(pointee, ptr.getPointee(), Place::Pointee));
  if (auto ref = dyn_cast<RustRefType>(rust)) {
    Type referent = rewrite(pointee, ref.getReferent(), Place::Pointee);
    if (has(RawPointers))
      return RustPtrType::get(context, !isConst, referent);
    return RustRefType::get(context, ref.getRegion(), ref.getIsMut(), referent);
  }
  return rust;
}

Type Rewriter::rewrite(Type c, Type rust, Place place) {
  c = stripSugarAndQualifiers(c);
  MLIRContext *context = rust.getContext();
  auto adt = dyn_cast<RustAdtType>(rust);
  bool isEncoded = adt && adt.getItem().getCfiEncoding();
  // A new type takes the place of an old one, too.
  if (isEncoded && (has(PlainTypes) || has(CfiEncodings)))
    if (Type wrapped = getWrappedType(rust))
      rust = wrapped;
  if (isVoid(c) && isNever(rust))
    return has(PlainTypes) ? RustTupleType::getUnit(context) : rust;
  if (Type pointee = getPointee(c))
    rust = rewritePointer(pointee, rust);

  // Only the pointers of the function itself are generalised.
  EncodingAttr options = encoding;
  if (depth > 1)
    options = withOptions(encoding, encoding.getNormalizeIntegers(),
                          /*generalizePointers=*/false);
  std::optional<std::string> text = parts.encode(c, place, abi, options);
  if (!text || text == parts.encode(rust, place, abi, options))
    return rust;
  if (place == Place::Pointee && isVoid(c) && has(RawPointers))
    return getCVoid(context);
  // A type with a reference in it has a lifetime, one without a size has a wide
  // pointer; raw pointers are spelled as they are.
  bool isNoCType =
      isa<RustPtrType>(rust) ||
      rust.walk([](Type part) {
            auto primitive = dyn_cast<RustPrimitiveType>(part);
            bool isStr = primitive && primitive.getKind() == RustPrimitive::Str;
            return isStr || isa<RustRefType, RustDynType, RustSliceType>(part)
                       ? WalkResult::interrupt()
                       : WalkResult::advance();
          })
          .wasInterrupted();
  if (!has(CfiEncodings) || isNoCType || !isPassedAlike(c, rust, place))
    return rust;
  return makeNewtype(c, rust, *text);
}

RustFnType Rewriter::rewrite(FnType c, RustFnType rust) {
  SmallVector<unsigned> indices = rust.getPassedParams();
  if (indices.size() != c.getParams().size())
    return rust;
  RustAbi outerAbi = abi;
  ++depth;
  abi = has(CAbi) ? RustAbi::C : rust.getAbi();
  SmallVector<Type> params(rust.getParams());
  for (auto [index, param] : llvm::zip_equal(indices, c.getParams()))
    params[index] = rewrite(param, params[index], Place::Param);
  Type result = rewrite(c.getResult(), rust.getResult(), Place::Result);
  auto fn = RustFnType::get(rust.getContext(), params, result, abi,
                            rust.getFlags(), rust.getZstParams());
  --depth;
  abi = outerAbi;
  return fn;
}
