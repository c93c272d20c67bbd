//===- KCFIRustAttributes.cpp - Attributes of the Rust family ---*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../AsmHelpers.h"
#include "RustAsmHelpers.h"
#include "kcfi/IR/KCFITypes.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

LogicalResult
helpers::verifyRustComponent(function_ref<InFlightDiagnostic()> emitError,
                             Type type, StringRef what) {
  if (isComponent(type, TypeFamily::Rust))
    return success();
  InFlightDiagnostic diag = emitError()
                            << what << " " << type
                            << " cannot be a part of a Rust signature";
  if (isa<FnPtrType>(type))
    diag << "; write 'rs.fn<...>' instead of 'fnptr<...>'";
  else if (isComponent(type, TypeFamily::C))
    diag << "; a C type has another Rust type for each use, such as "
            "'rs.adt' or 'rs.foreign'";
  return diag;
}

LogicalResult
helpers::verifyNested(function_ref<InFlightDiagnostic()> emitError, Type type,
                      StringRef what) {
  if (failed(helpers::verifyRustComponent(emitError, type, what)))
    return failure();
  if (auto fn = dyn_cast<RustFnType>(type); fn && !fn.getZstParams().empty())
    return emitError() << what
                       << " has a 'zst' parameter, which only the signature "
                          "of a function can have";
  return success();
}

LogicalResult
helpers::verifyNested(function_ref<InFlightDiagnostic()> emitError,
                      ArrayRef<Type> types, StringRef what) {
  for (Type type : types)
    if (failed(helpers::verifyNested(emitError, type, what)))
      return failure();
  return success();
}

LogicalResult helpers::verifyArgs(function_ref<InFlightDiagnostic()> emitError,
                                  RustItemAttr item, ArrayAttr args) {
  for (Attribute arg : args) {
    if (isa<RustRegionAttr, RustConstAttr>(arg))
      continue;
    auto type = dyn_cast<TypeAttr>(arg);
    if (!type)
      return emitError() << "expected a generic argument, found " << arg;
    if (failed(helpers::verifyNested(emitError, type.getValue(),
                                     "generic argument")))
      return failure();
  }
  if (item.getField() && item.getGenerics().size() != args.size())
    return emitError() << "'" << item.getName() << "' has "
                       << item.getGenerics().size() << " parameter(s), got "
                       << args.size() << " argument(s)";
  return success();
}

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

FailureOr<StringAttr> helpers::parseStringInParens(AsmParser &parser) {
  std::string text;
  if (parser.parseLParen() || parser.parseString(&text) || parser.parseRParen())
    return failure();
  return StringAttr::get(parser.getContext(), text);
}

OptionalParseResult helpers::parseOptionalRegion(AsmParser &parser,
                                                 RustRegionAttr &region) {
  MLIRContext *context = parser.getContext();
  SMLoc loc = parser.getCurrentLocation();
  StringRef keyword;
  if (failed(parser.parseOptionalKeyword(
          &keyword, {"erased", "static", "bound", "param"})))
    return std::nullopt;
  RustRegionKind kind = *symbolizeRustRegionKind(keyword);
  uint32_t binder = 0, index = 0;
  StringAttr name;
  switch (kind) {
  case RustRegionKind::Erased:
  case RustRegionKind::Static:
    break;
  case RustRegionKind::Bound: {
    FailureOr<uint32_t> first, second;
    if (parser.parseLParen() || failed(first = helpers::parseU32(parser)) ||
        parser.parseComma() || failed(second = helpers::parseU32(parser)) ||
        parser.parseRParen())
      return ParseResult(failure());
    binder = *first;
    index = *second;
    break;
  }
  case RustRegionKind::Param: {
    FailureOr<StringAttr> parsed = helpers::parseStringInParens(parser);
    if (failed(parsed))
      return ParseResult(failure());
    name = *parsed;
    break;
  }
  }
  region = RustRegionAttr::getChecked([&] { return parser.emitError(loc); },
                                      context, kind, binder, index, name);
  return ParseResult(success(static_cast<bool>(region)));
}

