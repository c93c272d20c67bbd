#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of check-crates-against-rustc."""

import argparse
import sys
import tempfile

from kcfi_utils.arguments import add_kcfi_opt, add_max_failures, add_rustc, add_seed
from kcfi_utils.rust.compare_crates import compare
from kcfi_utils.tools import ToolError
from kcfi_utils.vectors.nodes import VectorError


def main() -> int:
    parser = argparse.ArgumentParser(
        description="compare the type ids of whole crates with those of rustc"
    )
    add_kcfi_opt(parser)
    add_rustc(parser)
    parser.add_argument(
        "--demangler",
        default="llvm-cxxfilt-22",
        metavar="PATH",
        help="default: %(default)s",
    )
    add_seed(parser)
    parser.add_argument(
        "--crates", type=int, default=4, metavar="N", help="default: %(default)s"
    )
    parser.add_argument(
        "--size",
        type=int,
        default=8,
        metavar="N",
        help="of each kind of item, in a crate (default: %(default)s)",
    )
    add_max_failures(parser)
    parser.add_argument("--keep", metavar="FILE", help="write the last crate there")
    args = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(
            prefix="check-crates-against-rustc-"
        ) as directory:
            return compare(args, directory)
    except (ToolError, VectorError) as error:
        print(f"check-crates-against-rustc: error: {error}", file=sys.stderr)
        return 2
