//===- RustAsmHelpers.cpp - Syntax that Rust types share -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RustAsmHelpers.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Items and their paths
//===----------------------------------------------------------------------===//

ParseResult helpers::parseItem(AsmParser &parser, RustItemAttr &item) {
  SMLoc loc = parser.getCurrentLocation();
  Attribute attr;
  if (parser.parseAttribute(attr))
    return failure();
  item = dyn_cast<RustItemAttr>(attr);
  if (!item)
    return parser.emitError(loc, "expected a '#kcfi.rs.item', found ") << attr;
  return success();
}

void helpers::printItem(AsmPrinter &printer, RustItemAttr item) {
  printer.printAttribute(item);
}

ParseResult helpers::parseItemAndArgs(AsmParser &parser, RustItemAttr &item,
                                      ArrayAttr &args) {
  args = ArrayAttr::get(parser.getContext(), {});
  if (parseItem(parser, item))
    return failure();
  if (failed(parser.parseOptionalComma()))
    return success();
  return parseGenericArgs(parser, args);
}

void helpers::printItemAndArgs(AsmPrinter &printer, RustItemAttr item,
                               ArrayAttr args) {
  printItem(printer, item);
  if (args.empty())
    return;
  printer << ", ";
  printGenericArgs(printer, args);
}

ParseResult helpers::parseStringInParens(AsmParser &parser,
                                         StringAttr &string) {
  return failure(parser.parseLParen() || parseString(parser, string) ||
                 parser.parseRParen());
}

ParseResult helpers::parseSegmentBody(AsmParser &parser, RustPathTag &tag,
                                      unsigned &disambiguator,
                                      StringAttr &name) {
  tag = RustPathTag::Type;
  disambiguator = 0;
  std::string text;
  if (succeeded(parser.parseOptionalString(&text))) {
    name = StringAttr::get(parser.getContext(), text);
  } else if (parseKeyword(parser, tag, "kind of path segment") ||
             (RustSegmentAttr::isNamed(tag) && parseString(parser, name))) {
    return failure();
  }
  if (succeeded(parser.parseOptionalLParen()))
    return failure(parseU32(parser, disambiguator) || parser.parseRParen());
  return success();
}

void helpers::printSegmentBody(AsmPrinter &printer, RustPathTag tag,
                               unsigned disambiguator, StringAttr name) {
  if (tag != RustPathTag::Type)
    printer << stringifyRustPathTag(tag) << (name ? " " : "");
  if (name)
    printer << name;
  if (disambiguator)
    printer << "(" << disambiguator << ")";
}

ParseResult helpers::parsePath(AsmParser &parser, ArrayAttr &path) {
  return parseBodies<RustSegmentAttr>(parser, path, parseSegmentBody);
}

void helpers::printPath(AsmPrinter &printer, ArrayAttr path) {
  printList(printer, path, [&](Attribute attr) {
    auto segment = cast<RustSegmentAttr>(attr);
    printSegmentBody(printer, segment.getTag(), segment.getDisambiguator(),
                     segment.getName());
  });
}

//===----------------------------------------------------------------------===//
// Generic arguments
//===----------------------------------------------------------------------===//

/// Parses what follows the keyword of a kind of region.
static ParseResult parseRegionNumbers(AsmParser &parser, RustRegionKind kind,
                                      unsigned &binder, unsigned &index,
                                      StringAttr &name) {
  binder = index = 0;
  switch (kind) {
  case RustRegionKind::Erased:
  case RustRegionKind::Static:
    return success();
  case RustRegionKind::Bound:
    return failure(parser.parseLParen() || helpers::parseU32(parser, binder) ||
                   parser.parseComma() || helpers::parseU32(parser, index) ||
                   parser.parseRParen());
  case RustRegionKind::Param:
    return helpers::parseStringInParens(parser, name);
  }
  llvm_unreachable("unknown kind of region");
}

static ParseResult parseOptionalRegionKind(AsmParser &parser,
                                           RustRegionKind &kind) {
  StringRef keyword;
  if (failed(parser.parseOptionalKeyword(
          &keyword, {"erased", "static", "bound", "param"})))
    return failure();
  kind = *symbolizeRustRegionKind(keyword);
  return success();
}

