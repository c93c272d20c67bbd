# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the built program, and compares how it behaves."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Mapping

from kcfi_utils.corpus.configurations import Recipe
from kcfi_utils.corpus.differences import describe, show_difference
from kcfi_utils.corpus.settings import Settings
from kcfi_utils.tools import NoEnd, must, run


@dataclasses.dataclass(frozen=True)
class Run:
    """What a program did."""

    status: int | str
    output: str
    # Names of caller and callee.
    traps: frozenset[tuple[str, str]]


@dataclasses.dataclass(frozen=True)
class Program:
    """The program that one build made."""

    settings: Settings
    recipe: Recipe
    # Where the log of failed checks is written.
    work: str
    tree: str
    environment: Mapping[str, str]

    def observe(self) -> dict[str, Run]:
        result = {}
        preload = self.settings.preload
        if self.recipe.get("test"):
            result["plain"] = self.test()
            if preload:
                result["past traps"] = self.test(preload=preload)
        if self.recipe.get("program"):
            result["right call"] = self.test(call="right")
            result["wrong call"] = self.test(call="wrong")
        return result

    def test(self, preload: str | None = None, call: str | None = None) -> Run:
        environment = dict(self.environment)
        log = os.path.join(self.work, "traps.log")
        if preload:
            if os.path.exists(log):
                os.remove(log)
            environment.update(LD_PRELOAD=preload, KCFI_TRAP_LOG=log)
        command = self.recipe.get("test")
        if call:
            environment["KCFI_CORPUS_CALL"] = call
            command = "./" + self.recipe["program"]
        status: int | str
        try:
            # The braces keep the shell, which reports how the command ended.
            done = run(
                ["bash", "-c", "{ %s; }; exit $?" % command],
                cwd=self.tree,
                env=environment,
                timeout=self.settings.timeout,
            )
            status, output = done.returncode, done.stdout
        except NoEnd:
            status, output = f"no end after {self.settings.timeout} s", ""
        traps: set[tuple[str, str]] = set()
        if preload and os.path.exists(log):
            traps = self.read_traps(log)
        return Run(status, output, frozenset(traps))

    def read_traps(self, log: str) -> set[tuple[str, str]]:
        places: set[tuple[str, str, str, str]] = set()
        with open(log) as file:
            for line in file:
                caller, trap, callee, entry = line.rstrip("\n").split("\t")
                # The program's name is as the shell gave it.
                caller, callee = (
                    (
                        os.path.realpath(os.path.join(self.tree, module))
                        if module != "?"
                        else "?"
                    )
                    for module in (caller, callee)
                )
                places.add((caller, trap, callee, entry))
        requests = sorted(
            {(p[0], p[1]) for p in places} | {(p[2], p[3]) for p in places}
        )
        names = {("?", "0"): "?"}
        for module, offset in requests:
            if module == "?":
                continue
            done = must(
                [
                    self.settings.tools.llvm_symbolizer,
                    "--functions=linkage",
                    "--no-inlines",
                ]
                + ["--obj=" + module, "0x" + offset]
            )
            name = done.stdout.splitlines()[0] if done.stdout else "??"
            if not module.startswith(self.work + os.sep):
                name += " in " + os.path.basename(module)
            names[module, offset] = name
        # How often a place traps is no matter, and at how many places of one
        # function depends on inlining.
        return {(names[p[0], p[1]], names[p[2], p[3]]) for p in places}


def compare_runs(
    before: Mapping[str, Run], after: Mapping[str, Run], recipe: Recipe
) -> Iterator[str]:
    """What the two programs do differently, or wrongly."""
    for name, old in before.items():
        new = after[name]
        what = f"behaviour ({name})"
        if old.status != new.status:
            yield f"{what}, status: {old.status} before, {new.status} after"
        if old.output != new.output:
            yield f"{what}, output: {show_difference(old.output, new.output)}"
        if old.traps != new.traps:
            yield (
                f"{what}, traps: {describe(old.traps)} before, "
                f"{describe(new.traps)} after"
            )
    if "right call" in after:
        status = after["right call"].status
        if status != 42:
            yield f"the right call did not return: status {status}"
        # Illegal instruction or trap, as the shell reports a signal.
        status = after["wrong call"].status
        if status not in (132, 133):
            yield f"the wrong call did not trap: status {status}"
    if "past traps" in after:
        seen = {callee for _, callee in after["past traps"].traps}
        for name in recipe.get("traps", []):
            if name not in seen:
                yield f"the call of {name} did not trap"
