#!/usr/bin/env python3
#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs a notebook without Jupyter and writes its pictures as PNG files.

  run.py NOTEBOOK [--out DIR] [--timeout 300]

NOTEBOOK is a file, or the name of one of the notebooks next to this script. What
its cells print goes to the standard output. Needs mlir_kcfi and what
`pip install '.[notebooks]'` adds. The notebook itself is not changed.
"""

from __future__ import annotations

import argparse
import base64
import pathlib
import re
import sys
from typing import List

import nbclient
import nbformat
from jupyter_client.kernelspec import NoSuchKernel

HERE = pathlib.Path(__file__).resolve().parent


def find(name: str) -> pathlib.Path:
    for path in (pathlib.Path(name), HERE / name, HERE / f"{name}.ipynb"):
        if path.is_file():
            return path
    raise FileNotFoundError(f"no notebook {name}")


def execute(path: pathlib.Path, timeout: int) -> nbformat.NotebookNode:
    """The notebook with its outputs; CellExecutionError if a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        resources={"metadata": {"path": str(HERE)}},
        extra_arguments=["--log-level=ERROR"],
    )
    return client.execute()


def outputs(notebook: nbformat.NotebookNode) -> List[nbformat.NotebookNode]:
    return [
        output
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebook")
    parser.add_argument("--out", default=".", type=pathlib.Path, help="directory of the pictures")
    parser.add_argument("--timeout", default=300, type=int, help="seconds for one cell")
    arguments = parser.parse_args()
    try:
        path = find(arguments.notebook)
        notebook = execute(path, arguments.timeout)
        arguments.out.mkdir(parents=True, exist_ok=True)
        pictures = 0
        for output in outputs(notebook):
            if output.output_type == "stream":
                (sys.stdout if output.name == "stdout" else sys.stderr).write(output.text)
                continue
            data = output.get("data", {})
            if "image/png" in data:
                pictures += 1
                picture = arguments.out / f"{path.stem}-{pictures}.png"
                picture.write_bytes(base64.b64decode(data["image/png"]))
                print(f"picture: {picture}")
            elif "text/plain" in data:
                print(data["text/plain"])
    except (OSError, nbformat.reader.NotJSONError, NoSuchKernel) as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 1
    except nbclient.exceptions.CellTimeoutError as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 1
    except nbclient.exceptions.CellExecutionError as error:
        text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
        print(f"run.py: {path.name} fails: {error.ename}\n{text}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
