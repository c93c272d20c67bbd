#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks that LLVM IR comes back from a round trip through MLIR."""

import collections
import dataclasses
import os
import re
import tempfile

from kcfi_utils.modules.compare import compare, differing_sections, sections
from kcfi_utils.modules.files import read, write
from kcfi_utils.modules.text import Module, count_kcfi, strip_kcfi
from kcfi_utils.modules.tools import Tools, first_error

OUTCOMES = ("same", "expanded", "no KCFI", "IR", "names", "hint", "refused", "FAILED")

# What the export states, where LLVM IR may leave it out.
STATED_FLAGS = ("kcfi-hash", "Debug Info Version", "CodeView")

LOSSES = (
    "the program means the same, but code made from it may differ",
    "is dropped: it has no MLIR form",
)

UNNAMED = re.compile(r"__unnamed_[\d.]+")


class Refused(Exception):
    """The import gave an error."""


class Failed(Exception):
    """What must not happen."""


@dataclasses.dataclass
class Result:
    name: str
    carry: str
    outcome: str = "FAILED"
    detail: str = ""
    before: tuple = (0, 0)
    after: tuple = (0, 0)
    expanded: int = 0


@dataclasses.dataclass
class Trip:
    """One way to MLIR and back."""

    imported: str
    told: str  # by the import
    text: str | None = None  # None if the target has no KCFI
    expanded: int = 0


