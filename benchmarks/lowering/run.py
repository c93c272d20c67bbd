#!/usr/bin/env python3
#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures how the tools grow with the number of functions.

  run.py [--tools DIR] [--sizes 10000,100000,500000] [--repeat 3] [--json FILE]

For each size a module is generated and these commands are run in turn, all of
them once before the first runs again, so that they meet the same disturbances:

  mlir-opt     mlir-opt, no pass, the lowered module without kcfi attributes
  read-write   kcfi-opt, no pass, the module as generated
  assign       kcfi-opt --kcfi-assign-type-ids
  lower        kcfi-opt --kcfi-lower-pipeline
  lower-one    the same with one thread (--mlir-disable-threading)
  mlir-trans   mlir-translate --mlir-to-llvmir, the module of mlir-opt
  translate    kcfi-translate --kcfi-to-llvmir of the lowered module
  opt          opt -S, no pass, the exported LLVM IR

The shares within `assign` come from one more run with --mlir-timing, the times
of the encoders from kcfi-encode-bench where it has been built.

The exit code says whether the measurement took place, not how it turned out.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the sources may be read-only
here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [here, os.path.dirname(here)]
import generate  # noqa: E402
from measure import Failure, find_llvm_tool, find_tool, run, write_json  # noqa: E402

LINEAR = 1.5  # time per function, from one size to the next
BASELINES = {
    "assign": "read-write",
    "lower": "read-write",
    "lower-one": "read-write",
    "read-write": "mlir-opt",
    "translate": "mlir-trans",
}


ATTRIBUTE = re.compile(r"kcfi\.\w+ = [#!]kcfi\.\w+<")


def strip_attributes(text):
    """A lowered module without what only the kcfi dialect can read."""
    pieces, position = [], 0
    while True:
        match = ATTRIBUTE.search(text, position)
        if not match:
            break
        end, depth = match.end(), 1
        while depth:
            if text[end] == '"':
                end = text.index('"', end + 1)
            elif text[end] == "<":
                depth += 1
            elif text[end] == ">" and text[end - 1] != "-":
                depth -= 1
            end += 1
        if text.startswith(", ", end):
            end += 2
        pieces.append(text[position : match.start()])
        position = end
    pieces.append(text[position:])
    text = "".join(pieces)
    text = re.sub(r"kcfi\.\w+(, (?=[a-z])|(?=[,}]))", "", text)
    # What is left of the lists.
    text = re.sub(r", *\}", "}", text)
    return re.sub(r" attributes \{\s*\}", "", text)


def read_timing(text):
    """Seconds by name, from the report of --mlir-timing."""
    times = {}
    for line in text.splitlines():
        match = re.match(r"\s*([0-9.]+) \(\s*[0-9.]+%\)\s+(\S.*)", line)
        if match:
            name = match.group(2).strip()
            times[name] = times.get(name, 0) + float(match.group(1))
    return times


def summarize(samples, functions):
    walls = [sample["wall"] for sample in samples]
    median = statistics.median(walls)
    return {
        "wall": median,
        "wall-min": min(walls),
        "wall-max": max(walls),
        "cpu": statistics.median(sample["cpu"] for sample in samples),
        "memory": max(sample["memory"] for sample in samples),
        "functions-per-second": functions / median,
        "us-per-function": median / functions * 1e6,
    }


def measure(size, arguments, tools, directory):
    path = {
        name: os.path.join(directory, "%d.%s" % (size, name))
        for name in ("mlir", "lowered.mlir", "plain.mlir", "ll")
    }
    with open(path["mlir"], "w", encoding="utf-8") as file:
        distinct = generate.generate(size, arguments.seed, file)
    opt, translate = tools["kcfi-opt"], tools["kcfi-translate"]
    run([opt, "--kcfi-lower-pipeline", path["mlir"], "-o", path["lowered.mlir"]])
    run([translate, "--kcfi-to-llvmir", path["lowered.mlir"], "-o", path["ll"]])
    lowered = pathlib.Path(path["lowered.mlir"]).read_text(encoding="utf-8")
    checks = lowered.count('"kcfi"(')
    if not checks:
        raise Failure("the lowered module has no check")
    pathlib.Path(path["plain.mlir"]).write_text(
        strip_attributes(lowered), encoding="utf-8"
    )
    del lowered

    null = ["-o", os.devnull]
    commands = {
        "mlir-opt": [tools["mlir-opt"], path["plain.mlir"]],
        "read-write": [opt, path["mlir"]],
        "assign": [opt, "--kcfi-assign-type-ids", path["mlir"]],
        "lower": [opt, "--kcfi-lower-pipeline", path["mlir"]],
        "lower-one": [
            opt,
            "--kcfi-lower-pipeline",
            "--mlir-disable-threading",
            path["mlir"],
        ],
        "mlir-trans": [
            tools["mlir-translate"],
            "--mlir-to-llvmir",
            path["plain.mlir"],
        ],
        "translate": [translate, "--kcfi-to-llvmir", path["lowered.mlir"]],
        "opt": [tools["opt"], "-S", path["ll"]],
    }
    samples = {name: [] for name in commands}
    for _ in range(arguments.repeat):
        for name, command in commands.items():
            samples[name].append(run(command + null))

    result = {
        "functions": size,
        "distinct-signatures": distinct,
        "checked-calls": checks,
        "commands": {
            name: summarize(values, size) for name, values in samples.items()
        },
    }
    result["ratios"] = {
        "%s/%s" % (name, base): result["commands"][name]["wall"]
        / result["commands"][base]["wall"]
        for name, base in BASELINES.items()
    }

    # Reading and printing use one thread: what the passes alone gain.
    wall = {name: values["wall"] for name, values in result["commands"].items()}
    result["ratios"]["passes with one thread/with all"] = (
        wall["lower-one"] - wall["read-write"]
    ) / (wall["lower"] - wall["read-write"])

    report = subprocess.run(
        commands["lower"] + null + ["--mlir-timing", "--mlir-timing-display=list"],
        stderr=subprocess.PIPE, text=True, check=True,
    ).stderr  # fmt: skip
    result["timing-lower"] = read_timing(report)
    report = subprocess.run(
        commands["assign"] + null + ["--mlir-timing", "--mlir-timing-display=list"],
        stderr=subprocess.PIPE, text=True, check=True,
    ).stderr  # fmt: skip
    result["timing-assign"] = read_timing(report)
    if not result["timing-assign"].get("Total"):
        raise Failure("no total in the report of --mlir-timing")

    if tools["kcfi-encode-bench"]:
        text = subprocess.run(
            [tools["kcfi-encode-bench"], "--json", path["mlir"]],
            stdout=subprocess.PIPE, text=True, check=True,
        ).stdout  # fmt: skip
        result["encoders"] = json.loads(text)
    for name in path.values():
        os.unlink(name)
    return result