ParseResult helpers::parseRegionBody(AsmParser &parser, RustRegionKind &kind,
                                     unsigned &binder, unsigned &index,
                                     StringAttr &name) {
  if (failed(parseOptionalRegionKind(parser, kind)))
    return parser.emitError(parser.getCurrentLocation(),
                            "expected 'erased', 'bound', 'static' or 'param'");
  return parseRegionNumbers(parser, kind, binder, index, name);
}

void helpers::printRegionBody(AsmPrinter &printer, RustRegionKind kind,
                              unsigned binder, unsigned index,
                              StringAttr name) {
  printer << stringifyRustRegionKind(kind);
  switch (kind) {
  case RustRegionKind::Erased:
  case RustRegionKind::Static:
    return;
  case RustRegionKind::Bound:
    printer << "(" << binder << ", " << index << ")";
    return;
  case RustRegionKind::Param:
    printer << "(" << name << ")";
    return;
  }
  llvm_unreachable("unknown kind of region");
}

OptionalParseResult helpers::parseRegion(AsmParser &parser,
                                         RustRegionAttr &region) {
  SMLoc loc = parser.getCurrentLocation();
  RustRegionKind kind;
  unsigned binder, index;
  StringAttr name;
  region = RustRegionAttr::getErased(parser.getContext());
  if (failed(parseOptionalRegionKind(parser, kind)))
    return std::nullopt;
  if (parseRegionNumbers(parser, kind, binder, index, name))
    return ParseResult(failure());
  region = parser.getChecked<RustRegionAttr>(loc, parser.getContext(), kind,
                                             binder, index, name);
  return ParseResult(success(static_cast<bool>(region)));
}

void helpers::printRegion(AsmPrinter &printer, RustRegionAttr region) {
  printRegionBody(printer, region.getKind(), region.getBinder(),
                  region.getIndex(), region.getName());
}

ParseResult helpers::parseObjectRegion(AsmParser &parser,
                                       RustRegionAttr &region) {
  OptionalParseResult result = parseRegion(parser, region);
  if (result.has_value())
    return *result;
  return parser.emitError(parser.getCurrentLocation(),
                          "expected the region of a trait object");
}

void helpers::printObjectRegion(AsmPrinter &printer, RustRegionAttr region) {
  printRegion(printer, region);
}

ParseResult helpers::parseConstValue(AsmParser &parser, StringAttr &value,
                                     bool &isParam) {
  isParam = succeeded(parser.parseOptionalKeyword("param"));
  return isParam ? parseStringInParens(parser, value)
                 : parseString(parser, value);
}

void helpers::printConstValue(AsmPrinter &printer, StringAttr value,
                              bool isParam) {
  if (isParam)
    printer << "param(" << value << ")";
  else
    printer << value;
}

/// A type, `erased`, `bound(0, 1)`, ..., or `const<...>`.
static ParseResult parseGenericArg(AsmParser &parser, Attribute &arg) {
  RustRegionAttr region;
  OptionalParseResult isRegion = helpers::parseRegion(parser, region);
  if (isRegion.has_value()) {
    arg = region;
    return *isRegion;
  }
  if (succeeded(parser.parseOptionalKeyword("const"))) {
    arg = RustConstAttr::parse(parser, Type());
    return success(static_cast<bool>(arg));
  }
  Type type;
  if (helpers::parseNested(parser, type))
    return failure();
  arg = TypeAttr::get(type);
  return success();
}

static void printGenericArg(AsmPrinter &printer, Attribute arg) {
  if (auto region = dyn_cast<RustRegionAttr>(arg)) {
    helpers::printRegion(printer, region);
  } else if (auto constant = dyn_cast<RustConstAttr>(arg)) {
    printer << "const";
    constant.print(printer);
  } else {
    helpers::printNested(printer, cast<TypeAttr>(arg).getValue());
  }
}

ParseResult helpers::parseGenericArgs(AsmParser &parser, ArrayAttr &args) {
  return parseList(
      parser, AsmParser::Delimiter::Square, args,
      [&](Attribute &arg) { return parseGenericArg(parser, arg); });
}

