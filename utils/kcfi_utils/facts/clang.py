#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads C ABI facts from a clang."""

import re

from kcfi_utils.tools import ToolError, run


def search(pattern, text):
    """The group of a pattern that clang's output must have."""
    match = re.search(pattern, text, re.MULTILINE)
    if not match:
        raise ToolError(f"clang's output has nothing like {pattern}")
    return match[1]


class Rejected(Exception):
    """clang has no such target."""


class Clang:
    def __init__(self, path, triple):
        self.command = [path, f"--target={triple}", "-w"]

    def run(self, arguments, source=""):
        process = run(self.command + arguments + ["-o", "-", "-"], input=source)
        message = process.stderr.strip()
        return process.stdout if process.returncode == 0 else None, message

    def macros(self):
        output, message = self.run(["-x", "c", "-dM", "-E"])
        if output is None:
            raise Rejected(message.splitlines()[0] if message else "no message")
        return {
            name: value or ""
            for name, value in re.findall(r"#define (\w+)(?: (.*))?$", output, re.M)
        }

    def mangled(self, parameter):
        """The C++ mangling of a function with one parameter, None if there is
        no such type."""
        output, message = self.run(
            ["-x", "c++", "-S", "-emit-llvm"], f"void f({parameter}) {{}}\n"
        )
        if output is None:
            if "is not supported on this target" in message:
                return None
            raise Rejected(message.splitlines()[0] if message else "no message")
        return search(r'^define .*?@"?([^"(]+)"?\(', output)

    def kcfi_id(self, parameter):
        """The id of a C function with one parameter."""
        output, message = self.run(
            ["-x", "c", "-S", "-emit-llvm", "-fsanitize=kcfi"],
            f"void f({parameter} x) {{}}\n",
        )
        if output is None:
            raise Rejected(message.splitlines()[0] if message else "no message")
        node = search(r"^define .*!kcfi_type !(\d+)", output)
        value = search(rf"^!{node} = !{{i32 (-?\d+)}}", output)
        return int(value) & 0xFFFFFFFF


def integer_kind(spelling):
    words = [w for w in spelling.split() if w not in ("unsigned", "signed", "int")]
    return " ".join(words) or "int"


LONG_DOUBLES = {"53": "double", "64": "x87", "106": "double-double", "113": "quad"}

VA_LISTS = {
    "Pv": "void pointer",
    "Pc": "char pointer",
    "P13__va_list_tag": "tag array",
    "St9__va_list": "std::__va_list",
}

VA_LIST_CODES = {kind: code for code, kind in VA_LISTS.items()}


def facts_of_clang(clang):
    """Returns the facts clang has, without those it cannot show."""
    macros = clang.macros()

    def width(name):
        return int(macros[f"__SIZEOF_{name}__"]) * 8

    facts = {
        "pointerWidth": width("POINTER"),
        "intWidth": width("INT"),
        "longWidth": width("LONG"),
        "wcharWidth": width("WCHAR_T"),
        "charSigned": "__CHAR_UNSIGNED__" not in macros,
        "wcharSigned": "__WCHAR_UNSIGNED__" not in macros,
        "wcharType": integer_kind(macros["__WCHAR_TYPE__"]),
        "sizeType": integer_kind(macros["__SIZE_TYPE__"]),
        "ptrdiffType": integer_kind(macros["__PTRDIFF_TYPE__"]),
        "hasInt128": "__SIZEOF_INT128__" in macros,
        "hasFloat128": clang.mangled("__float128") is not None,
        "longDouble": LONG_DOUBLES.get(macros["__LDBL_MANT_DIG__"], "unknown"),
    }
    name = clang.mangled("long double")
    facts["usesMicrosoftMangling"] = name.startswith("?")
    if facts["usesMicrosoftMangling"]:
        return facts
    facts["longDoubleCode"] = name[len("_Z1f") :]
    code = clang.mangled("__builtin_va_list")[len("_Z1f") :]
    facts["vaList"] = VA_LISTS.get(code, code)
    bfloat = clang.mangled("__bf16")
    if bfloat is not None:
        facts["bf16IsVendorType"] = bfloat == "_Z1fu6__bf16"
    return facts
