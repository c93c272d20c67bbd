//===- KCFITypes.cpp - Types -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/KCFITypes.h"
#include "C/CAsmHelpers.h"
#include "Rust/RustAsmHelpers.h"
#include "kcfi/IR/ReadableType.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::kcfi;

/// The text between `fnptr<` and `>`.
static ParseResult parseSignatureBody(AsmParser &parser, Type &signature) {
  if (succeeded(parser.parseOptionalKeyword("encoded")))
    signature = EncodedType::parse(parser);
  else if (succeeded(parser.parseOptionalKeyword("raw")))
    signature = RawType::parse(parser);
  else if (succeeded(parser.parseOptionalKeyword("rs.fn")))
    signature = RustFnType::parse(parser);
  else
    signature = FnType::parseBody(parser);
  return success(static_cast<bool>(signature));
}

static void printSignatureBody(AsmPrinter &printer, Type signature) {
  if (auto fn = dyn_cast<FnType>(signature))
    fn.printBody(printer);
  else
    helpers::printNested(printer, signature);
}

// The generated code finds the functions of `custom` directives there.
using namespace mlir::kcfi::helpers;

#define GET_TYPEDEF_CLASSES
#include "kcfi/IR/KCFITypes.cpp.inc"

void KCFIDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "kcfi/IR/KCFITypes.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// Kinds
//===----------------------------------------------------------------------===//

std::optional<TypeKind> mlir::kcfi::getTypeKind(Type type) {
  return TypeSwitch<Type, std::optional<TypeKind>>(type)
#define KCFI_TYPE(NAME, FAMILY)                                                \
  .Case<NAME##Type>([](auto) { return TypeKind::NAME; })
#include "kcfi/IR/TypeKinds.def"
      .Default([](Type) { return std::nullopt; });
}

TypeFamily mlir::kcfi::getTypeFamily(TypeKind kind) {
  switch (kind) {
#define KCFI_TYPE(NAME, FAMILY)                                                \
  case TypeKind::NAME:                                                         \
    return TypeFamily::FAMILY;
#include "kcfi/IR/TypeKinds.def"
  }
  llvm_unreachable("unknown type kind");
}

template <typename KindT>
static KindT getKindOfFamily(Type type, [[maybe_unused]] TypeFamily family) {
  assert(isComponent(type, family) && "type of another family");
  return static_cast<KindT>(*getTypeKind(type));
}

CTypeKind mlir::kcfi::getCTypeKind(Type type) {
  return getKindOfFamily<CTypeKind>(type, TypeFamily::C);
}

RustTypeKind mlir::kcfi::getRustTypeKind(Type type) {
  return getKindOfFamily<RustTypeKind>(type, TypeFamily::Rust);
}

SharedTypeKind mlir::kcfi::getSharedTypeKind(Type type) {
  return getKindOfFamily<SharedTypeKind>(type, TypeFamily::None);
}

bool mlir::kcfi::isSignature(Type type) {
  return isa_and_present<FnType, RustFnType, EncodedType, RawType>(type);
}

bool mlir::kcfi::isComponent(Type type, TypeFamily family) {
  std::optional<TypeKind> kind = type ? getTypeKind(type) : std::nullopt;
  return kind && getTypeFamily(*kind) == family;
}

Qualifiers mlir::kcfi::getParameterQualifiers(Type type) {
  auto qual = dyn_cast<QualType>(type);
  return qual ? qual.getQualifiers() & kParameterQualifiers : Qualifiers::None;
}

Type mlir::kcfi::stripParameterQualifiers(Type type) {
  if (getParameterQualifiers(type) == Qualifiers::None)
    return type;
  auto qual = cast<QualType>(type);
  Qualifiers rest = bitEnumClear(qual.getQualifiers(), kParameterQualifiers);
  if (rest == Qualifiers::None && !qual.getAddressSpace())
    return qual.getType();
  return QualType::get(type.getContext(), rest, qual.getAddressSpace(),
                       qual.getType());
}

Type mlir::kcfi::stripTypedefs(Type type) {
  while (auto typedefType = dyn_cast<CTypedefType>(type))
    type = typedefType.getType();
  return type;
}

Type mlir::kcfi::stripSugarAndQualifiers(Type type) {
  while (true) {
    if (auto typedefType = dyn_cast<CTypedefType>(type))
      type = typedefType.getType();
    else if (auto qualType = dyn_cast<QualType>(type))
      type = qualType.getType();
    else
      return type;
  }
}

