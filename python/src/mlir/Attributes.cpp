//===- Attributes.cpp - Attributes of Python -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "mlir-c/BuiltinAttributes.h"
#include "mlir-c/BuiltinTypes.h"

#include <nanobind/stl/unordered_map.h>

#include <limits>

using namespace mlir::python;

using OptionalContext = std::optional<ContextPtr>;

namespace {
struct NamedAttribute {
  ContextPtr context;
  MlirNamedAttribute raw;
};

/// A class of attributes: a C++ type for each, so that they are distinct
/// classes of Python. The predicate says which attributes belong to it.
template <bool (*IsA)(MlirAttribute), typename Base = Attribute>
struct AttributeOf : Base {
  static bool isA(MlirAttribute attribute) { return IsA(attribute); }
};
bool isWideInteger(MlirAttribute attribute) {
  return mlirAttributeIsAInteger(attribute);
}
bool isDenseElements(MlirAttribute attribute) {
  return mlirAttributeIsADenseElements(attribute);
}
} // namespace

using StringAttr = AttributeOf<mlirAttributeIsAString>;
using IntegerAttr = AttributeOf<isWideInteger>;
using BoolAttr = AttributeOf<mlirAttributeIsABool>;
using FloatAttr = AttributeOf<mlirAttributeIsAFloat>;
using UnitAttr = AttributeOf<mlirAttributeIsAUnit>;
using TypeAttr = AttributeOf<mlirAttributeIsAType>;
using ArrayAttr = AttributeOf<mlirAttributeIsAArray>;
using DictAttr = AttributeOf<mlirAttributeIsADictionary>;
using SymbolRefAttr = AttributeOf<mlirAttributeIsASymbolRef>;
using FlatSymbolRefAttr = AttributeOf<mlirAttributeIsAFlatSymbolRef>;
using DenseBoolArrayAttr = AttributeOf<mlirAttributeIsADenseBoolArray>;
using DenseI8ArrayAttr = AttributeOf<mlirAttributeIsADenseI8Array>;
using DenseI16ArrayAttr = AttributeOf<mlirAttributeIsADenseI16Array>;
using DenseI32ArrayAttr = AttributeOf<mlirAttributeIsADenseI32Array>;
using DenseI64ArrayAttr = AttributeOf<mlirAttributeIsADenseI64Array>;
using DenseF32ArrayAttr = AttributeOf<mlirAttributeIsADenseF32Array>;
using DenseF64ArrayAttr = AttributeOf<mlirAttributeIsADenseF64Array>;
using DenseElementsAttr = AttributeOf<isDenseElements>;
using DenseIntElementsAttr =
    AttributeOf<mlirAttributeIsADenseIntElements, DenseElementsAttr>;

//===----------------------------------------------------------------------===//
// The most derived class
//===----------------------------------------------------------------------===//

nb::object mlir::python::wrap(const ContextPtr &context,
                              MlirAttribute attribute) {
  nb::object result;
  // The narrower class comes first.
  if (tryWrapAny<BoolAttr, IntegerAttr, StringAttr, FlatSymbolRefAttr,
                 SymbolRefAttr, TypeAttr, UnitAttr, ArrayAttr, DictAttr,
                 FloatAttr, DenseBoolArrayAttr, DenseI8ArrayAttr,
                 DenseI16ArrayAttr, DenseI32ArrayAttr, DenseI64ArrayAttr,
                 DenseF32ArrayAttr, DenseF64ArrayAttr, DenseIntElementsAttr,
                 DenseElementsAttr>(context, attribute, result))
    return result;
  Attribute plain{context, attribute};
  return wrapDialectObject(nb::cast(plain),
                           mlirAttributeGetTypeID(attribute).ptr);
}

static nb::dict &getDialectClasses() {
  // Never freed: the interpreter may end before its objects do.
  static auto *classes = new nb::dict();
  return *classes;
}

nb::object mlir::python::wrapDialectObject(nb::object plain,
                                           const void *typeId) {
  nb::int_ key(reinterpret_cast<uintptr_t>(typeId));
  nb::dict &classes = getDialectClasses();
  if (!classes.contains(key))
    return plain;
  return classes[key](plain);
}

void mlir::python::registerDialectClass(const void *typeId,
                                        nb::object pythonClass) {
  getDialectClasses()[nb::int_(reinterpret_cast<uintptr_t>(typeId))] =
      pythonClass;
}

