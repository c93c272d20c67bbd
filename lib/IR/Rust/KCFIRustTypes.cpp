//===- KCFIRustTypes.cpp - Types of the Rust family -*- C++ -*-===//
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
    StringAttr name;
    if (helpers::parseStringInParens(parser, name))
      return {};
    std::optional<RustAbi> known = symbolizeRustAbi(name.getValue());
    if (!known)
      return parser.emitError(abiLoc, "unknown ABI ")
                 << name << ", expected " << helpers::getSpellings<RustAbi>(),
             Type();
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

LogicalResult
RustCoroutineType::verify(function_ref<InFlightDiagnostic()> emitError,
                          RustCoroutineKind, RustItemAttr item,
                          ArrayAttr args) {
  return helpers::verifyArgs(emitError, item, args);
}

//===----------------------------------------------------------------------===//
// Other components
//===----------------------------------------------------------------------===//

LogicalResult RustRefType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  RustRegionAttr, bool, Type referent) {
  return helpers::verifyNested(emitError, referent, "referenced type");
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

LogicalResult
RustTupleType::verify(function_ref<InFlightDiagnostic()> emitError,
                      ArrayRef<Type> elements) {
  return helpers::verifyNested(emitError, elements, "element of a tuple");
}

LogicalResult RustPatType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  Type base, StringAttr pattern) {
  if (failed(helpers::verifyName(emitError, pattern, "pattern")))
    return failure();
  return helpers::verifyNested(emitError, base, "type of a pattern");
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
