#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads the fields of the nodes that types of vectors are made of."""

import json
import re
import sys

# Type trees nest; deep ones must not exhaust the interpreter's default limit.
sys.setrecursionlimit(20000)


class VectorError(Exception):
    """One vector cannot be understood; the others of its file can."""


class FormatError(Exception):
    """A whole file cannot be used."""


def quote(text):
    """`text` as an MLIR string literal; all but plain ASCII as hex bytes."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise VectorError(f"not a UTF-8 string: {text!a}") from error
    out = []
    for byte in data:
        char = chr(byte)
        if char in '\\"':
            out.append("\\" + char)
        elif 0x20 <= byte < 0x7F:
            out.append(char)
        else:
            out.append(f"\\{byte:02X}")
    return '"' + "".join(out) + '"'


_ESCAPE = re.compile(rb"\\([0-9A-Fa-f]{2}|.)", re.DOTALL)

_SHORT_ESCAPES = {b"n": b"\n", b"t": b"\t"}


def unquote(literal):
    """The text of the body of an MLIR string literal, without its quotes."""

    def replace(match):
        code = match.group(1)
        if len(code) == 2:
            return bytes([int(code, 16)])
        return _SHORT_ESCAPES.get(code, code)

    data = _ESCAPE.sub(replace, literal.encode("utf-8"))
    return data.decode("utf-8", "backslashreplace")


def show(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:117] + "..."


def fields(node, what, required=(), optional=()):
    """Checks that `node` is an object with these fields and no others."""
    if not isinstance(node, dict):
        raise VectorError(f"{what}: expected an object, got {show(node)}")
    for name in required:
        if name not in node:
            raise VectorError(f"{what}: field '{name}' is missing")
    for name in node:
        if name not in required and name not in optional:
            raise VectorError(f"{what}: unknown field '{name}'")
    return node


def string(value, what):
    if not isinstance(value, str):
        raise VectorError(f"{what}: expected a string, got {show(value)}")
    return value


def flag(value, what):
    if not isinstance(value, bool):
        raise VectorError(f"{what}: expected true or false, got {show(value)}")
    return value


def items(value, what):
    if not isinstance(value, list):
        raise VectorError(f"{what}: expected a list, got {show(value)}")
    return value


def number(value, what):
    """A number that is not negative; large ones may come as decimal strings."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and re.fullmatch("[0-9]+", value):
        return int(value)
    raise VectorError(f"{what}: expected a number, got {show(value)}")


def one_of(value, allowed, what):
    if not isinstance(value, str) or value not in allowed:
        raise VectorError(f"{what}: unknown value {show(value)}")
    return value


def subset(value, allowed, what):
    """The elements of the list `value` in the order of `allowed`."""
    for element in items(value, what):
        one_of(element, allowed, what)
    return [element for element in allowed if element in value]


def wrapper(kind, spelling):
    """A method of TypePrinter for a kind that only wraps the type `to`."""

    def method(self, node):
        fields(node, kind, ("kind", "to"))
        return f"{spelling}<{self.type(node['to'])}>"

    return method
