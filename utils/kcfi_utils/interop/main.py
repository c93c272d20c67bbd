#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of check-interop-live."""

import argparse
import sys
import tempfile

from kcfi_utils.arguments import add_kcfi_opt, add_max_failures, add_rustc, add_seed
from kcfi_utils.interop.compare import compare
from kcfi_utils.tools import ToolError
from kcfi_utils.vectors.nodes import VectorError


def main() -> int:
    parser = argparse.ArgumentParser(
        description="compare kcfi-check-interop with clang and rustc"
    )
    add_kcfi_opt(parser)
    parser.add_argument("--clang", default="clang-22", metavar="PATH")
    add_rustc(parser)
    add_seed(parser)
    parser.add_argument(
        "--count",
        type=int,
        default=200,
        metavar="N",
        help="random functions (default: %(default)s)",
    )
    add_max_failures(parser)
    parser.add_argument(
        "--keep", metavar="FILE", help="write the Rust declarations there"
    )
    args = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="check-interop-live-") as directory:
            return compare(args, directory)
    except (ToolError, VectorError) as error:
        print(f"check-interop-live: error: {error}", file=sys.stderr)
        return 2
