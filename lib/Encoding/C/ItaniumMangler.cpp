//===- ItaniumMangler.cpp - Itanium mangling of canonical types -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The rules are those of the Itanium C++ ABI, section 5.1 (name mangling), and
// of clang's ItaniumMangle.cpp for everything that the ABI leaves to vendors.
// docs/TypeIds.md explains them with examples.
//
//===----------------------------------------------------------------------===//

#include "ItaniumMangler.h"
#include "Mangler.h"
#include "kcfi/IR/ReadableType.h"

using namespace mlir;
using namespace mlir::kcfi;
using itanium::Mangler;

//===----------------------------------------------------------------------===//
// Substitutions (ABI 5.1.9)
//===----------------------------------------------------------------------===//

void Mangler::writeIndex(unsigned index) {
  os << 'S';
  if (index > 0) {
    // S_ is the first, S0_ the second, then base 36 with capital letters.
    char digits[8];
    char *end = std::end(digits), *cursor = end;
    unsigned value = index - 1;
    do {
      *--cursor = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[value % 36];
      value /= 36;
    } while (value);
    os << StringRef(cursor, end - cursor);
  }
  os << '_';
}

bool Mangler::mangleSubstitution(const void *key) {
  auto it = substitutions.find(key);
  if (it == substitutions.end())
    return false;
  writeIndex(it->second);
  return true;
}

bool Mangler::isSubstitutable(Type type) {
  // Builtin types are not, and normalised ones keep their own table. clang
  // treats SVE types as candidates and RVV types as builtin types, but those of
  // fixed length are vectors.
  if (isa<CBuiltinType>(type))
    return false;
  if (auto sizeless = dyn_cast<CSizelessType>(type))
    return sizeless.getFamily() == SizelessFamily::SVE || sizeless.getBits();
  return true;
}

bool Mangler::hasVariableArray(Type type) {
  auto it = variableArrays.find(type);
  if (it != variableArrays.end())
    return it->second;
  bool found = false;
  type.walk([&](CArrayType array) {
    if (!array.isVariable())
      return WalkResult::advance();
    found = true;
    return WalkResult::interrupt();
  });
  variableArrays[type] = found;
  return found;
}

const void *Mangler::getEntityKey(ArrayRef<Attribute> scopes, ScopeAttr name) {
  SmallVector<Attribute> path(scopes);
  path.push_back(name);
  return ArrayAttr::get(context, path).getAsOpaquePointer();
}

const void *Mangler::getKey(Type type) {
  auto tag = dyn_cast<TagType>(type);
  // A named tag is the same entity as the class that may enclose other names.
  if (tag && !tag.isUnnamed() && !tag.getFunction())
    return getEntityKey(tag.getScope() ? tag.getScope().getValue()
                                       : ArrayRef<Attribute>(),
                        ScopeAttr::get(context, tag.getName(), tag.getArgs()));
  return type.getAsOpaquePointer();
}

//===----------------------------------------------------------------------===//
// Types (ABI 5.1.5)
//===----------------------------------------------------------------------===//

void Mangler::mangle(Type type) {
  if (!isSubstitutable(type)) {
    mangleUnsubstituted(type);
    return;
  }
  if (auto tag = dyn_cast<TagType>(type); tag && tag.getName()) {
    StringRef abbreviation = itanium::getStdAbbreviation(
        tag.getScope() ? tag.getScope().getValue() : ArrayRef<Attribute>(),
        ScopeAttr::get(context, tag.getName(), tag.getArgs()));
    if (!abbreviation.empty()) {
      os << abbreviation;
      return;
    }
  }
  // An array of variable length is a type of its own wherever it stands.
  if (hasVariableArray(type)) {
    mangleUnsubstituted(type);
    ++nextIndex;
    return;
  }
  const void *key = getKey(type);
  if (mangleSubstitution(key))
    return;
  mangleUnsubstituted(type);
  addSubstitution(key);
}

void Mangler::mangleQualifiers(bool isConst, bool isVolatile, bool isRestrict) {
  if (isRestrict)
    os << 'r';
  if (isVolatile)
    os << 'V';
  if (isConst)
    os << 'K';
}

