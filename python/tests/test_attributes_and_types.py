# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Attributes and types of MLIR itself."""

from __future__ import annotations

from typing import Any, List, Type

import pytest

from mlir_kcfi import ir
from mlir_kcfi.dialects import llvm


def test_parse_gives_the_narrowest_class(ctx: ir.Context) -> None:
    expected = {
        "true": ir.BoolAttr,
        "1 : i32": ir.IntegerAttr,
        '"text"': ir.StringAttr,
        "@f": ir.FlatSymbolRefAttr,
        "@f::@g": ir.SymbolRefAttr,
        "i32": ir.TypeAttr,
        "unit": ir.UnitAttr,
        "[unit]": ir.ArrayAttr,
        "{a = unit}": ir.DictAttr,
        "1.0 : f64": ir.FloatAttr,
        "array<i1: true>": ir.DenseBoolArrayAttr,
        "array<i8: 1>": ir.DenseI8ArrayAttr,
        "array<i16: 1>": ir.DenseI16ArrayAttr,
        "array<i32: 1>": ir.DenseI32ArrayAttr,
        "array<i64: 1>": ir.DenseI64ArrayAttr,
        "array<f32: 1.0>": ir.DenseF32ArrayAttr,
        "array<f64: 1.0>": ir.DenseF64ArrayAttr,
        "dense<1> : vector<2xi32>": ir.DenseIntElementsAttr,
        "dense<1.0> : vector<2xf32>": ir.DenseElementsAttr,
        "affine_map<(d0) -> (d0)>": ir.Attribute,
    }
    for text, cls in expected.items():
        attribute = ir.Attribute.parse(text)
        assert type(attribute) is cls, text
        assert ir.Attribute.parse(str(attribute)) == attribute
        assert hash(ir.Attribute(attribute)) == hash(attribute)
        assert cls.__name__ in repr(attribute)
        assert attribute.context is ctx and attribute != text
        if cls is not ir.Attribute:
            narrow: Any = cls
            assert narrow.isinstance(attribute)
            assert narrow(ir.Attribute(attribute)) == attribute
            other = ir.UnitAttr if cls is not ir.UnitAttr else ir.StringAttr
            with pytest.raises(ValueError, match="cannot cast attribute"):
                other(attribute)
    for bad in ("oops", "", "1 : i32 garbage"):
        with pytest.raises(ir.MLIRError, match="Unable to parse attribute"):
            ir.Attribute.parse(bad)


def test_integers(ctx: ir.Context) -> None:
    i8 = ir.IntegerType.get_signless(8)
    assert ir.IntegerAttr.get(i8, -1).value == -1
    assert int(ir.IntegerAttr.get(ir.IntegerType.get_unsigned(8), 255)) == 255
    assert ir.IntegerAttr.get(ir.IntegerType.get_signed(8), -128).value == -128
    assert ir.IntegerAttr.get(ir.IndexType.get(), 7).type == ir.IndexType.get()
    wide = ir.IntegerAttr.get(ir.IntegerType.get_signless(128), 2**100)
    assert wide.value == 2**100
    i64 = ir.IntegerAttr.get(ir.IntegerType.get_signless(64), 2**64 - 1)
    assert i64.value == -1
    for type_, value in (
        (i8, 256),
        (i8, -129),
        (ir.IntegerType.get_unsigned(8), -1),
        (ir.IntegerType.get_signed(8), 128),
    ):
        with pytest.raises(ValueError, match="does not fit"):
            ir.IntegerAttr.get(type_, value)
    with pytest.raises(ValueError, match="integer or index"):
        ir.IntegerAttr.get(ir.F32Type.get(), 1)


def test_scalars(ctx: ir.Context) -> None:
    assert ir.BoolAttr.get(True).value and bool(ir.BoolAttr.get(True))
    assert ir.FloatAttr.get(ir.F64Type.get(), 0.5).value == 0.5
    assert float(ir.FloatAttr.get(ir.F32Type.get(), 0.5)) == 0.5
    with pytest.raises(ValueError, match="float type"):
        ir.FloatAttr.get(ir.IndexType.get(), 1.0)
    text = ir.StringAttr.get("grüße")
    assert text.value == "grüße" and text.value_bytes == "grüße".encode()
    raw = ir.StringAttr.get(b"\xff")
    assert raw.value_bytes == b"\xff"
    with pytest.raises(UnicodeDecodeError):
        raw.value
    i32 = ir.IntegerType.get_signless(32)
    assert ir.TypeAttr.get(i32).value == i32
    assert ir.UnitAttr.get() == ir.UnitAttr.get(ctx)
    assert ir.FlatSymbolRefAttr.get("f").value == "f"
    assert ir.SymbolRefAttr.get(["f", "g"]).value == ["f", "g"]
    with pytest.raises(ValueError, match="at least one name"):
        ir.SymbolRefAttr.get([])


def test_containers(ctx: ir.Context) -> None:
    unit, text = ir.UnitAttr.get(), ir.StringAttr.get("t")
    array = ir.ArrayAttr.get([unit, text])
    assert len(array) == 2 and array[1] == text and list(array) == [unit, text]
    with pytest.raises(IndexError):
        array[2]
    assert len(ir.ArrayAttr.get([])) == 0
    names = ir.DictAttr.get({"a": unit, "b": text})
    assert len(names) == 2 and "a" in names and names["b"] == text
    assert [each.name for each in names] == ["a", "b"]
    assert isinstance(names[0], ir.NamedAttribute) and names[0].attr == unit
    assert "NamedAttribute(a=unit)" == repr(names[0])
    with pytest.raises(KeyError):
        names["c"]
    with pytest.raises(IndexError):
        names[2]
    with pytest.raises(ValueError, match="have names"):
        ir.DictAttr.get({"": unit})


