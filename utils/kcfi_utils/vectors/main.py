#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of check-vectors."""

import argparse
import io
import sys
import tempfile

from kcfi_utils.arguments import add_jobs, add_kcfi_opt, add_max_failures
from kcfi_utils.tools import ToolError
from kcfi_utils.vectors.check import Report, Tool, check_file
from kcfi_utils.vectors.files import read_file
from kcfi_utils.vectors.nodes import FormatError


def main() -> int:
    parser = argparse.ArgumentParser(
        description="compare the type ids of kcfi-opt with golden vectors"
    )
    add_kcfi_opt(parser)
    add_jobs(parser)
    parser.add_argument(
        "--preset",
        metavar="NAME",
        help="coalesce types by this preset of equivalences before ids are assigned",
    )
    add_max_failures(parser, default=20)
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="vectors of C, C++ or Rust types (JSON), or a table "
        "of complete strings (TSV)",
    )
    args = parser.parse_args()

    # Expected strings may hold any character, whatever the locale says.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

    try:
        files = [read_file(path) for path in args.files]
        report = Report(max(args.max_failures, 0))
        results = []
        with tempfile.TemporaryDirectory(prefix="check-vectors-") as directory:
            tool = Tool(args.kcfi_opt, directory, args.preset)
            tool.check_usable()
            for file in files:
                results.append(check_file(tool, file, args.jobs, report))
    except (FormatError, ToolError) as error:
        print(f"check-vectors: error: {error}", file=sys.stderr)
        return 2

    report.finish()
    for file, (passed, failed) in zip(files, results):
        print(
            f"{file.label}: {len(file.names)} vectors, "
            f"{len(file.checks)} checks, {passed} passed, {failed} failed"
        )
    passed = sum(result[0] for result in results)
    failed = sum(result[1] for result in results)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0
