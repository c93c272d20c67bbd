//===- Types.cpp - Types of Python -*- C++ -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "mlir-c/BuiltinTypes.h"
#include "mlir-c/Dialect/LLVM.h"

using namespace mlir::python;

using OptionalContext = std::optional<ContextPtr>;

namespace {
template <bool (*IsA)(MlirType), typename Base = Type>
struct TypeOf : Base {
  static bool isA(MlirType type) { return IsA(type); }
};
} // namespace

using IntegerType = TypeOf<mlirTypeIsAInteger>;
using IndexType = TypeOf<mlirTypeIsAIndex>;
using NoneType = TypeOf<mlirTypeIsANone>;
using FloatType = TypeOf<mlirTypeIsAFloat>;
using BF16Type = TypeOf<mlirTypeIsABF16, FloatType>;
using F16Type = TypeOf<mlirTypeIsAF16, FloatType>;
using F32Type = TypeOf<mlirTypeIsAF32, FloatType>;
using F64Type = TypeOf<mlirTypeIsAF64, FloatType>;
using ComplexType = TypeOf<mlirTypeIsAComplex>;
using TupleType = TypeOf<mlirTypeIsATuple>;
using FunctionType = TypeOf<mlirTypeIsAFunction>;
using ShapedType = TypeOf<mlirTypeIsAShaped>;
using VectorType = TypeOf<mlirTypeIsAVector, ShapedType>;
using LLVMPointerType = TypeOf<mlirTypeIsALLVMPointerType>;
using LLVMStructType = TypeOf<mlirTypeIsALLVMStructType>;

nb::object mlir::python::wrap(const ContextPtr &context, MlirType type) {
  nb::object result;
  // The narrower class comes first.
  if (tryWrapAny<IntegerType, IndexType, NoneType, BF16Type, F16Type, F32Type,
                 F64Type, FloatType, FunctionType, TupleType, ComplexType,
                 VectorType, ShapedType, LLVMPointerType, LLVMStructType>(
          context, type, result))
    return result;
  Type plain{context, type};
  return wrapDialectObject(nb::cast(plain), mlirTypeGetTypeID(type).ptr);
}

template <typename T, typename Base = Type>
static nb::class_<T, Base> defineClass(nb::module_ &m, const char *name,
                                       const char *doc) {
  return defineKind<T, Base, Type>(m, name, doc, "type", "cast_from_type",
                                   "Whether a type is of this class.");
}

/// A type that has no parameters.
template <typename T, typename Base, MlirType (*Get)(MlirContext)>
static void bindPlain(nb::module_ &m, const char *name, const char *doc) {
  defineClass<T, Base>(m, name, doc)
      .def_static(
          "get",
          [](OptionalContext context) {
            ContextPtr home = resolveContext(context);
            return make<T>(home, Get(home->raw));
          },
          nb::arg("context") = nb::none(), "The type.");
}

static std::vector<MlirType> rawTypes(const ContextPtr &context,
                                      const std::vector<Type> &types) {
  std::vector<MlirType> result;
  for (const Type &type : types) {
    checkContext(context, type.context, "a type");
    result.push_back(type.raw);
  }
  return result;
}

template <intptr_t (*Count)(MlirType), MlirType (*Get)(MlirType, intptr_t)>
static nb::list listTypes(const Type &self) {
  nb::list result;
  for (intptr_t i = 0, e = Count(self.raw); i < e; ++i)
    result.append(wrap(self.context, Get(self.raw, i)));
  return result;
}

/// Makes a type by a function that checks, whose errors become an MLIRError.
template <typename Make>
static MlirType makeChecked(const ContextPtr &context, const char *message,
                            Make make) {
  Capture capture(context);
  MlirType result = make(mlirLocationUnknownGet(context->raw));
  capture.finish(result.ptr, message);
  return result;
}

static void bindBase(nb::module_ &m) {
  nb::class_<Type>(m, "Type", "A type of MLIR.")
      .def(
          "__init__",
          [](Type *self, const Type &other) { new (self) Type(other); },
          nb::arg("cast_from_type"))
      .def_static(
          "parse",
          [](std::string_view text, OptionalContext context) {
            ContextPtr home = resolveContext(context);
            checkNesting(text);
            Capture capture(home);
            std::string copy(text);
            MlirType result = mlirTypeParseGet(home->raw, toRef(copy));
            capture.finish(result.ptr, "Unable to parse type");
            return wrap(home, result);
          },
          nb::arg("asm"), nb::arg("context") = nb::none(),
          nb::sig(
              "def parse(asm: str, context: Context | None = None) -> Type"),
          "The type that a text stands for.")
      .def_prop_ro(
          "context", [](const Type &self) { return self.context; },
          "The context that the type belongs to.")
      .def(
          "__eq__",
          [](const Type &self, nb::handle other) {
            const Type *rhs;
            return nb::try_cast(other, rhs) && rhs &&
                   mlirTypeEqual(self.raw, rhs->raw);
          },
          nb::arg("other").none(),
          nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__",
           [](const Type &self) {
             return std::hash<const void *>()(self.raw.ptr);
           })
      .def("__str__", [](const Type &self) { return decode(print(self.raw)); })
      .def("__repr__", [](nb::object self) {
        return nb::str("{}({})").format(
            self.type().attr("__name__"),
            decode(print(nb::cast<Type &>(self).raw)));
      });
}