class Checker:
    def __init__(self, options):
        self.llvm = Tools(options.llvm_bin)
        self.kcfi = Tools(options.kcfi_bin)
        self.stock = options.stock

    def step(self, tools, tool, *arguments):
        done = tools.run(tool, *arguments)
        if done.returncode < 0:
            raise Failed(f"{tool}: {first_error(done)}")
        if done.returncode and not re.search(r"\berror: ", done.stderr):
            raise Failed(f"{tool} gives no error: {first_error(done)}")
        return done

    def translate_in(self, path, carry, output):
        if self.stock:
            done = self.step(
                self.llvm,
                "mlir-translate",
                "--import-llvm",
                path,
                "--mlir-print-debuginfo",
                "-o",
                output,
            )
        else:
            done = self.step(
                self.kcfi,
                "kcfi-translate",
                "--import-llvm-ir",
                f"--carry={carry}",
                "--mlir-print-debuginfo",
                path,
                "-o",
                output,
            )
        if done.returncode:
            raise Refused(first_error(done))
        return Trip(read(output), done.stderr)

    def translate_out(self, trip, stem):
        """The way from the imported module to LLVM IR."""
        imported, lowered, result = (
            stem + ".mlir",
            stem + ".lowered.mlir",
            stem + ".back.ll",
        )
        if self.stock:
            done = self.step(
                self.llvm, "mlir-translate", "--mlir-to-llvmir", imported, "-o", result
            )
        else:
            done = self.step(
                self.kcfi,
                "kcfi-opt",
                "--kcfi-roundtrip-pipeline",
                "--mlir-print-debuginfo",
                imported,
                "-o",
                lowered,
            )
            if "error: KCFI is not possible for target" in done.stderr:
                return
            if done.returncode:
                # Only the import may refuse, unless it is about KCFI itself.
                raise Refused(f"pipeline: {first_error(done)}")
            trip.expanded = len(re.findall(r"\bkcfi\.checked = ", read(lowered)))
            done = self.step(
                self.kcfi, "kcfi-translate", "--kcfi-to-llvmir", lowered, "-o", result
            )
        if done.returncode:
            raise Failed(f"export: {first_error(done)}")
        trip.text = read(result)

    def compare(self, before, after, trip, carry):
        """The outcome for the LLVM IR files `before` and `after`."""
        objects = [self.compile(path) for path in (before, after)]
        if objects[0] is None:
            old, new = (
                Module(strip_kcfi(self.normal(path))) for path in (before, after)
            )
            differences = [
                d
                for d in compare(old, new)
                if not d.is_hint()
                and not (
                    d.kind == "module flag"
                    and not d.removed
                    and d.name.strip('"') in STATED_FLAGS
                )
            ]
            if differences:
                raise Failed(
                    "other IR: " + "; ".join(d.text() for d in differences[:3])
                )
            return "IR", ""
        if objects[0] == objects[1]:
            return "same", ""
        if objects[1] is None:
            raise Failed("llc refuses what comes back")
        contents = [sections(self.llvm, path) for path in (before, after)]
        names = ", ".join(differing_sections(*contents))
        if "a symbol without a name becomes" in trip.told:
            masked = [
                collections.Counter(
                    (UNNAMED.sub("", name), UNNAMED.sub("", block))
                    for name, block in content.elements()
                )
                for content in contents
            ]
            if masked[0] == masked[1]:
                return "names", names
        told = [
            line
            for line in trip.told.splitlines()
            if any(loss in line for loss in LOSSES)
        ]
        if carry != "exact" and told:
            return "hint", names
        raise Failed(f"other code: {names or 'the order of symbols'}")

    def compile(self, path):
        """The bytes of the object file, or None if llc cannot make one."""
        output = path + ".o"
        done = self.llvm.run(
            "llc", "-filetype=obj", "-relocation-model=pic", path, "-o", output
        )
        if done.returncode:
            return None
        with open(output, "rb") as file:
            return file.read()

    def print(self, path):
        """As LLVM writes it."""
        return self.llvm.must("opt", "-S", "-passes=verify", path)

    def normal(self, path):
        """Without names of values, which only bitcode can lose."""
        bitcode = path + ".bc"
        self.llvm.must("llvm-as", path, "-o", bitcode)
        return self.llvm.must(
            "opt", "-S", "-passes=verify", "--discard-value-names", bitcode
        )

    def check(self, path, carries):
        """The results of one file."""
        name = os.path.splitext(os.path.basename(path))[0]
        results = []
        seen: dict[str, Result] = {}
        with tempfile.TemporaryDirectory() as directory:
            for carry in carries:
                result = Result(name, carry)
                try:
                    self.check_in(directory, path, result, seen)
                except Refused as refusal:
                    result.outcome, result.detail = "refused", str(refusal)
                except Failed as failure:
                    result.detail = str(failure)
                # The directory has another name every time.
                result.detail = result.detail.replace(directory + os.sep, "")
                results.append(result)
        return results

    def check_in(self, directory, path, result, seen):
        carry = result.carry
        # A module without a name gets that of its file: all have the same.
        before = os.path.join(directory, "before.ll")
        write(
            before,
            'source_filename = "kcfi"\n'
            + re.sub(r"^source_filename = .*\n", "", read(path), flags=re.M),
        )
        text = self.print(before)
        result.before = count_kcfi(text)
        stem = os.path.join(directory, "whole")
        trip = self.translate_in(before, carry, stem + ".mlir")
        # Mostly there is nothing that could be carried or not. What is the same
        # module goes the same way; a failure is not in `seen`.
        if trip.imported in seen:
            same = seen[trip.imported]
            result.outcome, result.detail = same.outcome, same.detail
            result.after, result.expanded = same.after, same.expanded
            return
        self.translate_out(trip, stem)
        if trip.text is None:
            # Checks in carried bodies are counted by the import alone.
            found = len(re.findall(r"\bkcfi\.type_id = ", trip.imported))
            if found != sum(result.before) and (
                "kcfi.carried_bodies" not in trip.imported or found < result.before[0]
            ):
                raise Failed(f"{sum(result.before)} ids and checks became {found}")
            result.after = result.before
        else:
            result.after = count_kcfi(trip.text)
            result.expanded = trip.expanded
            ids, checks = result.after
            if (ids, checks + trip.expanded) != result.before:
                raise Failed(
                    f"{result.before[0]} ids became {ids}, {result.before[1]} "
                    f"checks {checks} and {trip.expanded} expanded ones"
                )
        if trip.text is not None and not trip.expanded:
            result.outcome, result.detail = self.compare(
                before, stem + ".back.ll", trip, carry
            )
            seen[trip.imported] = result
            return
        kind = "expanded" if trip.expanded else "no KCFI"
        plain = os.path.join(directory, "plain.ll")
        # The metadata of GPU kernels has the names of arguments.
        write(plain, strip_kcfi(self.normal(before)))
        stem = os.path.join(directory, "plain")
        trip = self.translate_in(plain, carry, stem + ".mlir")
        self.translate_out(trip, stem)
        if trip.text is None:
            raise Failed("the pipeline refuses a module without KCFI")
        outcome, result.detail = self.compare(plain, stem + ".back.ll", trip, carry)
        result.outcome = kind if outcome in ("same", "IR") else outcome
