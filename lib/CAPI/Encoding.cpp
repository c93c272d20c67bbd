//===- Encoding.cpp - Ids in C -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi-c/Encoding.h"
#include "Callback.h"
#include "kcfi/Analysis/ModuleInfo.h"
#include "kcfi/Audit/Report.h"
#include "kcfi/Encoding/Hash.h"
#include "kcfi/Encoding/TypeId.h"
#include "kcfi/Encoding/TypeIdString.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/CAPI/IR.h"

using namespace mlir;
using namespace mlir::kcfi;

/// The id and its string, from what C callers give.
static llvm::Expected<TypeIdAttr> encode(Type signature, Attribute callable,
                                         Attribute encoding,
                                         StringRef targetTriple,
                                         ArrayRef<Attribute> definitions) {
  if (!signature || !isSignature(signature))
    return llvm::createStringError("the type to encode is no signature");
  if (callable && !isa<RustCallableAttr>(callable))
    return llvm::createStringError("the callable is no '#kcfi.rs.callable'");
  if (encoding && !isa<EncodingAttr>(encoding))
    return llvm::createStringError("the encoding is no '#kcfi.encoding'");
  DefinitionTable table;
  for (Attribute definition : definitions) {
    auto item = dyn_cast_or_null<RustItemAttr>(definition);
    if (!item)
      return llvm::createStringError("a definition is no '#kcfi.rs.item'");
    if (llvm::Error error = table.add(item))
      return std::move(error);
  }
  return encodeTypeId(
      signature, targetTriple, cast_or_null<EncodingAttr>(encoding),
      cast_or_null<RustCallableAttr>(callable), std::move(table));
}

MlirLogicalResult kcfiEncode(MlirType signature, MlirAttribute encoding,
                             MlirStringRef targetTriple,
                             intptr_t numDefinitions,
                             MlirAttribute const *definitions,
                             MlirStringCallback string, void *stringUserData,
                             uint32_t *id, MlirStringCallback error,
                             void *errorUserData) {
  return kcfiEncodeFunction(signature, MlirAttribute{nullptr}, encoding,
                            targetTriple, numDefinitions, definitions, string,
                            stringUserData, id, error, errorUserData);
}

MlirLogicalResult
kcfiEncodeFunction(MlirType signature, MlirAttribute callable,
                   MlirAttribute encoding, MlirStringRef targetTriple,
                   intptr_t numDefinitions, MlirAttribute const *definitions,
                   MlirStringCallback string, void *stringUserData,
                   uint32_t *id, MlirStringCallback error,
                   void *errorUserData) {
  SmallVector<Attribute> storage;
  llvm::Expected<TypeIdAttr> result = encode(
      unwrap(signature), unwrap(callable), unwrap(encoding),
      unwrap(targetTriple), unwrapList(numDefinitions, definitions, storage));
  if (!result) {
    CallbackStream(error, errorUserData) << llvm::toString(result.takeError());
    return wrap(failure());
  }
  if (StringAttr text = result->getString())
    CallbackStream(string, stringUserData) << text.getValue();
  if (id)
    *id = result->getValue();
  return wrap(success());
}

MlirLogicalResult kcfiHashTypeIdString(MlirStringRef string, MlirStringRef hash,
                                       uint32_t *id) {
  std::optional<HashKind> kind = symbolizeHashKind(unwrap(hash));
  if (!kind)
    return wrap(failure());
  *id = hashTypeIdString(unwrap(string), *kind);
  return wrap(success());
}

uint64_t kcfiXXH64(MlirStringRef data) { return xxh64(unwrap(data)); }

uint32_t kcfiFNV1a32(MlirStringRef data) { return fnv1a32(unwrap(data)); }

MlirLogicalResult kcfiParseTypeId(MlirStringRef text, uint32_t *id) {
  std::optional<uint32_t> parsed = parseTypeId(unwrap(text));
  if (!parsed)
    return wrap(failure());
  *id = *parsed;
  return wrap(success());
}

void kcfiTypePrintReadable(MlirType type, MlirStringCallback callback,
                           void *userData) {
  if (type.ptr && getTypeKind(unwrap(type)))
    CallbackStream(callback, userData) << getReadableType(unwrap(type));
}

void kcfiDemangleTypeIdString(MlirStringRef string, MlirStringCallback callback,
                              void *userData) {
  CallbackStream(callback, userData) << demangleTypeIdString(unwrap(string));
}
