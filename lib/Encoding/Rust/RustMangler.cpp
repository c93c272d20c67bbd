//===- RustMangler.cpp - rustc's encoding of Rust types -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The Itanium C++ ABI with vendor-extended types, as rustc's rustc_sanitizers
// (cfi/typeid/itanium_cxx_abi/encode.rs) writes it. docs/TypeIds.md explains it
// with examples.
//
//===----------------------------------------------------------------------===//

#include "RustMangler.h"
#include "kcfi/IR/ReadableType.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace {
/// What is abbreviated: a type, region, constant or predicate. A pointer or
/// reference stands for two or three keys, of which `role` tells.
struct Key {
  enum Role : uint8_t { Plain, Const, Mut };
  const void *identity;
  Role role;
};

class RustMangler {
public:
  std::string mangle(RustFnType fn, bool cMode) {
    return "_ZTS" + mangleFunction(fn, cMode);
  }
  const std::string &getError() const { return error; }

private:
  std::string mangle(Type type);
  std::string mangleUnsubstituted(Type type);
  std::string mangleFunction(RustFnType fn, bool cMode);
  std::string mangleReference(RustRefType type);
  std::string mangleRawPointer(RustPtrType type);
  std::string mangleClosure(RustClosureType type);
  std::string mangleAdt(RustAdtType type);
  std::string manglePath(RustItemAttr item, ArrayRef<Attribute> args);
  std::string mangleTypes(ArrayRef<Type> types);
  std::string mangleArg(Attribute arg);
  std::string mangleArgs(ArrayRef<Attribute> args);
  std::string mangleRegion(RustRegionAttr region);
  std::string mangleConst(RustConstAttr constant);
  std::string manglePredicate(RustPredicateAttr predicate);

  /// The text of a component, or its abbreviation if it was there before.
  std::string substitute(Key key, llvm::function_ref<std::string()> makeText);

  /// `repr(C)` types have their bare name.
  bool inCMode = false;
  std::string error;

  struct Entry {
    unsigned index;
    /// Its parts have been written outside of C mode.
    bool hasAllParts;
  };
  llvm::DenseMap<std::pair<const void *, unsigned>, Entry> dictionary;
};
} // namespace

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

static std::string toBase(unsigned value, unsigned base, StringRef digits) {
  std::string text;
  do {
    text.insert(text.begin(), digits[value % base]);
    value /= base;
  } while (value);
  return text;
}