void helpers::printRegion(AsmPrinter &printer, RustRegionAttr region) {
  printer << stringifyRustRegionKind(region.getKind());
  switch (region.getKind()) {
  case RustRegionKind::Erased:
  case RustRegionKind::Static:
    return;
  case RustRegionKind::Bound:
    printer << "(" << region.getBinder() << ", " << region.getIndex() << ")";
    return;
  case RustRegionKind::Param:
    printer << "(" << region.getName() << ")";
    return;
  }
  llvm_unreachable("unknown kind of region");
}

/// A type, `erased`, `bound(0, 1)`, ..., or `const<...>`.
static ParseResult parseArg(AsmParser &parser, Attribute &arg) {
  RustRegionAttr region;
  OptionalParseResult isRegion = helpers::parseOptionalRegion(parser, region);
  if (isRegion.has_value()) {
    arg = region;
    return *isRegion;
  }
  if (succeeded(parser.parseOptionalKeyword("const"))) {
    arg = RustConstAttr::parse(parser, Type());
    return success(static_cast<bool>(arg));
  }
  FailureOr<Type> type = helpers::parseNested(parser);
  if (failed(type))
    return failure();
  arg = TypeAttr::get(*type);
  return success();
}

static void printArg(AsmPrinter &printer, Attribute arg) {
  if (auto region = dyn_cast<RustRegionAttr>(arg)) {
    helpers::printRegion(printer, region);
  } else if (auto constant = dyn_cast<RustConstAttr>(arg)) {
    printer << "const";
    constant.print(printer);
  } else {
    KCFIDialect::printNestedType(printer, cast<TypeAttr>(arg).getValue());
  }
}

FailureOr<ArrayAttr> helpers::parseArgs(AsmParser &parser) {
  SmallVector<Attribute> args;
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
        return parseArg(parser, args.emplace_back());
      }))
    return failure();
  return ArrayAttr::get(parser.getContext(), args);
}

void helpers::printArgs(AsmPrinter &printer, ArrayAttr args) {
  printer << "[";
  llvm::interleaveComma(args, printer,
                        [&](Attribute arg) { printArg(printer, arg); });
  printer << "]";
}

ParseResult helpers::parseItemAndArgs(AsmParser &parser, RustItemAttr &item,
                                      ArrayAttr &args) {
  args = ArrayAttr::get(parser.getContext(), {});
  if (parseItem(parser, item))
    return failure();
  if (failed(parser.parseOptionalComma()))
    return success();
  FailureOr<ArrayAttr> list = helpers::parseArgs(parser);
  if (failed(list))
    return failure();
  args = *list;
  return success();
}

void helpers::printItemAndArgs(AsmPrinter &printer, RustItemAttr item,
                               ArrayAttr args) {
  printer.printAttribute(item);
  if (args.empty())
    return;
  printer << ", ";
  helpers::printArgs(printer, args);
}

//===----------------------------------------------------------------------===//
// Paths and definitions
//===----------------------------------------------------------------------===//

bool RustSegmentAttr::isNamed(RustPathTag tag) {
  switch (tag) {
  case RustPathTag::Type:
  case RustPathTag::Value:
    return true;
  case RustPathTag::Impl:
  case RustPathTag::ForeignMod:
  case RustPathTag::Closure:
  case RustPathTag::Constructor:
  case RustPathTag::Constant:
  case RustPathTag::Opaque:
  case RustPathTag::Synthetic:
  case RustPathTag::Nested:
    return false;
  }
  llvm_unreachable("unknown tag of a path segment");
}

StringRef RustSegmentAttr::getSpelling() const {
  switch (getTag()) {
  case RustPathTag::Type:
  case RustPathTag::Value:
    return getName().getValue();
  case RustPathTag::Impl:
    return "{{impl}}";
  case RustPathTag::ForeignMod:
    return "{{extern}}";
  case RustPathTag::Closure:
    return "{{closure}}";
  case RustPathTag::Constructor:
    return "{{constructor}}";
  case RustPathTag::Constant:
    return "{{constant}}";
  case RustPathTag::Opaque:
    return "{{opaque}}";
  case RustPathTag::Synthetic:
    return "{{synthetic}}";
  case RustPathTag::Nested:
    return "{{nested}}";
  }
  llvm_unreachable("unknown tag of a path segment");
}

