//===- KCFIRustAttributes.cpp - Attributes of the Rust family ---*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RustAsmHelpers.h"
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
  StringAttr crate, crateId;
  ArrayAttr path;
  if (parser.parseLess() || helpers::parseString(parser, crate) ||
      helpers::parseString(parser, crateId) || helpers::parsePath(parser, path))
    return {};

  ArrayAttr generics = ArrayAttr::get(context, {});
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
      if (helpers::parseList(parser, AsmParser::Delimiter::Square, generics,
                             [&](Attribute &attr) {
                               StringAttr name;
                               ParseResult result =
                                   helpers::parseString(parser, name);
                               attr = name;
                               return result;
                             }))
        return {};
    } else if (keyword == "transparent" || keyword == "repr_c") {
      if (repr != RustRepr::Rust)
        return parser.emitError(keywordLoc,
                                "an item has one representation at most"),
               Attribute();
      repr = *symbolizeRustRepr(keyword);
    } else if (keyword == "field") {
      if (helpers::parseNested(parser, field))
        return {};
    } else if (keyword == "cfi_encoding") {
      if (helpers::parseStringInParens(parser, cfiEncoding))
        return {};
    } else if (keyword == "lang") {
      if (parser.parseLParen() ||
          helpers::parseKeyword(parser, langItem, "lang item") ||
          parser.parseRParen())
        return {};
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
  auto item = parser.getChecked<RustItemAttr>(loc, context, crate, crateId,
                                              path, generics, repr, field,
                                              cfiEncoding, langItem, recursive);
  // Aliases make items that are deeper than their text.
  if (item && nesting.isOutermost() && isNestedTooDeep(item))
    return helpers::emitTooDeep(parser.emitError(loc)), Attribute();
  return item;
}

void RustItemAttr::print(AsmPrinter &printer) const {
  printer << "<" << getCrate() << " " << getCrateId() << " ";
  helpers::printPath(printer, getPath());
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
