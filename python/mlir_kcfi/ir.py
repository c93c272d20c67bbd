# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Contexts, modules, operations, types, attributes: names as in `mlir.ir`."""

from __future__ import annotations

from typing import Callable, ClassVar, Dict, TypeVar

from ._errors import MLIRError, MLIRWarning
from ._kcfi import (
    ArrayAttr,
    Attribute,
    BF16Type,
    Block,
    BlockArgument,
    BlockArgumentList,
    BlockList,
    BoolAttr,
    ComplexType,
    Context,
    DenseBoolArrayAttr,
    DenseElementsAttr,
    DenseF32ArrayAttr,
    DenseF64ArrayAttr,
    DenseI16ArrayAttr,
    DenseI32ArrayAttr,
    DenseI64ArrayAttr,
    DenseI8ArrayAttr,
    DenseIntElementsAttr,
    Diagnostic,
    DiagnosticHandler,
    DiagnosticSeverity,
    DictAttr,
    F16Type,
    F32Type,
    F64Type,
    FlatSymbolRefAttr,
    FloatAttr,
    FloatType,
    FunctionType,
    IndexType,
    InsertionPoint,
    IntegerAttr,
    IntegerType,
    Location,
    Module,
    NamedAttribute,
    NoneType,
    ObjectInvalid,
    OpAttributeMap,
    OpOperandList,
    OpResult,
    OpResultList,
    OpSuccessors,
    OpView,
    Operation,
    OperationList,
    Region,
    RegionSequence,
    ShapedType,
    StringAttr,
    SymbolRefAttr,
    SymbolTable,
    TupleType,
    Type,
    TypeAttr,
    UnitAttr,
    Value,
    VectorType,
    WalkOrder,
    WalkResult,
)

__all__ = [
    "ArrayAttr",
    "AttrBuilder",
    "Attribute",
    "BF16Type",
    "Block",
    "BlockArgument",
    "BlockArgumentList",
    "BlockList",
    "BoolAttr",
    "ComplexType",
    "Context",
    "DenseBoolArrayAttr",
    "DenseElementsAttr",
    "DenseF32ArrayAttr",
    "DenseF64ArrayAttr",
    "DenseI16ArrayAttr",
    "DenseI32ArrayAttr",
    "DenseI64ArrayAttr",
    "DenseI8ArrayAttr",
    "DenseIntElementsAttr",
    "Diagnostic",
    "DiagnosticHandler",
    "DiagnosticSeverity",
    "Dialect",
    "DictAttr",
    "F16Type",
    "F32Type",
    "F64Type",
    "FlatSymbolRefAttr",
    "FloatAttr",
    "FloatType",
    "FunctionType",
    "IndexType",
    "InsertionPoint",
    "IntegerAttr",
    "IntegerType",
    "Location",
    "MLIRError",
    "MLIRWarning",
    "Module",
    "NamedAttribute",
    "NoneType",
    "ObjectInvalid",
    "OpAttributeMap",
    "OpOperandList",
    "OpResult",
    "OpResultList",
    "OpSuccessors",
    "OpView",
    "Operation",
    "OperationList",
    "Region",
    "RegionSequence",
    "ShapedType",
    "StringAttr",
    "SymbolRefAttr",
    "SymbolTable",
    "TupleType",
    "Type",
    "TypeAttr",
    "UnitAttr",
    "Value",
    "VectorType",
    "WalkOrder",
    "WalkResult",
    "register_attribute_builder",
]


class Dialect:
    """The base of the classes that stand for dialects."""

    DIALECT_NAMESPACE: ClassVar[str] = ""


_Builder = Callable[..., Attribute]
_B = TypeVar("_B", bound=_Builder)


class AttrBuilder:
    """Makes attributes of Python values, by the ODS names of attributes."""

    _builders: ClassVar[Dict[str, _Builder]] = {}

    @staticmethod
    def contains(name: str) -> bool:
        """Whether there is a builder of this name."""
        return name in AttrBuilder._builders

    @staticmethod
    def get(name: str) -> _Builder:
        """The builder of this name; KeyError if there is none."""
        return AttrBuilder._builders[name]

    @staticmethod
    def insert(name: str, builder: _Builder, *, replace: bool = False) -> None:
        """Adds a builder, which is called with a value and `context=`."""
        if name in AttrBuilder._builders and not replace:
            raise RuntimeError(f"there is a builder of '{name}' already")
        AttrBuilder._builders[name] = builder


def register_attribute_builder(
    name: str, *, replace: bool = False
) -> Callable[[_B], _B]:
    """Decorates a function that makes attributes of an ODS name."""

    def decorate(builder: _B) -> _B:
        AttrBuilder.insert(name, builder, replace=replace)
        return builder

    return decorate
