//===- KCFIRustTypes.cpp - Types of the Rust family -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../AsmHelpers.h"
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

/// A component that is not the signature of a function: nested fn types are fn
/// pointers, which keep parameters without size.
static LogicalResult verifyNested(function_ref<InFlightDiagnostic()> emitError,
                                  Type type, StringRef what) {
  if (failed(helpers::verifyRustComponent(emitError, type, what)))
    return failure();
  if (auto fn = dyn_cast<RustFnType>(type); fn && !fn.getZstParams().empty())
    return emitError() << what
                       << " has a 'zst' parameter, which only the signature "
                          "of a function can have";
  return success();
}

static LogicalResult verifyNested(function_ref<InFlightDiagnostic()> emitError,
                                  ArrayRef<Type> types, StringRef what) {
  for (Type type : types)
    if (failed(verifyNested(emitError, type, what)))
      return failure();
  return success();
}

static LogicalResult verifyArgs(function_ref<InFlightDiagnostic()> emitError,
                                RustItemAttr item, ArrayAttr args) {
  for (Attribute arg : args) {
    if (isa<RustRegionAttr, RustConstAttr>(arg))
      continue;
    auto type = dyn_cast<TypeAttr>(arg);
    if (!type)
      return emitError() << "expected a generic argument, found " << arg;
    if (failed(verifyNested(emitError, type.getValue(), "generic argument")))
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

/// `(` string `)`
static FailureOr<StringAttr> parseStringInParens(AsmParser &parser) {
  std::string text;
  if (parser.parseLParen() || parser.parseString(&text) || parser.parseRParen())
    return failure();
  return StringAttr::get(parser.getContext(), text);
}

/// `erased`, `static`, `bound(0, 1)`, `param("'a")`; nothing if there is none
/// of the keywords.
static OptionalParseResult parseOptionalRegion(AsmParser &parser,
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
    FailureOr<StringAttr> parsed = parseStringInParens(parser);
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

static void printRegion(AsmPrinter &printer, RustRegionAttr region) {
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
  OptionalParseResult isRegion = parseOptionalRegion(parser, region);
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
    printRegion(printer, region);
  } else if (auto constant = dyn_cast<RustConstAttr>(arg)) {
    printer << "const";
    constant.print(printer);
  } else {
    KCFIDialect::printNestedType(printer, cast<TypeAttr>(arg).getValue());
  }
}

static FailureOr<ArrayAttr> parseArgs(AsmParser &parser) {
  SmallVector<Attribute> args;
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
        return parseArg(parser, args.emplace_back());
      }))
    return failure();
  return ArrayAttr::get(parser.getContext(), args);
}

static void printArgs(AsmPrinter &printer, ArrayAttr args) {
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
  FailureOr<ArrayAttr> list = parseArgs(parser);
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
  printArgs(printer, args);
}

static FailureOr<SmallVector<Type>> parseTypes(AsmParser &parser,
                                               AsmParser::Delimiter delimiter) {
  SmallVector<Type> types;
  if (parser.parseCommaSeparatedList(delimiter, [&] {
        return KCFIDialect::parseNestedType(parser, types.emplace_back());
      }))
    return failure();
  return types;
}

