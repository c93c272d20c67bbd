//===- KCFIAttributes.cpp - Attributes -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/KCFIAttributes.h"
#include "AsmHelpers.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::kcfi;

#include "kcfi/IR/KCFIEnums.cpp.inc"

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

FailureOr<uint32_t> mlir::kcfi::helpers::parseU32(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  uint64_t value;
  if (parser.parseInteger(value))
    return failure();
  if (value > UINT32_MAX)
    return parser.emitError(loc, "expected a number of at most 32 bits"),
           failure();
  return static_cast<uint32_t>(value);
}

FailureOr<uint32_t> helpers::parseU32InParens(AsmParser &parser, SMLoc *loc) {
  if (parser.parseLParen())
    return failure();
  if (loc)
    *loc = parser.getCurrentLocation();
  FailureOr<uint32_t> number = helpers::parseU32(parser);
  if (failed(number) || parser.parseRParen())
    return failure();
  return number;
}

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

FailureOr<ScopeAttr> mlir::kcfi::helpers::parseScopeBody(AsmParser &parser) {
  MLIRContext *context = parser.getContext();
  SMLoc loc = parser.getCurrentLocation();
  auto emitError = [&] { return parser.emitError(loc); };
  if (succeeded(parser.parseOptionalKeyword("anonymous"))) {
    ScopeAttr scope =
        ScopeAttr::getChecked(emitError, context, StringAttr(), ArrayAttr());
    if (!scope)
      return failure();
    return scope;
  }
  std::string name;
  ArrayAttr args;
  if (parser.parseString(&name))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("args"))) {
    FailureOr<ArrayAttr> list =
        parseTemplateArgs(parser, AsmParser::Delimiter::Square);
    if (failed(list))
      return failure();
    args = *list;
  }
  ScopeAttr scope = ScopeAttr::getChecked(emitError, context,
                                          StringAttr::get(context, name), args);
  if (!scope)
    return failure();
  return scope;
}

void mlir::kcfi::helpers::printScopeBody(AsmPrinter &printer, ScopeAttr scope) {
  if (scope.isAnonymousNamespace()) {
    printer << "anonymous";
    return;
  }
  printer << scope.getName();
  if (scope.getArgs()) {
    printer << " args [";
    printTemplateArgs(printer, scope.getArgs());
    printer << "]";
  }
}

FailureOr<ArrayAttr> mlir::kcfi::helpers::parseScopeList(AsmParser &parser) {
  SmallVector<Attribute> scopes;
  if (parser.parseCommaSeparatedList(
          AsmParser::Delimiter::Square, [&]() -> ParseResult {
            FailureOr<ScopeAttr> scope = parseScopeBody(parser);
            if (failed(scope))
              return failure();
            scopes.push_back(*scope);
            return success();
          }))
    return failure();
  return ArrayAttr::get(parser.getContext(), scopes);
}

void mlir::kcfi::helpers::printScopeList(AsmPrinter &printer,
                                         ArrayAttr scopes) {
  printer << "[";
  llvm::interleaveComma(scopes, printer, [&](Attribute scope) {
    printScopeBody(printer, cast<ScopeAttr>(scope));
  });
  printer << "]";
}

FailureOr<ArrayAttr>
mlir::kcfi::helpers::parseTemplateArgs(AsmParser &parser,
                                       AsmParser::Delimiter delimiter) {
  SmallVector<Attribute> args;
  auto parseArg = [&]() -> ParseResult {
    Attribute arg;
    if (succeeded(parser.parseOptionalKeyword("value"))) {
      arg = TemplateValueAttr::parse(parser, Type());
    } else if (succeeded(parser.parseOptionalKeyword("pack"))) {
      arg = TemplatePackAttr::parse(parser, Type());
    } else if (succeeded(parser.parseOptionalKeyword("template"))) {
      arg = TemplateNameAttr::parse(parser, Type());
    } else {
      FailureOr<Type> type = parseNested(parser);
      if (succeeded(type))
        arg = TypeAttr::get(*type);
    }
    if (!arg)
      return failure();
    args.push_back(arg);
    return success();
  };
  if (parser.parseCommaSeparatedList(delimiter, parseArg))
    return failure();
  return ArrayAttr::get(parser.getContext(), args);
}

