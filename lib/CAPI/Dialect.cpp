//===- Dialect.cpp - Types and attributes in C -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kcfi-c/Dialect.h"
#include "kcfi/IR/KCFITypes.h"
#include "kcfi/InitAll.h"
#include "kcfi/Target/LLVMIR/Import.h"
#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Registration.h"
#include "mlir/CAPI/Support.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"

using namespace mlir;
using namespace mlir::kcfi;

MLIR_DEFINE_CAPI_DIALECT_REGISTRATION(KCFI, kcfi, mlir::kcfi::KCFIDialect)

void kcfiRegisterAllDialects(MlirDialectRegistry registry) {
  DialectRegistry &all = *unwrap(registry);
  registerAllDialects(all);
  registerAllExtensions(all);
  registerAll(all);
  registerAllFromLLVMIRTranslations(all);
  registerAllToLLVMIRTranslations(all);
  registerKCFIDialectImport(all);
  // MLIR would attach the operation to each error, with all of its debug info
  // written out in place: minutes for the module of a program.
  all.addExtension(+[](MLIRContext *context, KCFIDialect *) {
    context->printOpOnDiagnostic(false);
  });
}

MlirStringRef kcfiGetVersion() { return wrap(StringRef(KCFI_VERSION_STRING)); }

//===----------------------------------------------------------------------===//
// Parameters as attributes
//===----------------------------------------------------------------------===//

