#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads LLVM IR as text without what numbering and order decide."""

import collections
import re

STRING = r'"[^"]*"'

TOKEN = re.compile(rf"c?{STRING}|[%@$!#^]{STRING}|[%@$!#^]?[-\w.$\\]+|\.\.\.|\S")

GROUP = re.compile(rf"({STRING})|(?<![\w!])#(\d+)\b")

NODE = re.compile(rf"({STRING})|!(\d+)\b")

KCFI_BUNDLE = re.compile(r'"kcfi"\(i32 (?:-?\d+|undef|poison)\)')

KCFI_TYPE = re.compile(r",? !kcfi_type !\d+")


def strip_comment(line):
    if ";" not in line:
        return line.rstrip()
    quoted = False
    for position, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            return line[:position].rstrip()
    return line.rstrip()


def strip_kcfi(text):
    """Takes away ids, checks and the module flag."""
    text = KCFI_TYPE.sub("", text)
    text = re.sub(rf" \[ {KCFI_BUNDLE.pattern} \]", "", text)
    text = re.sub(rf"{KCFI_BUNDLE.pattern}, |, {KCFI_BUNDLE.pattern}", "", text)
    flag = re.search(r'^(!\d+) = !\{i32 4, !"kcfi", i32 1\}$', text, re.M)
    if flag:
        text = re.sub(
            r"^(!llvm\.module\.flags = !\{)(.*)(\})$",
            lambda m: (
                m[1]
                + ", ".join(node for node in m[2].split(", ") if node != flag[1])
                + m[3]
            ),
            text,
            flags=re.M,
        )
        text = re.sub(r"^!llvm\.module\.flags = !\{\}\n", "", text, flags=re.M)
    return text


def count_kcfi(text):
    return (
        len(re.findall(r"!kcfi_type !\d+ *(?:\{|$)|^declare .*!kcfi_type", text, re.M)),
        len(KCFI_BUNDLE.findall(text)),
    )


def sort_phi(line):
    """The order of incoming values has no meaning."""
    match = re.match(r"(\s*%\S+ = phi .*? )(\[ .* \])(.*)$", line)
    if not match:
        return line
    incoming = re.findall(r"\[ .*?, %\S+ \]", match[2])
    return match[1] + ", ".join(sorted(incoming)) + match[3]


class Module:
    """Top-level entities by kind and name, in a form without numbering."""

    def __init__(self, text):
        self.groups = {}
        self.nodes = {}
        self.entities = collections.OrderedDict()
        raw = []
        lines = iter(text.splitlines())
        for line in lines:
            line = strip_comment(line)
            if not line:
                continue
            match = re.match(r"attributes #(\d+) = \{ ?(.*?) ?\}$", line)
            if match:
                self.groups[match[1]] = match[2]
                continue
            match = re.match(r"!(\d+) = (.*)$", line)
            if match:
                self.nodes[match[1]] = match[2]
                continue
            if line.startswith("define"):
                body = [line]
                for line in lines:
                    line = strip_comment(line)
                    if line:
                        body.append(sort_phi(line))
                    if line == "}":
                        break
                line = "\n".join(body)
            raw.append(line)
        for line in raw:
            self.add(line)

    def add(self, line):
        symbol = re.match(rf"(?:define|declare)\b.*?(@(?:{STRING}|[-\w.$]+))\(", line)
        if symbol:
            # The declaration of an intrinsic follows from its name.
            if symbol[1].startswith("@llvm.") and line.startswith("declare"):
                return
            key = ("function", symbol[1])
        elif line.startswith("module asm"):
            key = ("module", "asm")
            line = self.entities.get(key, "") + line + "\n"
        elif line.startswith(("target ", "source_filename")):
            key = ("module", line.split(" = ")[0])
            if "datalayout" in key[1]:
                # The order of the parts has no meaning.
                for part in line.split('"')[1].split("-"):
                    self.entities[("data layout", part)] = part
                return
        elif line[0] in "@%$!^":
            kind = {
                "@": "global",
                "%": "type",
                "$": "comdat",
                "!": "named metadata",
                "^": "summary",
            }[line[0]]
            key = (kind, line.split(" = ")[0])
        else:
            key = ("module", line)
        if key == ("named metadata", "!llvm.module.flags"):
            for flag in re.findall(r"!(\d+)", line):
                text = self.expand(f"!{flag}")
                name = re.search(STRING, text)
                self.entities[("module flag", name[0] if name else text)] = text
            return
        self.entities[key] = self.expand(line)

    def expand(self, text):
        """Attribute groups in place, metadata nodes behind, renumbered."""
        text = GROUP.sub(lambda m: m[0] if m[1] else self.groups.get(m[2], m[0]), text)
        order: dict[str, int] = {}
        done: list[str] = []

        def rename(match):
            if match[1] or match[2] not in self.nodes:
                return match[0]
            return "!m%d" % order.setdefault(match[2], len(order))

        text = NODE.sub(rename, text)
        while len(done) < len(order):
            node = list(order)[len(done)]
            done.append("!m%d = " % len(done) + NODE.sub(rename, self.nodes[node]))
        # A node that nothing else names is clearer where it is used.
        for number, line in reversed(list(enumerate(done))):
            name, value = line.split(" = ", 1)
            uses = re.findall(rf"{name}\b", "\n".join([text, *filter(None, done)]))
            if (
                len(uses) == 2
                and not value.startswith("distinct")
                and value.startswith("!{")
            ):
                used = re.compile(rf"{name}\b(?! = )")
                text = used.sub(lambda _: value, text)
                done = [used.sub(lambda _: value, other) for other in done]
                done[number] = ""
        return "\n".join([text, *filter(None, done)])