static void bindIntegers(nb::module_ &m) {
  using Get = MlirType (*)(MlirContext, unsigned);
  nb::class_<IntegerType, Type> integer =
      defineClass<IntegerType>(m, "IntegerType", "Integers of some width.");
  const std::tuple<const char *, Get, const char *> makers[] = {
      {"get_signless", mlirIntegerTypeGet, "`iN`."},
      {"get_signed", mlirIntegerTypeSignedGet, "`siN`."},
      {"get_unsigned", mlirIntegerTypeUnsignedGet, "`uiN`."}};
  for (const auto &[name, get, doc] : makers)
    integer.def_static(
        name,
        [get = get](unsigned width, OptionalContext context) {
          constexpr unsigned widest = (1u << 24) - 1;
          if (width > widest)
            throw nb::value_error("integers are at most 16777215 bits wide");
          ContextPtr home = resolveContext(context);
          return make<IntegerType>(home, get(home->raw, width));
        },
        nb::arg("width"), nb::arg("context") = nb::none(), doc);
  integer
      .def_prop_ro(
          "width",
          [](const IntegerType &self) {
            return mlirIntegerTypeGetWidth(self.raw);
          },
          "The number of bits.")
      .def_prop_ro(
          "is_signless",
          [](const IntegerType &self) {
            return mlirIntegerTypeIsSignless(self.raw);
          },
          "Whether the type has no sign of its own.")
      .def_prop_ro(
          "is_signed",
          [](const IntegerType &self) {
            return mlirIntegerTypeIsSigned(self.raw);
          },
          "Whether the type is signed.")
      .def_prop_ro(
          "is_unsigned",
          [](const IntegerType &self) {
            return mlirIntegerTypeIsUnsigned(self.raw);
          },
          "Whether the type is unsigned.");
  bindPlain<IndexType, Type, mlirIndexTypeGet>(m, "IndexType", "`index`.");
  bindPlain<NoneType, Type, mlirNoneTypeGet>(m, "NoneType", "`none`.");
}

static void bindFloats(nb::module_ &m) {
  defineClass<FloatType>(m, "FloatType", "Floating-point numbers.")
      .def_prop_ro(
          "width",
          [](const FloatType &self) { return mlirFloatTypeGetWidth(self.raw); },
          "The number of bits.");
  bindPlain<BF16Type, FloatType, mlirBF16TypeGet>(m, "BF16Type", "`bf16`.");
  bindPlain<F16Type, FloatType, mlirF16TypeGet>(m, "F16Type", "`f16`.");
  bindPlain<F32Type, FloatType, mlirF32TypeGet>(m, "F32Type", "`f32`.");
  bindPlain<F64Type, FloatType, mlirF64TypeGet>(m, "F64Type", "`f64`.");
}