void Mangler::mangleUnsubstituted(Type type) {
  switch (getCTypeKind(type)) {
  case CTypeKind::CBuiltin:
    return mangleBuiltin(cast<CBuiltinType>(type).getKind());
  case CTypeKind::Fn:
    return mangleFunction(cast<FnType>(type));
  case CTypeKind::Ptr:
    os << 'P';
    return mangle(cast<PtrType>(type).getPointee());
  case CTypeKind::CBlockPtr:
    os << "U13block_pointer";
    return mangle(cast<CBlockPtrType>(type).getPointee());
  case CTypeKind::LValueRef:
    os << 'R';
    return mangle(cast<LValueRefType>(type).getPointee());
  case CTypeKind::RValueRef:
    os << 'O';
    return mangle(cast<RValueRefType>(type).getPointee());
  case CTypeKind::MemberPtr:
    return mangleMemberPointer(cast<MemberPtrType>(type));
  case CTypeKind::Qual: {
    auto qual = cast<QualType>(type);
    if (unsigned number = qual.getAddressSpace()) {
      std::string name = "AS" + std::to_string(number);
      os << 'U' << name.size() << name;
    }
    Qualifiers qualifiers = qual.getQualifiers();
    mangleQualifiers(bitEnumContainsAny(qualifiers, Qualifiers::Const),
                     bitEnumContainsAny(qualifiers, Qualifiers::Volatile),
                     bitEnumContainsAny(qualifiers, Qualifiers::Restrict));
    return mangle(qual.getType());
  }
  case CTypeKind::Tag:
    return mangleTag(cast<TagType>(type));
  case CTypeKind::CArray: {
    auto array = cast<CArrayType>(type);
    os << 'A';
    if (!array.isIncomplete() && !array.isVariable())
      os << array.getSize();
    os << '_';
    return mangle(array.getElement());
  }
  case CTypeKind::CVector:
    return mangleVector(cast<CVectorType>(type));
  case CTypeKind::CMatrix:
    return mangleMatrix(cast<CMatrixType>(type));
  case CTypeKind::CComplex:
    os << 'C';
    return mangle(cast<CComplexType>(type).getElement());
  case CTypeKind::CAtomic:
    os << "U7_Atomic";
    return mangle(cast<CAtomicType>(type).getElement());
  case CTypeKind::CBitInt: {
    auto bitInt = cast<CBitIntType>(type);
    os << (bitInt.getIsUnsigned() ? "DU" : "DB") << bitInt.getBits() << '_';
    return;
  }
  case CTypeKind::CSizeless:
    return mangleSizeless(cast<CSizelessType>(type));
  // Sugar, which canonical types do not have.
  case CTypeKind::CTypedef:
    break;
  }
  llvm_unreachable("not a canonical component type");
}

namespace {
/// Name of a normalised integer; zero bits for types that are no integers.
struct NormalizedInteger {
  bool isSigned = false;
  unsigned bits = 0;
};
} // namespace

static NormalizedInteger getNormalizedInteger(BuiltinKind kind,
                                              const CTypeFacts &facts) {
  switch (kind) {
  case BuiltinKind::Bool:
  case BuiltinKind::UChar:
  case BuiltinKind::Char8:
    return {false, 8};
  case BuiltinKind::Char:
    return {facts.charSigned, 8};
  case BuiltinKind::SChar:
    return {true, 8};
  case BuiltinKind::Short:
    return {true, 16};
  case BuiltinKind::UShort:
  case BuiltinKind::Char16:
    return {false, 16};
  case BuiltinKind::Int:
    return {true, facts.intWidth};
  case BuiltinKind::UInt:
    return {false, facts.intWidth};
  case BuiltinKind::Char32:
    return {false, 32};
  case BuiltinKind::WChar:
    return {facts.wcharSigned, facts.wcharWidth};
  case BuiltinKind::Long:
    return {true, facts.longWidth};
  case BuiltinKind::ULong:
    return {false, facts.longWidth};
  case BuiltinKind::LongLong:
    return {true, 64};
  case BuiltinKind::ULongLong:
    return {false, 64};
  case BuiltinKind::Int128:
    return {true, 128};
  case BuiltinKind::UInt128:
    return {false, 128};
  case BuiltinKind::Void:
  case BuiltinKind::Float16:
  case BuiltinKind::BF16:
  case BuiltinKind::Float:
  case BuiltinKind::Double:
  case BuiltinKind::LongDouble:
  case BuiltinKind::Float128:
  case BuiltinKind::NullPtr:
  case BuiltinKind::VaList:
  case BuiltinKind::Half:
  case BuiltinKind::MFloat8:
  case BuiltinKind::Ibm128:
    return {};
  }
  llvm_unreachable("unknown builtin kind");
}

