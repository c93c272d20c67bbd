#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Finds tests that lit would skip without a word.

lit ignores a file whose suffix it does not know, and runs no test whose REQUIRES
names a feature that nobody ever defines. Both are mistakes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator

# Directories without tests of their own:
DATA_DIRECTORIES = {"Inputs", "lib", "Output"}
# Directories whose tests are made elsewhere:
MADE_ELSEWHERE = {"Unit"}
# Data next to the tests that read it:
DATA_SUFFIXES = {"vectors": {".json", ".tsv"}}
OTHER_FILES = {"CMakeLists.txt", "README.md", "lit.site.cfg.py.in"}

CONDITION = re.compile(r"\b(REQUIRES|UNSUPPORTED|XFAIL):(.*)")


def unknown_features(path: str, features: Collection[str]) -> Iterator[str]:
    """Problems with the features that one test names."""
    with open(path, encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            match = CONDITION.search(line)
            if not match:
                continue
            expression = match.group(2).replace("*/", "")
            for word in re.findall(r"[-+=._a-zA-Z0-9]+", expression):
                if word in features or word in ("true", "false"):
                    continue
                yield "%s:%d: unknown feature '%s'" % (path, number, word)


def problems(
    root: str,
    suffixes: Collection[str],
    excludes: Collection[str],
    features: Collection[str],
) -> Iterator[str]:
    """Problems with the tests below `root`.

    `suffixes` and `excludes` are those of lit's configuration. `features` has
    every feature that a machine may have.
    """
    other_files = OTHER_FILES | set(excludes)
    for directory, subdirectories, files in os.walk(root):
        subdirectories[:] = [
            name
            for name in subdirectories
            if name not in DATA_DIRECTORIES
            and not name.startswith((".", "__pycache__"))
        ]
        known_data = DATA_SUFFIXES.get(os.path.basename(directory), set())
        tests = []
        for name in files:
            suffix = os.path.splitext(name)[1]
            if name in other_files:
                continue
            if suffix in suffixes:
                tests.append(name)
            elif not name.startswith(".") and suffix not in known_data:
                yield (
                    "%s: not a test by its suffix, and not in a directory of inputs"
                    % os.path.join(directory, name)
                )
        made_elsewhere = os.path.basename(directory) in MADE_ELSEWHERE
        if not tests and not subdirectories and not made_elsewhere:
            yield "%s: directory without tests" % directory
        for name in tests:
            yield from unknown_features(os.path.join(directory, name), features)
