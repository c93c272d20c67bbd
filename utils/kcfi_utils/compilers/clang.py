#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Asks clang for type ids."""

import dataclasses
import os
import re

from kcfi_utils.c.choices import preamble
from kcfi_utils.c.targets import TARGET_FLAGS
from kcfi_utils.tools import run


@dataclasses.dataclass
class Case:
    name: str
    node: dict
    text: str

    @property
    def is_member(self):
        return "quals" in self.node or "ref_qualifier" in self.node


class Clang:
    def __init__(self, path, target, language, standard, directory):
        self.language = language
        architecture = target.split("-")[0]
        flags = TARGET_FLAGS.get(architecture, [])
        if "apple" in target:
            flags = []
        self.command = [
            path,
            "-x",
            language,
            f"-std={standard}",
            f"--target={target}",
            "-ffreestanding",
            "-w",
            "-ferror-limit=0",
            "-fno-caret-diagnostics",
            "-fblocks",
            "-fenable-matrix",
            "-fno-crash-diagnostics",
            "-S",
            "-emit-llvm",
            "-o",
            "-",
        ] + flags
        self.source = os.path.join(directory, "source")

    def run(self, text, flags, pedantic=False):
        """`pedantic`: attributes that a target ignores are errors."""
        command = list(self.command)
        if pedantic:
            command.remove("-w")
            command += ["-Werror=ignored-attributes", "-Werror=unknown-attributes"]
        with open(self.source, "w", encoding="utf-8") as file:
            file.write(text)
        process = run(command + flags + [self.source])
        return process.returncode, process.stdout, process.stderr

    def compile(self, cases, flags, pedantic=False):
        """Ids by name of the declarations that clang accepts, and the first
        error of each that it does not."""
        rejected: dict[str, str] = {}
        while cases:
            text = preamble(self.language)
            first_line = text.count("\n") + 1
            text += "".join(case.text + "\n" for case in cases)
            # The address makes clang emit a declaration.
            for number, case in enumerate(cases):
                if case.is_member:
                    text += f"auto t{number} = &H{case.name}::{case.name};\n"
                else:
                    text += f"void *t{number} = (void *){case.name};\n"
            code, output, errors = self.run(text, ["-fsanitize=kcfi"] + flags, pedantic)
            if code == 0:
                return self.ids(output), rejected
            bad: dict[int, str] = {}
            # The fixed name of the source stands in front of every position.
            for line, message in re.findall(
                re.escape(self.source) + r":([0-9]+):[0-9]+: (?:fatal )?error: (.*)",
                errors,
            ):
                number = int(line) - first_line
                if number >= len(cases):
                    number -= len(cases)
                if number >= 0:
                    bad.setdefault(number, message)
            if not bad:
                # The stack dump of a crash says where clang was.
                crash = re.search(r"declaration 't([0-9]+)'", errors)
                if crash:
                    bad[int(crash[1])] = "clang crashes"
            if not bad:
                # An error without a position.
                return self.compile_halves(cases, flags, pedantic, rejected, errors)
            rejected.update(
                (cases[number].name, message) for number, message in bad.items()
            )
            cases = [case for number, case in enumerate(cases) if number not in bad]
        return {}, rejected

    def compile_halves(self, cases, flags, pedantic, rejected, errors):
        if len(cases) == 1:
            rejected[cases[0].name] = (
                "clang fails: " + (errors.strip().splitlines() or ["no message"])[0]
            )
            return {}, rejected
        result = {}
        middle = len(cases) // 2
        for half in (cases[:middle], cases[middle:]):
            ids, bad = self.compile(half, flags, pedantic)
            result.update(ids)
            rejected.update(bad)
        return result, rejected

    @staticmethod
    def ids(output):
        nodes = {
            int(match[1]): int(match[2]) & 0xFFFFFFFF
            for match in re.finditer(
                r"^!([0-9]+) = !\{i32 (-?[0-9]+)\}", output, re.MULTILINE
            )
        }
        result = {}
        for line in output.splitlines():
            if not line.startswith("declare "):
                continue
            kcfi_type = re.search(r"!kcfi_type !([0-9]+)", line)
            if not kcfi_type:
                continue
            # Of a member of struct H: _ZNKR3Hf13f1Ei
            name = re.search(
                r"@(?:(f[0-9]+)|_ZN[rVKRO]*[0-9]+H(f[0-9]+?)" r"[0-9]f[0-9]\w*)\(", line
            )
            if name:
                result[name[1] or name[2]] = nodes[int(kcfi_type[1])]
        return result

    def string(self, case, flags):
        """clang's string of one type, if cfi-icall tells it."""
        if case.is_member:
            return None
        body = case.text.rstrip()[:-1] + " { __builtin_trap(); }\n"
        code, output, _ = self.run(
            preamble(self.language) + body,
            [
                "-fsanitize=cfi-icall",
                "-flto",
                "-fvisibility=hidden",
                "-fno-sanitize-ignorelist",
            ]
            + flags,
        )
        if code:
            return None
        types = re.search(
            rf"^define .*@_?{case.name}\(.*?!type !([0-9]+)", output, re.MULTILINE
        )
        if not types:
            return None
        node = re.search(rf'^!{types[1]} = !{{i64 0, !"(.*)"}}', output, re.MULTILINE)
        return node[1] if node else None