void Mangler::mangleBuiltin(BuiltinKind kind) {
  if ((kind == BuiltinKind::Int128 || kind == BuiltinKind::UInt128) &&
      !facts.hasInt128)
    return fail("target '" + target.getTriple().str() +
                "' has no type '__int128'");
  if (kind == BuiltinKind::Float128 && !facts.hasFloat128)
    return fail("target '" + target.getTriple().str() +
                "' has no type '__float128'");

  if (normalizeIntegers) {
    NormalizedInteger integer = getNormalizedInteger(kind, facts);
    if (integer.bits) {
      std::string name =
          (integer.isSigned ? "i" : "u") + std::to_string(integer.bits);
      auto [it, isNew] = integerSubstitutions.try_emplace(name, nextIndex);
      if (!isNew)
        return writeIndex(it->second);
      ++nextIndex;
      os << 'u';
      mangleSourceName(name);
      return;
    }
  }

  switch (kind) {
  case BuiltinKind::Void:
    os << 'v';
    return;
  case BuiltinKind::Bool:
    os << 'b';
    return;
  case BuiltinKind::Char:
    os << 'c';
    return;
  case BuiltinKind::SChar:
    os << 'a';
    return;
  case BuiltinKind::UChar:
    os << 'h';
    return;
  case BuiltinKind::Short:
    os << 's';
    return;
  case BuiltinKind::UShort:
    os << 't';
    return;
  case BuiltinKind::Int:
    os << 'i';
    return;
  case BuiltinKind::UInt:
    os << 'j';
    return;
  case BuiltinKind::Long:
    os << 'l';
    return;
  case BuiltinKind::ULong:
    os << 'm';
    return;
  case BuiltinKind::LongLong:
    os << 'x';
    return;
  case BuiltinKind::ULongLong:
    os << 'y';
    return;
  case BuiltinKind::Int128:
    os << 'n';
    return;
  case BuiltinKind::UInt128:
    os << 'o';
    return;
  case BuiltinKind::Float16:
    os << "DF16_";
    return;
  case BuiltinKind::BF16:
    os << (facts.bf16IsVendorType ? "u6__bf16" : "DF16b");
    return;
  case BuiltinKind::Float:
    os << 'f';
    return;
  case BuiltinKind::Double:
    os << 'd';
    return;
  case BuiltinKind::LongDouble:
    os << facts.longDoubleCode;
    return;
  case BuiltinKind::Float128:
    os << 'g';
    return;
  case BuiltinKind::NullPtr:
    os << "Dn";
    return;
  case BuiltinKind::WChar:
    os << 'w';
    return;
  case BuiltinKind::Char8:
    os << "Du";
    return;
  case BuiltinKind::Char16:
    os << "Ds";
    return;
  case BuiltinKind::Char32:
    os << "Di";
    return;
  case BuiltinKind::Half:
    os << "Dh";
    return;
  case BuiltinKind::MFloat8:
    os << "u6__mfp8";
    return;
  case BuiltinKind::Ibm128:
    os << 'g';
    return;
  case BuiltinKind::VaList:
    break;
  }
  llvm_unreachable("va_list is not canonical");
}