namespace {
/// How the values of C++ type `T` become attributes and come back. `decode`
/// returns nothing for an attribute that is none of them.
template <typename T, typename = void>
struct Codec;

/// Attributes stand for themselves.
template <typename T>
struct Codec<T, std::enable_if_t<std::is_base_of_v<Attribute, T>>> {
  using Value = T;
  using Storage = T;
  static Attribute encode(MLIRContext *, T value) { return value; }
  static std::optional<T> decode(Attribute attr) {
    // Verifiers expect lists without gaps.
    if (auto array = dyn_cast<ArrayAttr>(attr))
      if (llvm::is_contained(array, Attribute()))
        return std::nullopt;
    if (auto value = dyn_cast<T>(attr))
      return value;
    return std::nullopt;
  }
  static std::string describe() {
    if constexpr (std::is_same_v<T, ArrayAttr>)
      return "a list";
    else if constexpr (std::is_same_v<T, StringAttr>)
      return "a string";
    else if constexpr (std::is_same_v<T, Attribute>)
      return "an attribute";
    else
      return "a '" + T::name.str() + "'";
  }
};

template <>
struct Codec<Type> {
  using Value = Type;
  using Storage = Type;
  static Attribute encode(MLIRContext *, Type value) {
    return value ? TypeAttr::get(value) : TypeAttr();
  }
  static std::optional<Type> decode(Attribute attr) {
    if (auto type = dyn_cast<TypeAttr>(attr))
      return type.getValue();
    return std::nullopt;
  }
  static std::string describe() { return "a type"; }
};

template <>
struct Codec<bool> {
  using Value = bool;
  using Storage = bool;
  static Attribute encode(MLIRContext *context, bool value) {
    return BoolAttr::get(context, value);
  }
  static std::optional<bool> decode(Attribute attr) {
    if (auto value = dyn_cast<BoolAttr>(attr))
      return value.getValue();
    return std::nullopt;
  }
  static std::string describe() { return "a bool"; }
};

template <typename T>
struct Codec<
    T, std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool>>> {
  using Value = T;
  using Storage = T;
  static constexpr unsigned kBits = sizeof(T) * 8;
  static Attribute encode(MLIRContext *context, T value) {
    return IntegerAttr::get(
        IntegerType::get(context, 64),
        APInt(64, static_cast<uint64_t>(value), std::is_signed_v<T>));
  }
  static std::optional<T> decode(Attribute attr) {
    auto integer = dyn_cast<IntegerAttr>(attr);
    if (!integer || isa<BoolAttr>(attr))
      return std::nullopt;
    APInt value = integer.getValue();
    if (std::is_signed_v<T> ? value.isSignedIntN(kBits) : value.isIntN(kBits))
      return static_cast<T>(std::is_signed_v<T> ? value.getSExtValue()
                                                : value.getZExtValue());
    return std::nullopt;
  }
  static std::string describe() {
    return "a number of " + std::to_string(kBits) + " bits";
  }
};

/// Keywords.
template <typename T>
struct Codec<T, std::enable_if_t<std::is_enum_v<T>>> {
  using Value = T;
  using Storage = T;
  static Attribute encode(MLIRContext *context, T value) {
    return StringAttr::get(context, stringifyEnum(value));
  }
  static std::optional<T> decode(Attribute attr) {
    if (auto keyword = dyn_cast<StringAttr>(attr))
      return symbolizeEnum<T>(keyword.getValue());
    return std::nullopt;
  }
  static std::string describe() { return "one of its keywords"; }
};

template <typename T>
struct Codec<ArrayRef<T>> {
  using Value = ArrayRef<T>;
  using Storage = SmallVector<T>;
  static Attribute encode(MLIRContext *context, ArrayRef<T> values) {
    SmallVector<Attribute> elements;
    for (T value : values)
      elements.push_back(Codec<T>::encode(context, value));
    return ArrayAttr::get(context, elements);
  }
  static std::optional<Storage> decode(Attribute attr) {
    auto array = dyn_cast<ArrayAttr>(attr);
    if (!array)
      return std::nullopt;
    Storage values;
    for (Attribute element : array) {
      std::optional<T> value;
      if (element)
        value = Codec<T>::decode(element);
      if (!value)
        return std::nullopt;
      values.push_back(*value);
    }
    return values;
  }
  static std::string describe() {
    return "a list, each element " + Codec<T>::describe();
  }
};

using EmitErrorFn = function_ref<InFlightDiagnostic()>;

//===----------------------------------------------------------------------===//
// The table of kinds
//===----------------------------------------------------------------------===//

struct ParameterInfo {
  StringRef name;
  bool isOptional;
};

/// What is known of a kind of types or attributes; `BaseT` is Type or
/// Attribute.
template <typename BaseT>
struct KindInfo {
  StringRef name, fullName;
  TypeID id;
  SmallVector<ParameterInfo> parameters;
  Attribute (*get)(BaseT, size_t);
  BaseT (*make)(const KindInfo &, EmitErrorFn, MLIRContext *,
                ArrayRef<Attribute>);
};

template <auto Accessor>
struct AccessorTraits;
template <typename T, typename ResultT, ResultT (T::*Accessor)() const>
struct AccessorTraits<Accessor> {
  using ValueCodec = Codec<ResultT>;
};

/// Reads one parameter into `value`; emits an error if `attr` does not fit.
template <typename CodecT>
bool decode(StringRef kind, const ParameterInfo &parameter,
            EmitErrorFn emitError, MLIRContext *context, Attribute attr,
            typename CodecT::Storage &value) {
  auto refuse = [&]() -> InFlightDiagnostic {
    return emitError() << "parameter '" << parameter.name << "' of '" << kind
                       << "' ";
  };
  if (!attr) {
    if (parameter.isOptional)
      return true;
    refuse() << "is missing";
    return false;
  }
  if (attr.getContext() != context) {
    refuse() << "belongs to another context";
    return false;
  }
  std::optional<typename CodecT::Storage> decoded = CodecT::decode(attr);
  if (!decoded) {
    refuse() << "has to be " << CodecT::describe() << ", not " << attr;
    return false;
  }
  value = std::move(*decoded);
  return true;
}

/// Whether `T` has rules of its own.
template <typename T, typename = void>
struct HasVerifier : std::false_type {};
template <typename T>
struct HasVerifier<T, std::void_t<decltype(&T::verify)>> : std::true_type {};

template <typename BaseT, typename T, typename... CodecTs, size_t... I>
BaseT makeObject(const KindInfo<BaseT> &info, EmitErrorFn emitError,
                 MLIRContext *context, ArrayRef<Attribute> attrs,
                 std::index_sequence<I...>) {
  std::tuple<typename CodecTs::Storage...> values{};
  if (!(decode<CodecTs>(info.fullName, info.parameters[I], emitError, context,
                        attrs[I], std::get<I>(values)) &&
        ...))
    return nullptr;
  // As values of the parameters' own types: for others there is a template that
  // needs what is private to lib/IR.
  if constexpr (HasVerifier<T>::value)
    return T::getChecked(
        emitError, context,
        static_cast<typename CodecTs::Value>(std::get<I>(values))...);
  else
    return T::get(context,
                  static_cast<typename CodecTs::Value>(std::get<I>(values))...);
}

template <typename BaseT, typename T, auto... Accessors>
struct Reflection {
  static Attribute get(BaseT object, size_t position) {
    MLIRContext *context = object.getContext();
    T value = cast<T>(object);
    Attribute result;
    size_t index = 0;
    ((index++ == position
          ? void(result = AccessorTraits<Accessors>::ValueCodec::encode(
                     context, (value.*Accessors)()))
          : void()),
     ...);
    return result;
  }

