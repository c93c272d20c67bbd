//===- Kinds.cpp - Types and attributes of the dialect --------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KCFI.h"

#include "kcfi-c/Dialect.h"

#include <cstring>

using namespace mlir::python;
using namespace mlir::kcfi::python;

using OptionalContext = std::optional<ContextPtr>;

namespace {
/// Types and attributes have the same functions of other names.
struct TypeTraits {
  using Raw = MlirType;
  using Object = Type;
  using Kind = KCFITypeKind;
  static constexpr Kind none = KCFITypeKindNone;
  static constexpr auto name = kcfiTypeKindGetName;
  static constexpr auto fullName = kcfiTypeKindGetFullName;
  static constexpr auto typeId = kcfiTypeKindGetTypeID;
  static constexpr auto numParameters = kcfiTypeKindGetNumParameters;
  static constexpr auto parameterName = kcfiTypeKindGetParameterName;
  static constexpr auto isOptional = kcfiTypeKindIsParameterOptional;
  static constexpr auto getByName = kcfiTypeGetParameterByName;
  static constexpr auto getChecked = kcfiTypeGetChecked;
};

struct AttributeTraits {
  using Raw = MlirAttribute;
  using Object = Attribute;
  using Kind = KCFIAttributeKind;
  static constexpr Kind none = KCFIAttributeKindNone;
  static constexpr auto name = kcfiAttributeKindGetName;
  static constexpr auto fullName = kcfiAttributeKindGetFullName;
  static constexpr auto typeId = kcfiAttributeKindGetTypeID;
  static constexpr auto numParameters = kcfiAttributeKindGetNumParameters;
  static constexpr auto parameterName = kcfiAttributeKindGetParameterName;
  static constexpr auto isOptional = kcfiAttributeKindIsParameterOptional;
  static constexpr auto getByName = kcfiAttributeGetParameterByName;
  static constexpr auto getChecked = kcfiAttributeGetChecked;
};
} // namespace

static bool isKind(const Type &type, KCFITypeKind kind) {
  return kcfiTypeIsA(type.raw, kind);
}
static bool isKind(const Attribute &attribute, KCFIAttributeKind kind) {
  return kcfiAttributeIsA(attribute.raw, kind);
}

template <typename Traits>
static typename Traits::Kind findKind(const std::string &name) {
  for (int i = 0; i < Traits::none; ++i) {
    auto kind = static_cast<typename Traits::Kind>(i);
    if (toString(Traits::name(kind)) == name)
      return kind;
  }
  throw nb::value_error(("there is no kind '" + name + "'").c_str());
}

template <typename Traits>
static void bindFamily(nb::module_ &m, const char *prefix) {
  std::string text = prefix;
  m.def(("get_" + text + "_kinds").c_str(),
        [] {
          std::vector<std::pair<std::string, std::string>> result;
          for (int i = 0; i < Traits::none; ++i) {
            auto kind = static_cast<typename Traits::Kind>(i);
            result.emplace_back(toString(Traits::name(kind)),
                                toString(Traits::fullName(kind)));
          }
          return result;
        },
        "Names of all kinds, and their names with the dialect.");
  m.def(("get_" + text + "_parameters").c_str(),
        [](const std::string &name) {
          auto kind = findKind<Traits>(name);
          std::vector<std::pair<std::string, bool>> result;
          for (intptr_t i = 0, e = Traits::numParameters(kind); i < e; ++i)
            result.emplace_back(toString(Traits::parameterName(kind, i)),
                                Traits::isOptional(kind, i));
          return result;
        },
        nb::arg("kind"),
        "Names of the parameters, and whether they may be None.");
  m.def(("is_" + text + "_kind").c_str(),
        [](const typename Traits::Object &object, const std::string &name) {
          return isKind(object, findKind<Traits>(name));
        },
        nb::arg("object"), nb::arg("kind"), "Whether an object is of a kind.");
  m.def(("get_" + text + "_parameter").c_str(),
        [](const typename Traits::Object &object,
           const std::string &name) -> std::optional<nb::object> {
          MlirAttribute value = Traits::getByName(object.raw, toRef(name));
          if (!value.ptr)
            return std::nullopt;
          return wrap(object.context, value);
        },
        nb::arg("object"), nb::arg("name"),
        nb::sig(strdup(("def get_" + text + "_parameter(object: " +
                        (text == "type" ? "Type" : "Attribute") +
                        ", name: str) -> Attribute | None")
                           .c_str())),
        "A parameter by name.");
  m.def(("make_" + text).c_str(),
        [](const std::string &name,
           const std::vector<std::optional<Attribute>> &parameters,
           std::optional<Location> loc, OptionalContext given) {
          auto kind = findKind<Traits>(name);
          ContextPtr context = given && *given ? *given : nullptr;
          if (!context && loc)
            context = loc->context;
          for (const auto &parameter : parameters)
            if (!context && parameter)
              context = parameter->context;
          Location location =
              loc ? *loc
                  : resolveLocation(std::nullopt, resolveContext(context));
          std::vector<MlirAttribute> raw;
          for (const auto &parameter : parameters) {
            if (parameter)
              checkContext(location.context, parameter->context, "a parameter");
            raw.push_back(parameter ? parameter->raw : MlirAttribute{nullptr});
          }
          Capture capture(location.context);
          typename Traits::Raw result =
              Traits::getChecked(location.raw, kind, raw.size(), raw.data());
          capture.finish(result.ptr,
                         "Invalid '" + toString(Traits::fullName(kind)) + "'");
          return wrap(location.context, result);
        },
        nb::arg("kind"), nb::arg("parameters"), nb::arg("loc") = nb::none(),
        nb::arg("context") = nb::none(),
        nb::sig(strdup(("def make_" + text +
                        "(kind: str, parameters: "
                        "collections.abc.Sequence[Attribute | None], loc: "
                        "Location | None = None, context: Context | None = "
                        "None) -> " +
                        (text == "type" ? "Type" : "Attribute"))
                           .c_str())),
        "Makes an object of a kind from all parameters.");
  m.def(
      ("register_" + text + "_class").c_str(),
      [](const std::string &name, nb::type_object cls) {
        registerDialectClass(Traits::typeId(findKind<Traits>(name)).ptr, cls);
      },
      nb::arg("kind"), nb::arg("cls"),
      nb::sig(strdup(("def register_" + text + "_class(kind: str, cls: type[" +
                      (text == "type" ? "Type" : "Attribute") + "]) -> None")
                         .c_str())),
      "Gives the objects of a kind their class.");
}

void mlir::kcfi::python::bindKinds(nb::module_ &m) {
  bindFamily<TypeTraits>(m, "type");
  bindFamily<AttributeTraits>(m, "attribute");
}
