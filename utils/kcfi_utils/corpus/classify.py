# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the object code of functions, and names what differs."""

from __future__ import annotations

import collections
import difflib
import re

from kcfi_utils.corpus.module import BUNDLE, NAME, Module
from kcfi_utils.corpus.tools import Tools
from kcfi_utils.tools import must

# A value in parentheses, which may hold two more pairs of them.
NESTED = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"

WORD = re.compile(rf'[a-z_]+{NESTED}|align \d+|"[^"]*"(?:="[^"]*")?|[^\s,(){{}}]+')

# An attribute, a flag or the kind of metadata; the value does not matter.
KEYWORD = re.compile(r'(![\w.]+|[a-z_]+|"[^"]*")(?:[(=]| \d+$|$)')

# Words that look like attributes.
VALUES = frozenset(
    "double false float half bfloat fp128 label none null poison ptr token true undef "
    "void x86_fp80 zeroinitializer".split()
)

CALLEE = re.compile(rf"[@%]{NAME}\(")


def join_quoted(line: str) -> str:
    """Makes one word of each quoted name and string."""
    return re.sub(r'"[^"]*"', lambda m: re.sub(r"[\s,(){}]", "_", m[0]), line)


def opcode_of(line: str) -> str:
    words = re.sub(r"^%v\d+ = ", "", line).split(" ")
    return "call" if "call" in words[:2] else words[0]


def owner_of(line: str) -> str:
    opcode = opcode_of(line)
    if opcode == "define":
        return "the function"
    if opcode != "call":
        return f"'{opcode}'"
    callee = CALLEE.search(line)
    if callee and callee[0].startswith(("@llvm.", '@"llvm.')):
        return "calls of intrinsics"
    return "calls"


def classify_line(old: str, new: str) -> set[str]:
    """Names what differs between two lines that stand for the same thing."""
    if " = phi " in old and " = phi " in new:
        incoming = re.compile(r"\[[^\]]*\]")
        same = sorted(incoming.findall(old)) == sorted(incoming.findall(new))
        return {"order of phi operands" if same else "operands of phi"}
    if opcode_of(old) != opcode_of(new):
        return {"other instructions"}
    owner = owner_of(old)
    if BUNDLE.findall(old) != BUNDLE.findall(new):
        return {f"check of {owner} {'changed' if BUNDLE.search(new) else 'lost'}"}
    old_words, new_words = (
        collections.Counter(WORD.findall(join_quoted(line))) for line in (old, new)
    )
    lost: set[str] = set()
    added: set[str] = set()
    for words, names in ((old_words - new_words, lost), (new_words - old_words, added)):
        for word in words:
            keyword = KEYWORD.match(word)
            if not keyword or keyword[1] in VALUES:
                return {f"operands of {owner}"}
            names.add(keyword[1])
    return (
        {f"{name} of {owner} lost" for name in lost - added}
        | {f"{name} of {owner} added" for name in added - lost}
        | {f"{name} of {owner} changed" for name in added & lost}
    )


def classify(before: Module, after: Module, name: str) -> dict[str, list[str]]:
    """Why the code of a function may differ: all differences of its IR, each with
    the lines that show it first."""
    old_header, old_blocks, old_order, old_folded = before.normalize(name)
    new_header, new_blocks, new_order, new_folded = after.normalize(name)
    causes: dict[str, list[str]] = {}
    if old_order != new_order:
        causes["order of basic blocks"] = [str(old_order), str(new_order)]
    if old_folded != new_folded:
        causes["blocks between a switch and a phi"] = [str(old_folded), str(new_folded)]
    if len(old_blocks) != len(new_blocks):
        causes["other instructions"] = [str(len(old_blocks)), str(len(new_blocks))]
    pairs = [(old_header, new_header)]
    for old, new in zip(old_blocks, new_blocks):
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag != "equal" and i2 - i1 == j2 - j1:
                pairs += zip(old[i1:i2], new[j1:j2])
            elif tag != "equal":
                causes.setdefault(
                    "other instructions",
                    ["\n".join(old[i1:i2][:5]), "\n".join(new[j1:j2][:5])],
                )
    for old_line, new_line in pairs:
        if old_line != new_line:
            for cause in classify_line(old_line, new_line):
                causes.setdefault(cause, [old_line, new_line])
    return causes or {"none: the IR text of the function is the same": ["", ""]}


Sections = dict[str, list[str]]


def read_code(tools: Tools, path: str) -> tuple[Sections, Sections]:
    """Text of each function's instructions and relocations, and of each section
    of data."""
    functions: Sections = collections.defaultdict(list)
    current: list[str] | None = None
    for line in must(
        [tools.llvm_objdump, "-dr", path], timeout=None
    ).stdout.splitlines():
        if match := re.match(r"[0-9a-f]+ <(.*)>:$", line):
            # The bytes before the entry belong to the function.
            current = functions[re.sub(r"^__cfi_", "", match[1])]
        elif line.startswith("Disassembly of section"):
            current = None
        elif current is not None and line.strip():
            current.append(line)
    sections: Sections = collections.defaultdict(list)
    current = None
    ignored = re.compile(
        r"\.(text|debug|comment|note|llvm|sym|str|shstr|eh_frame|group|rela?\.)"
    )
    for line in must(
        [tools.llvm_objdump, "-sr", path], timeout=None
    ).stdout.splitlines():
        if match := re.match(
            r"Contents of section (.*):|RELOCATION RECORDS FOR \[(.*)\]", line
        ):
            name = match[1] or match[2]
            current = None if ignored.match(name) else sections[name]
        elif current is not None and line.strip():
            current.append(line)
    return functions, sections


# In front of the name of the function that tables and constants belong to.
OWNED = re.compile(r"^\.(rodata\.(cst\d+$|(unlikely|hot)\.)?|gcc_except_table\.?)")


def follows_from_code(
    name: str, old: list[str], new: list[str], differing: set[str]
) -> bool:
    """Whether a section of data differs since the code of functions does.

    Jump tables, exception tables, constants and the list of traps follow the
    code. A variable does not, but for addresses within a function that differs."""
    if not differing:
        return False
    owner = OWNED.sub("", name)
    if owner in differing | {""} or name == ".kcfi_traps":
        return True

    def others(lines: list[str]) -> list[str]:
        return [
            line
            for line in lines
            if not (match := re.search(r" R_\S+ +\.text\.(.*?)\+0x\w+$", line))
            or match[1] not in differing
        ]

    return others(old) == others(new)