  static BaseT make(const KindInfo<BaseT> &info, EmitErrorFn emitError,
                    MLIRContext *context, ArrayRef<Attribute> attrs) {
    return makeObject<BaseT, T,
                      typename AccessorTraits<Accessors>::ValueCodec...>(
        info, emitError, context, attrs,
        std::make_index_sequence<sizeof...(Accessors)>());
  }
};

/// Describes `T`, whose parameters have their names and readers from the
/// definition of the dialect.
template <typename BaseT, typename T>
struct Describer {
  template <auto... Accessors>
  KindInfo<BaseT> visit(StringRef parameters) const {
    KindInfo<BaseT> info;
    info.name = name;
    info.fullName = T::name;
    info.id = TypeID::get<T>();
    SmallVector<StringRef> names;
    parameters.split(names, ' ');
    for (StringRef parameter : names) {
      bool isOptional = parameter.consume_back("?");
      info.parameters.push_back({parameter, isOptional});
    }
    assert(info.parameters.size() == sizeof...(Accessors));
    info.get = Reflection<BaseT, T, Accessors...>::get;
    info.make = Reflection<BaseT, T, Accessors...>::make;
    return info;
  }

  StringRef name;
};

template <typename BaseT, typename T>
KindInfo<BaseT> describe(StringRef name) {
  Describer<BaseT, T> describer{name};
  // MLIR's class of attributes with an enumerator says nothing of itself.
  if constexpr (std::is_same_v<T, CastReasonAttr>)
    return describer.template visit<&T::getValue>("value");
  else
    return T::visitParameters(describer);
}

template <typename BaseT>
class KindTable {
public:
  KindTable();