void helpers::printGenericArgs(AsmPrinter &printer, ArrayAttr args) {
  printList(printer, args,
            [&](Attribute arg) { printGenericArg(printer, arg); });
}

//===----------------------------------------------------------------------===//
// Predicates
//===----------------------------------------------------------------------===//

ParseResult helpers::parsePredicateBody(AsmParser &parser,
                                        RustPredicateKind &kind,
                                        RustItemAttr &item, ArrayAttr &args,
                                        Attribute &term) {
  args = ArrayAttr::get(parser.getContext(), {});
  if (parseKeyword(parser, kind, "kind of predicate") ||
      parseItem(parser, item))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("args")) &&
      parseGenericArgs(parser, args))
    return failure();
  if (succeeded(parser.parseOptionalEqual()))
    return parseGenericArg(parser, term);
  return success();
}

void helpers::printPredicateBody(AsmPrinter &printer, RustPredicateKind kind,
                                 RustItemAttr item, ArrayAttr args,
                                 Attribute term) {
  printer << stringifyRustPredicateKind(kind) << " ";
  printItem(printer, item);
  if (!args.empty()) {
    printer << " args ";
    printGenericArgs(printer, args);
  }
  if (term) {
    printer << " = ";
    printGenericArg(printer, term);
  }
}

ParseResult helpers::parsePredicates(AsmParser &parser, ArrayAttr &predicates) {
  return parseBodies<RustPredicateAttr>(parser, predicates, parsePredicateBody);
}

void helpers::printPredicates(AsmPrinter &printer, ArrayAttr predicates) {
  printList(printer, predicates, [&](Attribute attr) {
    auto predicate = cast<RustPredicateAttr>(attr);
    printPredicateBody(printer, predicate.getKind(), predicate.getItem(),
                       predicate.getArgs(), predicate.getTerm());
  });
}

//===----------------------------------------------------------------------===//
// Other parts of types
//===----------------------------------------------------------------------===//

static ParseResult parseTypes(AsmParser &parser, AsmParser::Delimiter delimiter,
                              SmallVectorImpl<Type> &types) {
  return parser.parseCommaSeparatedList(delimiter, [&] {
    return helpers::parseNested(parser, types.emplace_back());
  });
}

static void printTypes(AsmPrinter &printer, ArrayRef<Type> types) {
  llvm::interleaveComma(
      types, printer, [&](Type type) { helpers::printNested(printer, type); });
}

ParseResult helpers::parseCaptures(AsmParser &parser,
                                   SmallVectorImpl<Type> &types) {
  return parseTypes(parser, AsmParser::Delimiter::Square, types);
}

void helpers::printCaptures(AsmPrinter &printer, ArrayRef<Type> types) {
  printer << "[";
  printTypes(printer, types);
  printer << "]";
}

ParseResult helpers::parseElements(AsmParser &parser,
                                   SmallVectorImpl<Type> &types) {
  return parseTypes(parser, AsmParser::Delimiter::LessGreater, types);
}

void helpers::printElements(AsmPrinter &printer, ArrayRef<Type> types) {
  printer << "<";
  printTypes(printer, types);
  printer << ">";
}

ParseResult helpers::parseMutability(AsmParser &parser, bool &isMut) {
  StringRef keyword;
  if (failed(parser.parseOptionalKeyword(&keyword, {"const", "mut"})))
    return parser.emitError(parser.getCurrentLocation(),
                            "expected 'const' or 'mut'");
  isMut = keyword == "mut";
  return success();
}

void helpers::printMutability(AsmPrinter &printer, bool isMut) {
  printer << (isMut ? "mut" : "const");
}

ParseResult helpers::parseEquivalenceList(AsmParser &parser,
                                          SmallVectorImpl<Equivalence> &list) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parseKeyword(parser, list.emplace_back(), "equivalence");
  });
}

void helpers::printEquivalenceList(AsmPrinter &printer,
                                   ArrayRef<Equivalence> list) {
  printer << "[";
  llvm::interleaveComma(list, printer, [&](Equivalence one) {
    printer << stringifyEquivalence(one);
  });
  printer << "]";
}
