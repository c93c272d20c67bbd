#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks that the definitions of the dialects are documented."""

import json
import pathlib
import shutil

from kcfi_utils.docs.examples import TIMEOUT_SECONDS
from kcfi_utils.tools import ToolError, run

# Upstream classes whose definitions a user meets, with their name for people.
DOCUMENTED = {
    "Dialect": "dialect",
    "Op": "op",
    "TypeDef": "type",
    "AttrDef": "attribute",
    "PassBase": "pass",
}


def check_definitions(root, files, tblgen, includes):
    """(number of definitions, problems)"""
    count, problems = 0, []
    for path in files:
        command = [tblgen, "--dump-json", "-I", str(root / "include")]
        for directory in includes:
            command += ["-I", directory]
        process = run([*command, path], timeout=TIMEOUT_SECONDS)
        name = str(path.relative_to(root))
        if process.returncode != 0:
            problems.append(f"{name}: {process.stderr.strip()}")
            continue
        for record in json.loads(process.stdout).values():
            if not isinstance(record, dict) or "!superclasses" not in record:
                continue
            # A record that an included file defines is checked with that file.
            lines = [
                location.rsplit(":", 1)[1]
                for location in record.get("!locs", [])
                if location.rsplit(":", 1)[0] == path.name
            ]
            kinds = [
                word
                for base, word in DOCUMENTED.items()
                if base in record["!superclasses"]
            ]
            if not lines or not kinds:
                continue
            count += 1
            for field in ("summary", "description"):
                if not (record.get(field) or "").strip():
                    problems.append(
                        f"{name}:{lines[0]}: {kinds[0]} "
                        f"{record['!name']} has no {field}"
                    )
    return count, problems


def include_directories(tblgen):
    """The headers that were installed together with llvm-tblgen."""
    path = shutil.which(tblgen)
    if path is None:
        raise ToolError(f"{tblgen}: not found")
    return [str(pathlib.Path(path).resolve().parent.parent / "include")]