static FailureOr<RustSegmentAttr> parseSegmentBody(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  RustPathTag tag = RustPathTag::Type;
  std::string text;
  bool hasName = succeeded(parser.parseOptionalString(&text));
  if (!hasName) {
    FailureOr<RustPathTag> parsed = helpers::parseEnum<RustPathTag>(
        parser, getMaxEnumValForRustPathTag(), "kind of path segment");
    if (failed(parsed))
      return failure();
    tag = *parsed;
    if (RustSegmentAttr::isNamed(tag)) {
      if (parser.parseString(&text))
        return failure();
      hasName = true;
    }
  }
  uint32_t disambiguator = 0;
  if (succeeded(parser.parseOptionalLParen())) {
    FailureOr<uint32_t> number = helpers::parseU32(parser);
    if (failed(number) || parser.parseRParen())
      return failure();
    disambiguator = *number;
  }
  auto segment = RustSegmentAttr::getChecked(
      [&] { return parser.emitError(loc); }, parser.getContext(), tag,
      disambiguator,
      hasName ? StringAttr::get(parser.getContext(), text) : StringAttr());
  if (!segment)
    return failure();
  return segment;
}

static void printSegmentBody(AsmPrinter &printer, RustSegmentAttr segment) {
  if (segment.getTag() != RustPathTag::Type)
    printer << stringifyRustPathTag(segment.getTag())
            << (segment.getName() ? " " : "");
  if (segment.getName())
    printer << segment.getName();
  if (segment.getDisambiguator())
    printer << "(" << segment.getDisambiguator() << ")";
}

Attribute RustSegmentAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  FailureOr<RustSegmentAttr> segment = parseSegmentBody(parser);
  if (failed(segment) || parser.parseGreater())
    return {};
  return *segment;
}

void RustSegmentAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printSegmentBody(printer, *this);
  printer << ">";
}

LogicalResult
RustSegmentAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                        RustPathTag tag, unsigned, StringAttr name) {
  if (isNamed(tag))
    return helpers::verifyName(emitError, name, "name in a path");
  if (name)
    return emitError() << "a path segment '" << stringifyRustPathTag(tag)
                       << "' has no name";
  return success();
}

RustItemAttr RustItemAttr::getIdentity() const {
  MLIRContext *context = getContext();
  return get(context, getCrate(), getCrateId(), getPath(),
             ArrayAttr::get(context, {}), RustRepr::Rust, Type(), StringAttr(),
             RustLangItem::None, /*recursive=*/false);
}

RustItemAttr RustItemAttr::getNominal(bool cNames) const {
  MLIRContext *context = getContext();
  RustRepr repr =
      cNames && getRepr() == RustRepr::C ? RustRepr::C : RustRepr::Rust;
  return get(context, getCrate(), getCrateId(), getPath(),
             ArrayAttr::get(context, {}), repr, Type(), getCfiEncoding(),
             RustLangItem::None, /*recursive=*/false);
}

StringRef RustItemAttr::getName() const {
  for (Attribute segment : llvm::reverse(getPath()))
    if (StringAttr name = cast<RustSegmentAttr>(segment).getName())
      return name.getValue();
  return getCrate().getValue();
}

