# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The options that several programs have."""

from __future__ import annotations

import argparse
import os


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be positive")
    return number


def add_kcfi_opt(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kcfi-opt", required=True, metavar="PATH")


def add_rustc(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rustc",
        nargs="+",
        default=["rustc"],
        metavar="WORD",
        help="command of the compiler",
    )


def add_seed(parser: argparse.ArgumentParser, default: str = "0") -> None:
    parser.add_argument("--seed", default=default, help="default: %(default)s")


def add_max_failures(parser: argparse.ArgumentParser, default: int = 10) -> None:
    parser.add_argument(
        "--max-failures",
        type=int,
        default=default,
        metavar="N",
        help="failures to print (default: %(default)s)",
    )


def add_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        type=positive,
        default=os.cpu_count() or 1,
        metavar="N",
        help="runs at the same time (default: %(default)s)",
    )