static void printTypes(AsmPrinter &printer, ArrayRef<Type> types) {
  llvm::interleaveComma(types, printer, [&](Type type) {
    KCFIDialect::printNestedType(printer, type);
  });
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
      FailureOr<StringAttr> text = parseStringInParens(parser);
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
  return field ? verifyNested(emitError, field, "field") : success();
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
  OptionalParseResult result = parseOptionalRegion(parser, region);
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
  printRegion(printer, *this);
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
    FailureOr<StringAttr> name = parseStringInParens(parser);
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
  if (failed(verifyNested(emitError, type, "type of a constant")))
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

/// `trait #item, [args]`, `projection #item, [args] = T`, `auto #item`
static FailureOr<RustPredicateAttr> parsePredicateBody(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  FailureOr<RustPredicateKind> kind = helpers::parseEnum<RustPredicateKind>(
      parser, getMaxEnumValForRustPredicateKind(), "kind of predicate");
  RustItemAttr item;
  if (failed(kind) || helpers::parseItem(parser, item))
    return failure();
  ArrayAttr args = ArrayAttr::get(parser.getContext(), {});
  if (succeeded(parser.parseOptionalKeyword("args"))) {
    FailureOr<ArrayAttr> list = parseArgs(parser);
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

static void printPredicateBody(AsmPrinter &printer,
                               RustPredicateAttr predicate) {
  printer << stringifyRustPredicateKind(predicate.getKind()) << " ";
  printer.printAttribute(predicate.getItem());
  if (!predicate.getArgs().empty()) {
    printer << " args ";
    printArgs(printer, predicate.getArgs());
  }
  if (predicate.getTerm()) {
    printer << " = ";
    printArg(printer, predicate.getTerm());
  }
}

Attribute RustPredicateAttr::parse(AsmParser &parser, Type) {
  if (parser.parseLess())
    return {};
  FailureOr<RustPredicateAttr> predicate = parsePredicateBody(parser);
  if (failed(predicate) || parser.parseGreater())
    return {};
  return *predicate;
}

void RustPredicateAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printPredicateBody(printer, *this);
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
    if (failed(
            verifyNested(emitError, type.getValue(), "value of a projection")))
      return failure();
  } else if (term && !isa<RustConstAttr>(term)) {
    return emitError() << "a projection is equal to a type or a constant, "
                          "found "
                       << term;
  }
  return verifyArgs(emitError, item, args);
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
  return receiver ? verifyNested(emitError, receiver, "receiver") : success();
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

//===----------------------------------------------------------------------===//
// RustFnType
//===----------------------------------------------------------------------===//

Type RustFnType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<Type> params;
  SmallVector<unsigned> zstParams;
  Type result;
  RustFnFlags flags = RustFnFlags::None;
  auto parseParam = [&]() -> ParseResult {
    if (bitEnumContainsAny(flags, RustFnFlags::Variadic))
      return parser.emitError(parser.getCurrentLocation(),
                              "'...' must be the last parameter");
    if (succeeded(parser.parseOptionalEllipsis())) {
      flags = flags | RustFnFlags::Variadic;
      return success();
    }
    if (succeeded(parser.parseOptionalKeyword("zst")))
      zstParams.push_back(params.size());
    return KCFIDialect::parseNestedType(parser, params.emplace_back());
  };
  if (parser.parseLess() ||
      parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, parseParam) ||
      parser.parseArrow() || KCFIDialect::parseNestedType(parser, result))
    return {};
  RustAbi abi = RustAbi::Rust;
  if (succeeded(parser.parseOptionalKeyword("abi"))) {
    SMLoc abiLoc = parser.getCurrentLocation();
    FailureOr<StringAttr> name = parseStringInParens(parser);
    if (failed(name))
      return {};
    std::optional<RustAbi> known = symbolizeRustAbi(name->getValue());
    if (!known)
      return parser.emitError(abiLoc, "unknown ABI ") << *name, Type();
    abi = *known;
  }
  if (succeeded(parser.parseOptionalKeyword("unsafe")))
    flags = flags | RustFnFlags::Unsafe;
  if (parser.parseGreater())
    return {};
  return RustFnType::getChecked([&] { return parser.emitError(loc); },
                                parser.getContext(), ArrayRef<Type>(params),
                                result, abi, flags,
                                ArrayRef<unsigned>(zstParams));
}

void RustFnType::print(AsmPrinter &printer) const {
  printer << "<(";
  llvm::interleaveComma(
      llvm::enumerate(getParams()), printer, [&](auto indexed) {
        if (llvm::is_contained(getZstParams(), indexed.index()))
          printer << "zst ";
        KCFIDialect::printNestedType(printer, indexed.value());
      });
  if (isVariadic())
    printer << (getParams().empty() ? "..." : ", ...");
  printer << ") -> ";
  KCFIDialect::printNestedType(printer, getResult());
  if (getAbi() != RustAbi::Rust)
    printer << " abi(\"" << stringifyRustAbi(getAbi()) << "\")";
  if (isUnsafe())
    printer << " unsafe";
  printer << ">";
}

bool mlir::kcfi::passesZsts(RustAbi abi) {
  return abi == RustAbi::Win64 || abi == RustAbi::Win64Unwind;
}

SmallVector<unsigned> RustFnType::getPassedParams() const {
  bool passesAll = passesZsts(getAbi());
  SmallVector<unsigned> indices;
  for (unsigned index = 0; index < getParams().size(); ++index)
    if (passesAll || !llvm::is_contained(getZstParams(), index))
      indices.push_back(index);
  return indices;
}

RustFnType RustFnType::withAbi(RustAbi abi) const {
  return get(getContext(), getParams(), getResult(), abi, getFlags(),
             getZstParams());
}

RustFnType RustFnType::withFlag(RustFnFlags flag) const {
  return get(getContext(), getParams(), getResult(), getAbi(),
             getFlags() | flag, getZstParams());
}

