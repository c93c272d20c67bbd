#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the ids that kcfi-opt gives with those of golden vectors."""

import concurrent.futures
import os
import re
import tempfile

from kcfi_utils.tools import TIMEOUT_SECONDS, NoEnd, ToolError, run
from kcfi_utils.vectors.module import module_text, parse_output

# Signatures in one module: one start of the tool answers many questions, while
# finding a culprit among them stays cheap.
BATCH_SIZE = 400


class Tool:
    """Runs kcfi-opt on modules of checks."""

    def __init__(self, path, directory, preset):
        self.path = path
        self.passes = ["--kcfi-assign-type-ids"]
        if preset:
            self.passes.insert(0, f"--kcfi-coalesce-types=preset={preset}")
        self.directory = directory

    def run(self, text):
        """(exit code, output, errors) for a module; errors name its file."""
        handle, name = tempfile.mkstemp(".mlir", "m", self.directory)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        try:
            process = run([self.path, *self.passes, name], errors="backslashreplace")
        except NoEnd:
            return None, "", f"no answer within {TIMEOUT_SECONDS} seconds"
        finally:
            os.unlink(name)
        # The file exists only for this run, its name says nothing to a reader.
        errors = process.stderr.replace(name, "module.mlir")
        return process.returncode, process.stdout, errors

    def check_usable(self):
        code, _, errors = self.run("module {\n}\n")
        if code != 0:
            raise ToolError(
                f"{self.path}: fails on an empty module "
                f"({describe_exit(code)}):\n{errors.rstrip()}"
            )


def describe_exit(code):
    if code is None:
        return "timeout"
    if code < 0:
        return f"crashed with signal {-code}"
    return f"exit code {code}"


def describe(answer):
    if isinstance(answer, tuple):
        return f'"{answer[0]}" {answer[1]} (0x{answer[1]:08x})'
    return answer


def failed_run(code, errors):
    """What to show of a run that gave no answer."""
    lines = errors.strip().splitlines()
    if len(lines) > 12:
        lines = lines[:12] + [f"({len(lines) - 12} more lines)"]
    return "\n".join([describe_exit(code)] + lines)


def check_refused(tool, check):
    """None if the tool refuses the check properly, else what it did."""
    code, output, errors = tool.run(module_text([check]))
    if code == 0:
        answer = parse_output(output).get(0)
        return describe(answer) if answer else "exit code 0 and no type id"
    located = re.search(r"^module\.mlir:[0-9]+:[0-9]+: error: \S", errors, re.MULTILINE)
    if code != 1 or not located:
        return failed_run(code, errors)
    return None


def check_batch(tool, checks):
    """Failures as pairs (check, what the tool answered instead)."""
    code, output, errors = tool.run(module_text(checks))
    if code == 0:
        answers = parse_output(output)
        failures = []
        for number, check in enumerate(checks):
            answer = answers.get(number)
            if answer is None:
                failures.append((check, "no type id in the output"))
            elif answer != check.expected:
                failures.append((check, describe(answer)))
        return failures
    if len(checks) == 1:
        return [(checks[0], failed_run(code, errors))]
    # One bad signature makes the tool refuse the whole module; by halving, each
    # culprit ends up alone and the others are still judged.
    middle = len(checks) // 2
    failures = check_batch(tool, checks[:middle]) + check_batch(tool, checks[middle:])
    if not failures:
        failures.append(
            (
                checks[0],
                f"a module of {len(checks)} signatures fails, though "
                "both of its halves pass:\n" + failed_run(code, errors),
            )
        )
    return failures


def run_checks(tool, checks, jobs):
    """All failures, in no particular order."""
    groups: dict[tuple, list] = {}
    refusals = []
    for check in checks:
        if check.expected is None:
            refusals.append(check)
        else:
            key = (check.target, check.options, check.hash)
            groups.setdefault(key, []).append(check)
    failures = []
    with concurrent.futures.ThreadPoolExecutor(max_workers=jobs) as pool:
        batches = [
            pool.submit(check_batch, tool, group[start : start + BATCH_SIZE])
            for group in groups.values()
            for start in range(0, len(group), BATCH_SIZE)
        ]
        alone = [(check, pool.submit(check_refused, tool, check)) for check in refusals]
        for batch in batches:
            failures += batch.result()
        for check, answer in alone:
            if answer.result() is not None:
                failures.append((check, answer.result()))
    return failures


class Report:
    """Prints failures up to a limit and counts vectors."""

    def __init__(self, limit):
        self.limit = limit
        self.shown = 0
        self.hidden = 0

    def fail(self, file, vector, where, lines):
        if self.shown == self.limit:
            self.hidden += 1
            return
        self.shown += 1
        print(f"FAILED {file.label}: {file.names[vector]}{where}")
        for title, text in [("declaration", file.declarations[vector])] + lines:
            if text:
                print(f"  {title + ':':<13}" + text.replace("\n", "\n" + " " * 15))

    def finish(self):
        if self.hidden:
            print(f"({self.hidden} more failures are not shown)")


def check_file(tool, file, jobs, report):
    """(number of passed vectors, number of failed vectors)"""
    failed = set()
    for vector, message in file.broken:
        failed.add(vector)
        report.fail(file, vector, "", [("error", message)])
    # In the order of the file, whichever batch was ready first.
    order = {id(check): number for number, check in enumerate(file.checks)}
    failures = run_checks(tool, file.checks, jobs)
    for check, answer in sorted(failures, key=lambda item: order[id(item[0])]):
        failed.add(check.vector)
        expected = "an error" if check.expected is None else describe(check.expected)
        report.fail(
            file,
            check.vector,
            f" [{check.target}, {check.options}, {check.hash}, {check.form}]",
            [("type", check.text), ("expected", expected), ("got", answer)],
        )
    return len(file.names) - len(failed), len(failed)