/// The AArch64 (`Int8`) and the ARM (`int8_t`) name of a NEON element and its
/// width, by the attribute's rules in the ARM C language extensions.
static std::tuple<StringRef, StringRef, unsigned>
getNeonElement(BuiltinKind kind, bool isPoly) {
  switch (kind) {
  case BuiltinKind::SChar:
    // ARM's poly types have signed elements, AArch64's unsigned ones.
    if (isPoly)
      return {"Poly8", "poly8_t", 8};
    return {"Int8", "int8_t", 8};
  case BuiltinKind::UChar:
    if (isPoly)
      return {"Poly8", "poly8_t", 8};
    return {"Uint8", "uint8_t", 8};
  case BuiltinKind::Short:
    if (isPoly)
      return {"Poly16", "poly16_t", 16};
    return {"Int16", "int16_t", 16};
  case BuiltinKind::UShort:
    if (isPoly)
      return {"Poly16", "poly16_t", 16};
    return {"Uint16", "uint16_t", 16};
  case BuiltinKind::Int:
    return {"Int32", "int32_t", 32};
  case BuiltinKind::UInt:
    return {"Uint32", "uint32_t", 32};
  case BuiltinKind::Long:
  case BuiltinKind::LongLong:
    return {"Int64", "int64_t", 64};
  case BuiltinKind::ULong:
  case BuiltinKind::ULongLong:
    if (isPoly)
      return {"Poly64", "poly64_t", 64};
    return {"Uint64", "uint64_t", 64};
  case BuiltinKind::MFloat8:
    return {"Mfloat8", "mfloat8_t", 8};
  case BuiltinKind::Half:
  case BuiltinKind::Float16:
    return {"Float16", "float16_t", 16};
  case BuiltinKind::BF16:
    return {"Bfloat16", "bfloat16_t", 16};
  case BuiltinKind::Float:
    return {"Float32", "float32_t", 32};
  case BuiltinKind::Double:
    return {"Float64", "float64_t", 64};
  case BuiltinKind::Void:
  case BuiltinKind::Bool:
  case BuiltinKind::Char:
  case BuiltinKind::Int128:
  case BuiltinKind::UInt128:
  case BuiltinKind::LongDouble:
  case BuiltinKind::Float128:
  case BuiltinKind::NullPtr:
  case BuiltinKind::WChar:
  case BuiltinKind::Char8:
  case BuiltinKind::Char16:
  case BuiltinKind::Char32:
  case BuiltinKind::VaList:
  case BuiltinKind::Ibm128:
    return {"", "", 0};
  }
  llvm_unreachable("unknown builtin kind");
}

void Mangler::mangleVector(CVectorType type) {
  bool isPoly = type.getFlavor() == VectorFlavor::NeonPoly;
  switch (type.getFlavor()) {
  case VectorFlavor::GCC:
  case VectorFlavor::Ext:
  case VectorFlavor::AltiVec:
    os << "Dv" << type.getLanes() << '_';
    return mangle(type.getElement());
  // Of these the element is not mangled.
  case VectorFlavor::AltiVecBool:
    os << "Dv" << type.getLanes() << "_b";
    return;
  case VectorFlavor::AltiVecPixel:
    os << "Dv" << type.getLanes() << "_p";
    return;
  case VectorFlavor::Neon:
  case VectorFlavor::NeonPoly: {
    auto builtin = dyn_cast<CBuiltinType>(type.getElement());
    auto [name, armName, bits] =
        builtin ? getNeonElement(builtin.getKind(), isPoly)
                : std::tuple<StringRef, StringRef, unsigned>("", "", 0);
    uint64_t width = uint64_t(bits) * type.getLanes();
    if (width != 64 && width != 128)
      return fail("'" + getReadableType(type) + "' is not a NEON vector");
    const llvm::Triple &triple = target.getTriple();
    // Darwin on AArch64 kept the names of 32-bit ARM.
    if (triple.isAArch64() && !triple.isOSDarwin())
      return mangleSourceName(
          ("__" + name + "x" + Twine(type.getLanes()) + "_t").str());
    return mangleSourceName(
        ((width == 64 ? "__simd64_" : "__simd128_") + armName).str());
  }
  }
  llvm_unreachable("unknown vector flavor");
}

void Mangler::mangleMatrix(CMatrixType type) {
  // A vendor type with template arguments; the dimensions have type size_t.
  BuiltinKind sizeType = BuiltinKind::ULong;
  switch (facts.sizeType) {
  case CIntegerKind::Short:
    sizeType = BuiltinKind::UShort;
    break;
  case CIntegerKind::Int:
    sizeType = BuiltinKind::UInt;
    break;
  case CIntegerKind::Long:
    sizeType = BuiltinKind::ULong;
    break;
  case CIntegerKind::LongLong:
    sizeType = BuiltinKind::ULongLong;
    break;
  }
  os << "u11matrix_typeI";
  for (unsigned dimension : {type.getRows(), type.getColumns()}) {
    os << 'L';
    mangleBuiltin(sizeType);
    os << dimension << 'E';
  }
  mangle(type.getElement());
  os << 'E';
}

