#!/usr/bin/env python3
#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures the tools that read LLVM IR, relative to opt on the same modules.

  run.py [--tools DIR] [--repeat 3] [--json FILE] MODULE...

MODULE is a file of LLVM IR, text or bitcode. For each one these commands are run
in turn, all of them once before the first runs again:

  opt          opt -S -passes=verify
  import       kcfi-translate --import-llvm-ir --emit-bytecode
  exact        the same with --carry=exact
  through      kcfi-translate --through=, import and export in one process
  raise        kcfi-opt --kcfi-raise-from-llvm, the module of import
  mlir-report  kcfi-opt --kcfi-report, the raised module
  lower        kcfi-opt --kcfi-roundtrip-pipeline, the raised module
  export       kcfi-translate --kcfi-to-bitcode, the lowered module
  mlir-import  mlir-translate --import-llvm
  report       kcfi-report, from LLVM IR
  summary      kcfi-report --format=summary
  audit        kcfi-report --audit

and then `report` of all modules together, in one process. The exit code says
whether the measurement took place, not how it turned out.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the sources may be read-only
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from measure import Failure, find_llvm_tool, find_tool, run, write_json  # noqa: E402


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tools", help="directory of kcfi-opt and the others")
    parser.add_argument("--llvm-tools", help="directory of LLVM's tools")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", help="file for the numbers")
    parser.add_argument("module", nargs="+")
    arguments = parser.parse_args()
    if arguments.repeat < 1:
        parser.error("--repeat must be positive")
    for path in arguments.module:
        if not os.path.isfile(path):
            parser.error("no file %s" % path)
    return arguments


def measure(path, repeat, tools, directory):
    file = {
        name: os.path.join(directory, name + ".mlirbc")
        for name in ("import", "raise", "lower")
    }
    null = ["-o", os.devnull]
    translate, opt, report = (
        tools[name] for name in ("kcfi-translate", "kcfi-opt", "kcfi-report")
    )
    importer = [translate, "--import-llvm-ir", "--emit-bytecode", path]
    commands = {
        "opt": [tools["opt"], "-S", "-passes=verify", path] + null,
        "import": importer + ["-o", file["import"]],
        "exact": importer + ["--carry=exact"] + null,
        "through": [translate, "--through=", path] + null,
        "raise": [
            opt,
            "--kcfi-raise-from-llvm",
            "--emit-bytecode",
            file["import"],
            "-o",
            file["raise"],
        ],
        "mlir-report": [opt, "--kcfi-report", file["raise"]] + null,
        "lower": [
            opt,
            "--kcfi-roundtrip-pipeline",
            "--emit-bytecode",
            file["raise"],
            "-o",
            file["lower"],
        ],
        "export": [translate, "--kcfi-to-bitcode", file["lower"]] + null,
        "mlir-import": [tools["mlir-translate"], "--import-llvm", path] + null,
        "report": [report, path] + null,
        "summary": [report, "--format=summary", path] + null,
        "audit": [report, "--audit", "--fail-on=none", path] + null,
    }
    samples = {name: [] for name in commands}
    for _ in range(repeat):
        for name, command in commands.items():
            samples[name].append(run(command))
    return samples


def condense(samples):
    return {
        name: {
            "wall": statistics.median(sample["wall"] for sample in runs),
            "cpu": statistics.median(sample["cpu"] for sample in runs),
            "memory": max(sample["memory"] for sample in runs),
        }
        for name, runs in samples.items()
    }


def print_table(title, numbers, base):
    print(title)
    print("  %-12s %10s %8s %8s %10s" % ("command", "seconds", "/opt", "cpu/opt", "MiB/opt"))
    for name, number in numbers.items():
        print(
            "  %-12s %10.3f %8.2f %8.2f %10.2f"
            % (
                name,
                number["wall"],
                number["wall"] / base["wall"],
                number["cpu"] / base["cpu"],
                number["memory"] / base["memory"],
            )
        )


def main():
    arguments = parse_arguments()
    try:
        tools = {
            name: find_tool(name, arguments.tools)
            for name in ("kcfi-opt", "kcfi-translate", "kcfi-report")
        }
        for name in ("opt", "mlir-translate"):
            tools[name] = find_llvm_tool(name, arguments.llvm_tools)
        result = {"modules": {}}
        print("%d processors, %d runs" % (os.cpu_count() or 1, arguments.repeat))
        with tempfile.TemporaryDirectory() as directory:
            for path in arguments.module:
                numbers = condense(
                    measure(path, arguments.repeat, tools, directory)
                )
                result["modules"][path] = numbers
                print_table(path, numbers, numbers["opt"])
            runs = {"report of all": []}
            for _ in range(arguments.repeat):
                runs["report of all"].append(
                    run(
                        [tools["kcfi-report"], "-o", os.devnull]
                        + arguments.module
                    )
                )
        result["all"] = condense(runs)
        base = {
            "wall": sum(m["opt"]["wall"] for m in result["modules"].values()),
            "cpu": sum(m["opt"]["cpu"] for m in result["modules"].values()),
            "memory": max(m["opt"]["memory"] for m in result["modules"].values()),
        }
        print_table("all modules (opt: the sum of times)", result["all"], base)
    except (Failure, OSError, subprocess.SubprocessError) as failure:
        print("run.py: %s" % failure, file=sys.stderr)
        return 1
    if arguments.json:
        write_json(result, arguments.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
