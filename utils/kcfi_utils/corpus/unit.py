#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Sends one unit through the round trip and compares it."""

import collections
import concurrent.futures
import os
import re
import shlex

from kcfi_utils.corpus.classify import classify, read_code
from kcfi_utils.corpus.module import Module
from kcfi_utils.corpus.tools import Failure, run


class Unit:
    def __init__(self, name, base, bitcode):
        self.name = name
        self.base = base
        self.bitcode = bitcode
        # Where the bitcode is to be made of.
        self.text = None
        self.problems = []
        self.numbers = collections.Counter()
        self.causes = collections.Counter()
        self.only_causes = collections.Counter()
        self.examples = {}
        self.warnings = set()
        self.expanded = collections.Counter()
        self.carried = collections.Counter()
        self.round_trip_failed = False


def round_trip(tools, options, unit):
    """Writes <base>.rt.bc; false with a problem if a tool fails."""
    imported, lowered = unit.base + ".mlirbc", unit.base + ".lowered.mlirbc"
    result = unit.base + ".rt.bc"
    steps = [
        # Text has no locations, and MLIR reads some constants of it wrongly.
        [tools.kcfi_translate, "--import-llvm-ir", "--emit-bytecode"]
        + [*options.import_options, unit.bitcode, "-o", imported],
        [tools.kcfi_opt, *options.passes, "--remarks-filter=kcfi.*"]
        + ["--emit-bytecode", imported, "-o", lowered],
        [tools.kcfi_translate, "--kcfi-to-bitcode", lowered, "-o", result],
    ]
    for step in steps:
        done = run(step, check=False)
        if done.returncode != 0:
            text = re.search(r"error: .*", done.stderr)
            what = text.group(0) if text else "exit status %d" % done.returncode
            unit.problems.append(
                "%s: %s [%s]" % (os.path.basename(step[0]), what, shlex.join(step))
            )
            unit.round_trip_failed = True
            return False
        for warning in re.findall(r"warning: (.*)", done.stderr):
            # Of MLIR's own warnings only the kind, of ours all but the number.
            warning = re.sub(r"(unhandled [a-z ]+)(#dbg_\w+)?.*", r"\1\2", warning)
            unit.warnings.add(re.sub(r"\d+", "N", warning).strip())
        for reasons in re.findall(r"carried whole as LLVM bitcode: (.*)", done.stderr):
            for reason, count in re.findall(
                r"(.*?) \((\d+), first in '.*?'\)(?:; |$)", reasons
            ):
                # What is different, not of which symbol.
                unit.carried[re.sub(r"'.*?'|\d+", "...", reason)] += int(count)
        for reason in re.findall(r'CheckExpanded .*Remark="(.*?)"', done.stderr):
            unit.expanded[reason] += 1
    if not options.keep:
        os.remove(imported)
        os.remove(lowered)
    return True


def compare_maps(unit, what, before, after):
    def text(value):
        if isinstance(value, int):
            return "0x%08x" % value
        return ", ".join("0x%08x" % key for key in sorted(value.elements()))

    for name in before:
        if before[name] != after.get(name):
            new = text(after[name]) if name in after else "none"
            unit.problems.append(
                "%s of %s: %s before, %s after" % (what, name, text(before[name]), new)
            )
    for name in after:
        if name not in before:
            unit.problems.append("%s of %s: none before" % (what, name))


def process_unit(tools, options, llc_flags, unit):
    numbers = unit.numbers
    numbers["units"] = 1
    if unit.text:
        run([tools.llvm_as, unit.text, "-o", unit.bitcode])
    before = Module(run([tools.llvm_dis, unit.bitcode, "-o", "-"]).stdout)
    numbers["functions in"] = len(before.bodies)
    numbers["ids in"] = len(before.ids)
    numbers["checks in"] = before.count_checks()
    if not round_trip(tools, options, unit):
        return
    after = Module(run([tools.llvm_dis, unit.base + ".rt.bc", "-o", "-"]).stdout)
    numbers["functions out"] = len(after.bodies)
    numbers["ids out"] = len(after.ids)
    numbers["checks out"] = after.count_checks()
    numbers["checks expanded"] = sum(unit.expanded.values())
    numbers["carried"] = sum(unit.carried.values())

    for name in before.bodies.keys() - after.bodies.keys():
        unit.problems.append("function %s is lost" % name)
    for name in before.globals - after.globals:
        unit.problems.append("symbol @%s is lost" % name)
    compare_maps(unit, "type id", before.ids, after.ids)
    if unit.expanded:
        # An expanded check has no bundle any more; each has its remark.
        lost = numbers["checks in"] - numbers["checks out"]
        if lost != numbers["checks expanded"]:
            unit.problems.append(
                "%d bundles are gone, %d checks were expanded"
                % (lost, numbers["checks expanded"])
            )
    else:
        compare_maps(unit, "checks", before.checks, after.checks)

    objects = []
    for bitcode, output in (
        (unit.bitcode, unit.base + ".o"),
        (unit.base + ".rt.bc", unit.base + ".rt.o"),
    ):
        run([tools.llc, *llc_flags, bitcode, "-o", output])
        objects.append(read_code(tools, output))
    (old_code, old_data), (new_code, new_data) = objects
    differing = set()
    for name, text in old_code.items():
        numbers["functions compiled"] += 1
        if new_code.get(name) == text:
            numbers["functions identical"] += 1
            continue
        # Of several names at one address the disassembler shows one.
        quoted = before.aliases.get(name, name)
        if quoted not in before.bodies:
            quoted = '"%s"' % quoted
        if quoted not in before.bodies or quoted not in after.bodies:
            causes = {"no function of this name in the IR": ["", ""]}
        else:
            causes = classify(before, after, quoted)
        unit.causes.update(causes.keys())
        unit.only_causes.update(causes.keys() if len(causes) == 1 else [])
        for cause, lines in causes.items():
            unit.examples.setdefault(cause, [name, *lines])
        differing.add(name)
    for name, text in old_data.items():
        numbers["data sections"] += 1
        if new_data.get(name) == text:
            numbers["data identical"] += 1
            continue
        # Jump tables, constants and the list of traps follow the code. A
        # variable does not.
        owner = re.sub(r"^\.rodata\.(cst\d+$|(unlikely|hot)\.)?", "", name)
        if differing and (owner in differing | {""} or name == ".kcfi_traps"):
            unit.causes["data of functions that differ"] += 1
        else:
            unit.problems.append("data section %s differs" % name)


def process_units(build, units, llc_flags):
    def process(unit):
        try:
            process_unit(build.tools, build.options, llc_flags, unit)
        except Failure as failure:
            unit.problems.append(str(failure))

    with concurrent.futures.ThreadPoolExecutor(build.options.jobs) as pool:
        list(pool.map(process, units))
