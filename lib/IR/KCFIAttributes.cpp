//===- KCFIAttributes.cpp - Attributes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/KCFIAttributes.h"
#include "C/CAsmHelpers.h"
#include "Rust/RustAsmHelpers.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::kcfi;

#include "kcfi/IR/KCFIEnums.cpp.inc"

//===----------------------------------------------------------------------===//
// Directives
//===----------------------------------------------------------------------===//

namespace {
/// An option in angle brackets: `keyword` alone, or `keyword = number`.
struct AsmOption {
  StringRef keyword;
  bool *flag;
  unsigned *number = nullptr;
  bool isGiven = false;
};
} // namespace

/// Parses one of the options. `what` says in errors whose they are.
static ParseResult parseOption(AsmParser &parser, StringRef what,
                               MutableArrayRef<AsmOption> options) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef keyword;
  if (parser.parseKeyword(&keyword))
    return failure();
  auto *option = llvm::find_if(options, [&](const AsmOption &candidate) {
    return candidate.keyword == keyword;
  });
  if (option == options.end()) {
    InFlightDiagnostic diag = parser.emitError(loc, "unknown ")
                              << what << " option '" << keyword
                              << "', expected ";
    for (auto [index, known] : llvm::enumerate(options))
      diag << (index == 0                    ? "'"
               : index + 1 == options.size() ? "' or '"
                                             : "', '")
           << known.keyword;
    return diag << "'";
  }
  if (option->isGiven)
    return parser.emitError(loc, what)
           << " option '" << keyword << "' is given twice";
  option->isGiven = true;
  if (option->number)
    return failure(parser.parseEqual() ||
                   helpers::parseU32(parser, *option->number));
  *option->flag = true;
  return success();
}

/// `, normalize_integers, generalize_pointers`
static ParseResult parseEncodingOptions(AsmParser &parser,
                                        bool &normalizeIntegers,
                                        bool &generalizePointers) {
  normalizeIntegers = generalizePointers = false;
  AsmOption options[] = {{"normalize_integers", &normalizeIntegers},
                         {"generalize_pointers", &generalizePointers}};
  while (succeeded(parser.parseOptionalComma()))
    if (parseOption(parser, "encoding", options))
      return failure();
  return success();
}

static void printEncodingOptions(AsmPrinter &printer, bool normalizeIntegers,
                                 bool generalizePointers) {
  if (normalizeIntegers)
    printer << ", normalize_integers";
  if (generalizePointers)
    printer << ", generalize_pointers";
}

/// `<patchable_prefix = 1, patchable_entry = 2, arity>`
static ParseResult parseCodegenOptions(AsmParser &parser, unsigned &prefix,
                                       unsigned &entry, bool &arity) {
  prefix = entry = 0;
  arity = false;
  AsmOption options[] = {{"patchable_prefix", nullptr, &prefix},
                         {"patchable_entry", nullptr, &entry},
                         {"arity", &arity}};
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater, [&] {
    return parseOption(parser, "codegen", options);
  });
}

static void printCodegenOptions(AsmPrinter &printer, unsigned prefix,
                                unsigned entry, bool arity) {
  printer << "<";
  llvm::ListSeparator separator;
  if (prefix)
    printer << StringRef(separator) << "patchable_prefix = " << prefix;
  if (entry)
    printer << StringRef(separator) << "patchable_entry = " << entry;
  if (arity)
    printer << StringRef(separator) << "arity";
  printer << ">";
}

// The generated code finds the functions of other `custom` directives there.
using namespace mlir::kcfi::helpers;

#define GET_ATTRDEF_CLASSES
#include "kcfi/IR/KCFIAttributes.cpp.inc"

void KCFIDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "kcfi/IR/KCFIAttributes.cpp.inc"
      >();
}

std::string mlir::kcfi::formatTypeId(uint32_t id) {
  return "0x" + llvm::utohexstr(id, /*LowerCase=*/true, /*Width=*/8);
}

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

LogicalResult
mlir::kcfi::helpers::verifyName(function_ref<InFlightDiagnostic()> emitError,
                                StringAttr name, StringRef what) {
  if (!name || name.empty())
    return emitError() << what << " must not be empty";
  if (name.getValue().contains('\0'))
    return emitError() << what << " must not contain a null character";
  return success();
}

LogicalResult mlir::kcfi::helpers::verifyTemplateArgs(
    function_ref<InFlightDiagnostic()> emitError, ArrayAttr args) {
  for (Attribute arg : args) {
    if (isa<TemplateValueAttr, TemplatePackAttr, TemplateNameAttr>(arg))
      continue;
    auto type = dyn_cast<TypeAttr>(arg);
    if (!type)
      return emitError() << "expected a template argument, found " << arg;
    if (failed(
            verifyComponent(emitError, type.getValue(), "template argument")))
      return failure();
  }
  return success();
}

LogicalResult
mlir::kcfi::helpers::verifyScopes(function_ref<InFlightDiagnostic()> emitError,
                                  ArrayAttr scopes) {
  if (scopes.empty())
    return emitError() << "list of enclosing names must not be empty";
  for (Attribute scope : scopes)
    if (!isa<ScopeAttr>(scope))
      return emitError() << "expected an enclosing name, found " << scope;
  return success();
}

//===----------------------------------------------------------------------===//
// EncodingAttr, CodegenAttr, TypeIdAttr
//===----------------------------------------------------------------------===//

StringRef EncodingAttr::getSuffix() const {
  if (getNormalizeIntegers())
    return getGeneralizePointers() ? ".normalized.generalized" : ".normalized";
  return getGeneralizePointers() ? ".generalized" : "";
}

LogicalResult TypeIdAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 uint32_t value, StringAttr string) {
  if (value == 0)
    return emitError() << "type id 0 is reserved: it means \"no type\" and "
                          "would disable the check";
  return success();
}

TypeIdAttr TypeIdAttr::get(MLIRContext *context, uint32_t value) {
  return get(context, value, StringAttr());
}

//===----------------------------------------------------------------------===//
// Parts of C++ names
//===----------------------------------------------------------------------===//

LogicalResult ScopeAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                StringAttr name, ArrayAttr args) {
  if (!name && args)
    return emitError() << "the anonymous namespace has no template arguments";
  if (name && failed(helpers::verifyName(emitError, name, "enclosing name")))
    return failure();
  return args ? helpers::verifyTemplateArgs(emitError, args) : success();
}

LogicalResult
TemplateValueAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                          Type type, StringAttr value) {
  StringRef digits = value.getValue();
  digits.consume_front("-");
  if (digits.empty() || !llvm::all_of(digits, llvm::isDigit))
    return emitError() << "template value " << value
                       << " is not a decimal number";
  return helpers::verifyComponent(emitError, type, "type of a template value");
}

LogicalResult
TemplatePackAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                         ArrayAttr args) {
  return helpers::verifyTemplateArgs(emitError, args);
}

LogicalResult
TemplateNameAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                         StringAttr name, ArrayAttr scope) {
  if (failed(helpers::verifyName(emitError, name, "name of a template")))
    return failure();
  return scope ? helpers::verifyScopes(emitError, scope) : success();
}
