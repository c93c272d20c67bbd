# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the tests share."""

from __future__ import annotations

import pathlib
from typing import Iterator

import pytest

from mlir_kcfi import ir

SOURCE = pathlib.Path(__file__).resolve().parents[2]

TWICE = """
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @twice(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
  func.func @apply(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>} {
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }
}
"""

SUM = """
func.func @sum(%x: i32) -> i32 {
  %a = arith.constant 1 : i32
  %b = arith.addi %x, %a : i32
  %c = arith.addi %b, %a : i32
  return %c : i32
}
"""

BRANCH = """
func.func @branch(%x: i32) -> i32 {
  cf.br ^bb1(%x : i32)
^bb1(%y: i32):
  return %y : i32
}
"""


@pytest.fixture
def ctx() -> Iterator[ir.Context]:
    """A context that is the current one."""
    with ir.Context() as context, ir.Location.unknown():
        yield context


@pytest.fixture
def twice(ctx: ir.Context) -> ir.Module:
    return ir.Module.parse(TWICE)


@pytest.fixture
def summing(ctx: ir.Context) -> ir.Module:
    return ir.Module.parse(SUM)


@pytest.fixture
def branching(ctx: ir.Context) -> ir.Module:
    return ir.Module.parse(BRANCH)


@pytest.fixture
def quickstart(ctx: ir.Context) -> ir.Module:
    """The project's first example."""
    path = SOURCE / "examples" / "quickstart" / "dispatch.mlir"
    return ir.Module.parseFile(str(path))