static MlirAttribute parse(const ContextPtr &context, std::string_view text) {
  checkNesting(text);
  Capture capture(context);
  std::string copy(text);
  MlirAttribute result = mlirAttributeParseGet(context->raw, toRef(copy));
  capture.finish(result.ptr, "Unable to parse attribute");
  return result;
}

//===----------------------------------------------------------------------===//
// Classes
//===----------------------------------------------------------------------===//

template <typename T, typename Base = Attribute>
static nb::class_<T, Base> defineClass(nb::module_ &m, const char *name,
                                       const char *doc) {
  return defineKind<T, Base, Attribute>(
      m, name, doc, "attribute", "cast_from_attr",
      "Whether an attribute is of this class.");
}

/// The width of the integers of a type, or 0 if it has none.
static unsigned getIntegerWidth(MlirType type) {
  if (mlirTypeIsAInteger(type))
    return mlirIntegerTypeGetWidth(type);
  return mlirTypeIsAIndex(type) ? 64 : 0;
}

static IntegerAttr makeInteger(const Type &type, nb::int_ value) {
  unsigned width = getIntegerWidth(type.raw);
  if (width == 0)
    throw nb::value_error("an integer attribute has an integer or index type");
  nb::int_ one(1);
  nb::object limit = one << nb::int_(width);
  nb::object lowest =
      mlirTypeIsAInteger(type.raw) && mlirIntegerTypeIsUnsigned(type.raw)
          ? nb::object(nb::int_(0))
          : nb::object(-(one << nb::int_(width - 1)));
  if (mlirTypeIsAInteger(type.raw) && mlirIntegerTypeIsSigned(type.raw))
    limit = one << nb::int_(width - 1);
  if (value < lowest || !(value < limit))
    throw nb::value_error("the value does not fit into the type");
  if (width > 64) {
    std::string text =
        nb::cast<std::string>(nb::str(value)) + " : " + print(type.raw);
    return make<IntegerAttr>(type.context, parse(type.context, text));
  }
  nb::object bits = value & nb::int_(std::numeric_limits<uint64_t>::max());
  return make<IntegerAttr>(
      type.context,
      mlirIntegerAttrGet(type.raw,
                         static_cast<int64_t>(nb::cast<uint64_t>(bits))));
}

static nb::int_ getIntegerValue(const Attribute &self) {
  MlirType type = mlirAttributeGetType(self.raw);
  if (getIntegerWidth(type) > 64) {
    std::string text = print(self.raw);
    return nb::int_(nb::str(text.substr(0, text.find(' ')).c_str()));
  }
  if (mlirTypeIsAInteger(type) && mlirIntegerTypeIsUnsigned(type))
    return nb::int_(mlirIntegerAttrGetValueUInt(self.raw));
  if (mlirTypeIsAInteger(type) && mlirIntegerTypeIsSigned(type))
    return nb::int_(mlirIntegerAttrGetValueSInt(self.raw));
  return nb::int_(mlirIntegerAttrGetValueInt(self.raw));
}

/// Arrays of numbers.
template <typename T, typename Element, typename Stored,
          MlirAttribute (*Get)(MlirContext, intptr_t, Stored const *),
          Element (*GetElement)(MlirAttribute, intptr_t)>
static void bindDenseArray(nb::module_ &m, const char *name) {
  defineClass<T>(m, name, "An array of numbers.")
      .def_static(
          "get",
          [](const std::vector<Element> &values, OptionalContext context) {
            ContextPtr home = resolveContext(context);
            std::vector<Stored> stored(values.begin(), values.end());
            return make<T>(home, Get(home->raw, stored.size(), stored.data()));
          },
          nb::arg("values"), nb::arg("context") = nb::none(),
          "An array of these values.")
      .def("__len__",
           [](const T &self) { return mlirDenseArrayGetNumElements(self.raw); })
      .def(
          "__getitem__",
          [](const T &self, intptr_t index) {
            return GetElement(
                self.raw,
                checkIndex(index, mlirDenseArrayGetNumElements(self.raw)));
          },
          nb::arg("index"))
      .def(
          "__iter__",
          [](const T &self) {
            std::vector<Element> all;
            for (intptr_t i = 0, e = mlirDenseArrayGetNumElements(self.raw);
                 i < e; ++i)
              all.push_back(GetElement(self.raw, i));
            return nb::iter(nb::cast(all));
          },
          nb::sig(std::is_same_v<Element, bool>
                      ? "def __iter__(self) -> collections.abc.Iterator[bool]"
                  : std::is_floating_point_v<Element>
                      ? "def __iter__(self) -> collections.abc.Iterator[float]"
                      : "def __iter__(self) -> collections.abc.Iterator[int]"));
}

