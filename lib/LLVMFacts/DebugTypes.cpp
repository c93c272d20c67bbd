//===- DebugTypes.cpp - Signatures from debug info -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi/LLVMFacts/DebugTypes.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::kcfi;

namespace dwarf = llvm::dwarf;

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

Type DebugTypes::fail(const Twine &reason) {
  if (gap.empty())
    gap = reason.str();
  return {};
}

template <typename T, typename... Args>
Type DebugTypes::make(Args &&...args) {
  // What is not valid becomes a gap, not an error.
  ScopedDiagnosticHandler handler(context,
                                  [](Diagnostic &) { return success(); });
  Location loc = UnknownLoc::get(context);
  if (Type type = T::getChecked([&] { return emitError(loc); }, context,
                                std::forward<Args>(args)...))
    return type;
  return fail("debug info combines types in a way that C and C++ do not");
}

Type DebugTypes::getBuiltin(BuiltinKind kind) {
  return CBuiltinType::get(context, kind);
}

DebugTypes::Language DebugTypes::getLanguage(const llvm::DICompileUnit *unit) {
  if (!unit)
    return Language::C;
  llvm::DISourceLanguageName name = unit->getSourceLanguage();
  if (name.hasVersionedName()) {
    switch (name.getName()) {
    case dwarf::DW_LNAME_C:
      return name.getVersion() >= 202311 ? Language::C23 : Language::C;
    case dwarf::DW_LNAME_C_plus_plus:
      return Language::Cxx;
    default:
      return Language::Other;
    }
  }
  auto code = static_cast<dwarf::SourceLanguage>(name.getName());
  if (dwarf::isCPlusPlus(code))
    return Language::Cxx;
  if (dwarf::isC(code))
    return Language::C;
  return Language::Other;
}

void DebugTypes::setLanguage(Language value) {
  if (value == language)
    return;
  language = value;
  known.clear();
}