RustFnType RustFnType::withZstParams(ArrayRef<unsigned> params) const {
  return get(getContext(), getParams(), getResult(), getAbi(), getFlags(),
             params);
}

LogicalResult RustFnType::verify(function_ref<InFlightDiagnostic()> emitError,
                                 ArrayRef<Type> params, Type result,
                                 RustAbi abi, RustFnFlags flags,
                                 ArrayRef<unsigned> zstParams) {
  if (failed(verifyNested(emitError, params, "parameter type")) ||
      failed(verifyNested(emitError, result, "result type")))
    return failure();
  if (bitEnumContainsAny(flags, RustFnFlags::Variadic) &&
      (abi == RustAbi::Rust || abi == RustAbi::RustCall))
    return emitError() << "a function of ABI \"" << stringifyRustAbi(abi)
                       << "\" cannot be variadic";
  if (!llvm::is_sorted(zstParams, std::less_equal<unsigned>()) ||
      (!zstParams.empty() && zstParams.back() >= params.size()))
    return emitError() << "numbers of parameters without size are not "
                          "ascending, or larger than that of the last one";
  return success();
}

//===----------------------------------------------------------------------===//
// Types with an item
//===----------------------------------------------------------------------===//

LogicalResult
RustFnItemType::verify(function_ref<InFlightDiagnostic()> emitError,
                       RustItemAttr item, ArrayAttr args) {
  return verifyArgs(emitError, item, args);
}

LogicalResult RustAdtType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  RustItemAttr item, ArrayAttr args) {
  return verifyArgs(emitError, item, args);
}

Type RustClosureType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  FailureOr<RustClosureKind> kind = helpers::parseEnum<RustClosureKind>(
      parser, getMaxEnumValForRustClosureKind(), "kind of closure");
  RustItemAttr item;
  if (failed(kind) || helpers::parseItem(parser, item) || parser.parseComma())
    return {};
  ArrayAttr args = ArrayAttr::get(parser.getContext(), {});
  if (succeeded(parser.parseOptionalKeyword("args"))) {
    FailureOr<ArrayAttr> list = parseArgs(parser);
    if (failed(list) || parser.parseComma())
      return {};
    args = *list;
  }
  Type signature;
  SmallVector<Type> captures;
  if (parser.parseKeyword("signature") ||
      KCFIDialect::parseNestedType(parser, signature))
    return {};
  if (succeeded(parser.parseOptionalComma())) {
    if (parser.parseKeyword("captures"))
      return {};
    FailureOr<SmallVector<Type>> types =
        parseTypes(parser, AsmParser::Delimiter::Square);
    if (failed(types))
      return {};
    captures = *types;
  }
  if (parser.parseGreater())
    return {};
  return RustClosureType::getChecked([&] { return parser.emitError(loc); },
                                     parser.getContext(), *kind, item, args,
                                     signature, ArrayRef<Type>(captures));
}

void RustClosureType::print(AsmPrinter &printer) const {
  printer << "<" << stringifyRustClosureKind(getKind()) << " ";
  printer.printAttribute(getItem());
  if (!getArgs().empty()) {
    printer << ", args ";
    printArgs(printer, getArgs());
  }
  printer << ", signature ";
  KCFIDialect::printNestedType(printer, getSignature());
  if (!getCaptures().empty()) {
    printer << ", captures [";
    printTypes(printer, getCaptures());
    printer << "]";
  }
  printer << ">";
}

LogicalResult
RustClosureType::verify(function_ref<InFlightDiagnostic()> emitError,
                        RustClosureKind, RustItemAttr item, ArrayAttr args,
                        Type signature, ArrayRef<Type> captures) {
  auto fn = dyn_cast<RustFnType>(signature);
  if (!fn || fn.getAbi() != RustAbi::RustCall || fn.getParams().size() != 1 ||
      !isa<RustTupleType>(fn.getParams().front()))
    return emitError() << "the signature of a closure is an 'rs.fn' of ABI "
                          "\"rust-call\" with one tuple, found "
                       << signature;
  if (failed(verifyNested(emitError, signature, "signature of a closure")) ||
      failed(verifyNested(emitError, captures, "capture")))
    return failure();
  return verifyArgs(emitError, item, args);
}

Type RustCoroutineType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  FailureOr<RustCoroutineKind> kind = helpers::parseEnum<RustCoroutineKind>(
      parser, getMaxEnumValForRustCoroutineKind(), "kind of coroutine");
  RustItemAttr item;
  ArrayAttr args;
  if (failed(kind) || helpers::parseItemAndArgs(parser, item, args) ||
      parser.parseGreater())
    return {};
  return RustCoroutineType::getChecked([&] { return parser.emitError(loc); },
                                       parser.getContext(), *kind, item, args);
}

