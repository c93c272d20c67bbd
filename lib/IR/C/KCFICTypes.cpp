//===- KCFICTypes.cpp - Types of the C family -------------------*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../AsmHelpers.h"
#include "kcfi/IR/KCFITypes.h"
#include "mlir/IR/DialectImplementation.h"

using namespace mlir;
using namespace mlir::kcfi;

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// A component that is an object: neither void nor a function.
static LogicalResult verifyObject(function_ref<InFlightDiagnostic()> emitError,
                                  Type type, StringRef what) {
  if (failed(helpers::verifyComponent(emitError, type, what)))
    return failure();
  Type stripped = stripSugarAndQualifiers(type);
  if (auto builtin = dyn_cast<CBuiltinType>(stripped);
      builtin && builtin.isVoid())
    return emitError() << what << " must not be void";
  if (isa<FnType>(stripped))
    return emitError() << what << " must not be a function";
  return success();
}

LogicalResult PtrType::verify(function_ref<InFlightDiagnostic()> emitError,
                              Type pointee) {
  return helpers::verifyComponent(emitError, pointee, "pointee");
}

LogicalResult
CBlockPtrType::verify(function_ref<InFlightDiagnostic()> emitError,
                      Type pointee) {
  if (failed(helpers::verifyComponent(emitError, pointee, "pointee")))
    return failure();
  if (!isa<FnType>(stripTypedefs(pointee)))
    return emitError() << "a block pointer points to a function";
  return success();
}

LogicalResult
LValueRefType::verify(function_ref<InFlightDiagnostic()> emitError,
                      Type pointee) {
  return helpers::verifyComponent(emitError, pointee, "referenced type");
}

LogicalResult
RValueRefType::verify(function_ref<InFlightDiagnostic()> emitError,
                      Type pointee) {
  return helpers::verifyComponent(emitError, pointee, "referenced type");
}

LogicalResult
MemberPtrType::verify(function_ref<InFlightDiagnostic()> emitError,
                      Type classType, Type pointee) {
  if (!isa<TagType>(stripTypedefs(classType)))
    return emitError() << "a pointer to member needs a class, found "
                       << classType;
  return helpers::verifyComponent(emitError, pointee, "type of the member");
}

LogicalResult QualType::verify(function_ref<InFlightDiagnostic()> emitError,
                               Qualifiers qualifiers, unsigned addressSpace,
                               Type type) {
  if (qualifiers == Qualifiers::None && addressSpace == 0)
    return emitError() << "a qualified type needs a qualifier";
  return helpers::verifyComponent(emitError, type, "qualified type");
}

LogicalResult TagType::verify(function_ref<InFlightDiagnostic()> emitError,
                              TagKind kind, StringAttr name,
                              unsigned unnamedIndex, bool unnamedInCxx,
                              ArrayAttr args, ArrayAttr scope,
                              StringAttr function) {
  if (name && (unnamedIndex || unnamedInCxx))
    return emitError() << "a tag has a name or a number, not both";
  if (name && failed(helpers::verifyName(emitError, name, "name of a tag")))
    return failure();
  if (!name && args)
    return emitError() << "an unnamed tag has no template arguments";
  if (function) {
    if (failed(helpers::verifyName(emitError, function,
                                   "name of the enclosing function")))
      return failure();
    if (scope)
      return emitError() << "a tag is declared in a function or in a scope, "
                            "not in both";
    if (!name)
      return emitError() << "an unnamed tag of a function is not supported; "
                            "give the name that the compiler invents";
  }
  if (args && failed(helpers::verifyTemplateArgs(emitError, args)))
    return failure();
  return scope ? helpers::verifyScopes(emitError, scope) : success();
}

LogicalResult CArrayType::verify(function_ref<InFlightDiagnostic()> emitError,
                                 int64_t size, Type element) {
  if (size < kVariable)
    return emitError() << "size of an array must not be negative";
  return verifyObject(emitError, element, "array element");
}

LogicalResult CVectorType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  unsigned lanes, Type element, VectorFlavor) {
  if (lanes == 0)
    return emitError() << "a vector has at least one lane";
  return verifyObject(emitError, element, "vector element");
}

LogicalResult CMatrixType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  unsigned rows, unsigned columns,
                                  Type element) {
  if (rows == 0 || columns == 0)
    return emitError() << "a matrix has at least one row and column";
  return verifyObject(emitError, element, "matrix element");
}

LogicalResult CComplexType::verify(function_ref<InFlightDiagnostic()> emitError,
                                   Type element) {
  return verifyObject(emitError, element, "part of a complex type");
}

LogicalResult CAtomicType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  Type element) {
  return verifyObject(emitError, element, "atomic type");
}

