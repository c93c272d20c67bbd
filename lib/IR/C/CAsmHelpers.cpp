//===- CAsmHelpers.cpp - Syntax that C types share -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CAsmHelpers.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

ParseResult helpers::parseScopeBody(AsmParser &parser, StringAttr &name,
                                    ArrayAttr &args) {
  if (succeeded(parser.parseOptionalKeyword("anonymous")))
    return success();
  if (parseString(parser, name))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("args")))
    return parseTemplateArgs(parser, args);
  return success();
}

void helpers::printScopeBody(AsmPrinter &printer, StringAttr name,
                             ArrayAttr args) {
  if (!name) {
    printer << "anonymous";
    return;
  }
  printer << name;
  if (args) {
    printer << " args ";
    printTemplateArgs(printer, args);
  }
}

ParseResult helpers::parseScopes(AsmParser &parser, ArrayAttr &scopes) {
  return parseBodies<ScopeAttr>(parser, scopes, parseScopeBody);
}

void helpers::printScopes(AsmPrinter &printer, ArrayAttr scopes) {
  printList(printer, scopes, [&](Attribute attr) {
    auto scope = cast<ScopeAttr>(attr);
    printScopeBody(printer, scope.getName(), scope.getArgs());
  });
}

static ParseResult parseTemplateArg(AsmParser &parser, Attribute &arg) {
  if (succeeded(parser.parseOptionalKeyword("value"))) {
    arg = TemplateValueAttr::parse(parser, Type());
  } else if (succeeded(parser.parseOptionalKeyword("pack"))) {
    arg = TemplatePackAttr::parse(parser, Type());
  } else if (succeeded(parser.parseOptionalKeyword("template"))) {
    arg = TemplateNameAttr::parse(parser, Type());
  } else {
    Type type;
    if (succeeded(helpers::parseNested(parser, type)))
      arg = TypeAttr::get(type);
  }
  return success(static_cast<bool>(arg));
}

static void printTemplateArg(AsmPrinter &printer, Attribute arg) {
  if (auto type = dyn_cast<TypeAttr>(arg)) {
    helpers::printNested(printer, type.getValue());
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
}

static ParseResult parseTemplateArgList(AsmParser &parser, ArrayAttr &args,
                                        AsmParser::Delimiter delimiter) {
  return helpers::parseList(parser, delimiter, args, [&](Attribute &arg) {
    return parseTemplateArg(parser, arg);
  });
}

ParseResult helpers::parseTemplateArgs(AsmParser &parser, ArrayAttr &args) {
  return parseTemplateArgList(parser, args, AsmParser::Delimiter::Square);
}

void helpers::printTemplateArgs(AsmPrinter &printer, ArrayAttr args) {
  printList(printer, args,
            [&](Attribute arg) { printTemplateArg(printer, arg); });
}

ParseResult helpers::parseTemplatePack(AsmParser &parser, ArrayAttr &args) {
  ParserNesting nesting;
  if (nesting.isTooDeep())
    return emitTooDeep(parser.emitError(parser.getCurrentLocation()));
  return parseTemplateArgList(parser, args, AsmParser::Delimiter::LessGreater);
}

void helpers::printTemplatePack(AsmPrinter &printer, ArrayAttr args) {
  printer << "<";
  llvm::interleaveComma(args, printer,
                        [&](Attribute arg) { printTemplateArg(printer, arg); });
  printer << ">";
}

ParseResult helpers::parseTagName(AsmParser &parser, StringAttr &name,
                                  unsigned &unnamedIndex, bool &unnamedInCxx) {
  unnamedIndex = 0;
  unnamedInCxx = false;
  if (failed(parser.parseOptionalKeyword("unnamed")))
    return parseString(parser, name);
  if (succeeded(parser.parseOptionalLParen()) &&
      (parseU32(parser, unnamedIndex) || parser.parseRParen()))
    return failure();
  unnamedInCxx = succeeded(parser.parseOptionalKeyword("cxx"));
  return success();
}

void helpers::printTagName(AsmPrinter &printer, StringAttr name,
                           unsigned unnamedIndex, bool unnamedInCxx) {
  if (name) {
    printer << name;
    return;
  }
  printer << "unnamed";
  if (unnamedIndex)
    printer << "(" << unnamedIndex << ")";
  if (unnamedInCxx)
    printer << " cxx";
}

//===----------------------------------------------------------------------===//
// Other parts of types
//===----------------------------------------------------------------------===//

/// In the order of the printer.
static constexpr Qualifiers kQualifiers[] = {Qualifiers::NoEscape,
                                             Qualifiers::SwiftContext,
                                             Qualifiers::SwiftAsyncContext,
                                             Qualifiers::SwiftErrorResult,
                                             Qualifiers::SwiftIndirectResult,
                                             Qualifiers::Const,
                                             Qualifiers::Volatile,
                                             Qualifiers::Restrict};

ParseResult helpers::parseQualifiers(AsmParser &parser, Qualifiers &qualifiers,
                                     unsigned &addressSpace) {
  qualifiers = Qualifiers::None;
  addressSpace = 0;
  auto parseQualifier = [&] {
    for (Qualifiers qualifier : kQualifiers)
      if (succeeded(
              parser.parseOptionalKeyword(stringifyQualifiers(qualifier)))) {
        qualifiers = qualifiers | qualifier;
        return true;
      }
    return false;
  };
  while (true) {
    if (parseQualifier())
      continue;
    if (failed(parser.parseOptionalKeyword("addrspace")))
      return success();
    SMLoc loc;
    if (parseU32InParens(parser, addressSpace, &loc))
      return failure();
    if (addressSpace == 0)
      return parser.emitError(loc,
                              "address space 0 is that of unqualified types");
  }
}

void helpers::printQualifiers(AsmPrinter &printer, Qualifiers qualifiers,
                              unsigned addressSpace) {
  llvm::ListSeparator separator(" ");
  for (Qualifiers qualifier : kQualifiers)
    if (bitEnumContainsAny(qualifiers, qualifier))
      printer << StringRef(separator) << stringifyQualifiers(qualifier);
  if (addressSpace)
    printer << StringRef(separator) << "addrspace(" << addressSpace << ")";
}

ParseResult helpers::parseArraySize(AsmParser &parser, int64_t &size) {
  if (succeeded(parser.parseOptionalQuestion())) {
    size = CArrayType::kIncomplete;
    return success();
  }
  if (succeeded(parser.parseOptionalStar())) {
    size = CArrayType::kVariable;
    return success();
  }
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseInteger(size))
    return failure();
  if (size < 0)
    return parser.emitError(loc, "size of an array must not be negative");
  return success();
}

void helpers::printArraySize(AsmPrinter &printer, int64_t size) {
  if (size == CArrayType::kIncomplete)
    printer << "?";
  else if (size == CArrayType::kVariable)
    printer << "*";
  else
    printer << size;
}

ParseResult helpers::parseFlavor(AsmParser &parser, VectorFlavor &flavor) {
  return parseKeyword(parser, flavor, "vector flavor");
}

void helpers::printFlavor(AsmPrinter &printer, VectorFlavor flavor) {
  printer << stringifyVectorFlavor(flavor);
}

ParseResult helpers::parseVectorBits(AsmParser &parser, unsigned &bits) {
  SMLoc loc = parser.getCurrentLocation();
  if (parseU32(parser, bits))
    return failure();
  if (bits == 0)
    return parser.emitError(loc, "a vector has at least one element");
  return success();
}

void helpers::printVectorBits(AsmPrinter &printer, unsigned bits) {
  printer << bits;
}