void RustCoroutineType::print(AsmPrinter &printer) const {
  printer << "<" << stringifyRustCoroutineKind(getKind()) << " ";
  helpers::printItemAndArgs(printer, getItem(), getArgs());
  printer << ">";
}

LogicalResult
RustCoroutineType::verify(function_ref<InFlightDiagnostic()> emitError,
                          RustCoroutineKind, RustItemAttr item,
                          ArrayAttr args) {
  return verifyArgs(emitError, item, args);
}

//===----------------------------------------------------------------------===//
// Other components
//===----------------------------------------------------------------------===//

Type RustRefType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  RustRegionAttr region = RustRegionAttr::getErased(parser.getContext());
  OptionalParseResult hasRegion = parseOptionalRegion(parser, region);
  if (hasRegion.has_value() && failed(*hasRegion))
    return {};
  bool isMut = succeeded(parser.parseOptionalKeyword("mut"));
  FailureOr<Type> referent = helpers::parseNested(parser);
  if (failed(referent) || parser.parseGreater())
    return {};
  return RustRefType::getChecked([&] { return parser.emitError(loc); },
                                 parser.getContext(), region, isMut, *referent);
}

void RustRefType::print(AsmPrinter &printer) const {
  printer << "<";
  if (!getRegion().isErased()) {
    printRegion(printer, getRegion());
    printer << " ";
  }
  if (getIsMut())
    printer << "mut ";
  KCFIDialect::printNestedType(printer, getReferent());
  printer << ">";
}

LogicalResult RustRefType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  RustRegionAttr, bool, Type referent) {
  return verifyNested(emitError, referent, "referenced type");
}

Type RustPtrType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  StringRef keyword;
  if (parser.parseLess())
    return {};
  if (failed(parser.parseOptionalKeyword(&keyword, {"const", "mut"})))
    return parser.emitError(parser.getCurrentLocation(),
                            "expected 'const' or 'mut'"),
           Type();
  FailureOr<Type> pointee = helpers::parseNested(parser);
  if (failed(pointee) || parser.parseGreater())
    return {};
  return RustPtrType::getChecked([&] { return parser.emitError(loc); },
                                 parser.getContext(), keyword == "mut",
                                 *pointee);
}

void RustPtrType::print(AsmPrinter &printer) const {
  printer << "<" << (getIsMut() ? "mut " : "const ");
  KCFIDialect::printNestedType(printer, getPointee());
  printer << ">";
}

LogicalResult RustPtrType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  bool, Type pointee) {
  return verifyNested(emitError, pointee, "pointee");
}

LogicalResult
RustSliceType::verify(function_ref<InFlightDiagnostic()> emitError,
                      Type element) {
  return verifyNested(emitError, element, "element of a slice");
}

Type RustArrayType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  uint64_t size = 0;
  StringAttr sizeParam;
  if (parser.parseLess())
    return {};
  if (succeeded(parser.parseOptionalKeyword("param"))) {
    FailureOr<StringAttr> name = parseStringInParens(parser);
    if (failed(name))
      return {};
    sizeParam = *name;
  } else if (parser.parseInteger(size)) {
    return {};
  }
  if (parser.parseComma())
    return {};
  FailureOr<Type> element = helpers::parseNested(parser);
  if (failed(element) || parser.parseGreater())
    return {};
  return RustArrayType::getChecked([&] { return parser.emitError(loc); },
                                   parser.getContext(), size, sizeParam,
                                   *element);
}

void RustArrayType::print(AsmPrinter &printer) const {
  printer << "<";
  if (getSizeParam())
    printer << "param(" << getSizeParam() << ")";
  else
    printer << getSize();
  printer << ", ";
  KCFIDialect::printNestedType(printer, getElement());
  printer << ">";
}

LogicalResult
RustArrayType::verify(function_ref<InFlightDiagnostic()> emitError,
                      uint64_t size, StringAttr sizeParam, Type element) {
  if (sizeParam) {
    if (size)
      return emitError() << "an array has a size or the name of one";
    if (failed(helpers::verifyName(emitError, sizeParam, "size of an array")))
      return failure();
  }
  return verifyNested(emitError, element, "array element");
}

RustTupleType RustTupleType::getUnit(MLIRContext *context) {
  return get(context, ArrayRef<Type>());
}

