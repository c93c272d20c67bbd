//===- KCFIRustTypes.cpp - Types of the Rust family -*- C++ -*-===//
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
    FailureOr<StringAttr> name = helpers::parseStringInParens(parser);
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
  if (failed(helpers::verifyNested(emitError, params, "parameter type")) ||
      failed(helpers::verifyNested(emitError, result, "result type")))
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
  return helpers::verifyArgs(emitError, item, args);
}

LogicalResult RustAdtType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  RustItemAttr item, ArrayAttr args) {
  return helpers::verifyArgs(emitError, item, args);
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
    FailureOr<ArrayAttr> list = helpers::parseArgs(parser);
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
    helpers::printArgs(printer, getArgs());
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
  if (failed(helpers::verifyNested(emitError, signature,
                                   "signature of a closure")) ||
      failed(helpers::verifyNested(emitError, captures, "capture")))
    return failure();
  return helpers::verifyArgs(emitError, item, args);
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
  return helpers::verifyArgs(emitError, item, args);
}

//===----------------------------------------------------------------------===//
// Other components
//===----------------------------------------------------------------------===//

Type RustRefType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  RustRegionAttr region = RustRegionAttr::getErased(parser.getContext());
  OptionalParseResult hasRegion = helpers::parseOptionalRegion(parser, region);
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
    helpers::printRegion(printer, getRegion());
    printer << " ";
  }
  if (getIsMut())
    printer << "mut ";
  KCFIDialect::printNestedType(printer, getReferent());
  printer << ">";
}

LogicalResult RustRefType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  RustRegionAttr, bool, Type referent) {
  return helpers::verifyNested(emitError, referent, "referenced type");
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
  return helpers::verifyNested(emitError, pointee, "pointee");
}

LogicalResult
RustSliceType::verify(function_ref<InFlightDiagnostic()> emitError,
                      Type element) {
  return helpers::verifyNested(emitError, element, "element of a slice");
}

Type RustArrayType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  uint64_t size = 0;
  StringAttr sizeParam;
  if (parser.parseLess())
    return {};
  if (succeeded(parser.parseOptionalKeyword("param"))) {
    FailureOr<StringAttr> name = helpers::parseStringInParens(parser);
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
  return helpers::verifyNested(emitError, element, "array element");
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
  return helpers::verifyNested(emitError, elements, "element of a tuple");
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
  return helpers::verifyNested(emitError, base, "type of a pattern");
}

Type RustDynType::parse(AsmParser &parser) {
  MLIRContext *context = parser.getContext();
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<Attribute> predicates;
  auto parsePredicate = [&]() -> ParseResult {
    FailureOr<RustPredicateAttr> predicate =
        helpers::parsePredicateBody(parser);
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
    OptionalParseResult result = helpers::parseOptionalRegion(parser, region);
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
    helpers::printPredicateBody(printer, cast<RustPredicateAttr>(predicate));
  });
  printer << "]";
  if (!getRegion().isErased()) {
    printer << ", ";
    helpers::printRegion(printer, getRegion());
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
