//===- Encoding.cpp - Signatures to strings to ids -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/Encoding/Encoding.h"
#include "C/ItaniumMangler.h"
#include "Rust/RustMangler.h"
#include "kcfi/Encoding/Hash.h"
#include "kcfi/Encoding/Rust/Equivalence.h"
#include "kcfi/Encoding/TypeId.h"
#include "kcfi/IR/ReadableType.h"

using namespace mlir;
using namespace mlir::kcfi;

uint32_t mlir::kcfi::hashTypeIdString(StringRef string, HashKind hash) {
  switch (hash) {
  case HashKind::XXHash64:
    return static_cast<uint32_t>(xxh64(string));
  case HashKind::FNV1a:
    return fnv1a32(string);
  }
  llvm_unreachable("unknown hash");
}

/// What `-fsanitize-cfi-icall-generalize-pointers` makes of a parameter or
/// result: pointers keep the qualifiers of their pointee only.
static Type generalize(Type type) {
  // Attributes of a parameter stay.
  if (Qualifiers attributes = getParameterQualifiers(type);
      attributes != Qualifiers::None)
    return QualType::get(type.getContext(), attributes, /*addressSpace=*/0,
                         generalize(stripParameterQualifiers(type)));
  Type unqualified = type;
  // A qualified pointer is a result (parameters have no qualifiers on top); it
  // loses them.
  if (auto qual = dyn_cast<QualType>(type))
    unqualified = qual.getType();
  auto ptr = dyn_cast<PtrType>(unqualified);
  if (!ptr)
    return type;
  Type pointee = ptr.getPointee();
  // Canonical arrays have their qualifiers on the elements.
  while (auto array = dyn_cast<CArrayType>(pointee))
    pointee = array.getElement();
  MLIRContext *context = type.getContext();
  Type result = CBuiltinType::get(context, BuiltinKind::Void);
  auto qual = dyn_cast<QualType>(pointee);
  if (qual && qual.getQualifiers() != Qualifiers::None)
    result = QualType::get(context, qual.getQualifiers(), /*addressSpace=*/0,
                           result);
  return PtrType::get(context, result);
}

static llvm::Expected<std::string>
encodeFunction(FnType fn, EncodingAttr encoding, const TargetInfo &target) {
  if (target.usesMicrosoftMangling())
    return llvm::createStringError(
        "target '" + target.getTriple().str() +
        "' uses the Microsoft mangling, which is not computed: give the "
        "compiler's string as '!kcfi.encoded<\"...\">'");
  llvm::Expected<Type> canonical = getCanonicalType(fn, target);
  if (!canonical)
    return canonical.takeError();
  auto type = cast<FnType>(*canonical);

  SmallVector<Type> params(type.getParams());
  Type result = type.getResult();
  if (encoding.getGeneralizePointers()) {
    for (Type &param : params)
      param = generalize(param);
    result = generalize(result);
  }
  // The exception specification of the function itself is no part of its
  // string; those of function types in it are.
  FnFlags flags = bitEnumClear(type.getFlags(), FnFlags::NoExcept);
  type = FnType::get(fn.getContext(), params, result, flags, type.getCallConv(),
                     type.getSme(), type.getRegParm(), type.getSalt());

  llvm::Expected<std::string> mangled =
      mangleFunctionType(type, encoding.getNormalizeIntegers(), target);
  if (!mangled)
    return mangled.takeError();
  std::string string = "_ZTS" + *mangled;
  if (fn.getSalt())
    string += "." + fn.getSalt().str();
  string += encoding.getSuffix();
  return string;
}

static llvm::Expected<std::string>
encodeRustFunction(RustFnType fn, EncodingAttr encoding,
                   const TargetInfo &target,
                   const DefinitionTable &definitions) {
  // A representative under fewer equivalences is its own under these, too: what
  // they would look at is gone from it.
  llvm::Expected<RustFnType> representative = getClassRepresentative(
      fn, EquivalenceSet::get(kDefaultPreset, encoding), target, definitions);
  if (!representative)
    return representative.takeError();
  llvm::Expected<std::string> string =
      mangleRustSignature(*representative, target);
  if (!string)
    return string;
  return *string + encoding.getSuffix().str();
}

