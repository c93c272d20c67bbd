# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Import of LLVM IR and bitcode, and export to both."""

from __future__ import annotations

import os
from typing import Sequence, Union

from . import _kcfi, ir
from ._kcfi import export_bitcode, export_llvm_ir

__all__ = [
    "export_bitcode",
    "export_llvm_ir",
    "import_llvm_ir",
    "import_llvm_ir_file",
]


def import_llvm_ir(
    source: Union[str, bytes],
    *,
    name: str = "<string>",
    carry: str = "needed",
    allow_loss: Sequence[str] = (),
    context: ir.Context | None = None,
) -> ir.Module:
    """The module that LLVM IR stands for: text, or bitcode as bytes.

    `name` is used in locations and errors. `carry` says which definitions stay
    bitcode: `none`, `needed` or `exact`. `allow_loss` names what may be dropped
    with a warning. Raises MLIRError where ids or checks would be lost.
    """
    data = source.encode() if isinstance(source, str) else source
    return _kcfi.import_llvm_ir(data, name, carry, list(allow_loss), context)


def import_llvm_ir_file(
    path: Union[str, "os.PathLike[str]"],
    *,
    carry: str = "needed",
    allow_loss: Sequence[str] = (),
    context: ir.Context | None = None,
) -> ir.Module:
    """The same for a file. Raises OSError if it cannot be read."""
    with open(path, "rb") as file:
        data = file.read()
    return import_llvm_ir(
        data,
        name=os.fspath(path),
        carry=carry,
        allow_loss=allow_loss,
        context=context,
    )
