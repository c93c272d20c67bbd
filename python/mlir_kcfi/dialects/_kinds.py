# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the classes of the dialect's types and attributes have in common."""

from __future__ import annotations

from typing import ClassVar, Sequence, TypeVar, Union

from .. import _kcfi, ir

Element = Union[ir.Attribute, ir.Type, str, bool, int]
_Value = Union[Element, Sequence[Element], None]
_T = TypeVar("_T")
_A = TypeVar("_A", bound=ir.Attribute)


def _encode(value: _Value, context: ir.Context) -> ir.Attribute | None:
    """A Python value as the attribute that stands for it."""
    if value is None or isinstance(value, ir.Attribute):
        return value
    if isinstance(value, ir.Type):
        return ir.TypeAttr.get(value)
    if isinstance(value, str):
        return ir.StringAttr.get(value, context)
    if isinstance(value, bool):
        return ir.BoolAttr.get(value, context)
    if isinstance(value, int):
        return ir.IntegerAttr.get(
            ir.IntegerType.get_signless(64, context), value
        )
    if not isinstance(value, Sequence):
        raise TypeError(f"{value!r} cannot be a parameter")
    elements = [_encode(element, context) for element in value]
    if None in elements:
        raise TypeError("a list has no element None")
    return ir.ArrayAttr.get([each for each in elements if each], context)


def _find_context(
    values: Sequence[_Value], loc: ir.Location | None
) -> ir.Context:
    """The context of the location or of a value, or the current one."""
    if loc is not None:
        return loc.context
    for value in values:
        if isinstance(value, (ir.Attribute, ir.Type)):
            return value.context
        if isinstance(value, (list, tuple)):
            for element in value:
                if isinstance(element, (ir.Attribute, ir.Type)):
                    return element.context
    return ir.Context.current


# KcfiType and KcfiAttr are alike, but not one generic class: mypy --strict knows
# no type that goes with both a base class and the functions of _kcfi for it.
class KcfiType(ir.Type):
    """The base of the dialect's types."""

    KIND: ClassVar[str] = ""

    def __init__(self, cast_from_type: ir.Type) -> None:
        if not _kcfi.is_type_kind(cast_from_type, self.KIND):
            raise ValueError(
                f"cannot cast type to {type(self).__name__} "
                f"(from {cast_from_type})"
            )
        super().__init__(cast_from_type)

    @classmethod
    def isinstance(cls, other: ir.Type) -> bool:
        """Whether a type is of this class."""
        return _kcfi.is_type_kind(other, cls.KIND)

    @classmethod
    def _make(
        cls,
        values: Sequence[_Value],
        loc: ir.Location | None,
        context: ir.Context | None,
    ) -> ir.Type:
        context = context or _find_context(values, loc)
        attributes = [_encode(value, context) for value in values]
        return _kcfi.make_type(cls.KIND, attributes, loc, context)

    def _parameter(self, name: str) -> ir.Attribute | None:
        return _kcfi.get_type_parameter(self, name)

    @property
    def readable(self) -> str:
        """The type as its language spells it."""
        return _kcfi.readable(self)


class KcfiAttr(ir.Attribute):
    """The base of the dialect's attributes."""

    KIND: ClassVar[str] = ""

    def __init__(self, cast_from_attr: ir.Attribute) -> None:
        if not _kcfi.is_attribute_kind(cast_from_attr, self.KIND):
            raise ValueError(
                f"cannot cast attribute to {type(self).__name__} "
                f"(from {cast_from_attr})"
            )
        super().__init__(cast_from_attr)

    @classmethod
    def isinstance(cls, other: ir.Attribute) -> bool:
        """Whether an attribute is of this class."""
        return _kcfi.is_attribute_kind(other, cls.KIND)

    @classmethod
    def _make(
        cls,
        values: Sequence[_Value],
        loc: ir.Location | None,
        context: ir.Context | None,
    ) -> ir.Attribute:
        context = context or _find_context(values, loc)
        attributes = [_encode(value, context) for value in values]
        return _kcfi.make_attribute(cls.KIND, attributes, loc, context)

    def _parameter(self, name: str) -> ir.Attribute | None:
        return _kcfi.get_attribute_parameter(self, name)


_Class = TypeVar("_Class", bound=type)


def register(cls: _Class) -> _Class:
    """Lets the objects of a kind be of this class."""
    if issubclass(cls, KcfiType):
        _kcfi.register_type_class(cls.KIND, cls)
    elif issubclass(cls, KcfiAttr):
        _kcfi.register_attribute_class(cls.KIND, cls)
    return cls


def _present(value: _T | None) -> _T:
    if value is None:
        raise AssertionError("a parameter that must be there is not")
    return value


def attribute(value: ir.Attribute | None) -> ir.Attribute:
    return _present(value)


def optional_attribute(value: ir.Attribute | None) -> ir.Attribute | None:
    return value


def optional_of(cls: type[_A], value: ir.Attribute | None) -> _A | None:
    return None if value is None else cls(value)


def type_(value: ir.Attribute | None) -> ir.Type:
    return ir.TypeAttr(_present(value)).value


def optional_type(value: ir.Attribute | None) -> ir.Type | None:
    return None if value is None else type_(value)


def string(value: ir.Attribute | None) -> str:
    return ir.StringAttr(_present(value)).value


def optional_string(value: ir.Attribute | None) -> str | None:
    return None if value is None else string(value)


def boolean(value: ir.Attribute | None) -> bool:
    return ir.BoolAttr(_present(value)).value


def integer(value: ir.Attribute | None) -> int:
    return ir.IntegerAttr(_present(value)).value


def list_of_attributes(value: ir.Attribute | None) -> list[ir.Attribute]:
    return list(ir.ArrayAttr(_present(value)))


def optional_list_of_attributes(
    value: ir.Attribute | None,
) -> list[ir.Attribute] | None:
    return None if value is None else list_of_attributes(value)


def list_of_types(value: ir.Attribute | None) -> list[ir.Type]:
    return [type_(each) for each in list_of_attributes(value)]


def list_of_integers(value: ir.Attribute | None) -> list[int]:
    return [integer(each) for each in list_of_attributes(value)]


def list_of_strings(value: ir.Attribute | None) -> list[str]:
    return [string(each) for each in list_of_attributes(value)]
