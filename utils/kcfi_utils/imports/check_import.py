#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of check-import."""

import argparse
import collections
import concurrent.futures
import sys

from kcfi_utils.arguments import add_jobs
from kcfi_utils.imports.checker import OUTCOMES, Checker
from kcfi_utils.modules.files import find_inputs
from kcfi_utils.tools import ToolError


def print_results(results, carries, is_verbose):
    for result in results:
        if is_verbose or result.outcome in ("refused", "FAILED"):
            print(
                f"{result.outcome:8} {result.carry:6} {result.name:36} "
                f"{result.detail}".rstrip()
            )
    print()
    print(
        "carry   "
        + "".join(f"{o:>9}" for o in OUTCOMES)
        + "  ids before after  checks before after expanded"
    )
    for carry in carries:
        own = [r for r in results if r.carry == carry]
        # What is refused has nothing to lose.
        back = [r for r in own if r.outcome != "refused"]
        count = collections.Counter(r.outcome for r in own)
        print(
            f"{carry:8}"
            + "".join(f"{count[o]:9}" for o in OUTCOMES)
            + f"{sum(r.before[0] for r in back):12}"
            f"{sum(r.after[0] for r in back):6}"
            f"{sum(r.before[1] for r in back):15}"
            f"{sum(r.after[1] for r in back):6}"
            f"{sum(r.expanded for r in back):9}"
        )


def main(description: str | None) -> int:
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="+", help="directories of .ll files, or files")
    parser.add_argument(
        "--llvm-bin", default="/usr/lib/llvm-22/bin", help="directory of LLVM's tools"
    )
    parser.add_argument(
        "--kcfi-bin",
        default="build/bin",
        help="directory of kcfi-opt and kcfi-translate",
    )
    parser.add_argument(
        "--carry",
        choices=["none", "needed", "exact"],
        action="append",
        help="may be given several times; exact and needed by default",
    )
    parser.add_argument(
        "--stock",
        action="store_true",
        help="take mlir-translate instead: shows that what is looked for is found",
    )
    add_jobs(parser)
    parser.add_argument(
        "--verbose",
        action="store_true",
        help="print all files, not only what is refused or fails",
    )
    options = parser.parse_args()
    carries = ["stock"] if options.stock else options.carry or ["exact", "needed"]
    checker = Checker(options)
    try:
        paths = find_inputs(options.inputs)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            files = pool.map(lambda path: checker.check(path, carries), paths)
            results = [result for own in files for result in own]
    except (ToolError, OSError) as error:
        print(f"check-import: error: {error}", file=sys.stderr)
        return 2
    print_results(results, carries, options.verbose)
    return int(any(r.outcome == "FAILED" for r in results))
