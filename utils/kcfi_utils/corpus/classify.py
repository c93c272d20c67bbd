#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the object code of functions, and names what differs."""

import collections
import difflib
import re

from kcfi_utils.corpus.module import BUNDLE
from kcfi_utils.corpus.tools import run


def classify_line(old, new):
    """Names what differs between two lines that stand for the same thing."""
    if " = phi " in old and " = phi " in new:
        incoming = re.compile(r"\[[^\]]*\]")
        same = sorted(incoming.findall(old)) == sorted(incoming.findall(new))
        return {"order of phi operands" if same else "operands of phi"}
    intrinsic = re.search(r"call [^@]*@llvm\.", old)
    opcode = re.sub(r"^%v\d+ = ", "", old).split(" ")[0]
    owner = "the function" if opcode == "define" else "'%s'" % opcode
    if intrinsic:
        owner = "calls of intrinsics"
    elif re.search(r"\bcall ", old):
        owner = "calls"
    old, new = (re.sub(r"initializes\(\(.*?\)\)", "initializes", x) for x in (old, new))
    if BUNDLE.findall(old) != BUNDLE.findall(new):
        return {"check of %s %s" % (owner, "changed" if BUNDLE.search(new) else "lost")}
    word = re.compile(r"[a-z_]+\([^()]*\)|\"[^\"]*\"(?:=\"[^\"]*\")?|[^\s,(){}]+")
    old_words = collections.Counter(word.findall(old))
    new_words = collections.Counter(word.findall(new))
    lost, added = old_words - new_words, new_words - old_words
    keyword = re.compile(r"(![\w.]+|[a-z_]+|\".*)(\(|$)")
    if not all(keyword.match(text) for text in [*lost, *added]):
        return {"operands of " + owner}
    lost = {keyword.match(text).group(1) for text in lost}
    added = {keyword.match(text).group(1) for text in added}
    return (
        {"%s of %s lost" % (text, owner) for text in lost - added}
        | {"%s of %s added" % (text, owner) for text in added - lost}
        | {"%s of %s changed" % (text, owner) for text in added & lost}
    )


def classify(before, after, name):
    """Why the code of a function may differ: all differences of its IR, each with
    the lines that show it first."""
    old_header, old_blocks, old_order, old_folded = before.normalize(name)
    new_header, new_blocks, new_order, new_folded = after.normalize(name)
    causes = {}
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
    for pair in pairs:
        if pair[0] != pair[1]:
            for cause in classify_line(*pair):
                causes.setdefault(cause, list(pair))
    return causes or {"none: the IR text of the function is the same": ["", ""]}


def read_code(tools, path):
    """Text of each function's instructions and relocations, and of each section
    of data."""
    functions = collections.defaultdict(list)
    current = None
    for line in run([tools.llvm_objdump, "-d", "-r", path]).stdout.splitlines():
        match = re.match(r"[0-9a-f]+ <(.*)>:$", line)
        if match:
            # The bytes before the entry belong to the function.
            current = functions[re.sub(r"^__cfi_", "", match.group(1))]
        elif line.startswith("Disassembly of section"):
            current = None
        elif current is not None and line.strip():
            current.append(line)
    sections = collections.defaultdict(list)
    current = None
    ignored = re.compile(
        r"\.(text|debug|comment|note|llvm|sym|str|shstr|eh_frame|group|rela?\.)"
    )
    for line in run([tools.llvm_objdump, "-s", "-r", path]).stdout.splitlines():
        match = re.match(
            r"Contents of section (.*):|RELOCATION RECORDS FOR \[(.*)\]", line
        )
        if match:
            name = match.group(1) or match.group(2)
            current = None if ignored.match(name) else sections[name]
        elif current is not None and line.strip():
            current.append(line)
    return functions, sections
