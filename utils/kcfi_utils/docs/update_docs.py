#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of update-docs."""

import argparse
import difflib
import pathlib
import shutil
import sys

from kcfi_utils.docs.references import documents
from kcfi_utils.paths import LLVM_TOOLS, ROOT
from kcfi_utils.tools import ToolError


def main() -> int:
    parser = argparse.ArgumentParser(
        description="write the generated references of docs/"
    )
    parser.add_argument(
        "--check", action="store_true", help="only tell which files are not up to date"
    )
    parser.add_argument(
        "--mlir-tblgen",
        metavar="PATH",
        default=shutil.which("mlir-tblgen", path=LLVM_TOOLS) or "mlir-tblgen",
    )
    parser.add_argument(
        "--docs",
        type=pathlib.Path,
        metavar="DIR",
        help="where to write or look (default: docs/ of this project)",
    )
    args = parser.parse_args()
    root = pathlib.Path(ROOT)
    docs = args.docs or root / "docs"

    tblgen = shutil.which(args.mlir_tblgen)
    try:
        if tblgen is None:
            raise ToolError(f"{args.mlir_tblgen}: not found")
        generated = list(documents(tblgen, root))
    except ToolError as error:
        print(f"update-docs: error: {error}", file=sys.stderr)
        return 2

    stale = 0
    for name, text in generated:
        path = docs / name
        present = path.read_text(encoding="utf-8") if path.exists() else ""
        if present == text:
            continue
        stale += 1
        if args.check:
            print(f"{name} is not up to date, run utils/update-docs")
            diff = difflib.unified_diff(
                present.split("\n"),
                text.split("\n"),
                "present",
                "generated",
                lineterm="",
                n=1,
            )
            print("\n".join(list(diff)[:20]))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"{name}: written")
    print(
        f"{len(generated)} generated documents, {stale} "
        f"{'not up to date' if args.check else 'written'}"
    )
    return 1 if args.check and stale else 0