//===----------------------------------------------------------------------===//
// Depth
//===----------------------------------------------------------------------===//

namespace {
/// Measures how deep types and attributes of the dialect are nested. The result
/// is exact up to `kMaxTypeDepth`; beyond it only says "more".
class DepthMeter {
public:
  unsigned measure(Type type) {
    if (!type || !isa<KCFIDialect>(type.getDialect()))
      return 0;
    return measureNested(type, /*own=*/1);
  }

  unsigned measure(Attribute attr) {
    if (!attr)
      return 0;
    if (isa<KCFIDialect>(attr.getDialect()))
      return measureNested(attr, /*own=*/1);
    // What holds arguments together is not a level of its own.
    if (isa<ArrayAttr, TypeAttr>(attr))
      return measureNested(attr, /*own=*/0);
    return 0;
  }

private:
  template <typename T>
  unsigned measureNested(T element, unsigned own) {
    if (level > kMaxTypeDepth)
      return level;
    const void *key = element.getAsOpaquePointer();
    if (auto it = known.find(key); it != known.end())
      return it->second;
    level += own;
    unsigned depth = 0;
    element.walkImmediateSubElements(
        [&](Attribute nested) { depth = std::max(depth, measure(nested)); },
        [&](Type nested) { depth = std::max(depth, measure(nested)); });
    level -= own;
    return known[key] = depth + own;
  }

  DenseMap<const void *, unsigned> known;
  unsigned level = 0;
};
} // namespace

bool mlir::kcfi::isNestedTooDeep(Type type) {
  return DepthMeter().measure(type) > kMaxTypeDepth;
}

bool mlir::kcfi::isNestedTooDeep(Attribute attr) {
  return DepthMeter().measure(attr) > kMaxTypeDepth;
}

//===----------------------------------------------------------------------===//
// Dispatch
//===----------------------------------------------------------------------===//

/// Parses a type of this dialect after its prefix.
static ParseResult parseUnprefixed(AsmParser &parser, Type &type) {
  SMLoc loc = parser.getCurrentLocation();
  helpers::ParserNesting nesting;
  if (nesting.isTooDeep())
    return helpers::emitTooDeep(parser.emitError(loc));
  StringRef mnemonic;
  OptionalParseResult result = generatedTypeParser(parser, &mnemonic, type);
  if (result.has_value()) {
    // Aliases make types that are deeper than their text.
    if (succeeded(*result) && nesting.isOutermost() && isNestedTooDeep(type))
      return helpers::emitTooDeep(parser.emitError(loc));
    return *result;
  }
  MLIRContext *context = parser.getContext();
  StringRef builtin = mnemonic;
  if (builtin.consume_front("c.")) {
    if (std::optional<BuiltinKind> kind = symbolizeBuiltinKind(builtin)) {
      type = CBuiltinType::get(context, *kind);
      return success();
    }
  } else if (builtin.consume_front("rs.")) {
    if (builtin == "unit") {
      type = RustTupleType::getUnit(context);
      return success();
    }
    if (std::optional<RustPrimitive> kind = symbolizeRustPrimitive(builtin)) {
      type = RustPrimitiveType::get(context, *kind);
      return success();
    }
  }
  return parser.emitError(loc, "unknown type '")
         << mnemonic << "' in dialect 'kcfi'";
}

static void printUnprefixed(AsmPrinter &printer, Type type) {
  if (auto builtin = dyn_cast<CBuiltinType>(type))
    printer << "c." << stringifyBuiltinKind(builtin.getKind());
  else if (auto primitive = dyn_cast<RustPrimitiveType>(type))
    printer << "rs." << stringifyRustPrimitive(primitive.getKind());
  else if (auto tuple = dyn_cast<RustTupleType>(type); tuple && tuple.isUnit())
    printer << "rs.unit";
  else
    (void)generatedTypePrinter(type, printer);
}

Type KCFIDialect::parseType(DialectAsmParser &parser) const {
  Type type;
  return failed(parseUnprefixed(parser, type)) ? Type() : type;
}

void KCFIDialect::printType(Type type, DialectAsmPrinter &printer) const {
  printUnprefixed(printer, type);
}

ParseResult KCFIDialect::parseNestedType(AsmParser &parser, Type &type) {
  OptionalParseResult result = parser.parseOptionalType(type);
  if (result.has_value())
    return *result;
  return parseUnprefixed(parser, type);
}