/// An `encoded` string carries the suffixes of the options it was made with.
static llvm::Error checkEncodedSuffix(StringRef string, EncodingAttr encoding) {
  StringRef rest = string;
  bool generalized = rest.consume_back(".generalized");
  bool normalized = rest.consume_back(".normalized");
  if (generalized == encoding.getGeneralizePointers() &&
      normalized == encoding.getNormalizeIntegers())
    return llvm::Error::success();
  StringRef suffix = encoding.getSuffix();
  return llvm::createStringError(
      "string \"" + string +
      "\" was made with other options than those of "
      "this module, whose strings end in " +
      (suffix.empty() ? Twine("neither '.normalized' nor '.generalized'")
                      : "'" + suffix + "'"));
}

llvm::Expected<std::string>
mlir::kcfi::encodeSignature(Type signature, EncodingAttr encoding,
                            const TargetInfo &target,
                            const DefinitionTable &definitions) {
  if (auto fn = dyn_cast<FnType>(signature))
    return encodeFunction(fn, encoding, target);
  if (auto fn = dyn_cast<RustFnType>(signature))
    return encodeRustFunction(fn, encoding, target, definitions);
  if (auto encoded = dyn_cast<EncodedType>(signature)) {
    if (llvm::Error error =
            checkEncodedSuffix(encoded.getString().getValue(), encoding))
      return std::move(error);
    return encoded.getString().str();
  }
  if (isa<RawType>(signature))
    return llvm::createStringError(
        "the type behind a 'raw' id is not known, so it has no string");
  return llvm::createStringError("not a signature");
}

TypeIdAttr TypeIdCache::replace(TypeIdAttr id) const {
  auto it = replacements.find(id.getValue());
  return it == replacements.end() ? id : it->second;
}

llvm::Error TypeIdCache::resolveMerged() {
  for (auto [from, into] : std::exchange(merged, {})) {
    llvm::Expected<TypeIdAttr> fromId = encode(from), intoId = encode(into);
    if (!fromId || !intoId)
      return llvm::joinErrors(fromId.takeError(), intoId.takeError());
    TypeIdAttr source = replace(*fromId), target = replace(*intoId);
    // A circle of merges is one class.
    if (source.getValue() == target.getValue())
      continue;
    for (auto &replacement : replacements)
      if (replacement.second.getValue() == source.getValue())
        replacement.second = target;
    replacements[source.getValue()] = target;
  }
  return llvm::Error::success();
}

llvm::Expected<TypeIdAttr> TypeIdCache::getTypeId(Type signature) {
  if (TypeIdAttr id = ids.lookup(signature))
    return id;
  if (llvm::Error error = resolveMerged())
    return std::move(error);
  llvm::Expected<TypeIdAttr> id = encode(signature);
  if (!id)
    return id.takeError();
  return ids[signature] = replace(*id);
}

llvm::Expected<TypeIdAttr> TypeIdCache::encode(Type signature) {
  MLIRContext *context = signature.getContext();
  uint32_t id;
  StringAttr string;
  if (auto raw = dyn_cast<RawType>(signature)) {
    id = raw.getId();
  } else {
    llvm::Expected<std::string> encoded =
        encodeSignature(signature, encoding, target, definitions);
    if (!encoded)
      return encoded.takeError();
    string = StringAttr::get(context, *encoded);
    id = hashTypeIdString(*encoded, encoding.getHash());
  }
  if (std::optional<std::string> reason = target.getReservedIdReason(id))
    return llvm::createStringError("type id " + formatTypeId(id) + " of '" +
                                   getReadableType(signature) +
                                   "' cannot be used: " + *reason);
  return TypeIdAttr::get(context, id, string);
}

llvm::Expected<TypeIdAttr>
TypeIdCache::getEntryTypeId(Type signature, RustCallableAttr callable) {
  auto fn = dyn_cast<RustFnType>(signature);
  if (!fn || !callable)
    return getTypeId(signature);
  llvm::Expected<RustFnType> entry = getEntrySignature(
      fn, callable, EquivalenceSet::get(kDefaultPreset, encoding), definitions);
  if (!entry)
    return entry.takeError();
  return getTypeId(*entry);
}

llvm::Expected<TypeIdAttr>
mlir::kcfi::encodeTypeId(Type signature, StringRef triple,
                         EncodingAttr encoding, RustCallableAttr callable,
                         DefinitionTable definitions) {
  llvm::Expected<std::unique_ptr<TargetInfo>> target =
      TargetInfo::lookup(triple);
  if (!target)
    return target.takeError();
  if (!encoding)
    encoding = EncodingAttr::get(signature.getContext());
  return TypeIdCache(encoding, **target, std::move(definitions))
      .getEntryTypeId(signature, callable);
}
