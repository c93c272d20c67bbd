# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The operations of the dialect `func`."""

from __future__ import annotations

from typing import Sequence, Tuple, Union

from .. import ir
from . import _func_ops_gen
from ._func_ops_gen import (
    CallIndirectOp,
    CallOp,
    ConstantOp,
    ReturnOp,
    call,
    call_indirect,
    constant,
    return_,
)
from ._ods_common import _cext

__all__ = [
    "CallIndirectOp",
    "CallOp",
    "ConstantOp",
    "FuncOp",
    "ReturnOp",
    "call",
    "call_indirect",
    "constant",
    "return_",
]


@_cext.register_operation(_func_ops_gen._Dialect, replace=True)
class FuncOp(_func_ops_gen.FuncOp):
    """A function of the dialect `func`."""

    def __init__(
        self,
        name: str,
        type: Union[ir.FunctionType, Tuple[Sequence[ir.Type], Sequence[ir.Type]]],
        *,
        visibility: str | None = None,
        loc: ir.Location | None = None,
        ip: ir.InsertionPoint | None = None,
    ) -> None:
        context = loc.context if loc else ir.Context.current
        if not isinstance(type, ir.Type):
            inputs, results = type
            type = ir.FunctionType.get(list(inputs), list(results), context)
        super().__init__(
            sym_name=name,
            function_type=type,
            sym_visibility=visibility,
            loc=loc,
            ip=ip,
        )

    @property
    def type(self) -> ir.FunctionType:
        """The machine type of the function."""
        attribute = self.attributes["function_type"]
        return ir.FunctionType(ir.TypeAttr(attribute).value)

    @property
    def symbol_name(self) -> str:
        """The name of the function."""
        return ir.StringAttr(self.attributes["sym_name"]).value

    @property
    def visibility(self) -> str | None:
        """`private` and so on; None for a public function."""
        attribute = self.attributes.get("sym_visibility")
        return None if attribute is None else ir.StringAttr(attribute).value

    @property
    def is_external(self) -> bool:
        """Whether the function has no body."""
        return len(self.regions[0].blocks) == 0

    @property
    def entry_block(self) -> ir.Block:
        """The first block; RuntimeError for a function without a body."""
        if self.is_external:
            raise RuntimeError("an external function has no body")
        return self.regions[0].blocks[0]

    @property
    def arguments(self) -> ir.BlockArgumentList:
        """The arguments of the entry block."""
        return self.entry_block.arguments

    def add_entry_block(self) -> ir.Block:
        """Gives the function a body; RuntimeError if it has one."""
        if not self.is_external:
            raise RuntimeError("the function has a body already")
        return self.regions[0].blocks.append(*self.type.inputs)