void KCFIDialect::printNestedType(AsmPrinter &printer, Type type) {
  if (isa<KCFIDialect>(type.getDialect()))
    printUnprefixed(printer, type);
  else
    printer << type;
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

LogicalResult mlir::kcfi::helpers::verifyComponent(
    function_ref<InFlightDiagnostic()> emitError, Type type, StringRef what) {
  if (isComponent(type, TypeFamily::C)) {
    Qualifiers attributes = getParameterQualifiers(type);
    if (attributes == Qualifiers::None)
      return success();
    return emitError() << what << " has '" << stringifyQualifiers(attributes)
                       << "', which only a parameter itself can have";
  }
  InFlightDiagnostic diag = emitError() << what << " " << type
                                        << " cannot be a part of a signature";
  if (isa<FnPtrType>(type))
    diag << "; write 'ptr<fn<...>>' instead of 'fnptr<...>'";
  else if (isComponent(type, TypeFamily::Rust))
    diag << " of C or C++; Rust types are parts of 'rs.fn'";
  return diag;
}

LogicalResult FnType::verify(function_ref<InFlightDiagnostic()> emitError,
                             ArrayRef<Type> params, Type result, FnFlags flags,
                             CallConv, unsigned sme, unsigned regParm,
                             StringAttr salt) {
  for (Type param : params) {
    if (!isComponent(param, TypeFamily::C))
      return helpers::verifyComponent(emitError, param, "parameter type");
    if (auto builtin = dyn_cast<CBuiltinType>(stripSugarAndQualifiers(param));
        builtin && builtin.isVoid())
      return emitError() << "parameter type must not be void; a function "
                            "without parameters is 'fn<() -> ...>'";
  }
  if (failed(helpers::verifyComponent(emitError, result, "result type")))
    return failure();
  if (isa<FnType, CArrayType>(stripSugarAndQualifiers(result)))
    return emitError() << "a function cannot return a function or an array";
  if (bitEnumContainsAny(flags, FnFlags::Unprototyped)) {
    if (!params.empty())
      return emitError() << "an unprototyped function has no parameters";
    if (bitEnumContainsAny(flags, FnFlags::Variadic))
      return emitError() << "an unprototyped function cannot be variadic";
  }
  if (bitEnumContainsAll(flags, FnFlags::LValueRef | FnFlags::RValueRef))
    return emitError() << "a member function has one ref-qualifier at most";
  // The widest __SME_ATTRS field (ZT0 state) ends at bit 8.
  if (sme >= (1u << 9))
    return emitError() << "sme(" << sme << ") is outside of the AAPCS64 "
                       << "encoding of __SME_ATTRS";
  // i386 has three registers to pass parameters in.
  if (regParm > 4)
    return emitError() << "regparm(" << regParm - 1
                       << ") is more than the 3 registers of i386";
  if (salt && salt.empty())
    return emitError() << "a salt must not be empty";
  if (salt && salt.getValue().contains('\0'))
    return emitError() << "a salt must not contain a null character";
  return success();
}

LogicalResult EncodedType::verify(function_ref<InFlightDiagnostic()> emitError,
                                  StringAttr string) {
  return helpers::verifyName(emitError, string, "type-id string");
}

LogicalResult RawType::verify(function_ref<InFlightDiagnostic()> emitError,
                              uint32_t id) {
  if (id == 0)
    return emitError() << "type id 0 is reserved: it means \"no type\" and "
                          "would disable the check";
  return success();
}

LogicalResult FnPtrType::verify(function_ref<InFlightDiagnostic()> emitError,
                                Type signature) {
  if (!isSignature(signature))
    return emitError() << "a function pointer needs a signature, found "
                       << signature;
  return success();
}

//===----------------------------------------------------------------------===//
// FnType
//===----------------------------------------------------------------------===//

FnType FnType::withFlags(FnFlags flags) const {
  return get(getContext(), getParams(), getResult(), flags, getCallConv(),
             getSme(), getRegParm(), getSalt());
}

FnType FnType::withCallConv(CallConv callConv) const {
  return get(getContext(), getParams(), getResult(), getFlags(), callConv,
             getSme(), getRegParm(), getSalt());
}

FnType FnType::withSalt(StringRef salt) const {
  return get(getContext(), getParams(), getResult(), getFlags(), getCallConv(),
             getSme(), getRegParm(), StringAttr::get(getContext(), salt));
}

/// Flags that stand as keywords after the result, in the order of the printer.
static constexpr FnFlags kKeywordFlags[] = {
    FnFlags::Unprototyped,       FnFlags::Const,
    FnFlags::Volatile,           FnFlags::Restrict,
    FnFlags::LValueRef,          FnFlags::RValueRef,
    FnFlags::NoExcept,           FnFlags::NoReturn,
    FnFlags::CfiUncheckedCallee, FnFlags::NoCallerSavedRegisters,
    FnFlags::NoCfCheck,          FnFlags::CmseNonSecureCall};

Type FnType::parseBody(AsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<Type> params;
  Type result;
  FnFlags flags = FnFlags::None;
  auto parseParam = [&]() -> ParseResult {
    if (bitEnumContainsAny(flags, FnFlags::Variadic))
      return parser.emitError(parser.getCurrentLocation(),
                              "'...' must be the last parameter");
    if (succeeded(parser.parseOptionalEllipsis())) {
      flags = flags | FnFlags::Variadic;
      return success();
    }
    return KCFIDialect::parseNestedType(parser, params.emplace_back());
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, parseParam) ||
      parser.parseArrow() || KCFIDialect::parseNestedType(parser, result))
    return {};

  CallConv callConv = CallConv::Default;
  unsigned sme = 0, regParm = 0;
  StringAttr salt;
  StringRef keyword;
  while (true) {
    SMLoc keywordLoc = parser.getCurrentLocation();
    if (failed(parser.parseOptionalKeyword(&keyword)))
      break;
    std::optional<FnFlags> flag = symbolizeFnFlags(keyword);
    if (flag && llvm::is_contained(kKeywordFlags, *flag)) {
      if (bitEnumContainsAny(flags, *flag))
        return parser.emitError(keywordLoc, "'")
                   << keyword << "' is given twice",
               Type();
      flags = flags | *flag;
      continue;
    }
    if (keyword == "cc") {
      // The default has no keyword.
      if (parser.parseLParen() ||
          helpers::parseKeyword(parser, callConv, "calling convention",
                                /*ofWhat=*/"", /*first=*/1) ||
          parser.parseRParen())
        return {};
      continue;
    }
    if (keyword == "sme") {
      if (helpers::parseU32InParens(parser, sme))
        return {};
      continue;
    }
    if (keyword == "regparm") {
      SMLoc numberLoc;
      unsigned number;
      if (helpers::parseU32InParens(parser, number, &numberLoc))
        return {};
      if (number > 3)
        return parser.emitError(numberLoc, "i386 has 3 registers to pass "
                                           "parameters in"),
               Type();
      regParm = number + 1;
      continue;
    }
    if (keyword == "salt") {
      if (parser.parseLParen() || helpers::parseString(parser, salt) ||
          parser.parseRParen())
        return {};
      continue;
    }
    return parser.emitError(keywordLoc, "unknown modifier '")
               << keyword << "' of a function type",
           Type();
  }
  return FnType::getChecked([&] { return parser.emitError(loc); },
                            parser.getContext(), params, result, flags,
                            callConv, sme, regParm, salt);
}

void FnType::printBody(AsmPrinter &printer) const {
  printer << "(";
  llvm::interleaveComma(getParams(), printer, [&](Type param) {
    KCFIDialect::printNestedType(printer, param);
  });
  if (isVariadic())
    printer << (getParams().empty() ? "..." : ", ...");
  printer << ") -> ";
  KCFIDialect::printNestedType(printer, getResult());
  for (FnFlags flag : kKeywordFlags)
    if (hasFlag(flag))
      printer << " " << stringifyFnFlags(flag);
  if (getCallConv() != CallConv::Default)
    printer << " cc(" << stringifyCallConv(getCallConv()) << ")";
  if (getSme())
    printer << " sme(" << getSme() << ")";
  if (std::optional<unsigned> count = getRegParmCount())
    printer << " regparm(" << *count << ")";
  if (getSalt())
    printer << " salt(" << getSalt() << ")";
}

Type FnType::parse(AsmParser &parser) {
  if (parser.parseLess())
    return {};
  Type type = parseBody(parser);
  if (!type || parser.parseGreater())
    return {};
  return type;
}

void FnType::print(AsmPrinter &printer) const {
  printer << "<";
  printBody(printer);
  printer << ">";
}