void mlir::kcfi::helpers::printTemplateArgs(AsmPrinter &printer,
                                            ArrayAttr args) {
  llvm::interleaveComma(args, printer, [&](Attribute arg) {
    if (auto type = dyn_cast<TypeAttr>(arg)) {
      KCFIDialect::printNestedType(printer, type.getValue());
    } else if (auto value = dyn_cast<TemplateValueAttr>(arg)) {
      printer << "value";
      value.print(printer);
    } else if (auto pack = dyn_cast<TemplatePackAttr>(arg)) {
      printer << "pack";
      pack.print(printer);
    } else {
      printer << "template";
      cast<TemplateNameAttr>(arg).print(printer);
    }
  });
}

//===----------------------------------------------------------------------===//
// EncodingAttr, CodegenAttr, TypeIdAttr
//===----------------------------------------------------------------------===//

StringRef EncodingAttr::getSuffix() const {
  if (getNormalizeIntegers())
    return getGeneralizePointers() ? ".normalized.generalized" : ".normalized";
  return getGeneralizePointers() ? ".generalized" : "";
}

Attribute EncodingAttr::parse(AsmParser &parser, Type) {
  StringRef keyword;
  SMLoc loc;
  if (parser.parseLess() || parser.parseKeyword("hash") || parser.parseEqual())
    return {};
  FailureOr<HashKind> hash =
      helpers::parseEnum<HashKind>(parser, getMaxEnumValForHashKind(), "hash");
  if (failed(hash))
    return {};
  bool normalize = false, generalize = false;
  while (succeeded(parser.parseOptionalComma())) {
    if (parser.getCurrentLocation(&loc) || parser.parseKeyword(&keyword))
      return {};
    bool *option = llvm::StringSwitch<bool *>(keyword)
                       .Case("normalize_integers", &normalize)
                       .Case("generalize_pointers", &generalize)
                       .Default(nullptr);
    if (!option)
      return parser.emitError(loc, "unknown encoding option '")
                 << keyword
                 << "', expected 'normalize_integers' or 'generalize_pointers'",
             Attribute();
    if (*option)
      return parser.emitError(loc, "encoding option '")
                 << keyword << "' is given twice",
             Attribute();
    *option = true;
  }
  if (parser.parseGreater())
    return {};
  return EncodingAttr::get(parser.getContext(), *hash, normalize, generalize);
}

void EncodingAttr::print(AsmPrinter &printer) const {
  printer << "<hash = " << stringifyHashKind(getHash());
  if (getNormalizeIntegers())
    printer << ", normalize_integers";
  if (getGeneralizePointers())
    printer << ", generalize_pointers";
  printer << ">";
}

Attribute CodegenAttr::parse(AsmParser &parser, Type) {
  uint32_t prefix = 0, entry = 0;
  bool arity = false;
  llvm::SmallSet<std::string, 4> seen;
  auto parseOption = [&]() -> ParseResult {
    StringRef keyword;
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseKeyword(&keyword))
      return failure();
    if (!seen.insert(keyword.str()).second)
      return parser.emitError(loc, "codegen option '")
             << keyword << "' is given twice";
    if (keyword == "arity") {
      arity = true;
      return success();
    }
    uint32_t *number = llvm::StringSwitch<uint32_t *>(keyword)
                           .Case("patchable_prefix", &prefix)
                           .Case("patchable_entry", &entry)
                           .Default(nullptr);
    if (!number)
      return parser.emitError(loc, "unknown codegen option '")
             << keyword
             << "', expected 'patchable_prefix', 'patchable_entry' or 'arity'";
    if (parser.parseEqual())
      return failure();
    FailureOr<uint32_t> value = helpers::parseU32(parser);
    if (failed(value))
      return failure();
    *number = *value;
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater,
                                     parseOption))
    return {};
  return CodegenAttr::get(parser.getContext(), prefix, entry, arity);
}

