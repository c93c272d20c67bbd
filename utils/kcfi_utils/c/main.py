#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of check-against-clang."""

import argparse
import sys
import tempfile

from kcfi_utils.arguments import add_kcfi_opt, add_max_failures, add_seed
from kcfi_utils.c.compare import Comparer, Counts
from kcfi_utils.c.targets import LANGUAGES, TARGETS
from kcfi_utils.tools import ToolError


def main() -> int:
    parser = argparse.ArgumentParser(
        description="compare type ids with clang's on random types"
    )
    parser.add_argument("--clang", required=True, metavar="PATH")
    add_kcfi_opt(parser)
    add_seed(parser, default="1")
    parser.add_argument(
        "--count",
        type=int,
        default=300,
        metavar="N",
        help="types for each target and language standard (default: %(default)s)",
    )
    parser.add_argument(
        "--target",
        action="append",
        metavar="TRIPLE",
        help=f"may be repeated (default: a list of {len(TARGETS)})",
    )
    parser.add_argument(
        "--lang",
        action="append",
        choices=sorted(LANGUAGES),
        help="may be repeated (default: both)",
    )
    parser.add_argument(
        "--std",
        action="append",
        metavar="STD",
        help="language standard; may be repeated (default: several for each language)",
    )
    add_max_failures(parser, default=20)
    parser.add_argument(
        "--show-rejected",
        action="store_true",
        help="print the declarations that clang rejects",
    )
    args = parser.parse_args()

    total = Counts()
    try:
        with tempfile.TemporaryDirectory(prefix="check-clang-") as directory:
            comparer = Comparer(args, directory)
            for target in args.target or TARGETS:
                for name in args.lang or LANGUAGES:
                    language, standards = LANGUAGES[name]
                    for standard in standards:
                        if args.std and standard not in args.std:
                            continue
                        counts = comparer.run(target, language, standard)
                        print(
                            f"{target} {standard}: {counts.passed} passed, "
                            f"{counts.failed} failed, {counts.rejected} "
                            "rejected by clang",
                            flush=True,
                        )
                        total.passed += counts.passed
                        total.failed += counts.failed
                        total.rejected += counts.rejected
                        total.reasons += counts.reasons
            comparer.finish()
    except ToolError as error:
        print(f"check-against-clang: error: {error}", file=sys.stderr)
        return 2
    if args.show_rejected:
        for message, count in total.reasons.most_common(15):
            print(f"  {count} x {message}")
    print(f"{total.passed} passed, {total.failed} failed")
    if total.passed + total.failed == 0:
        print("check-against-clang: error: nothing was compared", file=sys.stderr)
        return 2
    return 1 if total.failed else 0