void Mangler::mangleSizeless(CSizelessType type) {
  StringRef name = type.getName().getValue();
  // A vector of fixed length is mangled like a template over its scalable type
  // and the number of bits.
  if (type.getBits()) {
    os << (type.getFamily() == SizelessFamily::SVE ? "9__SVE_VLSI"
                                                   : "9__RVV_VLSI");
    os << 'u';
    mangleSourceName(name);
    os << "Lj" << type.getBits() << "EE";
    return;
  }
  // Tuples of SVE vectors are mangled by their name in arm_sve.h, which is not
  // a vendor type.
  if (type.getFamily() == SizelessFamily::SVE && name.consume_front("__clang_"))
    return mangleSourceName(name);
  os << 'u';
  mangleSourceName(name);
}

void Mangler::mangleMemberPointer(MemberPtrType type) {
  os << 'M';
  mangle(type.getClassType());
  // The type of a member function takes a place in the table but is never
  // abbreviated (ABI 5.1.8).
  if (auto fn = dyn_cast<FnType>(type.getPointee())) {
    mangleFunction(fn);
    ++nextIndex;
    return;
  }
  mangle(type.getPointee());
}

static StringRef getCallConvName(CallConv callConv) {
  switch (callConv) {
  case CallConv::MSABI:
    return "ms_abi";
  case CallConv::SysVABI:
    return "sysv_abi";
  case CallConv::Swift:
    return "swiftcall";
  case CallConv::SwiftAsync:
    return "swiftasynccall";
  case CallConv::StdCall:
    return "stdcall";
  case CallConv::FastCall:
    return "fastcall";
  // Not mangled by clang.
  case CallConv::Default:
  case CallConv::VectorCall:
  case CallConv::RegCall:
  case CallConv::PreserveMost:
  case CallConv::PreserveAll:
  case CallConv::PreserveNone:
  case CallConv::AArch64VectorPCS:
  case CallConv::AArch64SVEPCS:
  case CallConv::RISCVVector:
  case CallConv::AAPCS:
  case CallConv::AAPCSVFP:
  case CallConv::ThisCall:
  case CallConv::Pascal:
    return "";
  }
  llvm_unreachable("unknown calling convention");
}

void Mangler::mangleParameter(Type type) {
  // Attributes of a parameter look like vendor qualifiers, but do not make a
  // type that could be abbreviated.
  Qualifiers attributes = getParameterQualifiers(type);
  for (Qualifiers attribute :
       {Qualifiers::SwiftContext, Qualifiers::SwiftAsyncContext,
        Qualifiers::SwiftErrorResult, Qualifiers::SwiftIndirectResult,
        Qualifiers::NoEscape})
    if (bitEnumContainsAny(attributes, attribute)) {
      os << 'U';
      mangleSourceName(stringifyQualifiers(attribute));
    }
  mangle(stripParameterQualifiers(type));
}

void Mangler::mangleFunction(FnType type) {
  // Of a function without a prototype, clang mangles the result and nothing
  // else, not even the calling convention.
  if (type.isUnprototyped()) {
    os << 'F';
    mangle(type.getResult());
    os << 'E';
    return;
  }
  if (type.getSme())
    os << "11__SME_ATTRSI";
  StringRef callConv = getCallConvName(type.getCallConv());
  if (!callConv.empty()) {
    os << 'U';
    mangleSourceName(callConv);
  }
  mangleQualifiers(type.hasFlag(FnFlags::Const),
                   type.hasFlag(FnFlags::Volatile),
                   type.hasFlag(FnFlags::Restrict));
  if (type.hasFlag(FnFlags::NoExcept))
    os << "Do";
  os << 'F';
  mangle(type.getResult());
  for (Type param : type.getParams())
    mangleParameter(param);
  if (type.isVariadic())
    os << 'z';
  else if (type.getParams().empty())
    os << 'v';
  if (type.hasFlag(FnFlags::LValueRef))
    os << 'R';
  if (type.hasFlag(FnFlags::RValueRef))
    os << 'O';
  os << 'E';
  if (type.getSme())
    os << "Lj" << type.getSme() << "EE";
}

llvm::Expected<std::string>
mlir::kcfi::mangleFunctionType(FnType type, bool normalizeIntegers,
                               const TargetInfo &target) {
  Mangler mangler(normalizeIntegers, target, type.getContext());
  mangler.mangleFunction(type);
  return mangler.takeResult();
}
