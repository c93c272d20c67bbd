#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Sums up the numbers of a corpus and prints them."""

import collections
import hashlib

COLUMNS = [
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


def summarize(build):
    numbers, causes = collections.Counter(), collections.Counter()
    only_causes = collections.Counter()
    warnings, expanded = collections.Counter(), collections.Counter()
    carried = collections.Counter()
    examples, problems = {}, []
    for unit in build.units:
        numbers.update(unit.numbers)
        causes.update(unit.causes)
        only_causes.update(unit.only_causes)
        warnings.update(unit.warnings)
        expanded.update(unit.expanded)
        carried.update(unit.carried)
        for cause, example in unit.examples.items():
            examples.setdefault(cause, [unit.name, *example])
        problems += ["%s: %s" % (unit.name, text) for text in unit.problems]
    wrong_call = getattr(build, "wrong_call", None)
    if wrong_call:
        problems += ["wrong-call.c: " + text for text in wrong_call.problems]
    behaviour = {}
    for time, runs in build.behaviour.items():
        behaviour[time] = {
            name: {
                "status": result["status"],
                "output lines": result["output"].count("\n"),
                "output": hashlib.sha256(result["output"].encode()).hexdigest()[:16],
                "traps": [
                    {"caller": caller, "callee": callee}
                    for caller, callee in sorted(result["traps"])
                ],
            }
            for name, result in runs.items()
        }
    compiled = numbers["functions compiled"]
    return {
        "corpus": build.name,
        "configuration": build.configuration,
        "flags": build.flags,
        **{name: numbers[name] for _, a, b in COLUMNS for name in (a, b) if name},
        "identical share": (
            round(numbers["functions identical"] / compiled, 4) if compiled else None
        ),
        "crates not linked": getattr(build, "not_linked", []),
        "units not round-tripped": sum(u.round_trip_failed for u in build.units),
        "differences": {
            cause: {"number": number, "alone": only_causes[cause]}
            for cause, number in causes.most_common()
        },
        "examples": examples,
        "warnings": dict(warnings.most_common()),
        "expanded": dict(expanded.most_common()),
        "carried bodies": dict(carried.most_common()),
        "behaviour": behaviour,
        "problems": problems + build.problems,
    }


def print_table(results):
    rows = [
        ["corpus", "configuration"] + [title for title, _, _ in COLUMNS] + ["share"]
    ]
    for result in results:
        row = [result["corpus"], result["configuration"]]
        for _, first, second in COLUMNS:
            text = str(result[first])
            if second:
                text += "/" + str(result[second])
            row.append(text)
        share = result["identical share"]
        row.append("-" if share is None else "%.1f %%" % (100 * share))
        rows.append(row)
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.ljust(width) if i < 2 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths))
        ]
        print("  ".join(cells).rstrip())


def print_details(result):
    print("\n%s, %s" % (result["corpus"], result["configuration"]))
    for cause, count in result["differences"].items():
        print("  differs: %(number)4d, alone %(alone)4d: " % count + cause)
    for reason, count in result["expanded"].items():
        print("  expanded: %d: %s" % (count, reason))
    for reason, count in result["carried bodies"].items():
        print("  carried: %d: %s" % (count, reason))
    for warning, count in result["warnings"].items():
        print("  warning in %d unit(s): %s" % (count, warning))
    for name, run_result in result["behaviour"].get("after", {}).items():
        print(
            "  run, %s: status %s, %d lines of output"
            % (name, run_result["status"], run_result["output lines"])
        )
        for trap in run_result["traps"]:
            print("    trap: %(caller)s calls %(callee)s" % trap)
    for problem in result["problems"]:
        print("  PROBLEM: " + problem)
