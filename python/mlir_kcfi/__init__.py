# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Kernel control-flow integrity in MLIR: IR, passes, ids, reports."""

# Objects of the dialects get their classes from the start.
from .dialects import arith, cf, func, kcfi, llvm  # noqa: F401  # isort: skip

from ._kcfi import get_version
from .encoding import demangle, encode, hash_type_id_string, parse_type_id
from .report import Program, explain
from .translate import (
    export_bitcode,
    export_llvm_ir,
    import_llvm_ir,
    import_llvm_ir_file,
)

__version__ = get_version()

__all__ = [
    "Program",
    "demangle",
    "encode",
    "explain",
    "export_bitcode",
    "export_llvm_ir",
    "get_version",
    "hash_type_id_string",
    "import_llvm_ir",
    "import_llvm_ir_file",
    "parse_type_id",
]