Attribute RustItemAttr::parse(AsmParser &parser, Type) {
  MLIRContext *context = parser.getContext();
  SMLoc loc = parser.getCurrentLocation();
  helpers::ParserNesting nesting;
  if (nesting.isTooDeep())
    return helpers::emitTooDeep(parser.emitError(loc)), Attribute();
  std::string crate, crateId;
  SmallVector<Attribute> path, generics;
  if (parser.parseLess() || parser.parseString(&crate) ||
      parser.parseString(&crateId) ||
      parser.parseCommaSeparatedList(
          AsmParser::Delimiter::Square, [&]() -> ParseResult {
            FailureOr<RustSegmentAttr> segment = parseSegmentBody(parser);
            if (failed(segment))
              return failure();
            path.push_back(*segment);
            return success();
          }))
    return {};

  RustRepr repr = RustRepr::Rust;
  Type field;
  StringAttr cfiEncoding;
  RustLangItem langItem = RustLangItem::None;
  bool recursive = false;
  StringRef keyword;
  while (true) {
    SMLoc keywordLoc = parser.getCurrentLocation();
    if (failed(parser.parseOptionalKeyword(&keyword)))
      break;
    if (keyword == "generics") {
      if (parser.parseCommaSeparatedList(
              AsmParser::Delimiter::Square, [&]() -> ParseResult {
                std::string name;
                if (parser.parseString(&name))
                  return failure();
                generics.push_back(StringAttr::get(context, name));
                return success();
              }))
        return {};
    } else if (keyword == "transparent" || keyword == "repr_c") {
      if (repr != RustRepr::Rust)
        return parser.emitError(keywordLoc,
                                "an item has one representation at most"),
               Attribute();
      repr = *symbolizeRustRepr(keyword);
    } else if (keyword == "field") {
      FailureOr<Type> type = helpers::parseNested(parser);
      if (failed(type))
        return {};
      field = *type;
    } else if (keyword == "cfi_encoding") {
      FailureOr<StringAttr> text = helpers::parseStringInParens(parser);
      if (failed(text))
        return {};
      cfiEncoding = *text;
    } else if (keyword == "lang") {
      if (parser.parseLParen())
        return {};
      FailureOr<RustLangItem> parsed = helpers::parseEnum<RustLangItem>(
          parser, getMaxEnumValForRustLangItem(), "lang item");
      if (failed(parsed) || parser.parseRParen())
        return {};
      langItem = *parsed;
    } else if (keyword == "recursive") {
      recursive = true;
    } else {
      return parser.emitError(keywordLoc, "unknown part '")
                 << keyword << "' of an item",
             Attribute();
    }
  }
  if (parser.parseGreater())
    return {};
  auto item = RustItemAttr::getChecked(
      [&] { return parser.emitError(loc); }, context,
      StringAttr::get(context, crate), StringAttr::get(context, crateId),
      ArrayAttr::get(context, path), ArrayAttr::get(context, generics), repr,
      field, cfiEncoding, langItem, recursive);
  // Aliases make items that are deeper than their text.
  if (item && nesting.isOutermost() && isNestedTooDeep(item))
    return helpers::emitTooDeep(parser.emitError(loc)), Attribute();
  return item;
}

void RustItemAttr::print(AsmPrinter &printer) const {
  printer << "<" << getCrate() << " " << getCrateId() << " [";
  llvm::interleaveComma(getPath(), printer, [&](Attribute segment) {
    printSegmentBody(printer, cast<RustSegmentAttr>(segment));
  });
  printer << "]";
  if (!getGenerics().empty())
    printer << " generics " << getGenerics();
  if (getRepr() != RustRepr::Rust)
    printer << " " << stringifyRustRepr(getRepr());
  if (getField()) {
    printer << " field ";
    KCFIDialect::printNestedType(printer, getField());
  }
  if (getCfiEncoding())
    printer << " cfi_encoding(" << getCfiEncoding() << ")";
  if (getLangItem() != RustLangItem::None)
    printer << " lang(" << stringifyRustLangItem(getLangItem()) << ")";
  if (getRecursive())
    printer << " recursive";
  printer << ">";
}

LogicalResult RustItemAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   StringAttr crate, StringAttr crateId,
                                   ArrayAttr path, ArrayAttr generics,
                                   RustRepr repr, Type field,
                                   StringAttr cfiEncoding,
                                   RustLangItem langItem, bool recursive) {
  if (failed(helpers::verifyName(emitError, crate, "name of a crate")))
    return failure();
  StringRef digits = crateId.getValue();
  if (!digits.consume_front("s") || !digits.consume_back("_") ||
      !llvm::all_of(digits, llvm::isAlnum))
    return emitError() << "disambiguator " << crateId
                       << " of a crate is not 's', base-62 digits, '_'";
  if (path.empty())
    return emitError() << "the path of an item must not be empty";
  for (Attribute segment : path)
    if (!isa<RustSegmentAttr>(segment))
      return emitError() << "expected a path segment, found " << segment;
  for (Attribute name : generics)
    if (!isa<StringAttr>(name))
      return emitError() << "expected the name of a parameter, found " << name;
  if (cfiEncoding &&
      failed(helpers::verifyName(emitError, cfiEncoding, "cfi_encoding")))
    return failure();
  if (recursive && (!generics.empty() || repr != RustRepr::Rust || field ||
                    cfiEncoding || langItem != RustLangItem::None))
    return emitError() << "a recursive item has its path only; the rest is "
                          "said by the definition around it";
  return field ? helpers::verifyNested(emitError, field, "field") : success();
}

