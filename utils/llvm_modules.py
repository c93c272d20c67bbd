# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs LLVM's tools on modules and compares what comes out: ids and checks, LLVM
IR as text without numbering, and object code section by section."""

import collections
import dataclasses
import difflib
import os
import re
import signal
import subprocess

TIMEOUT_SECONDS = 60


class InputError(Exception):
    """A tool or an input file cannot be used."""


#===----------------------------------------------------------------------===#
# Tools
#===----------------------------------------------------------------------===#


class Tools:
    def __init__(self, directory):
        self.directory = directory

    def run(self, tool, *arguments):
        # Notes of a crash are not read: they need no symbols.
        environment = dict(os.environ, LLVM_DISABLE_SYMBOLIZATION="1")
        command = [os.path.join(self.directory, tool), *arguments]
        try:
            return subprocess.run(command, stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True,
                                  errors="backslashreplace", env=environment,
                                  timeout=TIMEOUT_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(f"{tool}: {error}")

    def must(self, tool, *arguments):
        done = self.run(tool, *arguments)
        if done.returncode:
            raise InputError(f"{' '.join([tool, *arguments])}: {done.stderr}")
        return done.stdout


def first_error(done):
    """The first line that says what is wrong, without the place."""
    if done.returncode < 0:
        return signal.Signals(-done.returncode).name
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    for line in lines:
        match = re.search(r"\berror: (.*)", line)
        if match:
            return " ".join(match.group(1).split())
    return " ".join(lines[0].split()) if lines else f"exit code {done.returncode}"


#===----------------------------------------------------------------------===#
# LLVM IR as text, as the printer of LLVM writes it
#===----------------------------------------------------------------------===#

STRING = r'"[^"]*"'
TOKEN = re.compile(
    rf'c?{STRING}|[%@$!#^]{STRING}|[%@$!#^]?[-\w.$\\]+|\.\.\.|\S')
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
        text = re.sub(r"^(!llvm\.module\.flags = !\{)(.*)(\})$",
                      lambda m: m[1] + ", ".join(
                          node for node in m[2].split(", ")
                          if node != flag[1]) + m[3], text, flags=re.M)
        text = re.sub(r"^!llvm\.module\.flags = !\{\}\n", "", text, flags=re.M)
    return text


def count_kcfi(text):
    return (len(re.findall(r"!kcfi_type !\d+ *(?:\{|$)|^declare .*!kcfi_type",
                           text, re.M)), len(KCFI_BUNDLE.findall(text)))


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
        symbol = re.match(
            rf"(?:define|declare)\b.*?(@(?:{STRING}|[-\w.$]+))\(", line)
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
            kind = {"@": "global", "%": "type", "$": "comdat",
                    "!": "named metadata", "^": "summary"}[line[0]]
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
        text = GROUP.sub(
            lambda m: m[0] if m[1] else self.groups.get(m[2], m[0]), text)
        order = {}
        done = []

        def rename(match):
            if match[1] or match[2] not in self.nodes:
                return match[0]
            return "!m%d" % order.setdefault(match[2], len(order))

        text = NODE.sub(rename, text)
        while len(done) < len(order):
            node = list(order)[len(done)]
            done.append("!m%d = " % len(done) +
                        NODE.sub(rename, self.nodes[node]))
        # A node that nothing else names is clearer where it is used.
        for number, line in reversed(list(enumerate(done))):
            name, value = line.split(" = ", 1)
            uses = re.findall(rf"{name}\b", "\n".join([text, *filter(None, done)]))
            if len(uses) == 2 and not value.startswith("distinct") and \
                    value.startswith("!{"):
                used = re.compile(rf"{name}\b(?! = )")
                text = used.sub(lambda _: value, text)
                done = [used.sub(lambda _: value, other) for other in done]
                done[number] = ""
        return "\n".join([text, *filter(None, done)])


#===----------------------------------------------------------------------===#
# Differences
#===----------------------------------------------------------------------===#


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
        None, [masked(old[a:b]) for a, b in spans_old],
        [masked(new[a:b]) for a, b in spans_new], autojunk=False)

    def cut(text, spans, start, end):
        if start == end:
            return ""
        return " ".join(text[spans[start][0]:spans[end - 1][1]].split())

    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield cut(old, spans_old, a, b), cut(new, spans_new, c, d)


ATTACHMENT = re.compile(r",? !([-\w.$\\]+) (?:(!m\d+|!\{[^{}]*\}|!DI\w+\([^()]*\)))")


def split_hints(text):
    """A function without, and only with, what may be dropped at any time."""
    header, _, rest = text.partition("\n")
    hints = collections.Counter()
    lines = []
    body = True
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
    for key in list(old.entities) + [k for k in new.entities
                                     if k not in old.entities]:
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
            differences += [Difference(kind, name, *run)
                            for run in runs(before, after)]
            continue
        plain_before, hints_before = split_hints(before)
        plain_after, hints_after = split_hints(after)
        found = [Difference(kind, name, *run)
                 for run in runs(plain_before, plain_after)]
        if not found and plain_before != plain_after:
            found = [Difference(kind, name, "", "")]
        header = [line.split("\n")[0] for line in (before, after)]
        nodes = [dict(re.findall(r"^(!m\d+) = (.*)$", text, re.M))
                 for text in (before, after)]
        if not found and header[0] == header[1]:
            # What attachments of the function itself lead to.
            found = [Difference(kind, name, *run) for run in runs(
                *("\n".join(n.get(use, "") for use in re.findall(r"!m\d+", h))
                  for h, n in zip(header, nodes)))]
        for hint in hints_before - hints_after:
            found.append(Difference("hint", name, hint, ""))
        for hint in hints_after - hints_before:
            found.append(Difference("hint", name, "", hint))
        if not found:
            found = [Difference("hint", name, "nodes of metadata",
                                "other nodes")]
        differences += found
    return differences


#===----------------------------------------------------------------------===#
# Object code
#===----------------------------------------------------------------------===#


def sections(tools, path):
    """Contents and relocations of each section, or None if llc refuses."""
    output = path + ".o"
    done = tools.run("llc", "-filetype=obj", "-relocation-model=pic",
                     "-function-sections", "-data-sections", path, "-o", output)
    if done.returncode:
        return None
    text = tools.must("llvm-readobj", "--sections", "--section-data",
                      "--section-relocations", "--symbols", output)
    found = collections.Counter()
    for kind, block in re.findall(r"^  (Section|Symbol) \{\n(.*?)^  \}", text,
                                  re.M | re.S):
        name = re.search(r"Name: (.*)", block)
        name = re.sub(r" \([\dA-Fx ]+\)$", "", name[1]) if name else ""
        if name in (".strtab", ".symtab", ".llvm_addrsig", ".shstrtab") or \
                "Type: File" in block or name == ".file":
            continue
        # Positions in the file, and numbers of symbols and sections.
        block = re.sub(r"^ *(Index|Number|Offset|Link|Info|Name|"
                       r"PointerToRawData|PointerToRelocations|ElementIndex|"
                       r"RelocationCount|StringTableIndex): .*\n", "", block,
                       flags=re.M)
        block = re.sub(r" \(0x[\dA-F]+\)|\(\d+\)", "", block)
        found[(name if kind == "Section" else "symbol " + name, block)] += 1
    return found


def differing_sections(before, after):
    names = {name for name, _ in (before - after) | (after - before)}
    return sorted(name for name in names if not name.startswith(
        "symbol ") or name[7:] not in " ".join(names - {name}).replace(
            "symbol ", ""))


#===----------------------------------------------------------------------===#
# Files
#===----------------------------------------------------------------------===#


def find_inputs(given):
    """The .ll files of directories, and files, by name."""
    paths = []
    for path in given:
        if os.path.isdir(path):
            paths += [os.path.join(path, name) for name in os.listdir(path)
                      if name.endswith(".ll")]
        else:
            paths.append(path)
    if not paths:
        raise InputError("no .ll files")
    return sorted(paths, key=os.path.basename)


def read(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)
