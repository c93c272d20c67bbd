# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Programs: reports, audits, explanations of ids."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Dict, List, Sequence, Union

from . import ir
from ._kcfi import (
    Explanation,
    ExplanationKind,
    Program,
    module_report_json,
    parse_type_id,
)

if TYPE_CHECKING:
    import pandas as _pandas

__all__ = [
    "Explanation",
    "ExplanationKind",
    "Program",
    "audit",
    "explain",
    "program",
    "report",
    "to_dataframe",
]

# What can be asked about: a module, files, or a program made of them.
Source = Union[
    Program,
    ir.Module,
    ir.Operation,
    ir.OpView,
    str,
    "os.PathLike[str]",
    Sequence[Union[str, "os.PathLike[str]"]],
]
# What json.loads returns.
Record = Dict[str, Any]


def program(source: Source) -> Program:
    """The program of a module, of a file or of several files."""
    if isinstance(source, Program):
        return source
    if isinstance(source, (ir.Module, ir.Operation, ir.OpView)):
        return Program.from_module(source)
    if isinstance(source, (str, os.PathLike)):
        source = [source]
    return Program.read([os.fspath(path) for path in source])


def report(source: Source) -> Record:
    """The report of `kcfi-report --format=json` as a dictionary.

    For a module that of the pass `kcfi-report`: with equivalences, and with what
    each extra entry is for.
    """
    if isinstance(source, (ir.Module, ir.Operation, ir.OpView)):
        text = module_report_json(source)
    else:
        text = program(source).report_json()
    result: Record = json.loads(text)
    return result


def audit(source: Source) -> Record:
    """The findings of `kcfi-report --audit --format=json` as a dictionary."""
    result: Record = json.loads(program(source).audit_json())
    return result


def explain(id: Union[int, str], source: Source) -> List[Explanation]:
    """What has an id in a program; empty if nothing has it.

    The id is a number or its text, as in `0x00050794`.
    """
    number = parse_type_id(id) if isinstance(id, str) else id
    if not 0 <= number < 2**32:
        raise ValueError(f"{id} is no 32-bit id")
    return program(source).explain(number)


def to_dataframe(records: Sequence[Record]) -> _pandas.DataFrame:
    """Records, e.g. the `classes` of a report, as a data frame.

    Nested objects become columns with dots. ImportError without pandas.
    """
    import pandas

    return pandas.json_normalize(list(records))