DebugTypes::DebugTypes(const llvm::Module &module, MLIRContext *context,
                       const TargetInfo *target)
    : context(context), target(target) {
  llvm::DebugInfoFinder finder;
  finder.processModule(module);
  for (const llvm::DICompileUnit *unit : finder.compile_units()) {
    Language language = getLanguage(unit);
    if (!llvm::is_contained(languages, language))
      languages.push_back(language);
  }
  functions.insert_range(finder.subprograms());
  for (const llvm::DIType *type : finder.types()) {
    if (auto *function = llvm::dyn_cast<llvm::DISubroutineType>(type))
      functionTypes.insert(function);
    // `typedef struct {...} T, *P;` gives the struct the name T, and
    // `typedef struct {...} *P;` gives it none.
    auto *derived = llvm::dyn_cast<llvm::DIDerivedType>(type);
    if (!derived || derived->getTag() != dwarf::DW_TAG_typedef)
      continue;
    auto *tag =
        llvm::dyn_cast_or_null<llvm::DICompositeType>(derived->getBaseType());
    if (!tag || !tag->getName().empty())
      continue;
    const llvm::DIDerivedType *&entry = typedefNames[tag];
    if (!entry || derived->getLine() < entry->getLine())
      entry = derived;
  }
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static CallConv getCallConv(unsigned code) {
  switch (code) {
  case dwarf::DW_CC_LLVM_Win64:
    return CallConv::MSABI;
  case dwarf::DW_CC_LLVM_X86_64SysV:
    return CallConv::SysVABI;
  case dwarf::DW_CC_LLVM_vectorcall:
    return CallConv::VectorCall;
  case dwarf::DW_CC_LLVM_X86RegCall:
    return CallConv::RegCall;
  case dwarf::DW_CC_LLVM_PreserveMost:
    return CallConv::PreserveMost;
  case dwarf::DW_CC_LLVM_PreserveAll:
    return CallConv::PreserveAll;
  case dwarf::DW_CC_LLVM_PreserveNone:
    return CallConv::PreserveNone;
  case dwarf::DW_CC_LLVM_Swift:
    return CallConv::Swift;
  case dwarf::DW_CC_LLVM_SwiftTail:
    return CallConv::SwiftAsync;
  case dwarf::DW_CC_LLVM_AAPCS:
    return CallConv::AAPCS;
  case dwarf::DW_CC_LLVM_AAPCS_VFP:
    return CallConv::AAPCSVFP;
  case dwarf::DW_CC_BORLAND_stdcall:
    return CallConv::StdCall;
  case dwarf::DW_CC_BORLAND_msfastcall:
    return CallConv::FastCall;
  case dwarf::DW_CC_BORLAND_thiscall:
    return CallConv::ThisCall;
  case dwarf::DW_CC_BORLAND_pascal:
    return CallConv::Pascal;
  // Of the others the name is not mangled either.
  default:
    return CallConv::Default;
  }
}

/// The object parameter of a member function. Its pointee has the qualifiers of
/// the function.
static const llvm::DIDerivedType *
getObjectParameter(llvm::DITypeRefArray types) {
  if (types.size() < 2)
    return nullptr;
  auto *first = llvm::dyn_cast_or_null<llvm::DIDerivedType>(types[1]);
  return first && first->isArtificial() && first->isObjectPointer() ? first
                                                                    : nullptr;
}

Type DebugTypes::convertFunction(const llvm::DISubroutineType *type,
                                 bool *hasObject) {
  llvm::DITypeRefArray types = type->getTypeArray();
  if (types.size() == 0)
    return fail("debug info has no types of functions (line tables only)");
  FnFlags flags = FnFlags::None;
  size_t first = 1;
  if (const llvm::DIDerivedType *object = getObjectParameter(types)) {
    if (hasObject)
      *hasObject = true;
    first = 2;
    const llvm::DIType *pointee = object->getBaseType();
    while (auto *derived =
               llvm::dyn_cast_or_null<llvm::DIDerivedType>(pointee)) {
      if (derived->getTag() == dwarf::DW_TAG_const_type)
        flags |= FnFlags::Const;
      else if (derived->getTag() == dwarf::DW_TAG_volatile_type)
        flags |= FnFlags::Volatile;
      else
        break;
      pointee = derived->getBaseType();
    }
  }
  if (type->getFlags() & llvm::DINode::FlagLValueReference)
    flags |= FnFlags::LValueRef;
  if (type->getFlags() & llvm::DINode::FlagRValueReference)
    flags |= FnFlags::RValueRef;

  Type result = convert(types[0]);
  if (!result)
    return {};
  SmallVector<Type> params;
  for (size_t index = first, size = types.size(); index < size; ++index) {
    if (!types[index]) {
      if (index + 1 != size)
        return fail("debug info has a parameter without a type");
      // Both `(...)` and C's `()` are written like this.
      flags |= params.empty() && language == Language::C ? FnFlags::Unprototyped
                                                         : FnFlags::Variadic;
      break;
    }
    Type param = convert(types[index]);
    if (!param)
      return {};
    params.push_back(param);
  }
  return make<FnType>(ArrayRef<Type>(params), result, flags,
                      getCallConv(type->getCC()), /*sme=*/0u, /*regParm=*/0u,
                      StringAttr());
}

/// What C makes of an argument when there is no prototype.
Type DebugTypes::promote(Type type, const llvm::DIType *source) {
  Type stripped = stripSugarAndQualifiers(type);
  if (auto tag = dyn_cast<TagType>(stripped);
      tag && tag.getKind() == TagKind::Enum) {
    while (auto *derived = llvm::dyn_cast<llvm::DIDerivedType>(source))
      source = derived->getBaseType();
    auto *composite = llvm::dyn_cast<llvm::DICompositeType>(source);
    if (!composite || !composite->getBaseType())
      return fail("debug info does not tell the integer type of an enum");
    type = convert(composite->getBaseType());
    return type ? promote(type, composite->getBaseType()) : Type();
  }
  auto builtin = dyn_cast<CBuiltinType>(stripped);
  if (!builtin)
    return type;
  if (llvm::is_contained({BuiltinKind::Bool, BuiltinKind::Char,
                          BuiltinKind::SChar, BuiltinKind::UChar,
                          BuiltinKind::Short},
                         builtin.getKind()))
    return getBuiltin(BuiltinKind::Int);
  if (builtin.getKind() == BuiltinKind::UShort)
    return getBuiltin(target && target->getCTypeFacts().intWidth == 16
                          ? BuiltinKind::UInt
                          : BuiltinKind::Int);
  if (llvm::is_contained({BuiltinKind::Float, BuiltinKind::Half},
                         builtin.getKind()))
    return getBuiltin(BuiltinKind::Double);
  return type;
}

Type DebugTypes::promoteParams(FnType fn,
                               const llvm::DISubroutineType *source) {
  SmallVector<Type> params;
  for (auto [index, param] : llvm::enumerate(fn.getParams())) {
    params.push_back(promote(param, source->getTypeArray()[index + 1]));
    if (!params.back())
      return {};
  }
  return make<FnType>(ArrayRef<Type>(params), fn.getResult(), fn.getFlags(),
                      fn.getCallConv(), fn.getSme(), fn.getRegParm(),
                      fn.getSalt());
}

DebugSignature DebugTypes::getSignature(const llvm::DISubprogram *function) {
  DebugSignature result;
  setLanguage(getLanguage(function->getUnit()));
  gap.clear();
  const llvm::DISubroutineType *type = function->getType();
  if (language == Language::Other)
    fail("debug info is of another language than C and C++");
  else if (!type)
    fail("debug info has no type of the function");
  else
    result.signature = convertFunction(type, &result.hasImplicitObject);
  auto fn = dyn_cast_or_null<FnType>(result.signature);
  if (fn && language == Language::C && !function->isPrototyped()) {
    // A definition with a list of names is typed by the promoted parameters.
    result.signature = fn.getParams().empty()
                           ? fn.withFlags(FnFlags::Unprototyped)
                           : promoteParams(fn, type);
  } else if (fn && fn.isUnprototyped()) {
    // The function itself does have a prototype: `(...)`.
    result.signature = fn.withFlags(FnFlags::Variadic);
  } else if (fn && language == Language::C) {
    // So is one that has a prototype besides.
    result.promoted = promoteParams(fn, type);
    if (result.promoted == fn)
      result.promoted = Type();
  }
  if (!result.signature)
    result.gap = gap;
  return result;
}

llvm::SetVector<Type> DebugTypes::getAllSignatures() {
  llvm::SetVector<Type> result;
  for (const llvm::DISubprogram *function : functions)
    if (Type signature = getSignature(function).signature)
      result.insert(signature);
  for (Language one : languages) {
    if (one == Language::Other)
      continue;
    setLanguage(one);
    for (const llvm::DISubroutineType *type : functionTypes) {
      gap.clear();
      if (Type signature = convertFunction(type))
        result.insert(signature);
    }
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

Type DebugTypes::convert(const llvm::DIType *type) {
  if (!type)
    return getBuiltin(BuiltinKind::Void);
  auto it = known.find(type);
  if (it != known.end())
    return it->second.type ? it->second.type : fail(it->second.gap);
  // Deeper types cannot be encoded, and damaged metadata may be cyclic.
  if (depth == kMaxTypeDepth)
    return fail("debug info nests types too deeply");
  ++depth;
  llvm::scope_exit leave([&] { --depth; });
  Type result = convertUncached(type);
  known[type] = {result, result ? std::string() : gap};
  return result;
}

Type DebugTypes::convertUncached(const llvm::DIType *type) {
  if (auto *basic = llvm::dyn_cast<llvm::DIBasicType>(type))
    return convertBasic(basic);
  if (auto *derived = llvm::dyn_cast<llvm::DIDerivedType>(type))
    return convertDerived(derived);
  if (auto *composite = llvm::dyn_cast<llvm::DICompositeType>(type))
    return convertComposite(composite);
  if (auto *function = llvm::dyn_cast<llvm::DISubroutineType>(type))
    return convertFunction(function);
  return fail("debug info has a type of another language than C and C++");
}

Type DebugTypes::convertBasic(const llvm::DIBasicType *type) {
  StringRef name = type->getName();
  auto kind = llvm::StringSwitch<std::optional<BuiltinKind>>(name)
                  .Cases({"bool", "_Bool"}, BuiltinKind::Bool)
                  .Case("char", BuiltinKind::Char)
                  .Case("signed char", BuiltinKind::SChar)
                  .Case("unsigned char", BuiltinKind::UChar)
                  .Case("short", BuiltinKind::Short)
                  .Case("unsigned short", BuiltinKind::UShort)
                  .Case("int", BuiltinKind::Int)
                  .Case("unsigned int", BuiltinKind::UInt)
                  .Case("long", BuiltinKind::Long)
                  .Case("unsigned long", BuiltinKind::ULong)
                  .Case("long long", BuiltinKind::LongLong)
                  .Case("unsigned long long", BuiltinKind::ULongLong)
                  .Case("__int128", BuiltinKind::Int128)
                  .Case("unsigned __int128", BuiltinKind::UInt128)
                  .Case("_Float16", BuiltinKind::Float16)
                  .Case("__bf16", BuiltinKind::BF16)
                  .Case("float", BuiltinKind::Float)
                  .Case("double", BuiltinKind::Double)
                  .Case("long double", BuiltinKind::LongDouble)
                  .Case("__float128", BuiltinKind::Float128)
                  .Case("__ibm128", BuiltinKind::Ibm128)
                  .Case("__fp16", BuiltinKind::Half)
                  .Case("__mfp8", BuiltinKind::MFloat8)
                  .Case("wchar_t", BuiltinKind::WChar)
                  .Case("char8_t", BuiltinKind::Char8)
                  .Case("char16_t", BuiltinKind::Char16)
                  .Case("char32_t", BuiltinKind::Char32)
                  .Case("decltype(nullptr)", BuiltinKind::NullPtr)
                  .Default(std::nullopt);
  // Languages have a `bool` and a `char` of their own.
  if (kind && language != Language::Other)
    return getBuiltin(*kind);
  if (name == "complex")
    return convertComplex(type);
  StringRef digits = name;
  bool isUnsigned = digits.consume_front("unsigned ");
  unsigned bits;
  if (digits.consume_front("_BitInt(") && digits.consume_back(")") &&
      !digits.getAsInteger(10, bits))
    return make<CBitIntType>(bits, isUnsigned);
  return fail("debug info has a basic type that is not known: " + name);
}

/// The element is told by encoding and size only.
Type DebugTypes::convertComplex(const llvm::DIBasicType *type) {
  uint64_t bits = type->getSizeInBits() / 2;
  std::optional<BuiltinKind> kind;
  if (type->getEncoding() == dwarf::DW_ATE_complex_float) {
    if (bits == 16)
      kind = BuiltinKind::Float16;
    else if (bits == 32)
      kind = BuiltinKind::Float;
    else if (bits == 64)
      kind = BuiltinKind::Double;
    else
      kind = BuiltinKind::LongDouble;
  }
  // clang has complex integers as an extension and does not tell which.
  if (!kind)
    return fail("debug info does not tell the element of a complex type");
  return make<CComplexType>(getBuiltin(*kind));
}

Type DebugTypes::addQualifier(Qualifiers qualifier, const llvm::DIType *type) {
  Type base = convert(type);
  if (!base)
    return {};
  if (auto qual = dyn_cast<QualType>(base))
    return make<QualType>(qual.getQualifiers() | qualifier,
                          qual.getAddressSpace(), qual.getType());
  return make<QualType>(qualifier, /*addressSpace=*/0u, base);
}

Type DebugTypes::convertPointer(const llvm::DIDerivedType *type) {
  // Only GPU targets tell address spaces, by DWARF's numbers.
  if (type->getDWARFAddressSpace())
    return fail("debug info gives the address space of a pointer by a number "
                "that is not LLVM's");
  Type base = convert(type->getBaseType());
  return base ? make<PtrType>(base) : Type();
}

Type DebugTypes::convertMemberPointer(const llvm::DIDerivedType *type) {
  auto *classType = llvm::dyn_cast_or_null<llvm::DIType>(type->getExtraData());
  if (!classType)
    return fail("debug info has a member pointer without a class");
  Type owner = convert(classType);
  Type member = owner ? convert(type->getBaseType()) : Type();
  return member ? make<MemberPtrType>(owner, member) : Type();
}

/// A typedef vanishes, unless it is the name of a builtin vector, of which
/// debug info has no other trace.
Type DebugTypes::convertNamed(const llvm::DIDerivedType *type) {
  StringRef name = type->getName();
  auto *vector =
      llvm::dyn_cast_or_null<llvm::DICompositeType>(type->getBaseType());
  if (!vector || !vector->isVector())
    return convert(type->getBaseType());
  auto makeSizeless = [&](SizelessFamily family) {
    return make<CSizelessType>(family, StringAttr::get(context, name), 0u);
  };
  if (name.starts_with("__SV") || name.starts_with("__clang_sv"))
    return makeSizeless(SizelessFamily::SVE);
  if (name.starts_with("__rvv_"))
    return makeSizeless(SizelessFamily::RVV);
  Type base = convert(vector);
  auto plain = dyn_cast_or_null<CVectorType>(base);
  bool isArm =
      target && (target->getTriple().isAArch64() ||
                 target->getTriple().isARM() || target->getTriple().isThumb());
  // int32x4_t, poly8x16_t ... of arm_neon.h.
  bool isNeonName =
      name.consume_back("_t") && name.contains('x') &&
      llvm::isDigit(name.back()) &&
      llvm::any_of(ArrayRef<StringRef>{"int", "uint", "float", "bfloat",
                                       "mfloat", "poly"},
                   [&](StringRef prefix) { return name.starts_with(prefix); });
  if (!plain || !isArm || !isNeonName)
    return base;
  return make<CVectorType>(plain.getLanes(), plain.getElement(),
                           name.starts_with("poly") ? VectorFlavor::NeonPoly
                                                    : VectorFlavor::Neon);
}

Type DebugTypes::convertDerived(const llvm::DIDerivedType *type) {
  const llvm::DIType *base = type->getBaseType();
  switch (type->getTag()) {
  case dwarf::DW_TAG_const_type:
    return addQualifier(Qualifiers::Const, base);
  case dwarf::DW_TAG_volatile_type:
    return addQualifier(Qualifiers::Volatile, base);
  case dwarf::DW_TAG_restrict_type:
    return addQualifier(Qualifiers::Restrict, base);
  case dwarf::DW_TAG_typedef:
  case dwarf::DW_TAG_template_alias:
    return convertNamed(type);
  case dwarf::DW_TAG_pointer_type:
    return convertPointer(type);
  case dwarf::DW_TAG_ptr_to_member_type:
    return convertMemberPointer(type);
  case dwarf::DW_TAG_atomic_type: {
    Type element = convert(base);
    return element ? make<CAtomicType>(element) : Type();
  }
  case dwarf::DW_TAG_reference_type: {
    Type pointee = convert(base);
    return pointee ? make<LValueRefType>(pointee) : Type();
  }
  case dwarf::DW_TAG_rvalue_reference_type: {
    Type pointee = convert(base);
    return pointee ? make<RValueRefType>(pointee) : Type();
  }
  default:
    return fail("debug info has a type that is not known: " +
                dwarf::TagString(type->getTag()));
  }
}

Type DebugTypes::convertComposite(const llvm::DICompositeType *type) {
  switch (type->getTag()) {
  case dwarf::DW_TAG_array_type:
    return convertArray(type);
  case dwarf::DW_TAG_structure_type:
  case dwarf::DW_TAG_class_type:
  case dwarf::DW_TAG_union_type:
  case dwarf::DW_TAG_enumeration_type:
    return convertTag(type);
  default:
    return fail("debug info has a type that is not known: " +
                dwarf::TagString(type->getTag()));
  }
}

Type DebugTypes::convertArray(const llvm::DICompositeType *type) {
  Type result = convert(type->getBaseType());
  if (!result)
    return {};
  // Dimensions are listed outermost first.
  llvm::DINodeArray elements = type->getElements();
  for (unsigned index = elements.size(); index-- > 0;) {
    auto *range = llvm::dyn_cast_or_null<llvm::DISubrange>(elements[index]);
    if (!range)
      return fail("debug info does not tell the size of an array");
    int64_t size = CArrayType::kIncomplete;
    llvm::DISubrange::BoundType count = range->getCount();
    if (auto *constant = llvm::dyn_cast_if_present<llvm::ConstantInt *>(count))
      size = constant->getSExtValue();
    else if (count)
      size = CArrayType::kVariable;
    if (type->isVector())
      result = size > 0 && llvm::isUInt<32>(size)
                   ? make<CVectorType>(static_cast<unsigned>(size), result,
                                       VectorFlavor::GCC)
                   : fail("debug info does not tell the size of a vector");
    else
      result =
          make<CArrayType>(size == -1 ? CArrayType::kIncomplete : size, result);
    if (!result)
      return {};
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Tags
//===----------------------------------------------------------------------===//

static TagKind getTagKind(unsigned tag) {
  switch (tag) {
  case dwarf::DW_TAG_class_type:
    return TagKind::Class;
  case dwarf::DW_TAG_union_type:
    return TagKind::Union;
  case dwarf::DW_TAG_enumeration_type:
    return TagKind::Enum;
  default:
    return TagKind::Struct;
  }
}

StringRef DebugTypes::getTagName(const llvm::DICompositeType *type) {
  StringRef name = type->getName();
  if (name.empty())
    if (const llvm::DIDerivedType *typedefType = typedefNames.lookup(type))
      name = typedefType->getName();
  // Template arguments are told apart from the name.
  return name.take_until([](char c) { return c == '<'; });
}

bool DebugTypes::getScopes(const llvm::DIScope *scope,
                           SmallVectorImpl<Attribute> &scopes,
                           StringAttr &function) {
  for (; scope; scope = scope->getScope()) {
    if (llvm::isa<llvm::DIFile, llvm::DICompileUnit, llvm::DIModule>(scope))
      break;
    if (llvm::isa<llvm::DILexicalBlockBase>(scope))
      continue;
    if (auto *subprogram = llvm::dyn_cast<llvm::DISubprogram>(scope)) {
      if (language == Language::Cxx || !scopes.empty()) {
        fail("a type is local to a function of C++");
        return false;
      }
      function = StringAttr::get(context, subprogram->getName());
      break;
    }
    if (auto *space = llvm::dyn_cast<llvm::DINamespace>(scope)) {
      StringRef name = space->getName();
      scopes.push_back(ScopeAttr::get(
          context, name.empty() ? StringAttr() : StringAttr::get(context, name),
          ArrayAttr()));
      continue;
    }
    auto *owner = llvm::dyn_cast<llvm::DICompositeType>(scope);
    StringRef name = owner ? getTagName(owner) : StringRef();
    ArrayAttr args;
    if (name.empty() || !getTemplateArgs(owner, args)) {
      fail("a type is local to something without a name");
      return false;
    }
    scopes.push_back(
        ScopeAttr::get(context, StringAttr::get(context, name), args));
  }
  std::reverse(scopes.begin(), scopes.end());
  return true;
}

Attribute DebugTypes::getTemplateArg(const llvm::DINode *node) {
  if (auto *param = llvm::dyn_cast<llvm::DITemplateTypeParameter>(node)) {
    Type type = convert(param->getType());
    return type ? TypeAttr::get(type) : Attribute();
  }
  auto *param = llvm::dyn_cast<llvm::DITemplateValueParameter>(node);
  if (!param) {
    fail("debug info has a template argument that is not known");
    return {};
  }
  switch (param->getTag()) {
  case dwarf::DW_TAG_GNU_template_parameter_pack: {
    SmallVector<Attribute> args;
    if (auto *list = llvm::dyn_cast_or_null<llvm::MDTuple>(param->getValue()))
      for (const llvm::MDOperand &operand : list->operands()) {
        auto *element = llvm::dyn_cast_or_null<llvm::DINode>(operand.get());
        Attribute arg = element ? getTemplateArg(element) : Attribute();
        if (!arg)
          return {};
        args.push_back(arg);
      }
    return TemplatePackAttr::get(context, ArrayAttr::get(context, args));
  }
  case dwarf::DW_TAG_GNU_template_template_param: {
    auto *text = llvm::dyn_cast_or_null<llvm::MDString>(param->getValue());
    SmallVector<StringRef> names;
    if (text)
      text->getString().split(names, "::");
    if (names.empty() || llvm::is_contained(names, "")) {
      fail("debug info has a template argument that is not known");
      return {};
    }
    SmallVector<Attribute> scopes;
    for (StringRef name : ArrayRef(names).drop_back())
      scopes.push_back(
          ScopeAttr::get(context, StringAttr::get(context, name), ArrayAttr()));
    return TemplateNameAttr::get(
        context, StringAttr::get(context, names.back()),
        scopes.empty() ? ArrayAttr() : ArrayAttr::get(context, scopes));
  }
  default:
    break;
  }
  auto *constant =
      llvm::dyn_cast_or_null<llvm::ConstantAsMetadata>(param->getValue());
  auto *number = constant
                     ? llvm::dyn_cast<llvm::ConstantInt>(constant->getValue())
                     : nullptr;
  if (!number || !param->getType()) {
    fail("debug info does not tell the value of a template argument");
    return {};
  }
  Type type = convert(param->getType());
  if (!type)
    return {};
  const llvm::DIType *base = param->getType();
  while (base && !llvm::isa<llvm::DIBasicType>(base)) {
    if (auto *derived = llvm::dyn_cast<llvm::DIDerivedType>(base))
      base = derived->getBaseType();
    else if (auto *tag = llvm::dyn_cast<llvm::DICompositeType>(base))
      base = tag->getBaseType();
    else
      base = nullptr;
  }
  bool isSigned =
      base && llvm::cast<llvm::DIBasicType>(base)->getSignedness() ==
                  llvm::DIBasicType::Signedness::Signed;
  return TemplateValueAttr::get(
      context, stripSugarAndQualifiers(type),
      StringAttr::get(context,
                      llvm::toString(number->getValue(), 10, isSigned)));
}

/// False after `fail`. `args` stays null for what is no template.
bool DebugTypes::getTemplateArgs(const llvm::DICompositeType *type,
                                 ArrayAttr &args) {
  llvm::DITemplateParameterArray params = type->getTemplateParams();
  if (params.size() == 0) {
    if (!type->getName().contains('<'))
      return true;
    // A class that is declared only has its arguments in the name only.
    fail("debug info does not tell the arguments of a template");
    return false;
  }
  SmallVector<Attribute> list;
  for (const llvm::DITemplateParameter *param : params) {
    Attribute arg = getTemplateArg(param);
    if (!arg)
      return false;
    list.push_back(arg);
  }
  args = ArrayAttr::get(context, list);
  return true;
}

/// The number behind the last `Ut` of the unique name that C++ gives an unnamed
/// member type: none, 0, 1, ... as 1, 2, 3, ...
static std::optional<unsigned> getUnnamedNumber(StringRef identifier) {
  size_t start = identifier.rfind("Ut");
  if (start == StringRef::npos || !identifier.consume_back("_E"))
    return std::nullopt;
  StringRef digits = identifier.drop_front(start + 2);
  unsigned number;
  if (digits.empty())
    return 0;
  if (digits.getAsInteger(10, number))
    return std::nullopt;
  return number + 1;
}

Type DebugTypes::convertTag(const llvm::DICompositeType *type) {
  StringRef name = getTagName(type);
  // The struct of the AAPCS stands in namespace std, which debug info of C does
  // not tell.
  if (name == "__va_list" && target &&
      target->getCTypeFacts().vaList == VaListKind::StdVaList)
    return getBuiltin(BuiltinKind::VaList);
  SmallVector<Attribute> scopes;
  StringAttr function;
  ArrayAttr args;
  if (!getScopes(type->getScope(), scopes, function) ||
      !getTemplateArgs(type, args))
    return {};
  bool isCxx = language == Language::Cxx;
  TagKind kind = getTagKind(type->getTag());
  if (name.empty()) {
    std::optional<unsigned> number =
        isCxx ? getUnnamedNumber(type->getIdentifier()) : 0;
    if (scopes.empty() || function || !number)
      return fail("a type has no name: its encoding depends on the order in "
                  "which the compiler met such types");
    return make<TagType>(kind, StringAttr(), *number, isCxx, ArrayAttr(),
                         ArrayAttr::get(context, scopes), StringAttr());
  }
  // In C, named tags have no enclosing names but those of functions.
  bool hasScope = isCxx && !scopes.empty();
  return make<TagType>(kind, StringAttr::get(context, name), 0u, false, args,
                       hasScope ? ArrayAttr::get(context, scopes) : ArrayAttr(),
                       function);
}