  /// Null for numbers that are no kind.
  const KindInfo<BaseT> *lookup(size_t kind) const {
    return kind < kinds.size() ? &kinds[kind] : nullptr;
  }
  /// The number of kinds for objects that are of none.
  size_t find(BaseT object) const {
    if (!object)
      return kinds.size();
    auto it = index.find(object.getTypeID());
    return it == index.end() ? kinds.size() : it->second;
  }
  const KindInfo<BaseT> *lookup(BaseT object) const {
    return lookup(find(object));
  }
  static const KindTable &get() {
    static const KindTable table;
    return table;
  }

private:
  void add(size_t kind, KindInfo<BaseT> info) {
    kinds[kind] = std::move(info);
    index[kinds[kind].id] = kind;
  }
  std::vector<KindInfo<BaseT>> kinds;
  DenseMap<TypeID, size_t> index;
};

#define KCFI_TYPE(NAME, FAMILY)                                                \
  static_assert(KCFITypeKind##NAME == static_cast<unsigned>(TypeKind::NAME),   \
                "kcfi-c/Dialect.h has the kinds of TypeKinds.def in order");
#include "kcfi/IR/TypeKinds.def"
constexpr size_t kNumTypeKinds = 0
#define KCFI_TYPE(NAME, FAMILY) +1
#include "kcfi/IR/TypeKinds.def"
    ;
static_assert(KCFITypeKindNone == kNumTypeKinds,
              "kcfi-c/Dialect.h has no other kinds");

template <>
KindTable<Type>::KindTable() : kinds(KCFITypeKindNone) {
#define KCFI_TYPE(NAME, FAMILY)                                                \
  add(KCFITypeKind##NAME, describe<Type, NAME##Type>(#NAME));
#include "kcfi/IR/TypeKinds.def"
}

template <>
KindTable<Attribute>::KindTable() : kinds(KCFIAttributeKindNone) {
#define KCFI_ATTRIBUTE(NAME)                                                   \
  add(KCFIAttributeKind##NAME, describe<Attribute, NAME##Attr>(#NAME));
  KCFI_ATTRIBUTE(Encoding)
  KCFI_ATTRIBUTE(Codegen)
  KCFI_ATTRIBUTE(TypeId)
  KCFI_ATTRIBUTE(Scope)
  KCFI_ATTRIBUTE(TemplateValue)
  KCFI_ATTRIBUTE(TemplatePack)
  KCFI_ATTRIBUTE(TemplateName)
  KCFI_ATTRIBUTE(CastReason)
  KCFI_ATTRIBUTE(RustSegment)
  KCFI_ATTRIBUTE(RustItem)
  KCFI_ATTRIBUTE(RustRegion)
  KCFI_ATTRIBUTE(RustConst)
  KCFI_ATTRIBUTE(RustPredicate)
  KCFI_ATTRIBUTE(RustCallable)
  KCFI_ATTRIBUTE(Equivalences)
#undef KCFI_ATTRIBUTE
}
} // namespace

//===----------------------------------------------------------------------===//
// Kinds
//===----------------------------------------------------------------------===//

template <typename BaseT>
static const KindInfo<BaseT> *lookup(size_t kind) {
  return KindTable<BaseT>::get().lookup(kind);
}

template <typename BaseT>
static const ParameterInfo *lookupParameter(size_t kind, intptr_t pos) {
  const KindInfo<BaseT> *info = lookup<BaseT>(kind);
  // Negative positions are large ones here.
  if (!info || static_cast<size_t>(pos) >= info->parameters.size())
    return nullptr;
  return &info->parameters[pos];
}

template <typename BaseT>
static MlirStringRef getName(size_t kind, StringRef KindInfo<BaseT>::*member) {
  const KindInfo<BaseT> *info = lookup<BaseT>(kind);
  return wrap(info ? info->*member : StringRef());
}

template <typename BaseT>
static MlirTypeID getTypeID(size_t kind) {
  const KindInfo<BaseT> *info = lookup<BaseT>(kind);
  return info ? wrap(info->id) : MlirTypeID{nullptr};
}

template <typename BaseT>
static MlirStringRef getParameterName(size_t kind, intptr_t pos) {
  const ParameterInfo *parameter = lookupParameter<BaseT>(kind, pos);
  return wrap(parameter ? parameter->name : StringRef());
}

template <typename BaseT>
static Attribute getParameter(BaseT object, intptr_t pos) {
  size_t kind = KindTable<BaseT>::get().find(object);
  if (!lookupParameter<BaseT>(kind, pos))
    return nullptr;
  return lookup<BaseT>(kind)->get(object, pos);
}

template <typename BaseT>
static Attribute getParameter(BaseT object, StringRef name) {
  const KindInfo<BaseT> *info = KindTable<BaseT>::get().lookup(object);
  if (!info)
    return nullptr;
  for (auto [pos, parameter] : llvm::enumerate(info->parameters))
    if (parameter.name == name)
      return info->get(object, pos);
  return nullptr;
}

template <typename BaseT>
static BaseT make(Location location, size_t kind,
                  ArrayRef<Attribute> parameters) {
  auto emitErrorHere = [&] { return emitError(location); };
  const KindInfo<BaseT> *info = lookup<BaseT>(kind);
  if (!info) {
    emitErrorHere() << "there is no kind " << kind << " in the kcfi dialect";
    return nullptr;
  }
  MLIRContext *context = location.getContext();
  if (!context->getLoadedDialect<KCFIDialect>()) {
    emitErrorHere() << "the kcfi dialect is not loaded in this context";
    return nullptr;
  }
  if (parameters.size() != info->parameters.size()) {
    emitErrorHere() << "'" << info->fullName << "' has "
                    << info->parameters.size() << " parameters, not "
                    << parameters.size();
    return nullptr;
  }
  BaseT result = info->make(*info, emitErrorHere, context, parameters);
  if (result && isNestedTooDeep(result)) {
    emitErrorHere() << "'" << info->fullName << "' would be nested more than "
                    << kMaxTypeDepth << " levels deep";
    return nullptr;
  }
  return result;
}

template <typename BaseT>
static BaseT make(Location location, size_t kind, intptr_t numParameters,
                  const MlirAttribute *parameters) {
  SmallVector<Attribute> storage;
  return make<BaseT>(location, kind,
                     unwrapList(numParameters, parameters, storage));
}

KCFITypeKind kcfiTypeGetKind(MlirType type) {
  return static_cast<KCFITypeKind>(KindTable<Type>::get().find(unwrap(type)));
}
KCFIAttributeKind kcfiAttributeGetKind(MlirAttribute attr) {
  return static_cast<KCFIAttributeKind>(
      KindTable<Attribute>::get().find(unwrap(attr)));
}

bool kcfiTypeIsA(MlirType type, KCFITypeKind kind) {
  return type.ptr && kind != KCFITypeKindNone && kcfiTypeGetKind(type) == kind;
}
bool kcfiAttributeIsA(MlirAttribute attr, KCFIAttributeKind kind) {
  return attr.ptr && kind != KCFIAttributeKindNone &&
         kcfiAttributeGetKind(attr) == kind;
}

bool kcfiTypeIsSignature(MlirType type) {
  return type.ptr && isSignature(unwrap(type));
}

MlirStringRef kcfiTypeKindGetName(KCFITypeKind kind) {
  return getName<Type>(kind, &KindInfo<Type>::name);
}
MlirStringRef kcfiAttributeKindGetName(KCFIAttributeKind kind) {
  return getName<Attribute>(kind, &KindInfo<Attribute>::name);
}

MlirStringRef kcfiTypeKindGetFullName(KCFITypeKind kind) {
  return getName<Type>(kind, &KindInfo<Type>::fullName);
}
MlirStringRef kcfiAttributeKindGetFullName(KCFIAttributeKind kind) {
  return getName<Attribute>(kind, &KindInfo<Attribute>::fullName);
}

MlirTypeID kcfiTypeKindGetTypeID(KCFITypeKind kind) {
  return getTypeID<Type>(kind);
}
MlirTypeID kcfiAttributeKindGetTypeID(KCFIAttributeKind kind) {
  return getTypeID<Attribute>(kind);
}

intptr_t kcfiTypeKindGetNumParameters(KCFITypeKind kind) {
  const KindInfo<Type> *info = lookup<Type>(kind);
  return info ? info->parameters.size() : 0;
}
intptr_t kcfiAttributeKindGetNumParameters(KCFIAttributeKind kind) {
  const KindInfo<Attribute> *info = lookup<Attribute>(kind);
  return info ? info->parameters.size() : 0;
}

MlirStringRef kcfiTypeKindGetParameterName(KCFITypeKind kind, intptr_t pos) {
  return getParameterName<Type>(kind, pos);
}
MlirStringRef kcfiAttributeKindGetParameterName(KCFIAttributeKind kind,
                                                intptr_t pos) {
  return getParameterName<Attribute>(kind, pos);
}

bool kcfiTypeKindIsParameterOptional(KCFITypeKind kind, intptr_t pos) {
  const ParameterInfo *parameter = lookupParameter<Type>(kind, pos);
  return parameter && parameter->isOptional;
}
bool kcfiAttributeKindIsParameterOptional(KCFIAttributeKind kind,
                                          intptr_t pos) {
  const ParameterInfo *parameter = lookupParameter<Attribute>(kind, pos);
  return parameter && parameter->isOptional;
}

MlirAttribute kcfiTypeGetParameter(MlirType type, intptr_t pos) {
  return wrap(getParameter(unwrap(type), pos));
}
MlirAttribute kcfiAttributeGetParameter(MlirAttribute attr, intptr_t pos) {
  return wrap(getParameter(unwrap(attr), pos));
}

MlirAttribute kcfiTypeGetParameterByName(MlirType type, MlirStringRef name) {
  return wrap(getParameter(unwrap(type), unwrap(name)));
}
MlirAttribute kcfiAttributeGetParameterByName(MlirAttribute attr,
                                              MlirStringRef name) {
  return wrap(getParameter(unwrap(attr), unwrap(name)));
}

MlirType kcfiTypeGetChecked(MlirLocation location, KCFITypeKind kind,
                            intptr_t numParameters,
                            MlirAttribute const *parameters) {
  return wrap(make<Type>(unwrap(location), kind, numParameters, parameters));
}
MlirAttribute kcfiAttributeGetChecked(MlirLocation location,
                                      KCFIAttributeKind kind,
                                      intptr_t numParameters,
                                      MlirAttribute const *parameters) {
  return wrap(
      make<Attribute>(unwrap(location), kind, numParameters, parameters));
}

//===----------------------------------------------------------------------===//
// Common types and attributes
//===----------------------------------------------------------------------===//

namespace {
/// Makes parameters for a context.
struct Parameters {
  explicit Parameters(MlirLocation location)
      : location(unwrap(location)), context(this->location.getContext()) {}

  Attribute keyword(MlirStringRef keyword, StringRef empty = "") const {
    return StringAttr::get(context, keyword.length ? unwrap(keyword) : empty);
  }
  Attribute string(MlirStringRef string) const { return keyword(string); }
  Attribute type(MlirType type) const {
    return Codec<Type>::encode(context, unwrap(type));
  }
  /// A null type among them makes what no list of types is.
  Attribute types(intptr_t count, MlirType const *list) const {
    SmallVector<Attribute> attrs;
    for (intptr_t i = 0; i < count; ++i)
      attrs.push_back(list[i].ptr ? type(list[i]) : UnitAttr::get(context));
    return ArrayAttr::get(context, attrs);
  }
  template <typename T>
  Attribute value(T value) const {
    return Codec<T>::encode(context, value);
  }
  Attribute erasedRegion() const {
    // Nothing can be made without the dialect; make<> says so.
    if (!context->getLoadedDialect<KCFIDialect>())
      return nullptr;
    return RustRegionAttr::get(context, RustRegionKind::Erased, /*binder=*/0,
                               /*index=*/0, /*name=*/StringAttr());
  }
  MlirType make(KCFITypeKind kind, ArrayRef<Attribute> attrs) const {
    return wrap(::make<Type>(location, kind, attrs));
  }

  Location location;
  MLIRContext *context;
};
} // namespace

MlirType kcfiFnTypeGetChecked(MlirLocation location, intptr_t numParams,
                              MlirType const *params, MlirType result,
                              MlirStringRef flags, MlirStringRef callConv,
                              MlirAttribute salt) {
  Parameters p(location);
  return p.make(KCFITypeKindFn,
                {p.types(numParams, params), p.type(result),
                 p.keyword(flags, "none"), p.keyword(callConv, "default"),
                 p.value(0u), p.value(0u), unwrap(salt)});
}

/// The parameters of a function type; nothing for other types.
static std::optional<ArrayRef<Type>> getParams(Type type) {
  if (auto fn = dyn_cast_or_null<FnType>(type))
    return fn.getParams();
  if (auto fn = dyn_cast_or_null<RustFnType>(type))
    return fn.getParams();
  return std::nullopt;
}

intptr_t kcfiFnTypeGetNumParams(MlirType type) {
  std::optional<ArrayRef<Type>> params = getParams(unwrap(type));
  return params ? static_cast<intptr_t>(params->size()) : -1;
}

MlirType kcfiFnTypeGetParam(MlirType type, intptr_t pos) {
  std::optional<ArrayRef<Type>> params = getParams(unwrap(type));
  if (!params || static_cast<size_t>(pos) >= params->size())
    return MlirType{nullptr};
  return wrap((*params)[pos]);
}

MlirType kcfiFnTypeGetResult(MlirType type) {
  if (auto fn = dyn_cast_or_null<FnType>(unwrap(type)))
    return wrap(fn.getResult());
  if (auto fn = dyn_cast_or_null<RustFnType>(unwrap(type)))
    return wrap(fn.getResult());
  return MlirType{nullptr};
}

MlirType kcfiFnPtrTypeGetChecked(MlirLocation location, MlirType signature) {
  Parameters p(location);
  return p.make(KCFITypeKindFnPtr, p.type(signature));
}

MlirType kcfiEncodedTypeGetChecked(MlirLocation location,
                                   MlirStringRef string) {
  Parameters p(location);
  return p.make(KCFITypeKindEncoded, p.string(string));
}

MlirType kcfiRawTypeGetChecked(MlirLocation location, uint32_t id) {
  Parameters p(location);
  return p.make(KCFITypeKindRaw, p.value(id));
}

MlirType kcfiCBuiltinTypeGetChecked(MlirLocation location, MlirStringRef name) {
  Parameters p(location);
  return p.make(KCFITypeKindCBuiltin, p.keyword(name));
}

MlirType kcfiPtrTypeGetChecked(MlirLocation location, MlirType pointee) {
  Parameters p(location);
  return p.make(KCFITypeKindPtr, p.type(pointee));
}

MlirType kcfiQualTypeGetChecked(MlirLocation location, MlirStringRef qualifiers,
                                uint32_t addressSpace, MlirType type) {
  Parameters p(location);
  return p.make(KCFITypeKindQual, {p.keyword(qualifiers, "none"),
                                   p.value(addressSpace), p.type(type)});
}

MlirType kcfiTagTypeGetChecked(MlirLocation location, MlirStringRef keyword,
                               MlirStringRef name) {
  Parameters p(location);
  return p.make(KCFITypeKindTag,
                {p.keyword(keyword), p.string(name), p.value(0u),
                 p.value(false), Attribute(), Attribute(), Attribute()});
}

MlirType kcfiCArrayTypeGetChecked(MlirLocation location, int64_t size,
                                  MlirType element) {
  Parameters p(location);
  return p.make(KCFITypeKindCArray, {p.value(size), p.type(element)});
}

MlirType kcfiRustFnTypeGetChecked(MlirLocation location, intptr_t numParams,
                                  MlirType const *params, MlirType result,
                                  MlirStringRef abi, MlirStringRef flags) {
  Parameters p(location);
  return p.make(KCFITypeKindRustFn,
                {p.types(numParams, params), p.type(result),
                 p.keyword(abi, "Rust"), p.keyword(flags, "none"),
                 p.types(0, nullptr)});
}

MlirType kcfiRustPrimitiveTypeGetChecked(MlirLocation location,
                                         MlirStringRef name) {
  Parameters p(location);
  return p.make(KCFITypeKindRustPrimitive, p.keyword(name));
}

MlirType kcfiRustRefTypeGetChecked(MlirLocation location, bool isMut,
                                   MlirType referent) {
  Parameters p(location);
  return p.make(KCFITypeKindRustRef,
                {p.erasedRegion(), p.value(isMut), p.type(referent)});
}

MlirType kcfiRustPtrTypeGetChecked(MlirLocation location, bool isMut,
                                   MlirType pointee) {
  Parameters p(location);
  return p.make(KCFITypeKindRustPtr, {p.value(isMut), p.type(pointee)});
}

MlirType kcfiRustTupleTypeGetChecked(MlirLocation location,
                                     intptr_t numElements,
                                     MlirType const *elements) {
  Parameters p(location);
  return p.make(KCFITypeKindRustTuple, p.types(numElements, elements));
}

MlirType kcfiRustAdtTypeGetChecked(MlirLocation location, MlirAttribute item,
                                   MlirAttribute args) {
  Parameters p(location);
  return p.make(KCFITypeKindRustAdt,
                {unwrap(item), args.ptr ? unwrap(args) : p.types(0, nullptr)});
}

MlirType kcfiRustDynTypeGetChecked(MlirLocation location,
                                   MlirAttribute predicates) {
  Parameters p(location);
  return p.make(KCFITypeKindRustDyn, {unwrap(predicates), p.erasedRegion()});
}

MlirAttribute kcfiEncodingAttrGetChecked(MlirLocation location,
                                         MlirStringRef hash,
                                         bool normalizeIntegers,
                                         bool generalizePointers) {
  Parameters p(location);
  return wrap(make<Attribute>(p.location, KCFIAttributeKindEncoding,
                              {p.keyword(hash), p.value(normalizeIntegers),
                               p.value(generalizePointers)}));
}

MlirAttribute kcfiTypeIdAttrGetChecked(MlirLocation location, uint32_t id,
                                       MlirAttribute string) {
  Parameters p(location);
  return wrap(make<Attribute>(p.location, KCFIAttributeKindTypeId,
                              {p.value(id), unwrap(string)}));
}

uint32_t kcfiTypeIdAttrGetValue(MlirAttribute attr) {
  auto id = dyn_cast_or_null<TypeIdAttr>(unwrap(attr));
  return id ? id.getValue() : 0;
}
