# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The operations of the dialect `arith`."""

from __future__ import annotations

from .. import ir
from ._arith_ops_gen import *  # noqa: F403
from ._arith_ops_gen import ConstantOp


def constant(
    result: ir.Type,
    value: int | float | ir.Attribute,
    *,
    loc: ir.Location | None = None,
    ip: ir.InsertionPoint | None = None,
) -> ir.OpResult:
    """A constant of a number, or of an attribute."""
    if isinstance(value, ir.Attribute):
        attribute = value
    elif isinstance(value, float):
        attribute = ir.FloatAttr.get(result, value)
    else:
        attribute = ir.IntegerAttr.get(result, value)
    return ConstantOp(attribute, results=[result], loc=loc, ip=ip).result