intptr_t mlir::python::checkIndex(intptr_t index, intptr_t size) {
  if (index < 0)
    index += size;
  if (index < 0 || index >= size)
    throw nb::index_error("index out of range");
  return index;
}

static SymbolRefAttr makeSymbolRef(const ContextPtr &context,
                                   const std::vector<std::string> &symbols) {
  if (symbols.empty())
    throw nb::value_error("a symbol reference has at least one name");
  std::vector<MlirAttribute> nested;
  for (size_t i = 1; i < symbols.size(); ++i)
    nested.push_back(mlirFlatSymbolRefAttrGet(context->raw, toRef(symbols[i])));
  return make<SymbolRefAttr>(
      context, mlirSymbolRefAttrGet(context->raw, toRef(symbols[0]),
                                    nested.size(), nested.data()));
}

static nb::object parseElements(const Type &type,
                                const std::vector<nb::int_> &values) {
  if (!mlirTypeIsAShaped(type.raw) || mlirTypeIsAMemRef(type.raw) ||
      !mlirShapedTypeHasStaticShape(type.raw) ||
      getIntegerWidth(mlirShapedTypeGetElementType(type.raw)) == 0)
    throw nb::value_error("the type must be a vector or tensor of integers "
                          "with a static shape");
  int64_t count = 1;
  for (intptr_t i = 0, e = mlirShapedTypeGetRank(type.raw); i < e; ++i)
    count *= mlirShapedTypeGetDimSize(type.raw, i);
  if (values.size() != static_cast<size_t>(count) && values.size() != 1)
    throw nb::value_error("another number of values than the type has");
  Type element{type.context, mlirShapedTypeGetElementType(type.raw)};
  std::vector<MlirAttribute> raw;
  for (const nb::int_ &value : values)
    raw.push_back(makeInteger(element, value).raw);
  return wrap(type.context,
              mlirDenseElementsAttrGet(type.raw, raw.size(), raw.data()));
}

static void bindBase(nb::module_ &m) {
  nb::class_<Attribute>(m, "Attribute", "A constant of MLIR.")
      .def(
          "__init__",
          [](Attribute *self, const Attribute &other) {
            new (self) Attribute(other);
          },
          nb::arg("cast_from_attr"))
      .def_static(
          "parse",
          [](std::string_view text, OptionalContext context) {
            ContextPtr home = resolveContext(context);
            return wrap(home, parse(home, text));
          },
          nb::arg("asm"), nb::arg("context") = nb::none(),
          nb::sig("def parse(asm: str, context: Context | None = None) -> "
                  "Attribute"),
          "The attribute that a text stands for.")
      .def_prop_ro(
          "context", [](const Attribute &self) { return self.context; },
          "The context that the attribute belongs to.")
      .def_prop_ro(
          "type",
          [](const Attribute &self) {
            MlirType type = mlirAttributeGetType(self.raw);
            return type.ptr
                       ? wrap(self.context, type)
                       : wrap(self.context, mlirNoneTypeGet(self.context->raw));
          },
          nb::sig("def type(self) -> Type"),
          "The attribute's type; the none type if it has none.")
      .def(
          "__eq__",
          [](const Attribute &self, nb::handle other) {
            const Attribute *rhs;
            return nb::try_cast(other, rhs) && rhs &&
                   mlirAttributeEqual(self.raw, rhs->raw);
          },
          nb::arg("other").none(),
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](const Attribute &self) {
             return std::hash<const void *>()(self.raw.ptr);
           })
      .def("__str__",
           [](const Attribute &self) { return decode(print(self.raw)); })
      .def("__repr__", [](nb::object self) {
        return nb::str("{}({})").format(
            self.type().attr("__name__"),
            decode(print(nb::cast<Attribute &>(self).raw)));
      });

  nb::class_<NamedAttribute>(m, "NamedAttribute", "A name and its attribute.")
      .def_prop_ro(
          "name",
          [](const NamedAttribute &self) {
            return toString(mlirIdentifierStr(self.raw.name));
          },
          "The name.")
      .def_prop_ro(
          "attr",
          [](const NamedAttribute &self) {
            return wrap(self.context, self.raw.attribute);
          },
          nb::sig("def attr(self) -> Attribute"), "The attribute.")
      .def("__repr__", [](const NamedAttribute &self) {
        return decode("NamedAttribute(" +
                      toString(mlirIdentifierStr(self.raw.name)) + "=" +
                      print(self.raw.attribute) + ")");
      });
}

