# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every public name of the package occurs in a test and says what it is."""

from __future__ import annotations

import enum
import inspect
import pathlib
import re
from typing import Iterator, Set, Tuple

import mlir_kcfi
from mlir_kcfi import (
    _kcfi,
    encoding,
    ir,
    passmanager,
    remarks,
    report,
    rewrite,
    translate,
)
from mlir_kcfi.dialects import arith, cf, func, kcfi, llvm

TESTS = pathlib.Path(__file__).parent
MODULES = (
    mlir_kcfi, encoding, ir, passmanager, remarks, report, rewrite, translate,
)  # fmt: skip


def words_of_tests() -> Set[str]:
    """Names that the tests use: not in comments, not in this file."""
    words: Set[str] = set()
    for path in TESTS.glob("test_*.py"):
        if path.name != "test_api.py":
            text = re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
            words |= set(re.findall(r"\w+", text))
    return words


def public_names() -> Iterator[Tuple[str, object]]:
    for module in MODULES:
        exported = getattr(module, "__all__")
        for name in exported:
            yield name, getattr(module, name)
        defined = {
            name
            for name, value in vars(module).items()
            if getattr(value, "__module__", None) == module.__name__
            and not name.startswith("_")
        }
        assert defined <= set(exported), module.__name__
    for name, value in vars(_kcfi).items():
        if name.startswith("_"):
            continue
        yield name, value
        if inspect.isclass(value):
            for member in vars(value):
                if not member.startswith("_"):
                    yield member, inspect.getattr_static(value, member)


def test_every_public_name_is_tested() -> None:
    words = words_of_tests()
    missing = {
        name
        for name, value in public_names()
        if not isinstance(value, enum.Enum)
    } - words
    # llvm.py gives these other names.
    missing -= {"LLVMPointerType", "LLVMStructType"}
    assert not missing


def test_every_public_name_is_documented() -> None:
    def documented(value: object) -> bool:
        return bool(getattr(value, "__doc__", None)) or not (
            inspect.isclass(value) or callable(value)
        )

    undocumented = {name for name, value in public_names() if not documented(value)}
    assert undocumented <= {"ObjectInvalid"}


def test_modules_of_dialects() -> None:
    for module in (arith, cf, func, kcfi, llvm):
        assert module.__doc__ and module.__name__.startswith("mlir_kcfi.dialects.")