LogicalResult CBitIntType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  unsigned bits, bool isUnsigned) {
  if (bits < (isUnsigned ? 1u : 2u))
    return emitError() << (isUnsigned ? "an unsigned" : "a signed")
                       << " bit-precise integer has at least "
                       << (isUnsigned ? "1 bit" : "2 bits");
  return success();
}

LogicalResult
CSizelessType::verify(function_ref<InFlightDiagnostic()> emitError,
                      SizelessFamily, StringAttr name, unsigned) {
  return helpers::verifyName(emitError, name, "name of a builtin type");
}

LogicalResult CTypedefType::verify(function_ref<InFlightDiagnostic()> emitError,
                                   StringAttr name, Type type) {
  if (failed(helpers::verifyName(emitError, name, "name of a typedef")))
    return failure();
  return helpers::verifyComponent(emitError, type, "type of a typedef");
}

//===----------------------------------------------------------------------===//
// Syntax
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

Type QualType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  Qualifiers qualifiers = Qualifiers::None;
  unsigned addressSpace = 0;
  while (true) {
    bool found = false;
    for (Qualifiers qualifier : kQualifiers)
      if (succeeded(
              parser.parseOptionalKeyword(stringifyQualifiers(qualifier)))) {
        qualifiers = qualifiers | qualifier;
        found = true;
      }
    if (succeeded(parser.parseOptionalKeyword("addrspace"))) {
      SMLoc numberLoc;
      FailureOr<uint32_t> number =
          helpers::parseU32InParens(parser, &numberLoc);
      if (failed(number))
        return {};
      if (*number == 0)
        return parser.emitError(numberLoc,
                                "address space 0 is that of unqualified types"),
               Type();
      addressSpace = *number;
      found = true;
    }
    if (!found)
      break;
  }
  FailureOr<Type> type = helpers::parseNested(parser);
  if (failed(type) || parser.parseGreater())
    return {};
  return QualType::getChecked([&] { return parser.emitError(loc); },
                              parser.getContext(), qualifiers, addressSpace,
                              *type);
}

void QualType::print(AsmPrinter &printer) const {
  printer << "<";
  for (Qualifiers qualifier : kQualifiers)
    if (bitEnumContainsAny(getQualifiers(), qualifier))
      printer << stringifyQualifiers(qualifier) << " ";
  if (getAddressSpace())
    printer << "addrspace(" << getAddressSpace() << ") ";
  KCFIDialect::printNestedType(printer, getType());
  printer << ">";
}

Type TagType::parse(AsmParser &parser) {
  MLIRContext *context = parser.getContext();
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  FailureOr<TagKind> kind = helpers::parseEnum<TagKind>(
      parser, getMaxEnumValForTagKind(), "kind of tag");
  if (failed(kind))
    return {};
  StringAttr name, function;
  ArrayAttr args, scope;
  uint32_t unnamedIndex = 0;
  bool unnamedInCxx = false;
  if (succeeded(parser.parseOptionalKeyword("unnamed"))) {
    if (succeeded(parser.parseOptionalLParen())) {
      FailureOr<uint32_t> number = helpers::parseU32(parser);
      if (failed(number) || parser.parseRParen())
        return {};
      unnamedIndex = *number;
    }
    unnamedInCxx = succeeded(parser.parseOptionalKeyword("cxx"));
  } else {
    std::string text;
    if (parser.parseString(&text))
      return {};
    name = StringAttr::get(context, text);
  }
  if (succeeded(parser.parseOptionalKeyword("args"))) {
    FailureOr<ArrayAttr> list =
        helpers::parseTemplateArgs(parser, AsmParser::Delimiter::Square);
    if (failed(list))
      return {};
    args = *list;
  }
  if (succeeded(parser.parseOptionalKeyword("in"))) {
    FailureOr<ArrayAttr> list = helpers::parseScopeList(parser);
    if (failed(list))
      return {};
    scope = *list;
  }
  if (succeeded(parser.parseOptionalKeyword("function"))) {
    std::string text;
    if (parser.parseString(&text))
      return {};
    function = StringAttr::get(context, text);
  }
  if (parser.parseGreater())
    return {};
  return TagType::getChecked([&] { return parser.emitError(loc); }, context,
                             *kind, name, unnamedIndex, unnamedInCxx, args,
                             scope, function);
}

void TagType::print(AsmPrinter &printer) const {
  printer << "<" << stringifyTagKind(getKind()) << " ";
  if (getName()) {
    printer << getName();
  } else {
    printer << "unnamed";
    if (getUnnamedIndex())
      printer << "(" << getUnnamedIndex() << ")";
    if (getUnnamedInCxx())
      printer << " cxx";
  }
  if (getArgs()) {
    printer << " args [";
    helpers::printTemplateArgs(printer, getArgs());
    printer << "]";
  }
  if (getScope()) {
    printer << " in ";
    helpers::printScopeList(printer, getScope());
  }
  if (getFunction())
    printer << " function " << getFunction();
  printer << ">";
}