void CodegenAttr::print(AsmPrinter &printer) const {
  printer << "<";
  llvm::ListSeparator separator;
  if (getPatchablePrefix())
    printer << StringRef(separator)
            << "patchable_prefix = " << getPatchablePrefix();
  if (getPatchableEntry())
    printer << StringRef(separator)
            << "patchable_entry = " << getPatchableEntry();
  if (getArity())
    printer << StringRef(separator) << "arity";
  printer << ">";
}

Attribute TypeIdAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  FailureOr<uint32_t> value = helpers::parseU32(parser);
  if (failed(value))
    return {};
  StringAttr string;
  if (succeeded(parser.parseOptionalComma())) {
    std::string text;
    if (parser.parseString(&text))
      return {};
    string = StringAttr::get(parser.getContext(), text);
  }
  if (parser.parseGreater())
    return {};
  return TypeIdAttr::getChecked([&] { return parser.emitError(loc); },
                                parser.getContext(), *value, string);
}

void TypeIdAttr::print(AsmPrinter &printer) const {
  printer << "<" << formatTypeId(getValue());
  if (getString())
    printer << ", " << getString();
  printer << ">";
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

Attribute ScopeAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  FailureOr<ScopeAttr> scope = helpers::parseScopeBody(parser);
  if (failed(scope) || parser.parseGreater())
    return {};
  return *scope;
}

void ScopeAttr::print(AsmPrinter &printer) const {
  printer << "<";
  helpers::printScopeBody(printer, *this);
  printer << ">";
}

LogicalResult ScopeAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                StringAttr name, ArrayAttr args) {
  if (!name && args)
    return emitError() << "the anonymous namespace has no template arguments";
  if (name && failed(helpers::verifyName(emitError, name, "enclosing name")))
    return failure();
  return args ? helpers::verifyTemplateArgs(emitError, args) : success();
}

Attribute TemplateValueAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  FailureOr<Type> type = helpers::parseNested(parser);
  std::string value;
  if (failed(type) || parser.parseComma() || parser.parseString(&value) ||
      parser.parseGreater())
    return {};
  return TemplateValueAttr::getChecked(
      [&] { return parser.emitError(loc); }, parser.getContext(), *type,
      StringAttr::get(parser.getContext(), value));
}

void TemplateValueAttr::print(AsmPrinter &printer) const {
  printer << "<";
  KCFIDialect::printNestedType(printer, getType());
  printer << ", " << getValue() << ">";
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

Attribute TemplatePackAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  helpers::ParserNesting nesting;
  if (nesting.isTooDeep())
    return helpers::emitTooDeep(parser.emitError(loc)), Attribute();
  FailureOr<ArrayAttr> args =
      helpers::parseTemplateArgs(parser, AsmParser::Delimiter::LessGreater);
  if (failed(args))
    return {};
  return TemplatePackAttr::getChecked([&] { return parser.emitError(loc); },
                                      parser.getContext(), *args);
}

void TemplatePackAttr::print(AsmPrinter &printer) const {
  printer << "<";
  helpers::printTemplateArgs(printer, getArgs());
  printer << ">";
}

LogicalResult
TemplatePackAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                         ArrayAttr args) {
  return helpers::verifyTemplateArgs(emitError, args);
}

Attribute TemplateNameAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  std::string name;
  ArrayAttr scope;
  if (parser.parseLess() || parser.parseString(&name))
    return {};
  if (succeeded(parser.parseOptionalKeyword("in"))) {
    FailureOr<ArrayAttr> scopes = helpers::parseScopeList(parser);
    if (failed(scopes))
      return {};
    scope = *scopes;
  }
  if (parser.parseGreater())
    return {};
  return TemplateNameAttr::getChecked(
      [&] { return parser.emitError(loc); }, parser.getContext(),
      StringAttr::get(parser.getContext(), name), scope);
}

void TemplateNameAttr::print(AsmPrinter &printer) const {
  printer << "<" << getName();
  if (getScope()) {
    printer << " in ";
    helpers::printScopeList(printer, getScope());
  }
  printer << ">";
}

LogicalResult
TemplateNameAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                         StringAttr name, ArrayAttr scope) {
  if (failed(helpers::verifyName(emitError, name, "name of a template")))
    return failure();
  return scope ? helpers::verifyScopes(emitError, scope) : success();
}
