# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Type-id strings and ids."""

from __future__ import annotations

from typing import Sequence, Tuple, Union

from . import _kcfi, ir
from ._kcfi import demangle, hash_type_id_string, parse_type_id
from .dialects import kcfi

__all__ = [
    "DEFAULT_TARGET",
    "demangle",
    "encode",
    "encoding",
    "hash_type_id_string",
    "parse_type_id",
]

DEFAULT_TARGET = "x86_64-unknown-linux-gnu"


def encode(
    signature: Union[ir.Type, str],
    options: Union[ir.Attribute, str, None] = None,
    *,
    target: str = DEFAULT_TARGET,
    definitions: Sequence[ir.Attribute] = (),
    callable: ir.Attribute | None = None,
    context: ir.Context | None = None,
) -> Tuple[str, int]:
    """The type-id string and the id of a signature.

    `signature` is a type, or its text as in `!kcfi.fn<(c.int) -> c.int>`.
    `options` is a `#kcfi.encoding` attribute, its text, or None for clang's
    defaults. `definitions` are facts of Rust items that the signature mentions
    by path; `callable` says what kind of Rust function has the signature.
    Raises MLIRError if there is no id.
    """
    if isinstance(signature, str):
        context = context or _context_of(options)
        signature = ir.Type.parse(signature, context)
    if isinstance(options, str):
        options = ir.Attribute.parse(options, signature.context)
    return _kcfi.encode(
        signature, options, target, list(definitions), callable
    )


def _context_of(options: Union[ir.Attribute, str, None]) -> ir.Context:
    """A context for a signature that is given as text."""
    if isinstance(options, ir.Attribute):
        return options.context
    try:
        return ir.Context.current
    except ValueError:
        return ir.Context()


def encoding(
    *,
    hash: str = "xxhash64",
    normalize_integers: bool = False,
    generalize_pointers: bool = False,
    context: ir.Context | None = None,
) -> kcfi.EncodingAttr:
    """Options of the encoding as an attribute."""
    return kcfi.EncodingAttr.get(
        hash,
        normalize_integers=normalize_integers,
        generalize_pointers=generalize_pointers,
        context=context,
    )
