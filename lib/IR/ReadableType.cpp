//===- ReadableType.cpp - Signatures as a person reads them -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/IR/ReadableType.h"
#include "Rust/ReadableRustType.h"
#include "kcfi/IR/KCFITypes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::kcfi;

/// Spelling of a declaration: `declarator` is what stands where the name would.
static std::string declare(Type type, std::string declarator);

static StringRef getBuiltinSpelling(BuiltinKind kind) {
  switch (kind) {
  case BuiltinKind::Void:
    return "void";
  case BuiltinKind::Bool:
    return "bool";
  case BuiltinKind::Char:
    return "char";
  case BuiltinKind::SChar:
    return "signed char";
  case BuiltinKind::UChar:
    return "unsigned char";
  case BuiltinKind::Short:
    return "short";
  case BuiltinKind::UShort:
    return "unsigned short";
  case BuiltinKind::Int:
    return "int";
  case BuiltinKind::UInt:
    return "unsigned int";
  case BuiltinKind::Long:
    return "long";
  case BuiltinKind::ULong:
    return "unsigned long";
  case BuiltinKind::LongLong:
    return "long long";
  case BuiltinKind::ULongLong:
    return "unsigned long long";
  case BuiltinKind::Int128:
    return "__int128";
  case BuiltinKind::UInt128:
    return "unsigned __int128";
  case BuiltinKind::Float16:
    return "_Float16";
  case BuiltinKind::BF16:
    return "__bf16";
  case BuiltinKind::Float:
    return "float";
  case BuiltinKind::Double:
    return "double";
  case BuiltinKind::LongDouble:
    return "long double";
  case BuiltinKind::Float128:
    return "__float128";
  case BuiltinKind::NullPtr:
    return "nullptr_t";
  case BuiltinKind::WChar:
    return "wchar_t";
  case BuiltinKind::Char8:
    return "char8_t";
  case BuiltinKind::Char16:
    return "char16_t";
  case BuiltinKind::Char32:
    return "char32_t";
  case BuiltinKind::VaList:
    return "va_list";
  case BuiltinKind::Half:
    return "__fp16";
  case BuiltinKind::MFloat8:
    return "__mfp8";
  case BuiltinKind::Ibm128:
    return "__ibm128";
  }
  llvm_unreachable("unknown builtin kind");
}

/// `base declarator`, without a space where the declarator is empty.
static std::string join(StringRef base, StringRef declarator) {
  if (declarator.empty())
    return base.str();
  return (base + " " + declarator).str();
}

static std::string getQualifierSpelling(QualType type) {
  std::string result;
  auto add = [&](const Twine &text) {
    if (!result.empty())
      result += ' ';
    result += text.str();
  };
  if (bitEnumContainsAny(type.getQualifiers(), Qualifiers::Const))
    add("const");
  if (bitEnumContainsAny(type.getQualifiers(), Qualifiers::Volatile))
    add("volatile");
  if (bitEnumContainsAny(type.getQualifiers(), Qualifiers::Restrict))
    add("restrict");
  for (Qualifiers attribute :
       {Qualifiers::NoEscape, Qualifiers::SwiftContext,
        Qualifiers::SwiftAsyncContext, Qualifiers::SwiftErrorResult,
        Qualifiers::SwiftIndirectResult})
    if (bitEnumContainsAny(type.getQualifiers(), attribute))
      add("__attribute__((" + stringifyQualifiers(attribute) + "))");
  if (type.getAddressSpace())
    add("__attribute__((address_space(" + Twine(type.getAddressSpace()) +
        ")))");
  return result;
}

static std::string getArgsSpelling(ArrayAttr args);

static std::string getScopeSpelling(ArrayAttr scopes) {
  std::string result;
  for (Attribute attribute : scopes) {
    auto scope = cast<ScopeAttr>(attribute);
    result += scope.isAnonymousNamespace() ? "(anonymous namespace)"
                                           : scope.getName().str();
    if (scope.getArgs())
      result += getArgsSpelling(scope.getArgs());
    result += "::";
  }
  return result;
}

static std::string getArgSpelling(Attribute arg) {
  if (auto type = dyn_cast<TypeAttr>(arg))
    return declare(type.getValue(), "");
  if (auto value = dyn_cast<TemplateValueAttr>(arg))
    return value.getValue().str();
  if (auto pack = dyn_cast<TemplatePackAttr>(arg)) {
    std::string args = getArgsSpelling(pack.getArgs());
    return args.substr(1, args.size() - 2);
  }
  auto name = cast<TemplateNameAttr>(arg);
  return (name.getScope() ? getScopeSpelling(name.getScope()) : "") +
         name.getName().str();
}