static void bindComposed(nb::module_ &m) {
  defineClass<ComplexType>(m, "ComplexType", "Complex numbers.")
      .def_static(
          "get",
          [](const Type &element) {
            if (!mlirTypeIsAFloat(element.raw) &&
                !mlirTypeIsAInteger(element.raw))
              throw nb::value_error("complex numbers consist of floating-point "
                                    "numbers or integers");
            return make<ComplexType>(element.context,
                                     mlirComplexTypeGet(element.raw));
          },
          nb::arg("element_type"), "Complex numbers of an element type.")
      .def_prop_ro(
          "element_type",
          [](const ComplexType &self) {
            return wrap(self.context, mlirComplexTypeGetElementType(self.raw));
          },
          nb::sig("def element_type(self) -> Type"), "The element type.");

  defineClass<TupleType>(m, "TupleType", "Tuples.")
      .def_static(
          "get_tuple",
          [](const std::vector<Type> &elements, OptionalContext context) {
            ContextPtr home = context || elements.empty()
                                  ? resolveContext(context)
                                  : elements.front().context;
            auto raw = rawTypes(home, elements);
            return make<TupleType>(
                home, mlirTupleTypeGet(home->raw, raw.size(), raw.data()));
          },
          nb::arg("elements"), nb::arg("context") = nb::none(),
          "A tuple of these types.")
      .def_prop_ro(
          "types", &listTypes<mlirTupleTypeGetNumTypes, mlirTupleTypeGetType>,
          nb::sig("def types(self) -> list[Type]"), "The types in it.");

  defineClass<FunctionType>(m, "FunctionType", "Types of functions.")
      .def_static(
          "get",
          [](const std::vector<Type> &inputs, const std::vector<Type> &results,
             OptionalContext context) {
            ContextPtr home = context || (inputs.empty() && results.empty())
                                  ? resolveContext(context)
                              : inputs.empty() ? results.front().context
                                               : inputs.front().context;
            auto rawInputs = rawTypes(home, inputs);
            auto rawResults = rawTypes(home, results);
            return make<FunctionType>(
                home, mlirFunctionTypeGet(home->raw, rawInputs.size(),
                                          rawInputs.data(), rawResults.size(),
                                          rawResults.data()));
          },
          nb::arg("inputs"), nb::arg("results"),
          nb::arg("context") = nb::none(),
          "The type of functions with these arguments and results.")
      .def_prop_ro(
          "inputs",
          &listTypes<mlirFunctionTypeGetNumInputs, mlirFunctionTypeGetInput>,
          nb::sig("def inputs(self) -> list[Type]"),
          "The types of the arguments.")
      .def_prop_ro(
          "results",
          &listTypes<mlirFunctionTypeGetNumResults, mlirFunctionTypeGetResult>,
          nb::sig("def results(self) -> list[Type]"),
          "The types of the results.");

  defineClass<ShapedType>(m, "ShapedType", "Vectors, tensors and memrefs.")
      .def_prop_ro(
          "element_type",
          [](const ShapedType &self) {
            return wrap(self.context, mlirShapedTypeGetElementType(self.raw));
          },
          nb::sig("def element_type(self) -> Type"), "The element type.")
      .def_prop_ro(
          "has_rank",
          [](const ShapedType &self) {
            return mlirShapedTypeHasRank(self.raw);
          },
          "Whether the number of dimensions is known.")
      .def_prop_ro(
          "shape",
          [](const ShapedType &self) {
            if (!mlirShapedTypeHasRank(self.raw))
              throw nb::value_error("the type has no rank");
            std::vector<int64_t> shape;
            for (int64_t i = 0, e = mlirShapedTypeGetRank(self.raw); i < e; ++i)
              shape.push_back(mlirShapedTypeGetDimSize(self.raw, i));
            return shape;
          },
          "The sizes; unknown ones are negative.");
  defineClass<VectorType, ShapedType>(m, "VectorType", "Vectors.")
      .def_static(
          "get",
          [](const std::vector<int64_t> &shape, const Type &element) {
            for (int64_t size : shape)
              if (size <= 0)
                throw nb::value_error("vectors have positive sizes");
            return make<VectorType>(
                element.context,
                makeChecked(element.context, "Invalid vector type",
                            [&](MlirLocation location) {
                              return mlirVectorTypeGetChecked(
                                  location, shape.size(), shape.data(),
                                  element.raw);
                            }));
          },
          nb::arg("shape"), nb::arg("element_type"), "Vectors of this shape.");
}

static void bindLLVM(nb::module_ &m) {
  defineClass<LLVMPointerType>(m, "LLVMPointerType", "`!llvm.ptr`.")
      .def_static(
          "get",
          [](unsigned addressSpace, OptionalContext context) {
            ContextPtr home = resolveContext(context);
            mlirContextGetOrLoadDialect(home->raw, toRef("llvm"));
            return make<LLVMPointerType>(
                home, mlirLLVMPointerTypeGet(home->raw, addressSpace));
          },
          nb::arg("address_space") = 0, nb::arg("context") = nb::none(),
          "Pointers to an address space.")
      .def_prop_ro(
          "address_space",
          [](const LLVMPointerType &self) {
            return mlirLLVMPointerTypeGetAddressSpace(self.raw);
          },
          "The address space.");
  defineClass<LLVMStructType>(m, "LLVMStructType", "`!llvm.struct`.")
      .def_static(
          "get_literal",
          [](const std::vector<Type> &elements, bool packed,
             OptionalContext context) {
            ContextPtr home = context || elements.empty()
                                  ? resolveContext(context)
                                  : elements.front().context;
            mlirContextGetOrLoadDialect(home->raw, toRef("llvm"));
            auto raw = rawTypes(home, elements);
            return make<LLVMStructType>(
                home, makeChecked(home, "Invalid struct type",
                                  [&](MlirLocation location) {
                                    return mlirLLVMStructTypeLiteralGetChecked(
                                        location, raw.size(), raw.data(),
                                        packed);
                                  }));
          },
          nb::arg("elements"), nb::kw_only(), nb::arg("packed") = false,
          nb::arg("context") = nb::none(), "A struct without a name.")
      .def_prop_ro(
          "name",
          [](const LLVMStructType &self) -> std::optional<std::string> {
            if (mlirLLVMStructTypeIsLiteral(self.raw))
              return std::nullopt;
            return toString(mlirLLVMStructTypeGetIdentifier(self.raw));
          },
          "The name; None if it has none.")
      .def_prop_ro(
          "body",
          [](const LLVMStructType &self) -> std::optional<nb::list> {
            if (mlirLLVMStructTypeIsOpaque(self.raw))
              return std::nullopt;
            return listTypes<mlirLLVMStructTypeGetNumElementTypes,
                             mlirLLVMStructTypeGetElementType>(self);
          },
          nb::sig("def body(self) -> list[Type] | None"),
          "The types of the elements; None if they are not known.");
}

void mlir::python::bindTypes(nb::module_ &m) {
  bindBase(m);
  bindIntegers(m);
  bindFloats(m);
  bindComposed(m);
  bindLLVM(m);
}
