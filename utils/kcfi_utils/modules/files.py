#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Finds, reads and writes files of LLVM IR."""

import os

from kcfi_utils.tools import ToolError


def find_inputs(given):
    """The .ll files of directories, and files, by name."""
    paths = []
    for path in given:
        if os.path.isdir(path):
            paths += [
                os.path.join(path, name)
                for name in os.listdir(path)
                if name.endswith(".ll")
            ]
        else:
            paths.append(path)
    if not paths:
        raise ToolError("no .ll files")
    return sorted(paths, key=os.path.basename)


def read(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)