static std::string getArgsSpelling(ArrayAttr args) {
  std::string result = "<";
  bool first = true;
  for (Attribute arg : args) {
    std::string text = getArgSpelling(arg);
    if (text.empty()) // an empty pack
      continue;
    if (!first)
      result += ", ";
    first = false;
    result += text;
  }
  return result + ">";
}

static std::string getTagSpelling(TagType type) {
  std::string result = stringifyTagKind(type.getKind()).str() + " ";
  // C++ users do not write the keyword in front of a qualified name.
  if (type.getScope() || type.getArgs())
    result.clear();
  if (type.getScope())
    result += getScopeSpelling(type.getScope());
  result += type.isUnnamed() ? "(unnamed)" : type.getName().str();
  if (type.getArgs())
    result += getArgsSpelling(type.getArgs());
  if (type.getFunction())
    result += " (of " + type.getFunction().str() + ")";
  return result;
}

static std::string declareFunction(FnType type, std::string declarator) {
  std::string text = std::move(declarator);
  text += "(";
  text +=
      llvm::join(llvm::map_range(type.getParams(),
                                 [](Type param) { return declare(param, ""); }),
                 ", ");
  if (type.isVariadic())
    text += type.getParams().empty() ? "..." : ", ...";
  else if (type.getParams().empty() && !type.isUnprototyped())
    text += "void";
  text += ")";
  static constexpr std::pair<FnFlags, StringLiteral> kSuffixes[] = {
      {FnFlags::Const, " const"},
      {FnFlags::Volatile, " volatile"},
      {FnFlags::Restrict, " __restrict"},
      {FnFlags::LValueRef, " &"},
      {FnFlags::RValueRef, " &&"},
      {FnFlags::NoExcept, " noexcept"},
      {FnFlags::NoReturn, " __attribute__((noreturn))"},
      {FnFlags::CfiUncheckedCallee, " __attribute__((cfi_unchecked_callee))"},
      {FnFlags::NoCallerSavedRegisters,
       " __attribute__((no_caller_saved_registers))"},
      {FnFlags::NoCfCheck, " __attribute__((nocf_check))"},
      {FnFlags::CmseNonSecureCall, " __attribute__((cmse_nonsecure_call))"},
  };
  for (auto [flag, suffix] : kSuffixes)
    if (type.hasFlag(flag))
      text += suffix;
  if (type.getCallConv() != CallConv::Default)
    text += (" __attribute__((" + stringifyCallConv(type.getCallConv()) + "))")
                .str();
  if (type.getSme())
    text += llvm::formatv(" __SME_ATTRS({0})", type.getSme()).str();
  if (std::optional<unsigned> count = type.getRegParmCount())
    text += llvm::formatv(" __attribute__((regparm({0})))", *count).str();
  if (type.getSalt())
    text += " __attribute__((cfi_salt(\"" + type.getSalt().str() + "\")))";
  return declare(type.getResult(), std::move(text));
}

/// Declaration of a pointer-like type: parentheses where the pointee's
/// declarator binds tighter.
static std::string declarePointer(Type pointee, std::string declarator) {
  Type stripped = pointee;
  while (auto qual = dyn_cast<QualType>(stripped))
    stripped = qual.getType();
  if (isa<FnType, CArrayType>(stripped))
    declarator = "(" + declarator + ")";
  return declare(pointee, std::move(declarator));
}

/// Declaration of a pointer to a member.
static std::string declareMemberPointer(MemberPtrType member,
                                        std::string declarator) {
  Type classType = stripTypedefs(member.getClassType());
  std::string name = getTagSpelling(cast<TagType>(classType));
  // `struct S::*` is not how anybody writes it.
  StringRef shortName = name;
  for (StringRef keyword : {"struct ", "union ", "class "})
    shortName.consume_front(keyword);
  return declarePointer(member.getPointee(),
                        shortName.str() + "::*" + declarator);
}

