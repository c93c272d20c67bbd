#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Sums up the JSON results that lit wrote."""

import argparse
import json
import sys

PASSED = {"PASS", "XFAIL", "FLAKYPASS"}

SKIPPED = {"UNSUPPORTED", "SKIPPED", "EXCLUDED"}


def main() -> int:
    parser = argparse.ArgumentParser(description="sum up the JSON results of lit")
    parser.add_argument(
        "--lit-status",
        type=int,
        default=0,
        metavar="N",
        help="exit code of the lit run",
    )
    parser.add_argument("results", help="file written by lit --output")
    args = parser.parse_args()

    try:
        with open(args.results, encoding="utf-8") as file:
            tests = [
                (test["name"], test["code"], test.get("output") or "")
                for test in json.load(file)["tests"]
            ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(
            f"summarize-lit: no results of lit in {args.results}: {error}",
            file=sys.stderr,
        )
        return 1

    passed: list = []
    failed: list = []
    skipped: list = []
    for test in sorted(tests):
        code = test[1]
        # A code that is not known here must not look like a success.
        (passed if code in PASSED else skipped if code in SKIPPED else failed).append(
            test
        )

    for title, group in (("Skipped", skipped), ("Failed", failed)):
        if group:
            print(f"{title} tests:")
        for name, code, output in sorted(group, key=lambda test: test[1]):
            reason = ""
            if group is skipped:
                reason = " ".join(output.split()) or "no reason given"
                reason = f": {reason}"
            print(f"  {code}: {name}{reason}")

    status = 0
    if failed or not passed:
        status = 1
    if args.lit_status and not failed:
        print(f"lit itself ended with exit code {args.lit_status}")
        status = 1
    if not passed and not failed:
        print("No test ran.")

    summary = f"{len(passed)} passed, {len(failed)} failed"
    if skipped:
        summary += f", {len(skipped)} skipped"
    print(summary)
    return status
