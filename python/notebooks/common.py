# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the notebooks share: clang, and how pictures look."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess

import matplotlib

INPUTS = pathlib.Path(__file__).resolve().parent / "inputs"

# Colours that people with any kind of colour vision tell apart (Okabe and Ito).
BLUE, SKY, GREEN, ORANGE, RED = "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00"
GREY = "#D9D9D9"

matplotlib.rcParams.update(
    {
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.grid.axis": "x",
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 13,
        "figure.constrained_layout.use": True,
        "figure.dpi": 110,
        "font.size": 11,
        "grid.color": "#E5E5E5",
        "legend.frameon": False,
    }
)


def find_clang() -> str:
    """clang 22; the environment variable CLANG names another one."""
    for name in (os.environ.get("CLANG"), "clang-22", "/usr/lib/llvm-22/bin/clang"):
        found = shutil.which(name) if name else None
        if found:
            return found
    raise FileNotFoundError("clang-22 was not found; set CLANG to its path")


def compile_to_bitcode(source: pathlib.Path, *options: str) -> bytes:
    """LLVM bitcode of a C program with KCFI and debug info."""
    command = [find_clang(), "--target=x86_64-unknown-linux-gnu", "-O1", "-g"]
    # Without an analysis of aliases there is nothing that the import must drop.
    command += ["-fno-strict-aliasing", "-fsanitize=kcfi", *options]
    # A relative name: it goes into debug info, and from there into locations.
    command += ["-c", "-emit-llvm", source.name, "-o", "-"]
    return subprocess.run(
        command, cwd=source.parent, stdout=subprocess.PIPE, check=True
    ).stdout
