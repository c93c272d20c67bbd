#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Asks clang and kcfi-check-interop for what they say of functions."""

import os
import re

from kcfi_utils.compilers.rustc import TARGET, read_ids
from kcfi_utils.interop.values import C_PREAMBLE
from kcfi_utils.tools import ToolError, must
from kcfi_utils.vectors.tables import OPTION_SETS

CLANG_OPTIONS = {
    "default": [],
    "norm": ["-fsanitize-cfi-icall-experimental-normalize-integers"],
    "gen": ["-fsanitize-cfi-icall-generalize-pointers"],
    "norm+gen": [
        "-fsanitize-cfi-icall-experimental-normalize-integers",
        "-fsanitize-cfi-icall-generalize-pointers",
    ],
}


def write(directory, name, text):
    path = os.path.join(directory, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def ask_clang(clang, functions, options, directory):
    lines = [C_PREAMBLE]
    for number, function in enumerate(functions):
        name = f"f{number}"
        lines.append(f"{function.c(name)};\n__typeof__({name}) *use{number} = {name};")
    output = os.path.join(directory, "probe.c.ll")
    must(
        [
            clang,
            f"--target={TARGET}",
            "-std=gnu17",
            "-O0",
            "-w",
            "-fsanitize=kcfi",
            "-S",
            "-emit-llvm",
            *CLANG_OPTIONS[options],
            "-o",
            output,
            write(directory, "probe.c", "\n".join(lines) + "\n"),
        ],
        what=clang,
    )
    with open(output, encoding="utf-8", errors="replace") as file:
        return read_ids(file.read())


def split_params(text):
    """The parameters of a fn type, from what is between its parentheses."""
    params, depth, start = [], 0, 0
    text = text.replace("->", "  ")
    for index, char in enumerate(text):
        depth += (char in "([<") - (char in ")]>")
        if char == "," and depth == 0:
            params.append((start, index))
            start = index + 1
    return params + [(start, len(text))] if text.strip() else []


def declare(name, fn):
    """A declaration of a function from the text of its type."""
    start = fn.index("(") + 1
    depth, end = 1, start
    while depth:
        depth += (fn[end] == "(") - (fn[end] == ")")
        end += 1
    inner = fn[start : end - 1]
    params = [inner[a:b].strip() for a, b in split_params(inner)]
    params = [param if param == "..." else f"_: {param}" for param in params]
    return (
        f'unsafe extern "C" {{ pub fn {name}({", ".join(params)})'
        f"{fn[end:]}; }}\n"
        f"pub fn use_{name}() -> *const () {{ {name} as *const () }}"
    )


FIX = re.compile(
    r"note: to make the ids equal: (?:compile both languages (?P<options>.*?))?"
    r"(?:(?: and )?declare it in Rust as '(?P<rust>extern .*?)'"
    r"(?: with '(?P<definitions>.*)')?)?$"
)


def check_interop(kcfi_opt, functions, texts, options, directory):
    """Number of a function that is reported -> its fixes, each a tuple of
    options, Rust type or None, and definitions."""
    parameters = ", ".join(("hash = xxhash64",) + OPTION_SETS[options])
    lines = [
        f"module attributes {{kcfi.encoding = #kcfi.encoding<{parameters}>"
        f', llvm.target_triple = "{TARGET}"}} {{'
    ]
    for number, function in enumerate(functions):
        c_type, rust_type = texts[number]
        lines.append(
            f"  {function.machine(f'f{number}')} attributes "
            f"{{kcfi.sig = {c_type}, "
            f"kcfi.foreign_sigs = [{rust_type}]}}"
        )
    path = write(directory, "interop.mlir", "\n".join(lines) + "\n}\n")
    command = [kcfi_opt, "--kcfi-check-interop", path, "-o", os.devnull]
    errors = must(command, what=kcfi_opt).stderr
    reported: dict[int, list] = {}
    fixes = None
    for line in errors.splitlines():
        if " warning: " in line:
            match = re.search(r" warning: 'f([0-9]+)' has different", line)
            # Fn pointers in functions are those of other functions.
            fixes = reported.setdefault(int(match[1]), []) if match else None
        elif "note: to make the ids equal" in line and fixes is not None:
            match = FIX.search(line)
            if not match:
                raise ToolError(f"cannot read the fix: {line}")
            fixes.append(
                (
                    change_options(options, match["options"] or ""),
                    match["rust"],
                    match["definitions"] or "",
                )
            )
    return reported


def change_options(options, text):
    wanted = set(options.split("+")) - {"default"}
    if "with normalised integers" in text:
        wanted.add("norm")
    if "without normalised integers" in text:
        wanted.remove("norm")
    if "without generalised pointers" in text:
        wanted.remove("gen")
    return "+".join(sorted(wanted, reverse=True)) or "default"
