#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes checks as a module, and reads the ids that kcfi-opt gives them."""

import re

from kcfi_utils.vectors.nodes import quote, unquote
from kcfi_utils.vectors.tables import OPTION_SETS


def options_of(encoded):
    """The option set that the suffixes of a complete string stand for."""
    generalized = encoded.endswith(".generalized")
    if generalized:
        encoded = encoded[: -len(".generalized")]
    normalized = encoded.endswith(".normalized")
    return {
        (False, False): "default",
        (True, False): "norm",
        (False, True): "gen",
        (True, True): "norm+gen",
    }[normalized, generalized]


def module_text(checks):
    """A module that asks all `checks`, which share target, options and hash.

    The signature of check number N is called @vN and stands on a line of its
    own.
    """
    first = checks[0]
    parameters = ", ".join((f"hash = {first.hash}",) + OPTION_SETS[first.options])
    lines = [
        f"module attributes {{kcfi.encoding = #kcfi.encoding<{parameters}>"
        f", llvm.target_triple = {quote(first.target)}}} {{"
    ]
    lines += [
        f"  kcfi.signature @v{number} : {check.text}"
        for number, check in enumerate(checks)
    ]
    lines.append("}\n")
    return "\n".join(lines)


_SIGNATURE = re.compile(
    r"^\s*kcfi\.signature @v([0-9]+) .*kcfi\.type_id = #kcfi\.type_id<"
    r'(0[xX][0-9a-fA-F]+|[0-9]+), "((?:[^"\\]|\\.)*)">',
    re.MULTILINE,
)


def parse_output(text):
    """Number of each signature in the tool's output -> (string, id)."""
    return {
        int(match[1]): (unquote(match[3]), int(match[2], 0))
        for match in _SIGNATURE.finditer(text)
    }