nb::object mlir::python::makeNamedAttribute(const ContextPtr &context,
                                            MlirNamedAttribute raw) {
  return nb::cast(NamedAttribute{context, raw});
}

static void bindString(nb::module_ &m) {
  defineClass<StringAttr>(m, "StringAttr", "A string.")
      .def_static(
          "get",
          [](std::variant<std::string, nb::bytes> value,
             OptionalContext context) {
            ContextPtr home = resolveContext(context);
            auto *bytes = std::get_if<nb::bytes>(&value);
            return make<StringAttr>(
                home,
                mlirStringAttrGet(
                    home->raw,
                    bytes ? mlirStringRefCreate(bytes->c_str(), bytes->size())
                          : toRef(std::get<std::string>(value))));
          },
          nb::arg("value"), nb::arg("context") = nb::none(),
          "A string attribute.")
      .def_prop_ro(
          "value",
          [](const StringAttr &self) {
            MlirStringRef ref = mlirStringAttrGetValue(self.raw);
            PyObject *text =
                PyUnicode_DecodeUTF8(ref.data, ref.length, /*errors=*/nullptr);
            if (!text)
              throw nb::python_error();
            return nb::steal<nb::str>(text);
          },
          "The string; raises UnicodeDecodeError if it is not UTF-8.")
      .def_prop_ro(
          "value_bytes",
          [](const StringAttr &self) {
            MlirStringRef ref = mlirStringAttrGetValue(self.raw);
            return nb::bytes(ref.data, ref.length);
          },
          "The bytes of the string.");
}

static void bindNumbers(nb::module_ &m) {
  defineClass<IntegerAttr>(m, "IntegerAttr", "An integer.")
      .def_static("get", &makeInteger, nb::arg("type"), nb::arg("value"),
                  "An integer of an integer or index type.")
      .def_prop_ro(
          "value",
          [](const IntegerAttr &self) { return getIntegerValue(self); },
          "The number.")
      .def("__int__",
           [](const IntegerAttr &self) { return getIntegerValue(self); });

  defineClass<BoolAttr>(m, "BoolAttr", "A truth value, an integer of type i1.")
      .def_static(
          "get",
          [](bool value, OptionalContext context) {
            ContextPtr home = resolveContext(context);
            return make<BoolAttr>(home, mlirBoolAttrGet(home->raw, value));
          },
          nb::arg("value"), nb::arg("context") = nb::none(), "A truth value.")
      .def_prop_ro(
          "value",
          [](const BoolAttr &self) { return mlirBoolAttrGetValue(self.raw); },
          "The value.")
      .def("__bool__",
           [](const BoolAttr &self) { return mlirBoolAttrGetValue(self.raw); });

  defineClass<FloatAttr>(m, "FloatAttr", "A floating-point number.")
      .def_static(
          "get",
          [](const Type &type, double value) {
            if (!mlirTypeIsAFloat(type.raw))
              throw nb::value_error("a float attribute has a float type");
            return make<FloatAttr>(
                type.context,
                mlirFloatAttrDoubleGet(type.context->raw, type.raw, value));
          },
          nb::arg("type"), nb::arg("value"), "A number of a float type.")
      .def_prop_ro(
          "value",
          [](const FloatAttr &self) {
            return mlirFloatAttrGetValueDouble(self.raw);
          },
          "The number, as a double.")
      .def("__float__", [](const FloatAttr &self) {
        return mlirFloatAttrGetValueDouble(self.raw);
      });
}

static void bindUnitAndType(nb::module_ &m) {
  defineClass<UnitAttr>(m, "UnitAttr", "An attribute that is there or not.")
      .def_static(
          "get",
          [](OptionalContext context) {
            ContextPtr home = resolveContext(context);
            return make<UnitAttr>(home, mlirUnitAttrGet(home->raw));
          },
          nb::arg("context") = nb::none(), "The unit attribute.");

  defineClass<TypeAttr>(m, "TypeAttr", "A type as an attribute.")
      .def_static(
          "get",
          [](const Type &value) {
            return make<TypeAttr>(value.context, mlirTypeAttrGet(value.raw));
          },
          nb::arg("value"), "The attribute of a type.")
      .def_prop_ro(
          "value",
          [](const TypeAttr &self) {
            return wrap(self.context, mlirTypeAttrGetValue(self.raw));
          },
          nb::sig("def value(self) -> Type"), "The type.");
}

