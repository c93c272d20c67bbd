#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of check-docs."""

import argparse
import io
import pathlib
import shutil
import sys

from kcfi_utils.arguments import add_kcfi_opt
from kcfi_utils.docs.definitions import check_definitions, include_directories
from kcfi_utils.docs.examples import check_examples
from kcfi_utils.paths import LLVM_TOOLS, ROOT
from kcfi_utils.tools import ToolError


def main() -> int:
    parser = argparse.ArgumentParser(
        description="check the examples and the completeness of the docs"
    )
    add_kcfi_opt(parser)
    parser.add_argument(
        "--llvm-tblgen",
        metavar="PATH",
        default=shutil.which("llvm-tblgen", path=LLVM_TOOLS) or "llvm-tblgen",
    )
    parser.add_argument(
        "-I",
        dest="includes",
        action="append",
        metavar="DIR",
        help="where MLIR's TableGen files are (default: "
        "include/ beside llvm-tblgen's directory)",
    )
    parser.add_argument(
        "--root",
        type=pathlib.Path,
        metavar="DIR",
        default=pathlib.Path(ROOT),
        help="the tree to check (default: this project)",
    )
    args = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

    root = args.root.resolve()
    tablegen = sorted(root.glob("include/**/*.td"))
    texts = sorted(root.glob("README.md")) + sorted(root.glob("docs/**/*.md"))
    try:
        includes = args.includes or include_directories(args.llvm_tblgen)
        definitions, problems = check_definitions(
            root, tablegen, args.llvm_tblgen, includes
        )
        examples, more = check_examples(root, texts + tablegen, args.kcfi_opt)
        problems += more
        if not problems and not (definitions and examples):
            raise ToolError(
                f"{root}: {definitions} definitions and "
                f"{examples} examples: nothing to check"
            )
    except ToolError as error:
        print(f"check-docs: error: {error}", file=sys.stderr)
        return 2

    for problem in problems:
        print(problem)
    print(
        f"{len(texts)} texts, {len(tablegen)} TableGen files: {definitions} "
        f"definitions, {examples} examples, {len(problems)} problems"
    )
    return 1 if problems else 0