/// Declaration with a type of the C family.
static std::string declareC(Type type, std::string declarator) {
  switch (getCTypeKind(type)) {
  case CTypeKind::Fn:
    return declareFunction(cast<FnType>(type), std::move(declarator));
  case CTypeKind::CBuiltin:
    return join(getBuiltinSpelling(cast<CBuiltinType>(type).getKind()),
                declarator);
  case CTypeKind::Ptr:
    return declarePointer(cast<PtrType>(type).getPointee(), "*" + declarator);
  case CTypeKind::CBlockPtr:
    return declarePointer(cast<CBlockPtrType>(type).getPointee(),
                          "^" + declarator);
  case CTypeKind::LValueRef:
    return declarePointer(cast<LValueRefType>(type).getPointee(),
                          "&" + declarator);
  case CTypeKind::RValueRef:
    return declarePointer(cast<RValueRefType>(type).getPointee(),
                          "&&" + declarator);
  case CTypeKind::MemberPtr:
    return declareMemberPointer(cast<MemberPtrType>(type),
                                std::move(declarator));
  case CTypeKind::Qual: {
    auto qual = cast<QualType>(type);
    std::string qualifiers = getQualifierSpelling(qual);
    // Qualifiers of a pointer stand behind its star.
    if (isa<PtrType, CBlockPtrType, MemberPtrType>(qual.getType()))
      return declare(qual.getType(), join(qualifiers, declarator));
    return qualifiers + " " + declare(qual.getType(), std::move(declarator));
  }
  case CTypeKind::Tag:
    return join(getTagSpelling(cast<TagType>(type)), declarator);
  case CTypeKind::CArray: {
    auto array = cast<CArrayType>(type);
    std::string size = array.isIncomplete() ? ""
                       : array.isVariable() ? "*"
                                            : std::to_string(array.getSize());
    return declare(array.getElement(), declarator + "[" + size + "]");
  }
  case CTypeKind::CVector: {
    auto vector = cast<CVectorType>(type);
    return join(llvm::formatv("{0} __attribute__(({1}({2})))",
                              declare(vector.getElement(), ""),
                              vector.getFlavor() == VectorFlavor::GCC
                                  ? StringRef("vector_lanes")
                                  : stringifyVectorFlavor(vector.getFlavor()),
                              vector.getLanes())
                    .str(),
                declarator);
  }
  case CTypeKind::CMatrix: {
    auto matrix = cast<CMatrixType>(type);
    return join(llvm::formatv("{0} __attribute__((matrix_type({1}, {2})))",
                              declare(matrix.getElement(), ""),
                              matrix.getRows(), matrix.getColumns())
                    .str(),
                declarator);
  }
  case CTypeKind::CComplex:
    return join("_Complex " +
                    declare(cast<CComplexType>(type).getElement(), ""),
                declarator);
  case CTypeKind::CAtomic:
    return join("_Atomic(" + declare(cast<CAtomicType>(type).getElement(), "") +
                    ")",
                declarator);
  case CTypeKind::CBitInt: {
    auto bitInt = cast<CBitIntType>(type);
    return join(llvm::formatv("{0}_BitInt({1})",
                              bitInt.getIsUnsigned() ? "unsigned " : "",
                              bitInt.getBits())
                    .str(),
                declarator);
  }
  case CTypeKind::CSizeless: {
    auto sizeless = cast<CSizelessType>(type);
    std::string text = sizeless.getName().str();
    if (sizeless.getBits())
      text += llvm::formatv(
          " __attribute__(({0}_vector_bits({1})))",
          sizeless.getFamily() == SizelessFamily::SVE ? "arm_sve" : "riscv_rvv",
          sizeless.getBits());
    return join(text, declarator);
  }
  case CTypeKind::CTypedef:
    return join(cast<CTypedefType>(type).getName(), declarator);
  }
  llvm_unreachable("unknown C type kind");
}

/// Declaration with a type that is of no family.
static std::string declareShared(Type type, std::string declarator) {
  switch (getSharedTypeKind(type)) {
  case SharedTypeKind::Encoded:
    return join("function of type \"" +
                    cast<EncodedType>(type).getString().str() + "\"",
                declarator);
  case SharedTypeKind::Raw:
    return join(llvm::formatv("function of unknown type, id {0:x8}",
                              cast<RawType>(type).getId())
                    .str(),
                declarator);
  case SharedTypeKind::FnPtr: {
    Type signature = cast<FnPtrType>(type).getSignature();
    // A Rust fn type is that of the pointer.
    if (isa<RustFnType>(signature))
      return declare(signature, std::move(declarator));
    return declarePointer(signature, "*" + declarator);
  }
  }
  llvm_unreachable("unknown kind of shared type");
}

static std::string declare(Type type, std::string declarator) {
  std::optional<TypeKind> kind = getTypeKind(type);
  if (!kind) {
    std::string text;
    llvm::raw_string_ostream(text) << type;
    return join(text, declarator);
  }
  switch (getTypeFamily(*kind)) {
  case TypeFamily::None:
    return declareShared(type, std::move(declarator));
  case TypeFamily::C:
    return declareC(type, std::move(declarator));
  case TypeFamily::Rust:
    return join(helpers::getReadableRustType(type), declarator);
  }
  llvm_unreachable("unknown family of types");
}

std::string mlir::kcfi::getReadableType(Type type) { return declare(type, ""); }