static void bindSymbolRefs(nb::module_ &m) {
  defineClass<SymbolRefAttr>(m, "SymbolRefAttr",
                             "A reference to a symbol, maybe through others.")
      .def_static(
          "get",
          [](const std::vector<std::string> &symbols, OptionalContext context) {
            return makeSymbolRef(resolveContext(context), symbols);
          },
          nb::arg("symbols"), nb::arg("context") = nb::none(),
          "A reference by names from the outside in.")
      .def_prop_ro(
          "value",
          [](const SymbolRefAttr &self) {
            std::vector<std::string> result = {
                toString(mlirSymbolRefAttrGetRootReference(self.raw))};
            for (intptr_t i = 0,
                          e = mlirSymbolRefAttrGetNumNestedReferences(self.raw);
                 i < e; ++i)
              result.push_back(toString(mlirSymbolRefAttrGetRootReference(
                  mlirSymbolRefAttrGetNestedReference(self.raw, i))));
            return result;
          },
          "The names.");

  defineClass<FlatSymbolRefAttr>(m, "FlatSymbolRefAttr",
                                 "A reference to a symbol.")
      .def_static(
          "get",
          [](const std::string &value, OptionalContext context) {
            ContextPtr home = resolveContext(context);
            return make<FlatSymbolRefAttr>(
                home, mlirFlatSymbolRefAttrGet(home->raw, toRef(value)));
          },
          nb::arg("value"), nb::arg("context") = nb::none(),
          "A reference by name.")
      .def_prop_ro(
          "value",
          [](const FlatSymbolRefAttr &self) {
            return toString(mlirFlatSymbolRefAttrGetValue(self.raw));
          },
          "The name.");
}

static void bindArray(nb::module_ &m) {
  defineClass<ArrayAttr>(m, "ArrayAttr", "An array of attributes.")
      .def_static(
          "get",
          [](const std::vector<Attribute> &attributes,
             OptionalContext context) {
            ContextPtr home = context || attributes.empty()
                                  ? resolveContext(context)
                                  : attributes.front().context;
            std::vector<MlirAttribute> raw;
            for (const Attribute &each : attributes) {
              checkContext(home, each.context, "an element");
              raw.push_back(each.raw);
            }
            return make<ArrayAttr>(
                home, mlirArrayAttrGet(home->raw, raw.size(), raw.data()));
          },
          nb::arg("attributes"), nb::arg("context") = nb::none(),
          "An array of these attributes.")
      .def("__len__",
           [](const ArrayAttr &self) {
             return mlirArrayAttrGetNumElements(self.raw);
           })
      .def(
          "__getitem__",
          [](const ArrayAttr &self, intptr_t index) {
            return wrap(
                self.context,
                mlirArrayAttrGetElement(
                    self.raw,
                    checkIndex(index, mlirArrayAttrGetNumElements(self.raw))));
          },
          nb::arg("index"),
          nb::sig("def __getitem__(self, index: int) -> Attribute"))
      .def(
          "__iter__",
          [](const ArrayAttr &self) {
            nb::list all;
            for (intptr_t i = 0, e = mlirArrayAttrGetNumElements(self.raw);
                 i < e; ++i)
              all.append(
                  wrap(self.context, mlirArrayAttrGetElement(self.raw, i)));
            return nb::iter(all);
          },
          nb::sig("def __iter__(self) -> collections.abc.Iterator[Attribute]"));
}

