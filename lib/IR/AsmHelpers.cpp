//===- AsmHelpers.cpp - Syntax that all types share -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsmHelpers.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Nesting
//===----------------------------------------------------------------------===//

/// Open nested parsers of this thread: the parser itself must not exhaust the
/// stack before there is a type to measure.
static thread_local unsigned parserDepth = 0;

helpers::ParserNesting::ParserNesting() { ++parserDepth; }
helpers::ParserNesting::~ParserNesting() { --parserDepth; }
bool helpers::ParserNesting::isOutermost() const { return parserDepth == 1; }
bool helpers::ParserNesting::isTooDeep() const {
  return parserDepth > kMaxTypeDepth;
}

//===----------------------------------------------------------------------===//
// Directives
//===----------------------------------------------------------------------===//

ParseResult helpers::parseNested(AsmParser &parser, Type &type) {
  return KCFIDialect::parseNestedType(parser, type);
}

void helpers::printNested(AsmPrinter &printer, Type type) {
  KCFIDialect::printNestedType(printer, type);
}

ParseResult helpers::parseString(AsmParser &parser, StringAttr &string) {
  std::string text;
  if (parser.parseString(&text))
    return failure();
  string = StringAttr::get(parser.getContext(), text);
  return success();
}

void helpers::printString(AsmPrinter &printer, StringAttr string) {
  printer << string;
}

ParseResult helpers::parseU32(AsmParser &parser, unsigned &number) {
  SMLoc loc = parser.getCurrentLocation();
  uint64_t value;
  if (parser.parseInteger(value))
    return failure();
  if (value > UINT32_MAX)
    return parser.emitError(loc, "expected a number of at most 32 bits");
  number = static_cast<unsigned>(value);
  return success();
}

void helpers::printU32(AsmPrinter &printer, unsigned number) {
  printer << number;
}

ParseResult helpers::parseU64(AsmParser &parser, uint64_t &number) {
  return parser.parseInteger(number);
}

void helpers::printU64(AsmPrinter &printer, uint64_t number) {
  printer << number;
}

ParseResult helpers::parseId(AsmParser &parser, uint32_t &id) {
  return parseU32(parser, id);
}

void helpers::printId(AsmPrinter &printer, uint32_t id) {
  printer << formatTypeId(id);
}

//===----------------------------------------------------------------------===//
// Parts of directives
//===----------------------------------------------------------------------===//

ParseResult helpers::parseU32InParens(AsmParser &parser, unsigned &number,
                                      SMLoc *loc) {
  if (parser.parseLParen())
    return failure();
  if (loc)
    *loc = parser.getCurrentLocation();
  return failure(parseU32(parser, number) || parser.parseRParen());
}

ParseResult
helpers::parseList(AsmParser &parser, AsmParser::Delimiter delimiter,
                   ArrayAttr &list,
                   function_ref<ParseResult(Attribute &)> parseElement) {
  SmallVector<Attribute> elements;
  if (parser.parseCommaSeparatedList(
          delimiter, [&] { return parseElement(elements.emplace_back()); }))
    return failure();
  list = ArrayAttr::get(parser.getContext(), elements);
  return success();
}

void helpers::printList(AsmPrinter &printer, ArrayAttr list,
                        function_ref<void(Attribute)> printElement) {
  printer << "[";
  llvm::interleaveComma(list, printer, printElement);
  printer << "]";
}
