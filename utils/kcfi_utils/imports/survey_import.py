#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of survey-import."""

import argparse
import concurrent.futures
import os
import re
import sys

from kcfi_utils.arguments import add_jobs
from kcfi_utils.imports.survey import CLASSES, classify, survey
from kcfi_utils.imports.survey_report import markdown, table
from kcfi_utils.modules.files import find_inputs, write
from kcfi_utils.modules.tools import Tools
from kcfi_utils.tools import ToolError


def main(description: str | None) -> int:
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="+", help="directories of .ll files, or files")
    parser.add_argument(
        "--llvm-bin",
        default="/usr/lib/llvm-22/bin",
        help="directory of LLVM's and MLIR's tools",
    )
    parser.add_argument(
        "--baseline",
        default="baseline",
        help="how the names of inputs without construct "
        "begin, whose differences are not counted for "
        "others of the same triple; '' for none",
    )
    add_jobs(parser)
    parser.add_argument(
        "--markdown", metavar="FILE", help="write a table for the documentation"
    )
    parser.add_argument(
        "--class",
        dest="only",
        choices=list(CLASSES),
        action="append",
        help="print only files of this class",
    )
    options = parser.parse_args()

    tools = Tools(options.llvm_bin)
    try:
        paths = find_inputs(options.inputs)
        version = re.search(
            r"LLVM version (\S+)", tools.must("mlir-translate", "--version")
        )
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(lambda p: survey(tools, p), paths))
    except ToolError as error:
        print(f"survey-import: error: {error}", file=sys.stderr)
        return 2
    baseline = [
        r for r in results if options.baseline and r.name.startswith(options.baseline)
    ]
    if options.baseline and not baseline and len(results) > 1:
        print(
            "survey-import: error: no input's name begins with "
            f"'{options.baseline}'; see --baseline",
            file=sys.stderr,
        )
        return 2
    for result in results:
        usual = [
            d for b in baseline for d in b.differences if b.triple == result.triple
        ]
        classify(result, [] if result in baseline else usual)
        result.is_baseline = result in baseline
    table([r for r in results if not options.only or r.kind in options.only])
    if options.markdown:
        shown = [
            "utils/survey-import",
            *(os.path.relpath(p) for p in options.inputs),
            "--markdown",
            os.path.relpath(options.markdown),
        ]
        write(
            options.markdown,
            markdown(results, " ".join(shown), version[1] if version else "?"),
        )
    return 0
