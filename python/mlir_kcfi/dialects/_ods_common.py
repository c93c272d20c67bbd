# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the classes that mlir-tblgen writes expect of their surroundings."""

from __future__ import annotations

from typing import (
    Callable,
    Iterable,
    List,
    Optional,
    Sequence,
    Type as _PyType,
    TypeVar,
    Union,
)

from .. import _kcfi, ir
from . import _builders  # noqa: F401 (registers builders of attributes)

__all__ = [
    "equally_sized_accessor",
    "get_default_loc_context",
    "get_op_result_or_op_results",
    "get_op_result_or_value",
    "get_op_results_or_values",
    "segmented_accessor",
]

_OpClass = TypeVar("_OpClass", bound=_PyType[ir.OpView])
_DialectClass = TypeVar("_DialectClass", bound=_PyType[ir.Dialect])
_Item = TypeVar("_Item")


class _Globals:
    """Tracebacks are not shortened here."""

    @staticmethod
    def register_traceback_file_exclusion(path: str) -> None:
        del path


class _cext:
    """The part of upstream's extension module that generated code uses."""

    ir = ir
    globals = _Globals

    @staticmethod
    def register_dialect(cls: _DialectClass) -> _DialectClass:
        return cls

    @staticmethod
    def register_operation(
        dialect: _PyType[ir.Dialect], *, replace: bool = False
    ) -> Callable[[_OpClass], _OpClass]:
        del dialect, replace

        def decorate(cls: _OpClass) -> _OpClass:
            _kcfi.register_operation_class(getattr(cls, "OPERATION_NAME"), cls)
            return cls

        return decorate


def get_default_loc_context(
    location: Optional[ir.Location] = None,
) -> ir.Context:
    """The context of a location, or of the innermost `with`."""
    if location is not None:
        return location.context
    return ir.Context.current


def get_op_result_or_value(
    arg: Union[ir.OpView, ir.Operation, ir.Value],
) -> ir.Value:
    """The value that something stands for."""
    if isinstance(arg, (ir.OpView, ir.Operation)):
        return arg.result
    return arg


def get_op_results_or_values(
    arg: Union[
        ir.OpView,
        ir.Operation,
        Iterable[Union[ir.OpView, ir.Operation, ir.Value]],
    ],
) -> Sequence[ir.Value]:
    """The values that something stands for."""
    if isinstance(arg, (ir.OpView, ir.Operation)):
        return list(arg.results)
    return [get_op_result_or_value(each) for each in arg]


def get_op_result_or_op_results(
    op: Union[ir.OpView, ir.Operation],
) -> Union[ir.Operation, ir.OpResult, Sequence[ir.OpResult]]:
    """The result of an operation, its results, or itself if it has none."""
    results: List[ir.OpResult] = list(op.results)
    if not results:
        return op.operation
    return results[0] if len(results) == 1 else results


def segmented_accessor(
    elements: Sequence[_Item], raw_segments: ir.DenseI32ArrayAttr, idx: int
) -> Sequence[_Item]:
    """Group number `idx` of operands or results in groups of given sizes."""
    sizes = list(raw_segments)
    start = sum(sizes[:idx])
    return elements[start : start + sizes[idx]]


def equally_sized_accessor(
    elements: Sequence[_Item],
    n_simple: int,
    n_variadic: int,
    n_preceding_simple: int,
    n_preceding_variadic: int,
) -> tuple[int, int]:
    """Start and size of a group among groups of one size and single items."""
    total = len(elements) - n_simple
    if n_variadic == 0 or total % n_variadic:
        raise ValueError("the groups cannot have the same size")
    size = total // n_variadic
    return n_preceding_simple + n_preceding_variadic * size, size
