# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Remarks of passes as objects, records and data frames."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Callable, Dict, Iterator, List, Union

from . import _kcfi, ir
from ._kcfi import Remark, RemarkKind

if TYPE_CHECKING:
    import pandas as _pandas

__all__ = ["Collector", "Remark", "RemarkKind", "collect", "record"]

Record = Dict[str, Union[str, int, float, None]]


def _number(text: str) -> Union[str, int, float]:
    """Metrics are numbers."""
    for convert in (int, float):
        try:
            return convert(text)
        except ValueError:
            pass
    return text


def record(remark: Remark) -> Record:
    """A remark as a flat dictionary: its fields, then its arguments."""
    location = remark.location
    result: Record = {
        "kind": remark.kind.name.lower(),
        "category": remark.category,
        "name": remark.name,
        "function": remark.function,
        "message": remark.message,
        "file": location.filename,
        "line": location.start_line,
        "column": location.start_col,
    }
    for key, value in remark.arguments:
        result[f"args.{key}"] = _number(value)
    return result


class Collector:
    """Gathers the remarks of a context within a `with` statement."""

    def __init__(
        self,
        context: ir.Context,
        categories: str,
        callback: Callable[[Remark], object] | None,
    ) -> None:
        self._context = context
        self._categories = categories
        self._callback = callback
        self.remarks: List[Remark] = []

    def _add(self, remark: Remark) -> None:
        self.remarks.append(remark)
        if self._callback is not None:
            self._callback(remark)

    def __enter__(self) -> Collector:
        _kcfi.set_remark_handler(self._context, self._categories, self._add)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        _kcfi.remove_remark_handler(self._context)

    def __len__(self) -> int:
        return len(self.remarks)

    def __iter__(self) -> Iterator[Remark]:
        return iter(self.remarks)

    def records(self) -> List[Record]:
        """The remarks as dictionaries."""
        return [record(remark) for remark in self.remarks]

    def to_dataframe(self) -> _pandas.DataFrame:
        """The records as a data frame; ImportError without pandas."""
        import pandas

        return pandas.DataFrame(self.records())


def collect(
    categories: str = "",
    *,
    callback: Callable[[Remark], object] | None = None,
    context: ir.Context | None = None,
) -> Collector:
    """Gathers remarks whose category matches a regular expression.

    `callback` is called with each remark; what it raises ends the run of the
    pass manager. A context has one collector at a time.
    """
    return Collector(context or ir.Context.current, categories, callback)