static void bindDictionary(nb::module_ &m) {
  defineClass<DictAttr>(m, "DictAttr", "Attributes by name.")
      .def_static(
          "get",
          [](const std::unordered_map<std::string, Attribute> &value,
             OptionalContext context) {
            ContextPtr home = context || value.empty()
                                  ? resolveContext(context)
                                  : value.begin()->second.context;
            std::vector<MlirNamedAttribute> raw;
            for (const auto &[name, attribute] : value) {
              checkContext(home, attribute.context, "an attribute");
              if (name.empty())
                throw nb::value_error("attributes have names");
              raw.push_back(mlirNamedAttributeGet(
                  mlirIdentifierGet(home->raw, toRef(name)), attribute.raw));
            }
            return make<DictAttr>(
                home, mlirDictionaryAttrGet(home->raw, raw.size(), raw.data()));
          },
          nb::arg("value"), nb::arg("context") = nb::none(),
          "A dictionary of these attributes.")
      .def("__len__",
           [](const DictAttr &self) {
             return mlirDictionaryAttrGetNumElements(self.raw);
           })
      .def(
          "__contains__",
          [](const DictAttr &self, const std::string &name) {
            return mlirDictionaryAttrGetElementByName(self.raw, toRef(name))
                       .ptr != nullptr;
          },
          nb::arg("name"))
      .def(
          "__getitem__",
          [](const DictAttr &self, const std::string &name) {
            MlirAttribute found =
                mlirDictionaryAttrGetElementByName(self.raw, toRef(name));
            if (!found.ptr)
              throw nb::key_error(name.c_str());
            return wrap(self.context, found);
          },
          nb::arg("name"),
          nb::sig("def __getitem__(self, name: str) -> Attribute"))
      .def(
          "__getitem__",
          [](const DictAttr &self, intptr_t index) {
            return makeNamedAttribute(
                self.context,
                mlirDictionaryAttrGetElement(
                    self.raw,
                    checkIndex(index,
                               mlirDictionaryAttrGetNumElements(self.raw))));
          },
          nb::arg("index"),
          nb::sig("def __getitem__(self, index: int) -> NamedAttribute"))
      .def(
          "__iter__",
          [](const DictAttr &self) {
            nb::list all;
            for (intptr_t i = 0, e = mlirDictionaryAttrGetNumElements(self.raw);
                 i < e; ++i)
              all.append(makeNamedAttribute(
                  self.context, mlirDictionaryAttrGetElement(self.raw, i)));
            return nb::iter(all);
          },
          nb::sig("def __iter__(self) -> "
                  "collections.abc.Iterator[NamedAttribute]"));
}

static void bindElements(nb::module_ &m) {
  defineClass<DenseElementsAttr>(m, "DenseElementsAttr",
                                 "The elements of a vector or tensor.")
      .def("__len__",
           [](const DenseElementsAttr &self) {
             return mlirElementsAttrGetNumElements(self.raw);
           })
      .def_prop_ro(
          "is_splat",
          [](const DenseElementsAttr &self) {
            return mlirDenseElementsAttrIsSplat(self.raw);
          },
          "Whether all elements are the same.");
  defineClass<DenseIntElementsAttr, DenseElementsAttr>(
      m, "DenseIntElementsAttr", "The elements of a vector of integers.")
      .def_static("get", &parseElements, nb::arg("type"), nb::arg("values"),
                  nb::sig("def get(type: Type, values: "
                          "collections.abc.Sequence[int]) -> "
                          "DenseIntElementsAttr"),
                  "Elements of a vector or tensor type: one value for each, or "
                  "one for all.");
}

void mlir::python::bindAttributes(nb::module_ &m) {
  bindBase(m);
  bindString(m);
  bindNumbers(m);
  bindUnitAndType(m);
  bindSymbolRefs(m);
  bindArray(m);
  bindDictionary(m);
  bindElements(m);
  bindDenseArray<DenseBoolArrayAttr, bool, int, mlirDenseBoolArrayGet,
                 mlirDenseBoolArrayGetElement>(m, "DenseBoolArrayAttr");
  bindDenseArray<DenseI8ArrayAttr, int8_t, int8_t, mlirDenseI8ArrayGet,
                 mlirDenseI8ArrayGetElement>(m, "DenseI8ArrayAttr");
  bindDenseArray<DenseI16ArrayAttr, int16_t, int16_t, mlirDenseI16ArrayGet,
                 mlirDenseI16ArrayGetElement>(m, "DenseI16ArrayAttr");
  bindDenseArray<DenseI32ArrayAttr, int32_t, int32_t, mlirDenseI32ArrayGet,
                 mlirDenseI32ArrayGetElement>(m, "DenseI32ArrayAttr");
  bindDenseArray<DenseI64ArrayAttr, int64_t, int64_t, mlirDenseI64ArrayGet,
                 mlirDenseI64ArrayGetElement>(m, "DenseI64ArrayAttr");
  bindDenseArray<DenseF32ArrayAttr, float, float, mlirDenseF32ArrayGet,
                 mlirDenseF32ArrayGetElement>(m, "DenseF32ArrayAttr");
  bindDenseArray<DenseF64ArrayAttr, double, double, mlirDenseF64ArrayGet,
                 mlirDenseF64ArrayGetElement>(m, "DenseF64ArrayAttr");
}
