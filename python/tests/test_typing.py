# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The package and its tests under mypy's strict rules; stubs say the truth."""

from __future__ import annotations

import importlib
import os
import pathlib
import re
import subprocess
import sys
from typing import List

import mlir_kcfi
import pytest

from conftest import SOURCE

# No dependency of the package. scripts/build.sh installs it
# (requirements-dev.txt), so that lit runs this.
pytest.importorskip("mypy")

PACKAGE = pathlib.Path(mlir_kcfi.__file__).parent
CONFIG = str(SOURCE / "pyproject.toml")


def run(arguments: List[str], cache: pathlib.Path) -> "subprocess.CompletedProcess[str]":
    environment = dict(os.environ, MYPYPATH=str(PACKAGE.parent))
    environment["MYPY_CACHE_DIR"] = str(cache)
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=cache,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_mypy(tmp_path: pathlib.Path) -> None:
    done = run(["mypy", "--config-file", CONFIG, "-p", "mlir_kcfi"], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    tests = [str(path) for path in pathlib.Path(__file__).parent.glob("*.py")]
    done = run(["mypy", "--config-file", CONFIG, *tests], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


# What stubtest says of every class and function that nanobind makes.
OF_NANOBIND = re.compile(
    r"metaclass differs|is not a function|stub is a staticmethod but runtime is not"
    r"|disjoint_base|__nb_\w+__|__class_getitem__"
    r'|__init__ is inconsistent, stub does not have \*args parameter "args"'
    # A builder that has another signature in arith.py.
    r"|_arith_ops_gen\.constant is not present in stub"
)


def test_stubtest(tmp_path: pathlib.Path) -> None:
    done = run(
        ["mypy.stubtest", "--mypy-config-file", CONFIG, "--concise", "mlir_kcfi"],
        tmp_path,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("mlir_kcfi")]
    assert lines, done.stdout + done.stderr
    assert [line for line in lines if not OF_NANOBIND.search(line)] == []


def test_stubs_have_no_holes() -> None:
    """No argument and no result of a stub is left to Any."""
    for path in sorted(PACKAGE.rglob("*.pyi")):
        text = path.read_text(encoding="utf-8")
        holes = [
            line
            for line in text.splitlines()
            if re.search(r"\bdef .*(: |-> )(typing\.)?Any\b", line)
            or re.search(r"\bdef .*\b(?!self\b|cls\b)\w+(,|\)) ->", line) and "->" not in line
        ]
        assert holes == [], path.name
    assert (PACKAGE / "py.typed").exists()
    assert importlib.import_module("mlir_kcfi._kcfi")
