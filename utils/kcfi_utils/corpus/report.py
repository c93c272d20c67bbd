#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Sums up the numbers of a corpus and prints them."""

from __future__ import annotations

import collections
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any

from kcfi_utils.corpus.behaviour import Run
from kcfi_utils.corpus.build import Build
from kcfi_utils.corpus.unit import Unit
from kcfi_utils.tools import ToolError

Result = dict[str, Any]

COLUMNS: list[tuple[str, str, str | None]] = [
    ("units", "units", None),
    ("functions", "functions in", "functions out"),
    ("ids", "ids in", "ids out"),
    ("checks", "checks in", "checks out"),
    ("expanded", "checks expanded", None),
    ("carried", "carried", None),
    ("compiled", "functions compiled", None),
    ("identical", "functions identical", None),
    ("data", "data sections", "data identical"),
]


class Results:
    """The results so far. The file that has them as JSON is always complete."""

    def __init__(self, path: str | None) -> None:
        self.path = path
        self.items: list[Result] = []
        self.write()

    def add(self, results: Sequence[Result]) -> None:
        self.items += results
        self.write()

    def write(self) -> None:
        if not self.path:
            return
        directory, name = os.path.split(os.path.abspath(self.path))
        try:
            with tempfile.NamedTemporaryFile(
                "w", dir=directory, prefix=f".{name}.", delete=False
            ) as file:
                json.dump(self.items, file, indent=1)
                file.write("\n")
            # The mode that a file of open() would have.
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(file.name, 0o666 & ~mask)
            os.replace(file.name, self.path)
        except OSError as error:
            raise ToolError(f"cannot write {self.path}: {error.strerror}") from error


def summarize_failure(corpus: str, problem: str) -> Result:
    """The result of a corpus that there is none of."""
    return summarize_units([], [problem], corpus=corpus, configuration="-")


def summarize(build: Build) -> list[Result]:
    """One result, or one for each optimization of a folder of modules."""
    wrong_call = build.wrong_call
    problems = [f"wrong-call.c: {text}" for text in getattr(wrong_call, "problems", [])]
    problems += build.problems
    results = []
    for level, is_assumed, units in build.find_levels():
        results.append(
            summarize_units(
                units,
                problems,
                corpus=build.source.name,
                version=build.source.version,
                configuration=level,
                is_configuration_assumed=is_assumed,
                build_command=build.build_command,
                flags=build.flags,
                not_linked=build.not_linked,
                behaviour={"before": build.before, "after": build.after},
            )
        )
        problems = []
    return results


def summarize_units(
    units: Sequence[Unit],
    problems: Sequence[str],
    *,
    corpus: str,
    configuration: str,
    version: str | None = None,
    is_configuration_assumed: bool = False,
    build_command: str | None = None,
    flags: Sequence[str] = (),
    not_linked: Sequence[str] = (),
    behaviour: Mapping[str, Mapping[str, Run]] | None = None,
) -> Result:
    numbers: collections.Counter[str] = collections.Counter()
    causes: collections.Counter[str] = collections.Counter()
    only_causes: collections.Counter[str] = collections.Counter()
    warnings: collections.Counter[str] = collections.Counter()
    expanded: collections.Counter[str] = collections.Counter()
    carried: collections.Counter[str] = collections.Counter()
    examples: dict[str, list[str]] = {}
    of_units = []
    for unit in units:
        numbers.update(unit.numbers)
        causes.update(unit.causes)
        only_causes.update(unit.only_causes)
        warnings.update(unit.warnings)
        expanded.update(unit.expanded)
        carried.update(unit.carried)
        for cause, example in unit.examples.items():
            examples.setdefault(cause, [unit.name, *example])
        of_units += [f"{unit.name}: {text}" for text in unit.problems]
    compiled = numbers["functions compiled"]
    return {
        "corpus": corpus,
        "version": version,
        "configuration": configuration,
        "configuration assumed": is_configuration_assumed,
        "build": build_command,
        "flags": list(flags),
        **{name: numbers[name] for _, a, b in COLUMNS for name in (a, b) if name},
        "identical share": (
            round(numbers["functions identical"] / compiled, 4) if compiled else None
        ),
        "crates not linked": list(not_linked),
        "units not round-tripped": sum(u.round_trip_failed for u in units),
        "differences": {
            cause: {"number": number, "alone": only_causes[cause]}
            for cause, number in causes.most_common()
        },
        "examples": examples,
        "warnings": dict(warnings.most_common()),
        "expanded": dict(expanded.most_common()),
        "carried bodies": dict(carried.most_common()),
        "behaviour": {
            time: {name: summarize_run(run) for name, run in runs.items()}
            for time, runs in (behaviour or {}).items()
        },
        "problems": [*of_units, *problems],
    }


def summarize_run(run: Run) -> dict[str, Any]:
    return {
        "status": run.status,
        "output lines": run.output.count("\n"),
        "output": hashlib.sha256(run.output.encode()).hexdigest()[:16],
        "traps": [
            {"caller": caller, "callee": callee} for caller, callee in sorted(run.traps)
        ],
    }


def print_table(results: Sequence[Result]) -> None:
    rows = [["corpus", "configuration", *(title for title, _, _ in COLUMNS), "share"]]
    for result in results:
        assumed = " (assumed)" if result["configuration assumed"] else ""
        row = [result["corpus"], result["configuration"] + assumed]
        for _, first, second in COLUMNS:
            row.append(
                f"{result[first]}/{result[second]}" if second else str(result[first])
            )
        share = result["identical share"]
        row.append("-" if share is None else f"{100 * share:.1f} %")
        rows.append(row)
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.ljust(width) if i < 2 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths))
        ]
        print("  ".join(cells).rstrip())


def print_details(result: Result) -> None:
    print(f"\n{result['corpus']}, {result['configuration']}")
    if result["version"]:
        print(f"  version: {result['version']}")
    if result["build"]:
        print(f"  build: {result['build']}")
    if result["configuration assumed"]:
        print("  assumed: the bitcode does not tell its optimization: give --level")
    for cause, count in result["differences"].items():
        number, alone = count["number"], count["alone"]
        print(f"  differs: {number:4}, alone {alone:4}: {cause}")
    for reason, count in result["expanded"].items():
        print(f"  expanded: {count}: {reason}")
    for reason, count in result["carried bodies"].items():
        print(f"  carried: {count}: {reason}")
    for warning, count in result["warnings"].items():
        print(f"  warning in {count} unit(s): {warning}")
    for name, run in result["behaviour"].get("after", {}).items():
        print(
            f"  run, {name}: status {run['status']}, {run['output lines']} lines of output"
        )
        for trap in run["traps"]:
            print(f"    trap: {trap['caller']} calls {trap['callee']}")
    for problem in result["problems"]:
        print("  PROBLEM: " + problem.replace("\n", "\n    "))
