//===- Encoding.cpp - Ids in Python ---------------------------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KCFI.h"

#include "kcfi-c/Dialect.h"
#include "kcfi-c/Encoding.h"
#include "kcfi-c/Report.h"

using namespace mlir::python;
using namespace mlir::kcfi::python;

static std::pair<std::string, uint32_t>
encode(const Type &signature, std::optional<Attribute> encoding,
       const std::string &target, const std::vector<Attribute> &definitions,
       std::optional<Attribute> callable) {
  const ContextPtr &context = signature.context;
  std::vector<MlirAttribute> raw;
  for (const Attribute &definition : definitions) {
    checkContext(context, definition.context, "a definition");
    if (!kcfiAttributeIsA(definition.raw, KCFIAttributeKindRustItem))
      throw nb::type_error("definitions are #kcfi.rs.item attributes");
    raw.push_back(definition.raw);
  }
  if (encoding) {
    checkContext(context, encoding->context, "the encoding");
    if (!kcfiAttributeIsA(encoding->raw, KCFIAttributeKindEncoding))
      throw nb::type_error("the encoding is a #kcfi.encoding attribute");
  }
  if (callable) {
    checkContext(context, callable->context, "the callable");
    if (!kcfiAttributeIsA(callable->raw, KCFIAttributeKindRustCallable))
      throw nb::type_error("the callable is a #kcfi.rs.callable attribute");
  }
  std::string string, error;
  uint32_t id = 0;
  Capture capture(context);
  MlirLogicalResult status = kcfiEncodeFunction(
      signature.raw, callable ? callable->raw : MlirAttribute{nullptr},
      encoding ? encoding->raw : MlirAttribute{nullptr}, toRef(target),
      raw.size(), raw.data(), append, &string, &id, append, &error);
  capture.finish(mlirLogicalResultIsSuccess(status), strip(error));
  return {string, id};
}

void mlir::kcfi::python::bindEncoding(nb::module_ &m) {
  m.def("encode", &encode, nb::arg("signature"), nb::arg("encoding").none(),
        nb::arg("target"), nb::arg("definitions"), nb::arg("callable").none(),
        "The type-id string and the id of a signature.");
  m.def(
      "hash_type_id_string",
      [](const std::string &string, const std::string &hash) {
        uint32_t id;
        if (mlirLogicalResultIsFailure(
                kcfiHashTypeIdString(toRef(string), toRef(hash), &id)))
          throw nb::value_error(("there is no hash '" + hash + "'").c_str());
        return id;
      },
      nb::arg("string"), nb::arg("hash") = "xxhash64",
      "The id of a complete type-id string.");
  m.def(
      "parse_type_id",
      [](const std::string &text) {
        uint32_t id;
        if (mlirLogicalResultIsFailure(kcfiParseTypeId(toRef(text), &id)))
          throw nb::value_error(("'" + text + "' is no type id").c_str());
        return id;
      },
      nb::arg("text"),
      "The id that a text stands for: hexadecimal with 0x, decimal, or "
      "negative "
      "as in LLVM IR.");
  m.def(
      "readable",
      [](const Type &type) {
        return decode(
            printToString([&](MlirStringCallback callback, void *data) {
              kcfiTypePrintReadable(type.raw, callback, data);
            }));
      },
      nb::arg("type"),
      "A type of the dialect as C, C++ or Rust spell it; empty for others.");
  m.def(
      "demangle",
      [](const std::string &string) {
        return decode(
            printToString([&](MlirStringCallback callback, void *data) {
              kcfiDemangleTypeIdString(toRef(string), callback, data);
            }));
      },
      nb::arg("string"),
      "A type-id string as a demangler reads it; empty if it cannot.");
}
