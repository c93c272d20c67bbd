# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Attributes of Python values, by the ODS names that builders ask for."""

from __future__ import annotations

from typing import Dict, Iterable, List, Sequence, Union

from .. import ir
from ..ir import register_attribute_builder

Symbol = Union[str, ir.SymbolRefAttr]


@register_attribute_builder("BoolAttr")
def _bool(value: bool, context: ir.Context) -> ir.Attribute:
    return ir.BoolAttr.get(value, context)


@register_attribute_builder("StrAttr")
@register_attribute_builder("SymbolNameAttr")
def _string(value: Union[str, bytes], context: ir.Context) -> ir.Attribute:
    return ir.StringAttr.get(value, context)


@register_attribute_builder("FlatSymbolRefAttr")
def _flat_symbol(value: Symbol, context: ir.Context) -> ir.Attribute:
    if isinstance(value, ir.Attribute):
        return value
    return ir.FlatSymbolRefAttr.get(value, context)


@register_attribute_builder("SymbolRefAttr")
def _symbol(
    value: Union[Symbol, Sequence[str]], context: ir.Context
) -> ir.Attribute:
    if isinstance(value, ir.Attribute):
        return value
    if isinstance(value, str):
        return ir.FlatSymbolRefAttr.get(value, context)
    return ir.SymbolRefAttr.get(list(value), context)


@register_attribute_builder("TypeAttr")
def _type(value: ir.Type, context: ir.Context) -> ir.Attribute:
    del context
    return ir.TypeAttr.get(value)


def _register_integer(width: int) -> None:
    @register_attribute_builder(f"I{width}Attr")
    def _integer(value: int, context: ir.Context) -> ir.Attribute:
        return ir.IntegerAttr.get(
            ir.IntegerType.get_signless(width, context), value
        )

    @register_attribute_builder(f"I{width}ArrayAttr")
    def _integers(values: Iterable[int], context: ir.Context) -> ir.Attribute:
        return ir.ArrayAttr.get(
            [_integer(value, context) for value in values], context
        )


for _width in (1, 8, 16, 32, 64):
    _register_integer(_width)


@register_attribute_builder("DenseI32ArrayAttr")
def _dense_i32(values: Sequence[int], context: ir.Context) -> ir.Attribute:
    return ir.DenseI32ArrayAttr.get(list(values), context)


@register_attribute_builder("DenseI64ArrayAttr")
def _dense_i64(values: Sequence[int], context: ir.Context) -> ir.Attribute:
    return ir.DenseI64ArrayAttr.get(list(values), context)


@register_attribute_builder("ArrayAttr")
def _array(
    values: Iterable[ir.Attribute], context: ir.Context
) -> ir.Attribute:
    return ir.ArrayAttr.get(list(values), context)


@register_attribute_builder("StrArrayAttr")
def _strings(values: Iterable[str], context: ir.Context) -> ir.Attribute:
    return ir.ArrayAttr.get(
        [ir.StringAttr.get(value, context) for value in values], context
    )


@register_attribute_builder("FlatSymbolRefArrayAttr")
def _flat_symbols(values: Iterable[Symbol], context: ir.Context) -> ir.Attribute:
    return ir.ArrayAttr.get(
        [_flat_symbol(value, context) for value in values], context
    )


@register_attribute_builder("TypeArrayAttr")
def _types(values: Iterable[ir.Type], context: ir.Context) -> ir.Attribute:
    return ir.ArrayAttr.get(
        [ir.TypeAttr.get(value) for value in values], context
    )


@register_attribute_builder("DictionaryAttr")
def _dictionary(
    value: Dict[str, ir.Attribute], context: ir.Context
) -> ir.Attribute:
    return ir.DictAttr.get(value, context)


@register_attribute_builder("DictArrayAttr")
def _dictionaries(
    values: Iterable[Union[Dict[str, ir.Attribute], ir.DictAttr]],
    context: ir.Context,
) -> ir.Attribute:
    items: List[ir.Attribute] = [
        ir.DictAttr.get(value, context) if isinstance(value, dict) else value
        for value in values
    ]
    return ir.ArrayAttr.get(items, context)


def _register_keyword(name: str, pattern: str) -> None:
    """An attribute whose text is a pattern around a keyword."""

    @register_attribute_builder(name)
    def _keyword(value: str, context: ir.Context) -> ir.Attribute:
        if not value.replace("_", "").isalnum():
            raise ValueError(f"{value!r} is no keyword")
        return ir.Attribute.parse(pattern.format(value), context)


_register_keyword("CConv", "#llvm.cconv<{}>")
_register_keyword("Linkage", "#llvm.linkage<{}>")
_register_keyword("TailCallKind", "#llvm.tailcallkind<{}>")
_register_keyword("KCFI_CastReasonAttr", "#kcfi.cast_reason<{}>")


def _register_enumeration(
    name: str, width: int, keywords: Sequence[str]
) -> None:
    """An enumeration that is stored as a number."""

    @register_attribute_builder(name)
    def _enumeration(value: Union[str, int], context: ir.Context) -> ir.Attribute:
        if isinstance(value, str):
            if value not in keywords:
                raise ValueError(
                    f"{value!r} is none of {', '.join(keywords)}"
                )
            value = list(keywords).index(value)
        return ir.IntegerAttr.get(
            ir.IntegerType.get_signless(width, context), value
        )


_INTEGER_PREDICATES = (
    "eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge",
)  # fmt: skip
_register_enumeration("Arith_CmpIPredicateAttr", 64, _INTEGER_PREDICATES)
_register_enumeration("ICmpPredicate", 64, _INTEGER_PREDICATES)
_register_enumeration(
    "KCFI_EntryForm",
    32,
    ("auto", "jump", "clone", "fallthrough", "adjacent"),
)


@register_attribute_builder("KCFI_TypeIdAttr")
def _type_id(value: int, context: ir.Context) -> ir.Attribute:
    return ir.Attribute.parse(f"#kcfi.type_id<{int(value)}>", context)
