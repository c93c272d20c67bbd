#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of check-c-facts."""

import argparse
import json
import sys

from kcfi_utils.facts.clang import (
    VA_LIST_CODES,
    Clang,
    Rejected,
    facts_of_clang,
)
from kcfi_utils.facts.triples import TRIPLES
from kcfi_utils.facts.xxhash import type_id, xxh64
from kcfi_utils.tools import ToolError, must


def main(description: str | None) -> int:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--facts-tool", required=True, help="kcfi-target-facts")
    parser.add_argument("--clang", required=True, help="clang to compare with")
    parser.add_argument("triples", nargs="*", default=TRIPLES)
    options = parser.parse_args()
    try:
        return compare(options.facts_tool, options.clang, options.triples)
    except ToolError as error:
        print(f"check-c-facts: error: {error}", file=sys.stderr)
        return 2


def compare(facts_tool, clang_path, triples):
    # Guards the hash above with the published value of an empty input.
    assert xxh64(b"") == 0xEF46DB3751D8E999

    lines = must([facts_tool, *triples], what=facts_tool).stdout.splitlines()
    if len(lines) != len(triples):
        raise ToolError(f"{facts_tool} does not print one line a triple")

    passed = failed = 0
    for triple, line in zip(triples, lines):
        clang = Clang(clang_path, triple)
        try:
            expected = facts_of_clang(clang)
            ids = {}
            if not expected["usesMicrosoftMangling"]:
                for parameter in ("__builtin_va_list", "long double"):
                    ids[parameter] = clang.kcfi_id(parameter)
        except Rejected as error:
            print(f"not counted: {triple}: clang: {error}")
            continue
        if line.startswith("error: "):
            print(f"FAIL: {triple}: {line}")
            failed += 1
            continue
        ours = json.loads(line)
        problems = [
            f"{key} is {ours[key]!r}, clang has {value!r}"
            for key, value in expected.items()
            if ours[key] != value
        ]
        if ids:
            codes = {
                "__builtin_va_list": VA_LIST_CODES[ours["vaList"]],
                "long double": ours["longDoubleCode"],
            }
            for parameter, code in codes.items():
                if type_id(code) != ids[parameter]:
                    problems.append(
                        f"id of void({parameter}) in C is "
                        f"{type_id(code):#010x}, clang has {ids[parameter]:#010x}"
                    )
        if problems:
            for problem in problems:
                print(f"FAIL: {triple}: {problem}")
            failed += 1
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0
