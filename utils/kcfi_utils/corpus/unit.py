# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Sends one unit through the round trip and compares it."""

from __future__ import annotations

import collections
import concurrent.futures
import filecmp
import os
import re
import shlex
from collections.abc import Mapping, Sequence

from kcfi_utils.corpus.classify import classify, follows_from_code, read_code
from kcfi_utils.corpus.module import Module
from kcfi_utils.corpus.settings import Settings
from kcfi_utils.tools import ToolError, must, run


class Unit:
    def __init__(self, name: str, base: str, bitcode: str, level: str | None) -> None:
        self.name = name
        self.base = base
        self.bitcode = bitcode
        # The optimization; None: what the bitcode tells, or what is assumed.
        self.level = level
        self.is_level_assumed = False
        # Where the bitcode is to be made of.
        self.text: str | None = None
        self.problems: list[str] = []
        self.numbers: collections.Counter[str] = collections.Counter()
        self.causes: collections.Counter[str] = collections.Counter()
        self.only_causes: collections.Counter[str] = collections.Counter()
        self.examples: dict[str, list[str]] = {}
        self.warnings: set[str] = set()
        self.expanded: collections.Counter[str] = collections.Counter()
        self.carried: collections.Counter[str] = collections.Counter()
        self.round_trip_failed = False

    def round_trip(self, settings: Settings) -> bool:
        """Writes <base>.rt.bc; false with a problem if a tool fails."""
        tools = settings.tools
        imported, lowered = self.base + ".mlirbc", self.base + ".lowered.mlirbc"
        result = self.base + ".rt.bc"
        steps = [
            # Text has no locations, and MLIR reads some constants of it wrongly.
            [tools.kcfi_translate, "--import-llvm-ir", "--emit-bytecode"]
            + [*settings.import_options, self.bitcode, "-o", imported],
            [tools.kcfi_opt, *settings.passes, "--remarks-filter=kcfi.*"]
            + ["--emit-bytecode", imported, "-o", lowered],
            [tools.kcfi_translate, "--kcfi-to-bitcode", lowered, "-o", result],
        ]
        for step in steps:
            done = run(step, timeout=None)
            if done.returncode != 0:
                text = re.search(r"error: .*", done.stderr)
                what = text[0] if text else f"exit status {done.returncode}"
                tool = os.path.basename(step[0])
                self.problems.append(f"{tool}: {what} [{shlex.join(step)}]")
                self.round_trip_failed = True
                return False
            self.read_remarks(done.stderr)
        if not settings.keep:
            os.remove(imported)
            os.remove(lowered)
        return True

    def read_remarks(self, text: str) -> None:
        for warning in re.findall(r"warning: (.*)", text):
            # Of MLIR's own warnings only the kind, of ours all but the number.
            warning = re.sub(r"(unhandled [a-z ]+)(#dbg_\w+)?.*", r"\1\2", warning)
            self.warnings.add(re.sub(r"\d+", "N", warning).strip())
        for reasons in re.findall(r"carried whole as LLVM bitcode: (.*)", text):
            for reason, count in re.findall(
                r"(.*?) \((\d+), first in '.*?'\)(?:; |$)", reasons
            ):
                # What is different, not of which symbol.
                self.carried[re.sub(r"'.*?'|\d+", "...", reason)] += int(count)
        for reason in re.findall(r'CheckExpanded .*Remark="(.*?)"', text):
            self.expanded[reason] += 1

    def compare_maps(
        self,
        what: str,
        before: Mapping[str, int | collections.Counter[int]],
        after: Mapping[str, int | collections.Counter[int]],
    ) -> None:
        def text(value: int | collections.Counter[int]) -> str:
            ids = [value] if isinstance(value, int) else sorted(value.elements())
            return ", ".join(f"0x{key:08x}" for key in ids)

        for name in before:
            if before[name] != after.get(name):
                old = text(before[name])
                new = text(after[name]) if name in after else "none"
                self.problems.append(f"{what} of {name}: {old} before, {new} after")
        for name in after:
            if name not in before:
                self.problems.append(f"{what} of {name}: none before")

    def process(self, settings: Settings, llc_flags: Sequence[str]) -> None:
        numbers, tools = self.numbers, settings.tools
        numbers["units"] = 1
        if self.text:
            must([tools.llvm_as, self.text, "-o", self.bitcode])
        before = self.read_module(settings, self.bitcode)
        if self.level is None:
            self.level = before.find_level()
            self.is_level_assumed = self.level is None
            self.level = self.level or settings.level
        numbers["functions in"] = len(before.bodies)
        numbers["ids in"] = len(before.ids)
        numbers["checks in"] = before.count_checks()
        if not self.round_trip(settings):
            return
        after = self.read_module(settings, self.base + ".rt.bc")
        numbers["functions out"] = len(after.bodies)
        numbers["ids out"] = len(after.ids)
        numbers["checks out"] = after.count_checks()
        numbers["checks expanded"] = sum(self.expanded.values())
        numbers["carried"] = sum(self.carried.values())
        self.compare_modules(before, after)
        self.compare_objects(settings, llc_flags, before, after)

    def read_module(self, settings: Settings, bitcode: str) -> Module:
        command = [settings.tools.llvm_dis, bitcode, "-o", "-"]
        return Module(must(command, timeout=None).stdout)

    def compare_modules(self, before: Module, after: Module) -> None:
        for name in before.bodies.keys() - after.bodies.keys():
            self.problems.append(f"function {name} is lost")
        for name in before.globals - after.globals:
            self.problems.append(f"symbol @{name} is lost")
        self.compare_maps("type id", before.ids, after.ids)
        if not self.expanded:
            self.compare_maps("checks", before.checks, after.checks)
            return
        # An expanded check has no bundle any more; each has its remark.
        lost = self.numbers["checks in"] - self.numbers["checks out"]
        if lost != self.numbers["checks expanded"]:
            self.problems.append(
                f"{lost} bundles are gone, "
                f"{self.numbers['checks expanded']} checks were expanded"
            )

    def compare_objects(
        self,
        settings: Settings,
        llc_flags: Sequence[str],
        before: Module,
        after: Module,
    ) -> None:
        numbers, tools = self.numbers, settings.tools
        # llc has no levels for size: functions have attributes for that.
        level = "-O2" if self.level in ("Os", "Oz") else f"-{self.level}"
        outputs = self.base + ".o", self.base + ".rt.o"
        for bitcode, output in zip((self.bitcode, self.base + ".rt.bc"), outputs):
            must([tools.llc, level, *llc_flags, bitcode, "-o", output], timeout=None)
        old_code, old_data = new_code, new_data = read_code(tools, outputs[0])
        # Reading takes longer than compiling, and most objects are the same.
        if not filecmp.cmp(*outputs, shallow=False):
            new_code, new_data = read_code(tools, outputs[1])
        differing = set()
        for name, text in old_code.items():
            numbers["functions compiled"] += 1
            if new_code.get(name) == text:
                numbers["functions identical"] += 1
                continue
            function = before.find_function(name)
            if function is None or function not in after.bodies:
                causes = {"no function of this name in the IR": ["", ""]}
            else:
                causes = classify(before, after, function)
            self.causes.update(causes.keys())
            self.only_causes.update(causes.keys() if len(causes) == 1 else [])
            for cause, lines in causes.items():
                self.examples.setdefault(cause, [name, *lines])
            # Sections have the name of the function, not of an alias.
            differing |= {name, (function or name).strip('"')}
        for name, text in old_data.items():
            numbers["data sections"] += 1
            if new_data.get(name) == text:
                numbers["data identical"] += 1
            elif follows_from_code(name, text, new_data.get(name, []), differing):
                self.causes["data of functions that differ"] += 1
            else:
                self.problems.append(f"data section {name} differs")


def process_units(
    settings: Settings, units: Sequence[Unit], llc_flags: Sequence[str]
) -> None:
    def process(unit: Unit) -> None:
        try:
            unit.process(settings, llc_flags)
        except (ToolError, OSError) as error:
            unit.problems.append(str(error))

    with concurrent.futures.ThreadPoolExecutor(settings.jobs) as pool:
        # Ctrl-C lets the units end that are under way, and starts no more.
        list(pool.map(process, units))