//===----------------------------------------------------------------------===//
// Arguments and predicates
//===----------------------------------------------------------------------===//

RustRegionAttr RustRegionAttr::getErased(MLIRContext *context) {
  return get(context, RustRegionKind::Erased, /*binder=*/0u, /*index=*/0u,
             StringAttr());
}

RustRegionAttr RustRegionAttr::getStatic(MLIRContext *context) {
  return get(context, RustRegionKind::Static, /*binder=*/0u, /*index=*/0u,
             StringAttr());
}

Attribute RustRegionAttr::parse(AsmParser &parser, Type) {
  RustRegionAttr region;
  if (parser.parseLess())
    return {};
  OptionalParseResult result = helpers::parseOptionalRegion(parser, region);
  if (!result.has_value())
    return parser.emitError(parser.getCurrentLocation(),
                            "expected 'erased', 'bound', 'static' or 'param'"),
           Attribute();
  if (failed(*result) || parser.parseGreater())
    return {};
  return region;
}

void RustRegionAttr::print(AsmPrinter &printer) const {
  printer << "<";
  helpers::printRegion(printer, *this);
  printer << ">";
}

LogicalResult
RustRegionAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                       RustRegionKind kind, unsigned binder, unsigned index,
                       StringAttr name) {
  if (kind != RustRegionKind::Bound && (binder || index))
    return emitError() << "only a bound region has numbers";
  if (kind == RustRegionKind::Param)
    return helpers::verifyName(emitError, name, "name of a region");
  if (name)
    return emitError() << "only the region of a parameter has a name";
  return success();
}

Attribute RustConstAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  FailureOr<Type> type = helpers::parseNested(parser);
  if (failed(type) || parser.parseComma())
    return {};
  bool isParam = succeeded(parser.parseOptionalKeyword("param"));
  StringAttr value;
  if (isParam) {
    FailureOr<StringAttr> name = helpers::parseStringInParens(parser);
    if (failed(name))
      return {};
    value = *name;
  } else {
    std::string text;
    if (parser.parseString(&text))
      return {};
    value = StringAttr::get(parser.getContext(), text);
  }
  if (parser.parseGreater())
    return {};
  return RustConstAttr::getChecked([&] { return parser.emitError(loc); },
                                   parser.getContext(), *type, value, isParam);
}

void RustConstAttr::print(AsmPrinter &printer) const {
  printer << "<";
  KCFIDialect::printNestedType(printer, getType());
  if (getIsParam())
    printer << ", param(" << getValue() << ")>";
  else
    printer << ", " << getValue() << ">";
}

LogicalResult
RustConstAttr::verify(function_ref<InFlightDiagnostic()> emitError, Type type,
                      StringAttr value, bool isParam) {
  if (failed(helpers::verifyNested(emitError, type, "type of a constant")))
    return failure();
  if (isParam)
    return helpers::verifyName(emitError, value, "name of a constant");
  auto primitive = dyn_cast<RustPrimitiveType>(type);
  StringRef digits = value.getValue();
  bool isValid = false;
  switch (primitive ? primitive.getKind() : RustPrimitive::Str) {
  case RustPrimitive::Bool:
    isValid = digits == "true" || digits == "false";
    break;
  case RustPrimitive::I8:
  case RustPrimitive::I16:
  case RustPrimitive::I32:
  case RustPrimitive::I64:
  case RustPrimitive::I128:
  case RustPrimitive::ISize:
    digits.consume_front("-");
    [[fallthrough]];
  case RustPrimitive::Char:
  case RustPrimitive::U8:
  case RustPrimitive::U16:
  case RustPrimitive::U32:
  case RustPrimitive::U64:
  case RustPrimitive::U128:
  case RustPrimitive::USize:
    isValid = !digits.empty() && llvm::all_of(digits, llvm::isDigit);
    break;
  case RustPrimitive::Str:
  case RustPrimitive::Never:
  case RustPrimitive::F16:
  case RustPrimitive::F32:
  case RustPrimitive::F64:
  case RustPrimitive::F128:
    return emitError() << "a constant has an integer type, 'rs.bool' or "
                          "'rs.char', found "
                       << type;
  }
  if (!isValid)
    return emitError() << value << " is not a value of type " << type;
  return success();
}

