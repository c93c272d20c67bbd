#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares two modules: text, ids and checks, and sections of objects."""

import collections
import dataclasses
import difflib
import re

from kcfi_utils.modules.text import TOKEN


@dataclasses.dataclass(frozen=True)
class Difference:
    kind: str
    name: str
    removed: str
    added: str

    def is_hint(self):
        """Whether LLVM itself may drop what is missing."""
        return self.kind == "hint"

    def text(self):
        def quote(words):
            words = words if len(words) <= 90 else words[:87] + "..."
            return f"`{words}`"

        if not self.removed and not self.added:
            return "numbering or order of values"
        if not self.added:
            return quote(self.removed)
        if not self.removed:
            return f"added {quote(self.added)}"
        return f"{quote(self.removed)} → {quote(self.added)}"


def masked(token):
    """Local numbers differ as soon as one value more or less is numbered."""
    return re.sub(r"^%\d+$", "%", re.sub(r"^!m\d+$", "!m", token))


def runs(old, new):
    """Removed and added runs of tokens of two texts."""
    spans_old = [m.span() for m in TOKEN.finditer(old)]
    spans_new = [m.span() for m in TOKEN.finditer(new)]
    matcher = difflib.SequenceMatcher(
        None,
        [masked(old[a:b]) for a, b in spans_old],
        [masked(new[a:b]) for a, b in spans_new],
        autojunk=False,
    )

    def cut(text, spans, start, end):
        if start == end:
            return ""
        return " ".join(text[spans[start][0] : spans[end - 1][1]].split())

    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield cut(old, spans_old, a, b), cut(new, spans_new, c, d)


ATTACHMENT = re.compile(r",? !([-\w.$\\]+) (?:(!m\d+|!\{[^{}]*\}|!DI\w+\([^()]*\)))")


def split_hints(text):
    """A function without, and only with, what may be dropped at any time."""
    header, _, rest = text.partition("\n")
    hints: collections.Counter[str] = collections.Counter()
    lines = []
    for line in rest.split("\n"):
        if line.startswith("!m"):
            continue  # compared where it is used
        if line.strip().startswith("#dbg_"):
            hints[line.strip().split("(")[0]] += 1
            continue
        for match in ATTACHMENT.finditer(line):
            hints["!" + match[1]] += 1
        while True:
            less = ATTACHMENT.sub("", line)
            if less == line:
                break
            line = less
        lines.append(line)
    return header + "\n" + "\n".join(lines), hints


def compare(old, new):
    differences = []
    for key in list(old.entities) + [k for k in new.entities if k not in old.entities]:
        kind, name = key
        before = old.entities.get(key)
        after = new.entities.get(key)
        if before == after:
            continue
        if before is None:
            differences.append(Difference(kind, name, "", f"{kind} {name}"))
            continue
        if after is None:
            differences.append(Difference(kind, name, f"{kind} {name}", ""))
            continue
        if kind != "function":
            differences += [Difference(kind, name, *run) for run in runs(before, after)]
            continue
        plain_before, hints_before = split_hints(before)
        plain_after, hints_after = split_hints(after)
        found = [
            Difference(kind, name, *run) for run in runs(plain_before, plain_after)
        ]
        if not found and plain_before != plain_after:
            found = [Difference(kind, name, "", "")]
        header = [line.split("\n")[0] for line in (before, after)]
        nodes = [
            dict(re.findall(r"^(!m\d+) = (.*)$", text, re.M))
            for text in (before, after)
        ]
        if not found and header[0] == header[1]:
            # What attachments of the function itself lead to.
            found = [
                Difference(kind, name, *run)
                for run in runs(
                    *(
                        "\n".join(n.get(use, "") for use in re.findall(r"!m\d+", h))
                        for h, n in zip(header, nodes)
                    )
                )
            ]
        for hint in hints_before - hints_after:
            found.append(Difference("hint", name, hint, ""))
        for hint in hints_after - hints_before:
            found.append(Difference("hint", name, "", hint))
        if not found:
            found = [Difference("hint", name, "nodes of metadata", "other nodes")]
        differences += found
    return differences


def sections(tools, path):
    """Contents and relocations of each section, or None if llc refuses."""
    output = path + ".o"
    done = tools.run(
        "llc",
        "-filetype=obj",
        "-relocation-model=pic",
        "-function-sections",
        "-data-sections",
        path,
        "-o",
        output,
    )
    if done.returncode:
        return None
    text = tools.must(
        "llvm-readobj",
        "--sections",
        "--section-data",
        "--section-relocations",
        "--symbols",
        output,
    )
    found: collections.Counter[tuple[str, str]] = collections.Counter()
    for kind, block in re.findall(
        r"^  (Section|Symbol) \{\n(.*?)^  \}", text, re.M | re.S
    ):
        line = re.search(r"Name: (.*)", block)
        name = re.sub(r" \([\dA-Fx ]+\)$", "", line[1]) if line else ""
        if (
            name in (".strtab", ".symtab", ".llvm_addrsig", ".shstrtab")
            or "Type: File" in block
            or name == ".file"
        ):
            continue
        # Positions in the file, and numbers of symbols and sections.
        block = re.sub(
            r"^ *(Index|Number|Offset|Link|Info|Name|"
            r"PointerToRawData|PointerToRelocations|ElementIndex|"
            r"RelocationCount|StringTableIndex): .*\n",
            "",
            block,
            flags=re.M,
        )
        block = re.sub(r" \(0x[\dA-F]+\)|\(\d+\)", "", block)
        found[(name if kind == "Section" else "symbol " + name, block)] += 1
    return found


def differing_sections(before, after):
    names = {name for name, _ in (before - after) | (after - before)}
    return sorted(
        name
        for name in names
        if not name.startswith("symbol ")
        or name[7:] not in " ".join(names - {name}).replace("symbol ", "")
    )