Type CArrayType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  int64_t size;
  if (parser.parseLess())
    return {};
  if (succeeded(parser.parseOptionalQuestion())) {
    size = kIncomplete;
  } else if (succeeded(parser.parseOptionalStar())) {
    size = kVariable;
  } else {
    SMLoc sizeLoc = parser.getCurrentLocation();
    if (parser.parseInteger(size))
      return {};
    if (size < 0)
      return parser.emitError(sizeLoc, "size of an array must not be negative"),
             Type();
  }
  if (parser.parseComma())
    return {};
  FailureOr<Type> element = helpers::parseNested(parser);
  if (failed(element) || parser.parseGreater())
    return {};
  return CArrayType::getChecked([&] { return parser.emitError(loc); },
                                parser.getContext(), size, *element);
}

void CArrayType::print(AsmPrinter &printer) const {
  printer << "<";
  if (isIncomplete())
    printer << "?";
  else if (isVariable())
    printer << "*";
  else
    printer << getSize();
  printer << ", ";
  KCFIDialect::printNestedType(printer, getElement());
  printer << ">";
}

Type CVectorType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  FailureOr<uint32_t> lanes = helpers::parseU32(parser);
  if (failed(lanes) || parser.parseComma())
    return {};
  FailureOr<Type> element = helpers::parseNested(parser);
  if (failed(element))
    return {};
  VectorFlavor flavor = VectorFlavor::GCC;
  if (succeeded(parser.parseOptionalComma())) {
    FailureOr<VectorFlavor> parsed = helpers::parseEnum<VectorFlavor>(
        parser, getMaxEnumValForVectorFlavor(), "vector flavor");
    if (failed(parsed))
      return {};
    flavor = *parsed;
  }
  if (parser.parseGreater())
    return {};
  return CVectorType::getChecked([&] { return parser.emitError(loc); },
                                 parser.getContext(), *lanes, *element, flavor);
}

void CVectorType::print(AsmPrinter &printer) const {
  printer << "<" << getLanes() << ", ";
  KCFIDialect::printNestedType(printer, getElement());
  if (getFlavor() != VectorFlavor::GCC)
    printer << ", " << stringifyVectorFlavor(getFlavor());
  printer << ">";
}

Type CBitIntType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  FailureOr<uint32_t> bits = helpers::parseU32(parser);
  if (failed(bits))
    return {};
  bool isUnsigned = false;
  if (succeeded(parser.parseOptionalComma())) {
    if (parser.parseKeyword("unsigned"))
      return {};
    isUnsigned = true;
  }
  if (parser.parseGreater())
    return {};
  return CBitIntType::getChecked([&] { return parser.emitError(loc); },
                                 parser.getContext(), *bits, isUnsigned);
}

void CBitIntType::print(AsmPrinter &printer) const {
  printer << "<" << getBits() << (getIsUnsigned() ? ", unsigned>" : ">");
}

Type CSizelessType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  std::string name;
  if (parser.parseLess())
    return {};
  FailureOr<SizelessFamily> family = helpers::parseEnum<SizelessFamily>(
      parser, getMaxEnumValForSizelessFamily(), "family of scalable vectors");
  if (failed(family) || parser.parseString(&name))
    return {};
  uint32_t bits = 0;
  if (succeeded(parser.parseOptionalComma())) {
    SMLoc bitsLoc = parser.getCurrentLocation();
    FailureOr<uint32_t> number = helpers::parseU32(parser);
    if (failed(number))
      return {};
    if (*number == 0)
      return parser.emitError(bitsLoc, "a vector has at least one element"),
             Type();
    bits = *number;
  }
  if (parser.parseGreater())
    return {};
  return CSizelessType::getChecked(
      [&] { return parser.emitError(loc); }, parser.getContext(), *family,
      StringAttr::get(parser.getContext(), name), bits);
}

void CSizelessType::print(AsmPrinter &printer) const {
  printer << "<" << stringifySizelessFamily(getFamily()) << " " << getName();
  if (getBits())
    printer << ", " << getBits();
  printer << ">";
}

Type CTypedefType::parse(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  std::string name;
  if (parser.parseLess() || parser.parseString(&name) || parser.parseComma())
    return {};
  FailureOr<Type> type = helpers::parseNested(parser);
  if (failed(type) || parser.parseGreater())
    return {};
  return CTypedefType::getChecked(
      [&] { return parser.emitError(loc); }, parser.getContext(),
      StringAttr::get(parser.getContext(), name), *type);
}

void CTypedefType::print(AsmPrinter &printer) const {
  printer << "<" << getName() << ", ";
  KCFIDialect::printNestedType(printer, getType());
  printer << ">";
}
