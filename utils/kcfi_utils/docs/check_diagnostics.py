#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of check-diagnostics."""

import argparse
import os

from kcfi_utils.docs.diagnostics import (
    EXPECTATION,
    SOURCES,
    TEST_SUFFIXES,
    UNREACHABLE,
    diagnostics,
    files,
    key,
    normalize,
)
from kcfi_utils.paths import ROOT


def main() -> int:
    parser = argparse.ArgumentParser(prog="check-diagnostics")
    parser.add_argument("--list", action="store_true")
    parser.add_argument(
        "root",
        nargs="?",
        default=ROOT,
    )
    options = parser.parse_args()

    expectations = []
    for path in files(options.root, ["test"], TEST_SUFFIXES):
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                if EXPECTATION.search(line):
                    expectations.append(normalize(line))
    expected = "\n".join(expectations)

    count = 0
    missing = 0
    unused = set(UNREACHABLE)
    for path in files(options.root, SOURCES, (".cpp", ".h")):
        name = os.path.relpath(path, options.root)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for line, message in diagnostics(text):
            count += 1
            message = normalize(message)
            if options.list:
                print("%s:%d: %s" % (name, line, message))
            reason = [entry for entry in UNREACHABLE if message.startswith(entry)]
            unused.difference_update(reason)
            if reason or key(message) in expected:
                continue
            missing += 1
            print('%s:%d: no test expects "%s"' % (name, line, message))
    for entry in sorted(unused):
        print('UNREACHABLE: no diagnostic says "%s"' % entry)
    if not count:
        print("no diagnostics found under %s" % options.root)
        return 1
    print("%d diagnostics, %d without a test" % (count, missing))
    return 1 if missing or unused else 0