/// `s_` for 0, `s0_` for 1, and so on in base 62.
static std::string mangleDisambiguator(unsigned value) {
  constexpr StringLiteral kDigits("0123456789abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  return value == 0 ? "s_" : "s" + toBase(value - 1, 62, kDigits) + "_";
}

static std::string mangleIndex(unsigned index) {
  constexpr StringLiteral kDigits("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  return index == 0 ? "S_" : "S" + toBase(index - 1, 36, kDigits) + "_";
}

static std::string withLength(StringRef name) {
  return std::to_string(name.size()) + name.str();
}

//===----------------------------------------------------------------------===//
// Substitution
//===----------------------------------------------------------------------===//

std::string
RustMangler::substitute(Key key, llvm::function_ref<std::string()> makeText) {
  std::pair<const void *, unsigned> id(key.identity, key.role);
  auto it = dictionary.find(id);
  if (it != dictionary.end() && (it->second.hasAllParts || inCMode))
    return mangleIndex(it->second.index);
  // rustc writes the parts even of what it then abbreviates. They are in the
  // dictionary already, unless the first time left out the arguments of types
  // that have their bare name.
  std::string text = makeText();
  it = dictionary.find(id);
  if (it != dictionary.end()) {
    it->second.hasAllParts = true;
    return mangleIndex(it->second.index);
  }
  // Parts come first; a type cannot be a part of itself.
  unsigned index = dictionary.size();
  dictionary[id] = {index, !inCMode};
  return text;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// The code of a builtin type of the ABI; empty for vendor-extended types,
/// which are components.
static StringRef getBuiltinCode(Type type) {
  if (auto tuple = dyn_cast<RustTupleType>(type))
    return tuple.isUnit() ? "v" : "";
  auto primitive = dyn_cast<RustPrimitiveType>(type);
  if (!primitive)
    return "";
  switch (primitive.getKind()) {
  case RustPrimitive::Bool:
    return "b";
  case RustPrimitive::F16:
    return "Dh";
  case RustPrimitive::F32:
    return "f";
  case RustPrimitive::F64:
    return "d";
  case RustPrimitive::F128:
    return "g";
  case RustPrimitive::Char:
  case RustPrimitive::Str:
  case RustPrimitive::Never:
  case RustPrimitive::I8:
  case RustPrimitive::I16:
  case RustPrimitive::I32:
  case RustPrimitive::I64:
  case RustPrimitive::I128:
  case RustPrimitive::ISize:
  case RustPrimitive::U8:
  case RustPrimitive::U16:
  case RustPrimitive::U32:
  case RustPrimitive::U64:
  case RustPrimitive::U128:
  case RustPrimitive::USize:
    return "";
  }
  llvm_unreachable("unknown primitive type");
}

/// The text of `cfi_encoding` is a builtin type of the ABI. (`Dn` is none to
/// rustc.)
static bool isBuiltinEncoding(StringRef text) {
  return text == "Dh" ||
         (text.size() == 1 &&
          StringRef("vwbcahstijlmxynofdegz").contains(text.front()));
}

std::string RustMangler::mangle(Type type) {
  if (StringRef code = getBuiltinCode(type); !code.empty())
    return code.str();
  // These two are more than one component.
  if (auto ref = dyn_cast<RustRefType>(type))
    return mangleReference(ref);
  if (auto ptr = dyn_cast<RustPtrType>(type))
    return mangleRawPointer(ptr);
  if (auto adt = dyn_cast<RustAdtType>(type))
    if (StringAttr encoding = adt.getItem().getCfiEncoding())
      if (isBuiltinEncoding(encoding))
        return encoding.str();
  return substitute({type.getAsOpaquePointer(), Key::Plain},
                    [&] { return mangleUnsubstituted(type); });
}

std::string RustMangler::mangleUnsubstituted(Type type) {
  switch (getRustTypeKind(type)) {
  case RustTypeKind::RustPrimitive:
    return "u" + withLength(stringifyRustPrimitive(
                     cast<RustPrimitiveType>(type).getKind()));
  case RustTypeKind::RustFn: {
    auto fn = cast<RustFnType>(type);
    // Other than at the top, only the ABI as it is spelled counts.
    bool cMode = fn.getAbi() == RustAbi::C || fn.getAbi() == RustAbi::CUnwind;
    return "P" + mangleFunction(fn, cMode);
  }
  case RustTypeKind::RustFnItem: {
    auto item = cast<RustFnItemType>(type);
    return manglePath(item.getItem(), item.getArgs().getValue());
  }
  case RustTypeKind::RustClosure:
    return mangleClosure(cast<RustClosureType>(type));
  case RustTypeKind::RustCoroutine: {
    auto coroutine = cast<RustCoroutineType>(type);
    return manglePath(coroutine.getItem(), coroutine.getArgs().getValue());
  }
  case RustTypeKind::RustSlice:
    return "u5sliceI" + mangle(cast<RustSliceType>(type).getElement()) + "E";
  case RustTypeKind::RustArray: {
    auto array = cast<RustArrayType>(type);
    return "A" + std::to_string(array.getSize()) + mangle(array.getElement());
  }
  case RustTypeKind::RustTuple:
    return "u5tupleI" + mangleTypes(cast<RustTupleType>(type).getElements()) +
           "E";
  case RustTypeKind::RustPat: {
    auto pat = cast<RustPatType>(type);
    return "u3patI" + mangle(pat.getBase()) + pat.getPattern().str() + "E";
  }
  case RustTypeKind::RustAdt:
    return mangleAdt(cast<RustAdtType>(type));
  case RustTypeKind::RustForeign: {
    RustItemAttr item = cast<RustForeignType>(type).getItem();
    if (StringAttr encoding = item.getCfiEncoding())
      return encoding.str();
    return withLength(item.getName());
  }
  case RustTypeKind::RustDyn: {
    auto dyn = cast<RustDynType>(type);
    std::string text = "u3dynI";
    for (auto predicate : dyn.getPredicates().getAsRange<RustPredicateAttr>())
      text += manglePredicate(predicate);
    return text + mangleRegion(dyn.getRegion()) + "E";
  }
  case RustTypeKind::RustParam:
    return "u5param";
  case RustTypeKind::RustReceiver:
    return "u8receiverI" + mangle(cast<RustReceiverType>(type).getPointer()) +
           "E";
  // Components of more than one key.
  case RustTypeKind::RustRef:
  case RustTypeKind::RustPtr:
    break;
  }
  llvm_unreachable("not a component of one key");
}

std::string RustMangler::mangleFunction(RustFnType fn, bool cMode) {
  bool outer = inCMode;
  inCMode = cMode;
  std::string text = "F" + mangle(fn.getResult());
  text += mangleTypes(fn.getParams());
  if (fn.isVariadic())
    text += "z";
  else if (fn.getParams().empty())
    text += "v";
  inCMode = outer;
  return text + "E";
}

/// `&mut T` is a qualified `&T`.
std::string RustMangler::mangleReference(RustRefType type) {
  auto shared = RustRefType::get(type.getContext(), type.getRegion(),
                                 /*isMut=*/false, type.getReferent());
  auto mangleShared = [&] {
    return substitute({shared.getAsOpaquePointer(), Key::Plain}, [&] {
      return "u3refI" + mangle(type.getReferent()) + "E";
    });
  };
  if (!type.getIsMut())
    return mangleShared();
  return substitute({type.getAsOpaquePointer(), Key::Mut},
                    [&] { return "U3mut" + mangleShared(); });
}

/// `*const T` is a pointer to a qualified `T`.
std::string RustMangler::mangleRawPointer(RustPtrType type) {
  return substitute({type.getAsOpaquePointer(), Key::Plain}, [&] {
    if (type.getIsMut())
      return "P" + mangle(type.getPointee());
    return "P" +
           substitute({type.getPointee().getAsOpaquePointer(), Key::Const},
                      [&] { return "K" + mangle(type.getPointee()); });
  });
}

static RustPrimitive getKindType(RustClosureKind kind) {
  switch (kind) {
  case RustClosureKind::Fn:
    return RustPrimitive::I8;
  case RustClosureKind::FnMut:
    return RustPrimitive::I16;
  case RustClosureKind::FnOnce:
    return RustPrimitive::I32;
  }
  llvm_unreachable("unknown kind of closure");
}

/// rustc keeps kind, signature and captures of a closure as types among its
/// arguments.
std::string RustMangler::mangleClosure(RustClosureType type) {
  MLIRContext *context = type.getContext();
  SmallVector<Attribute> args(type.getArgs().getValue());
  args.push_back(TypeAttr::get(
      RustPrimitiveType::get(context, getKindType(type.getKind()))));
  args.push_back(TypeAttr::get(type.getSignature()));
  args.push_back(
      TypeAttr::get(RustTupleType::get(context, type.getCaptures())));
  return manglePath(type.getItem(), args);
}

std::string RustMangler::mangleAdt(RustAdtType type) {
  RustItemAttr item = type.getItem();
  if (StringAttr encoding = item.getCfiEncoding())
    return encoding.str();
  if (item.getRepr() == RustRepr::C && inCMode)
    return withLength(item.getName());
  return manglePath(item, type.getArgs().getValue());
}

//===----------------------------------------------------------------------===//
// Paths and arguments
//===----------------------------------------------------------------------===//

static char getTagCode(RustPathTag tag) {
  switch (tag) {
  case RustPathTag::Type:
    return 't';
  case RustPathTag::Value:
    return 'v';
  case RustPathTag::Impl:
    return 'I';
  case RustPathTag::ForeignMod:
    return 'F';
  case RustPathTag::Closure:
    return 'C';
  case RustPathTag::Constructor:
    return 'c';
  case RustPathTag::Constant:
    return 'K';
  case RustPathTag::Opaque:
    return 'i';
  case RustPathTag::Synthetic:
    return 's';
  case RustPathTag::Nested:
    return 'n';
  }
  llvm_unreachable("unknown tag of a path segment");
}

/// An underscore keeps digits of a name apart from its length, and does not
/// count.
static std::string mangleName(StringRef name) {
  bool needsSeparator = llvm::isDigit(name.front()) || name.front() == '_';
  return std::to_string(name.size()) + (needsSeparator ? "_" : "") + name.str();
}

std::string RustMangler::manglePath(RustItemAttr item,
                                    ArrayRef<Attribute> args) {
  std::string tags, names;
  for (auto segment : item.getPath().getAsRange<RustSegmentAttr>()) {
    tags.insert(0, std::string("N") + getTagCode(segment.getTag()));
    if (segment.getDisambiguator())
      names += mangleDisambiguator(segment.getDisambiguator());
    names += mangleName(segment.getSpelling());
  }
  std::string path = tags + "C" + item.getCrateId().str() +
                     mangleName(item.getCrate()) + names;
  return "u" + withLength(path) + mangleArgs(args);
}

std::string RustMangler::mangleTypes(ArrayRef<Type> types) {
  std::string text;
  for (Type type : types)
    text += mangle(type);
  return text;
}

std::string RustMangler::mangleArg(Attribute arg) {
  if (auto region = dyn_cast<RustRegionAttr>(arg))
    return mangleRegion(region);
  if (auto constant = dyn_cast<RustConstAttr>(arg))
    return mangleConst(constant);
  return mangle(cast<TypeAttr>(arg).getValue());
}

std::string RustMangler::mangleArgs(ArrayRef<Attribute> args) {
  if (args.empty())
    return "";
  std::string text = "I";
  for (Attribute arg : args)
    text += mangleArg(arg);
  return text + "E";
}

std::string RustMangler::mangleRegion(RustRegionAttr region) {
  return substitute({region.getAsOpaquePointer(), Key::Plain}, [&] {
    std::string text = "u6region";
    if (region.getKind() != RustRegionKind::Bound)
      return text;
    text += "I";
    if (region.getBinder())
      text += mangleDisambiguator(region.getBinder());
    return text + std::to_string(region.getIndex()) + "E";
  });
}

std::string RustMangler::mangleConst(RustConstAttr constant) {
  return substitute({constant.getAsOpaquePointer(), Key::Plain}, [&] {
    std::string text = "L" + mangle(constant.getType());
    if (constant.getIsParam())
      return text + "E";
    auto type = dyn_cast<RustPrimitiveType>(constant.getType());
    if (type && type.getKind() == RustPrimitive::Char && error.empty())
      error = "a constant of type 'char' has an encoding with normalized "
              "integers only";
    StringRef value = constant.getValue().getValue();
    // rustc says that a number is negative and writes its sign, too.
    return text + (value.starts_with("-") ? "n" : "") + value.str() + "E";
  });
}

std::string RustMangler::manglePredicate(RustPredicateAttr predicate) {
  return substitute({predicate.getAsOpaquePointer(), Key::Plain}, [&] {
    std::string text =
        manglePath(predicate.getItem(), predicate.getArgs().getValue());
    if (predicate.getTerm())
      text += mangleArg(predicate.getTerm());
    return text;
  });
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

/// Whether an ABI is the target's C convention.
static bool isCAbi(RustAbi abi, const llvm::Triple &triple) {
  switch (abi) {
  case RustAbi::C:
  case RustAbi::CUnwind:
  case RustAbi::Cdecl:
  case RustAbi::CdeclUnwind:
    return true;
  case RustAbi::System:
  case RustAbi::SystemUnwind:
    return !triple.isOSWindows() || triple.getArch() != llvm::Triple::x86;
  case RustAbi::Efi:
    return triple.getArch() != llvm::Triple::x86_64 && !triple.isARM() &&
           !triple.isThumb();
  case RustAbi::Rust:
  case RustAbi::SysV64:
  case RustAbi::SysV64Unwind:
  case RustAbi::Win64:
  case RustAbi::Win64Unwind:
  case RustAbi::Aapcs:
  case RustAbi::AapcsUnwind:
  case RustAbi::Stdcall:
  case RustAbi::StdcallUnwind:
  case RustAbi::Fastcall:
  case RustAbi::FastcallUnwind:
  case RustAbi::Thiscall:
  case RustAbi::ThiscallUnwind:
  case RustAbi::Vectorcall:
  case RustAbi::VectorcallUnwind:
  case RustAbi::RustCall:
  case RustAbi::RustCold:
  case RustAbi::RustPreserveNone:
  case RustAbi::Unadjusted:
  case RustAbi::Custom:
  case RustAbi::CmseNonSecureCall:
  case RustAbi::CmseNonSecureEntry:
  case RustAbi::AvrInterrupt:
  case RustAbi::AvrNonBlockingInterrupt:
  case RustAbi::Msp430Interrupt:
  case RustAbi::RiscvInterruptM:
  case RustAbi::RiscvInterruptS:
  case RustAbi::X86Interrupt:
  case RustAbi::GpuKernel:
  case RustAbi::PtxKernel:
    return false;
  }
  llvm_unreachable("unknown ABI");
}

llvm::Expected<std::string>
mlir::kcfi::mangleRustSignature(RustFnType signature,
                                const TargetInfo &target) {
  RustMangler mangler;
  std::string text =
      mangler.mangle(signature, isCAbi(signature.getAbi(), target.getTriple()));
  if (!mangler.getError().empty())
    return llvm::createStringError(mangler.getError());
  return text;
}
