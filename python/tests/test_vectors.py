# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The golden vectors through `mlir_kcfi.encode`."""

from __future__ import annotations

import importlib
import sys
from typing import Any, Dict, Tuple

import pytest

import mlir_kcfi
from mlir_kcfi import encoding, ir

from conftest import SOURCE

sys.path.append(str(SOURCE / "utils"))
files: Any = importlib.import_module("kcfi_utils.vectors.files")
tables: Any = importlib.import_module("kcfi_utils.vectors.tables")

DIRECTORY = SOURCE / "test" / "vectors"
FILES = sorted(
    path.name for path in DIRECTORY.iterdir() if path.suffix in (".json", ".tsv")
)


@pytest.mark.parametrize("name", FILES)
def test_vectors(ctx: ir.Context, name: str) -> None:
    file: Any = files.read_file(str(DIRECTORY / name))
    assert not file.broken and file.checks
    options: Dict[Tuple[str, str], ir.Attribute] = {
        (kind, hash_): encoding.encoding(
            hash=hash_,
            normalize_integers="normalize_integers" in parameters,
            generalize_pointers="generalize_pointers" in parameters,
        )
        for kind, parameters in tables.OPTION_SETS.items()
        for hash_ in tables.HASHES
    }
    failures = []
    for check in file.checks:
        try:
            answer: object = mlir_kcfi.encode(
                check.text, options[check.options, check.hash], target=check.target
            )
        except ir.MLIRError as error:
            answer = None if check.expected is None else str(error)
        if answer != check.expected:
            failures.append((file.names[check.vector], check.text, answer))
    assert failures == []