@pytest.mark.parametrize(
    "cls, values",
    [
        (ir.DenseBoolArrayAttr, [True, False]),
        (ir.DenseI8ArrayAttr, [-128, 127]),
        (ir.DenseI16ArrayAttr, [-1, 2]),
        (ir.DenseI32ArrayAttr, [-1, 2]),
        (ir.DenseI64ArrayAttr, [-(2**63), 2]),
        (ir.DenseF32ArrayAttr, [0.5, 2.0]),
        (ir.DenseF64ArrayAttr, [0.5, 2.0]),
    ],
)
def test_dense_arrays(ctx: ir.Context, cls: Type[Any], values: List[Any]) -> None:
    array = cls.get(values)
    assert list(array) == values and len(array) == 2 and array[-1] == values[1]
    with pytest.raises(IndexError):
        array[2]
    with pytest.raises(TypeError):
        cls.get(["x"])


def test_dense_elements(ctx: ir.Context) -> None:
    i8 = ir.IntegerType.get_signless(8)
    vector = ir.VectorType.get([2], i8)
    elements = ir.DenseIntElementsAttr.get(vector, [1, 2])
    assert len(elements) == 2 and not elements.is_splat
    assert ir.DenseIntElementsAttr.get(vector, [7]).is_splat
    with pytest.raises(ValueError, match="another number of values"):
        ir.DenseIntElementsAttr.get(vector, [1, 2, 3])
    with pytest.raises(ValueError, match="does not fit"):
        ir.DenseIntElementsAttr.get(vector, [1, 1000])
    with pytest.raises(ValueError, match="static shape"):
        ir.DenseIntElementsAttr.get(i8, [1])


def test_types(ctx: ir.Context) -> None:
    expected = {
        "i7": ir.IntegerType,
        "index": ir.IndexType,
        "none": ir.NoneType,
        "bf16": ir.BF16Type,
        "f16": ir.F16Type,
        "f32": ir.F32Type,
        "f64": ir.F64Type,
        "f128": ir.FloatType,
        "(i1) -> ()": ir.FunctionType,
        "tuple<i1, i2>": ir.TupleType,
        "complex<f32>": ir.ComplexType,
        "vector<2x3xf32>": ir.VectorType,
        "tensor<2xf32>": ir.ShapedType,
        "!llvm.ptr": llvm.PointerType,
        "!llvm.struct<(i1)>": llvm.StructType,
        "!llvm.void": ir.Type,
    }
    for text, cls in expected.items():
        type_ = ir.Type.parse(text)
        assert type(type_) is cls and str(type_) == text
        assert type_ == ir.Type(type_) and hash(type_) == hash(ir.Type(type_))
        assert repr(type_) == f"{cls.__name__}({text})"
        assert type_.context is ctx and type_ != text
        if cls is not ir.Type:
            narrow: Any = cls
            assert narrow.isinstance(type_) and narrow(ir.Type(type_)) == type_
    with pytest.raises(ir.MLIRError, match="Unable to parse type"):
        ir.Type.parse("oops")
    with pytest.raises(ValueError, match="cannot cast type"):
        ir.IndexType(ir.Type.parse("i7"))


def test_type_parameters(ctx: ir.Context) -> None:
    i7 = ir.IntegerType.get_signless(7)
    assert i7.width == 7 and i7.is_signless
    assert ir.IntegerType.get_signed(7).is_signed
    assert ir.IntegerType.get_unsigned(7).is_unsigned
    with pytest.raises(ValueError, match="at most"):
        ir.IntegerType.get_signless(2**25)
    for cls, width in ((ir.BF16Type, 16), (ir.F16Type, 16), (ir.F32Type, 32)):
        assert cls.get().width == width
    assert ir.NoneType.get() != ir.IndexType.get()
    f = ir.FunctionType.get([i7], [i7, i7])
    assert f.inputs == [i7] and f.results == [i7, i7]
    assert ir.FunctionType.get([], []).inputs == []
    assert ir.TupleType.get_tuple([i7]).types == [i7]
    assert ir.ComplexType.get(i7).element_type == i7
    with pytest.raises(ValueError, match="complex numbers"):
        ir.ComplexType.get(f)
    vector = ir.VectorType.get([2, 3], i7)
    assert vector.shape == [2, 3] and vector.element_type == i7
    assert vector.has_rank and isinstance(vector, ir.ShapedType)
    with pytest.raises(ValueError, match="positive"):
        ir.VectorType.get([0], i7)
    with pytest.raises(ir.MLIRError, match="Invalid vector type"):
        ir.VectorType.get([2], f)
    with pytest.raises(ValueError, match="no rank"):
        ir.ShapedType(ir.Type.parse("tensor<*xi7>")).shape
    struct = llvm.StructType.get_literal([i7], packed=True)
    assert struct.name is None and struct.body == [i7]
    named = llvm.StructType(ir.Type.parse('!llvm.struct<"s", opaque>'))
    assert named.name == "s" and named.body is None
    with pytest.raises(ir.MLIRError, match="Invalid struct type"):
        llvm.StructType.get_literal([ir.Type.parse("!llvm.void")])