FailureOr<RustPredicateAttr> helpers::parsePredicateBody(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  FailureOr<RustPredicateKind> kind = helpers::parseEnum<RustPredicateKind>(
      parser, getMaxEnumValForRustPredicateKind(), "kind of predicate");
  RustItemAttr item;
  if (failed(kind) || helpers::parseItem(parser, item))
    return failure();
  ArrayAttr args = ArrayAttr::get(parser.getContext(), {});
  if (succeeded(parser.parseOptionalKeyword("args"))) {
    FailureOr<ArrayAttr> list = helpers::parseArgs(parser);
    if (failed(list))
      return failure();
    args = *list;
  }
  Attribute term;
  if (succeeded(parser.parseOptionalEqual()) && parseArg(parser, term))
    return failure();
  auto predicate = RustPredicateAttr::getChecked(
      [&] { return parser.emitError(loc); }, parser.getContext(), *kind, item,
      args, term);
  if (!predicate)
    return failure();
  return predicate;
}

void helpers::printPredicateBody(AsmPrinter &printer,
                                 RustPredicateAttr predicate) {
  printer << stringifyRustPredicateKind(predicate.getKind()) << " ";
  printer.printAttribute(predicate.getItem());
  if (!predicate.getArgs().empty()) {
    printer << " args ";
    helpers::printArgs(printer, predicate.getArgs());
  }
  if (predicate.getTerm()) {
    printer << " = ";
    printArg(printer, predicate.getTerm());
  }
}

Attribute RustPredicateAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  FailureOr<RustPredicateAttr> predicate = helpers::parsePredicateBody(parser);
  if (failed(predicate) || parser.parseGreater())
    return {};
  return *predicate;
}

void RustPredicateAttr::print(AsmPrinter &printer) const {
  printer << "<";
  helpers::printPredicateBody(printer, *this);
  printer << ">";
}

LogicalResult
RustPredicateAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                          RustPredicateKind kind, RustItemAttr item,
                          ArrayAttr args, Attribute term) {
  bool isProjection = kind == RustPredicateKind::Projection;
  if (isProjection != static_cast<bool>(term))
    return emitError() << (isProjection
                               ? "a projection needs '= T'"
                               : "only a projection is equal to something");
  if (kind == RustPredicateKind::Auto && !args.empty())
    return emitError() << "an auto trait has no arguments";
  if (auto type = dyn_cast_if_present<TypeAttr>(term)) {
    if (failed(helpers::verifyNested(emitError, type.getValue(),
                                     "value of a projection")))
      return failure();
  } else if (term && !isa<RustConstAttr>(term)) {
    return emitError() << "a projection is equal to a type or a constant, "
                          "found "
                       << term;
  }
  return helpers::verifyArgs(emitError, item, args);
}

//===----------------------------------------------------------------------===//
// Callables
//===----------------------------------------------------------------------===//

Attribute RustCallableAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  FailureOr<RustCallableKind> kind = helpers::parseEnum<RustCallableKind>(
      parser, getMaxEnumValForRustCallableKind(), "kind of callable");
  if (failed(kind))
    return {};
  Type object, receiver;
  if (succeeded(parser.parseOptionalComma()) &&
      (parser.parseKeyword("object") ||
       KCFIDialect::parseNestedType(parser, object)))
    return {};
  if (object && succeeded(parser.parseOptionalComma()) &&
      (parser.parseKeyword("receiver") ||
       KCFIDialect::parseNestedType(parser, receiver)))
    return {};
  if (parser.parseGreater())
    return {};
  return RustCallableAttr::getChecked([&] { return parser.emitError(loc); },
                                      parser.getContext(), *kind, object,
                                      receiver);
}

