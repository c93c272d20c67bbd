//===- SignatureParts.cpp - Parts of signatures of C and Rust -------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SignatureParts.h"

using namespace mlir;
using namespace mlir::kcfi;
using namespace mlir::kcfi::interop;

Type mlir::kcfi::interop::getOptionArgument(Type rust) {
  auto adt = dyn_cast<RustAdtType>(rust);
  if (!adt || adt.getItem().getName() != "Option" || adt.getArgs().size() != 1)
    return {};
  auto arg = dyn_cast<TypeAttr>(adt.getArgs()[0]);
  return arg ? arg.getValue() : Type();
}

Type mlir::kcfi::interop::getWrappedType(Type rust) {
  auto adt = dyn_cast<RustAdtType>(rust);
  if (!adt || adt.getItem().getRepr() != RustRepr::Transparent ||
      !adt.getItem().getGenerics().empty())
    return {};
  return adt.getItem().getField();
}

RustFnType mlir::kcfi::interop::getFnPointer(Type rust) {
  while (Type wrapped = getWrappedType(rust))
    rust = wrapped;
  if (Type argument = getOptionArgument(rust))
    return getFnPointer(argument);
  return dyn_cast<RustFnType>(rust);
}

bool mlir::kcfi::interop::isPointerLike(Type rust) {
  if (Type argument = getOptionArgument(rust))
    return isPointerLike(argument);
  if (auto adt = dyn_cast<RustAdtType>(rust))
    return adt.getItem().getField() && isPointerLike(adt.getItem().getField());
  return isa<RustPtrType, RustRefType, RustFnType>(rust);
}

Type mlir::kcfi::interop::getPointee(Type c) {
  auto ptr = dyn_cast<PtrType>(stripSugarAndQualifiers(c));
  return ptr ? ptr.getPointee() : Type();
}

bool mlir::kcfi::interop::isVoid(Type c) {
  auto builtin = dyn_cast<CBuiltinType>(c);
  return builtin && builtin.getKind() == BuiltinKind::Void;
}

bool mlir::kcfi::interop::isNever(Type rust) {
  auto primitive = dyn_cast<RustPrimitiveType>(rust);
  return primitive && primitive.getKind() == RustPrimitive::Never;
}

bool mlir::kcfi::interop::isInteger(Type rust) {
  auto primitive = dyn_cast<RustPrimitiveType>(rust);
  return primitive && primitive.getKind() >= RustPrimitive::I8 &&
         primitive.getKind() <= RustPrimitive::USize;
}

Type mlir::kcfi::interop::getCVoid(MLIRContext *context) {
  auto getName = [&](StringRef name) -> Attribute {
    return RustSegmentAttr::get(context, RustPathTag::Type, 0,
                                StringAttr::get(context, name));
  };
  auto none = ArrayAttr::get(context, {});
  return RustAdtType::get(
      context,
      RustItemAttr::get(
          context, StringAttr::get(context, "core"),
          StringAttr::get(context, "s_"),
          ArrayAttr::get(context, {getName("ffi"), getName("c_void")}), none,
          RustRepr::Rust, Type(), StringAttr(), RustLangItem::CVoid,
          /*recursive=*/false),
      none);
}

EncodingAttr mlir::kcfi::interop::withOptions(EncodingAttr encoding,
                                              bool normalizeIntegers,
                                              bool generalizePointers) {
  return EncodingAttr::get(encoding.getContext(), encoding.getHash(),
                           normalizeIntegers, generalizePointers);
}

std::optional<std::string> PartEncoder::encode(Type part, Place place,
                                               RustAbi abi,
                                               EncodingAttr encoding) {
  MLIRContext *context = part.getContext();
  bool isRust = getTypeFamily(*getTypeKind(part)) == TypeFamily::Rust;
  auto [it, isNew] =
      known.try_emplace(Key(part, encoding, static_cast<unsigned>(place),
                            static_cast<unsigned>(abi)));
  if (!isNew)
    return it->second;
  StringRef before = "_ZTSFv", after = "E";
  switch (place) {
  case Place::Param:
    break;
  case Place::Result:
    before = "_ZTSF";
    after = "vE";
    break;
  case Place::Pointee:
    // Only behind a pointer can it be anything.
    before = "_ZTSFvP";
    part = isRust ? Type(RustPtrType::get(context, /*isMut=*/true, part))
                  : Type(PtrType::get(context, part));
    encoding = withOptions(encoding, encoding.getNormalizeIntegers(),
                           /*generalizePointers=*/false);
    break;
  }
  SmallVector<Type, 1> params;
  if (place != Place::Result)
    params.push_back(part);
  Type signature;
  if (isRust)
    signature = RustFnType::get(
        context, params,
        params.empty() ? part : RustTupleType::getUnit(context), abi);
  else
    signature = FnType::get(
        context, params,
        params.empty() ? part : CBuiltinType::get(context, BuiltinKind::Void));
  llvm::Expected<std::string> string =
      encodeSignature(signature, encoding, target, definitions);
  if (!string) {
    llvm::consumeError(string.takeError());
    return std::nullopt;
  }
  StringRef text = *string;
  if (text.consume_back(encoding.getSuffix()) && text.consume_front(before) &&
      text.consume_back(after))
    it->second = text.str();
  return it->second;
}
