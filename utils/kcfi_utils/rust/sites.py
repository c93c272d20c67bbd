#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads the checks and symbols of a module that rustc made."""

import collections
import os
import re

from kcfi_utils.compilers.kcfi_opt import run_kcfi_opt
from kcfi_utils.compilers.rustc import TARGET
from kcfi_utils.tools import ToolError, run
from kcfi_utils.vectors.nodes import unquote
from kcfi_utils.vectors.tables import OPTION_SETS

SITE = re.compile(r'"kcfi"\(i32 (-?[0-9]+)\)')

DEFINITION = re.compile(r"^define .*?@([A-Za-z0-9_.$]+)\(")


def drop_generics(text):
    """Without what stands between angle brackets, and `::` in front of it."""
    result, depth = "", 0
    for token in re.findall(r"->|(?:::)?<|>|[^<>:-]+|.", text):
        if token in ("<", "::<"):
            depth += 1
        elif token == ">" and depth:
            depth -= 1
        elif not depth:
            result += token
    return result


def simplify(name):
    """The demangled name without generic arguments but those of `Self`'s."""
    match = re.fullmatch(r"<(.*?) as (.*)>::(\w+)((?:::\{.*\})?)", name)
    if match:
        own = match[1] if match[1].startswith("fn(") else drop_generics(match[1])
        return f"<{own} as {drop_generics(match[2])}>::{match[3]}{match[4]}"
    match = re.fullmatch(r"<(.*)>::(\w+)", name)
    if match:
        return f"<{drop_generics(match[1])}>::{match[2]}"
    return drop_generics(name)


def demangle(demangler, symbols):
    names = run([demangler], input="\n".join(symbols) + "\n").stdout.splitlines()
    if len(names) != len(symbols):
        raise ToolError(
            f"{demangler} gives {len(names)} names for {len(symbols)} symbols"
        )
    return dict(zip(symbols, names))


def read_sites(text):
    """Function -> ids of its checked calls."""
    sites: dict[str, list[int]] = collections.defaultdict(list)
    function = ""
    for line in text.splitlines():
        match = DEFINITION.match(line)
        if match:
            function = match[1]
            sites[function] = []
        sites[function] += [int(value) % 2**32 for value in SITE.findall(line)]
    sites.pop("", None)
    return sites


def ask_kcfi_opt(path, questions, printer, options, directory):
    """The answers to `questions`, [Expected], as (string, id)."""
    parameters = ", ".join(("hash = xxhash64",) + OPTION_SETS[options])
    lines = [
        f"module attributes {{kcfi.encoding = #kcfi.encoding<{parameters}>"
        f', llvm.target_triple = "{TARGET}"}} {{'
    ]
    lines += [
        question.operation(number, printer) for number, question in enumerate(questions)
    ]
    name = os.path.join(directory, "crate.mlir")
    with open(name, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n}\n")
    output = run_kcfi_opt(path, name)
    answers = {}
    for match in re.finditer(
        r"func\.func private @v([0-9]+)\(.*kcfi\.type_id = #kcfi\.type_id<"
        r'(0x[0-9a-f]+), "((?:[^"\\]|\\.)*)">',
        output,
    ):
        answers[int(match[1])] = (unquote(match[3]), int(match[2], 0))
    if len(answers) != len(questions):
        raise ToolError(f"{path} answers {len(answers)} of {len(questions)} questions")
    return answers