void RustCallableAttr::print(AsmPrinter &printer) const {
  printer << "<" << stringifyRustCallableKind(getKind());
  if (getObject()) {
    printer << ", object ";
    KCFIDialect::printNestedType(printer, getObject());
  }
  if (getReceiver()) {
    printer << ", receiver ";
    KCFIDialect::printNestedType(printer, getReceiver());
  }
  printer << ">";
}

/// Whether functions of a kind can be called through trait objects.
static bool mayHaveObject(RustCallableKind kind) {
  switch (kind) {
  case RustCallableKind::ImplMethod:
  case RustCallableKind::ProvidedMethod:
  case RustCallableKind::Closure:
  case RustCallableKind::Coroutine:
  case RustCallableKind::AsyncClosure:
  case RustCallableKind::AsyncClosureShim:
  case RustCallableKind::DropGlue:
  case RustCallableKind::VirtualMethod:
  case RustCallableKind::VTableShim:
  case RustCallableKind::FnPtrShim:
  case RustCallableKind::ReifyVTableShim:
  case RustCallableKind::ByMoveCoroutine:
  case RustCallableKind::DeclaredReifyShim:
    return true;
  case RustCallableKind::Item:
  case RustCallableKind::Constructor:
  case RustCallableKind::InherentMethod:
  case RustCallableKind::ClosureOnceShim:
  case RustCallableKind::CloneShim:
  case RustCallableKind::ReifyFnPtrShim:
  case RustCallableKind::ThreadLocalShim:
  case RustCallableKind::Intrinsic:
  case RustCallableKind::Foreign:
    return false;
  }
  llvm_unreachable("unknown kind of callable");
}

LogicalResult
RustCallableAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                         RustCallableKind kind, Type object, Type receiver) {
  // A method of a dyn-compatible trait need not have a slot.
  bool isMethod = kind == RustCallableKind::ImplMethod ||
                  kind == RustCallableKind::ProvidedMethod;
  if (object ? !receiver && !isMethod : static_cast<bool>(receiver))
    return emitError() << "a trait object needs a receiver and the other way "
                          "round";
  if (!object)
    return success();
  if (!mayHaveObject(kind))
    return emitError() << "a callable of kind '"
                       << stringifyRustCallableKind(kind)
                       << "' is never called through a trait object";
  if (!isa<RustDynType>(object))
    return emitError() << "the object of a callable is an 'rs.dyn', found "
                       << object;
  return receiver ? helpers::verifyNested(emitError, receiver, "receiver")
                  : success();
}

//===----------------------------------------------------------------------===//
// Equivalences
//===----------------------------------------------------------------------===//

Attribute EquivalencesAttr::parse(AsmParser &parser, Type) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<Equivalence> list;
  auto parseOne = [&]() -> ParseResult {
    FailureOr<Equivalence> equivalence = helpers::parseEnum<Equivalence>(
        parser, getMaxEnumValForEquivalence(), "equivalence");
    if (failed(equivalence))
      return failure();
    list.push_back(*equivalence);
    return success();
  };
  if (parser.parseLess() ||
      parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseOne) ||
      parser.parseGreater())
    return {};
  return EquivalencesAttr::getChecked([&] { return parser.emitError(loc); },
                                      parser.getContext(),
                                      ArrayRef<Equivalence>(list));
}

void EquivalencesAttr::print(AsmPrinter &printer) const {
  printer << "<[";
  llvm::interleaveComma(getEquivalences(), printer, [&](Equivalence one) {
    printer << stringifyEquivalence(one);
  });
  printer << "]>";
}

LogicalResult
EquivalencesAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                         ArrayRef<Equivalence> list) {
  // One spelling for each set.
  if (!llvm::is_sorted(list, std::less_equal<Equivalence>()))
    return emitError() << "equivalences stand in the order of their numbers, "
                          "each once at most";
  for (Equivalence one : list)
    if (one == Equivalence::NormalizedIntegers ||
        one == Equivalence::GeneralizedPointers)
      return emitError() << "'" << stringifyEquivalence(one)
                         << "' is said by '#kcfi.encoding'";
  return success();
}