Type RustTupleType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  FailureOr<SmallVector<Type>> elements =
      parseTypes(parser, AsmParser::Delimiter::LessGreater);
  if (failed(elements))
    return {};
  return RustTupleType::getChecked([&] { return parser.emitError(loc); },
                                   parser.getContext(),
                                   ArrayRef<Type>(*elements));
}

void RustTupleType::print(AsmPrinter &printer) const {
  printer << "<";
  printTypes(printer, getElements());
  printer << ">";
}

LogicalResult
RustTupleType::verify(function_ref<InFlightDiagnostic()> emitError,
                      ArrayRef<Type> elements) {
  return verifyNested(emitError, elements, "element of a tuple");
}

Type RustPatType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  std::string pattern;
  if (parser.parseLess())
    return {};
  FailureOr<Type> base = helpers::parseNested(parser);
  if (failed(base) || parser.parseComma() || parser.parseString(&pattern) ||
      parser.parseGreater())
    return {};
  return RustPatType::getChecked([&] { return parser.emitError(loc); },
                                 parser.getContext(), *base,
                                 StringAttr::get(parser.getContext(), pattern));
}

void RustPatType::print(AsmPrinter &printer) const {
  printer << "<";
  KCFIDialect::printNestedType(printer, getBase());
  printer << ", " << getPattern() << ">";
}

LogicalResult RustPatType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  Type base, StringAttr pattern) {
  if (failed(helpers::verifyName(emitError, pattern, "pattern")))
    return failure();
  return verifyNested(emitError, base, "type of a pattern");
}

Type RustDynType::parse(AsmParser &parser) {
  MLIRContext *context = parser.getContext();
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<Attribute> predicates;
  auto parsePredicate = [&]() -> ParseResult {
    FailureOr<RustPredicateAttr> predicate = parsePredicateBody(parser);
    if (failed(predicate))
      return failure();
    predicates.push_back(*predicate);
    return success();
  };
  if (parser.parseLess() || parser.parseCommaSeparatedList(
                                AsmParser::Delimiter::Square, parsePredicate))
    return {};
  RustRegionAttr region = RustRegionAttr::getErased(context);
  if (succeeded(parser.parseOptionalComma())) {
    OptionalParseResult result = parseOptionalRegion(parser, region);
    if (!result.has_value())
      return parser.emitError(parser.getCurrentLocation(),
                              "expected the region of a trait object"),
             Type();
    if (failed(*result))
      return {};
  }
  if (parser.parseGreater())
    return {};
  return RustDynType::getChecked([&] { return parser.emitError(loc); }, context,
                                 ArrayAttr::get(context, predicates), region);
}

void RustDynType::print(AsmPrinter &printer) const {
  printer << "<[";
  llvm::interleaveComma(getPredicates(), printer, [&](Attribute predicate) {
    printPredicateBody(printer, cast<RustPredicateAttr>(predicate));
  });
  printer << "]";
  if (!getRegion().isErased()) {
    printer << ", ";
    printRegion(printer, getRegion());
  }
  printer << ">";
}

LogicalResult RustDynType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  ArrayAttr predicates, RustRegionAttr) {
  std::optional<RustPredicateKind> last;
  for (Attribute attr : predicates) {
    auto predicate = dyn_cast<RustPredicateAttr>(attr);
    if (!predicate)
      return emitError() << "expected a predicate, found " << attr;
    RustPredicateKind kind = predicate.getKind();
    if (last && (kind < *last || (kind == RustPredicateKind::Trait)))
      return emitError() << "a trait object has one principal trait at most, "
                            "then projections, then auto traits";
    last = kind;
  }
  return success();
}

Type RustParamType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  std::string name;
  if (parser.parseLess() || parser.parseString(&name) || parser.parseGreater())
    return {};
  return RustParamType::getChecked([&] { return parser.emitError(loc); },
                                   parser.getContext(),
                                   StringAttr::get(parser.getContext(), name));
}

void RustParamType::print(AsmPrinter &printer) const {
  printer << "<" << getName() << ">";
}

LogicalResult
RustParamType::verify(function_ref<InFlightDiagnostic()> emitError,
                      StringAttr name) {
  return helpers::verifyName(emitError, name, "name of a parameter");
}

LogicalResult
RustReceiverType::verify(function_ref<InFlightDiagnostic()> emitError,
                         Type pointer) {
  if (isa_and_present<RustRefType, RustPtrType>(pointer))
    return success();
  return emitError() << "a receiver is an 'rs.ref' or 'rs.ptr', found "
                     << pointer;
}
