# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks how notebooks are stored: valid, without outputs.

  check-notebooks.py DIRECTORY NUMBER
"""

import pathlib
import sys

import nbformat

notebooks = sorted(pathlib.Path(sys.argv[1]).glob("*.ipynb"))
if len(notebooks) != int(sys.argv[2]):
    sys.exit(f"{len(notebooks)} notebooks: the test does not run all of them")
for path in notebooks:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count):
            sys.exit(f"{path}: cell {cell.id} has outputs; clear them before a commit")