def percent(part, whole):
    return "%.1f %%" % (100 * part / whole)


def print_result(result):
    print(
        "\n%d functions, %d distinct signatures, %d checked calls"
        % (
            result["functions"],
            result["distinct-signatures"],
            result["checked-calls"],
        )
    )
    print("  %-11s %9s %19s %9s %11s %8s" % (
        "", "median s", "min .. max", "RSS MiB", "functions/s", "us each",
    ))  # fmt: skip
    for name, values in result["commands"].items():
        print("  %-11s %9.3f %8.3f .. %7.3f %9.0f %11.0f %8.2f" % (
            name, values["wall"], values["wall-min"], values["wall-max"],
            values["memory"] / 2**20, values["functions-per-second"],
            values["us-per-function"],
        ))  # fmt: skip
    for name, ratio in result["ratios"].items():
        print("  %-32s %6.2f" % (name, ratio))
    for name in ("assign", "lower"):
        times = result["timing-" + name]
        parts = ", ".join(
            "%s %s" % (part, percent(seconds, times["Total"]))
            for part, seconds in times.items()
            if part not in ("Total", "Rest", "root")
        )
        print("  parts of %s: %s" % (name, parts))
    if "encoders" in result:
        times = result["encoders"]["ns-per-signature"]
        total = result["commands"]["assign"]["wall"] * 1e9
        count = result["encoders"]["signatures"]
        print(
            "  encoders: %.0f ns for the first string of a signature (%s of assign),"
            " hash %.1f ns, LLVM's %.1f ns (ratio %.2f)"
            % (
                times["string-first"]["median"],
                percent(times["string-first"]["median"] * count, total),
                times["xxh64"]["median"],
                times["llvm-xxHash64"]["median"],
                times["xxh64"]["median"] / times["llvm-xxHash64"]["median"],
            )
        )


def compare_sizes(results):
    """Growth of the time per function from each size to the next one."""
    growth = []
    for small, large in zip(results, results[1:]):
        ratios = {
            name: values["us-per-function"]
            / small["commands"][name]["us-per-function"]
            for name, values in large["commands"].items()
        }
        for name, ratio in ratios.items():
            growth.append(
                {
                    "command": name,
                    "from": small["functions"],
                    "to": large["functions"],
                    "ratio": ratio,
                    # What mlir-opt shows too is the machine's: caches, and other
                    # work that began in between.
                    "relative": ratio / ratios["mlir-opt"],
                    "linear": ratio <= LINEAR,
                }
            )
    return growth


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tools", help="directory of kcfi-opt (default: PATH)")
    parser.add_argument("--llvm-tools", help="directory of mlir-opt, opt and others")
    parser.add_argument("--sizes", default="10000,100000,500000")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", metavar="FILE", help="write all numbers as JSON")
    arguments = parser.parse_args()
    try:
        sizes = sorted({int(size) for size in arguments.sizes.split(",")})
    except ValueError:
        parser.error("not a list of numbers: " + arguments.sizes)
    if sizes[0] < 20 or arguments.repeat < 1:
        parser.error("at least 20 functions and one run are needed")

    try:
        tools = {
            name: find_tool(name, arguments.tools)
            for name in ("kcfi-opt", "kcfi-translate")
        }
        for name in ("mlir-opt", "mlir-translate", "opt"):
            tools[name] = find_llvm_tool(name, arguments.llvm_tools)
        tools["kcfi-encode-bench"] = shutil.which(
            "kcfi-encode-bench", path=arguments.tools
        )
        results = []
        print(
            "%d processors, %d runs, load %.1f"
            % (os.cpu_count(), arguments.repeat, os.getloadavg()[0])
        )
        with tempfile.TemporaryDirectory(prefix="kcfi-lowering.") as directory:
            for size in sizes:
                results.append(measure(size, arguments, tools, directory))
                print_result(results[-1])
                sys.stdout.flush()
    except (Failure, subprocess.CalledProcessError) as error:
        sys.exit("run.py: %s" % error)

    growth = compare_sizes(results)
    if growth:
        print("\nGrowth of the time per function; the same relative to that of mlir-opt")
    for entry in growth:
        print("  %-11s %7d -> %7d  %5.2f  %5.2f%s" % (
            entry["command"], entry["from"], entry["to"], entry["ratio"],
            entry["relative"], "" if entry["linear"] else "  NOT LINEAR",
        ))  # fmt: skip
    if arguments.json:
        write_json(
            {
                "processors": os.cpu_count(),
                "repeat": arguments.repeat,
                "seed": arguments.seed,
                "sizes": results,
                "growth": growth,
            },
            arguments.json,
        )


if __name__ == "__main__":
    main()
