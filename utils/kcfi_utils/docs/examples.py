#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the examples of the documentation."""

import concurrent.futures
import os
import re
import tempfile

from kcfi_utils.tools import NoEnd, run

TIMEOUT_SECONDS = 60

FENCE = re.compile(r"^(?P<indent>\s*)```(?P<language>[^`\s]*)[^`]*$")


def code_blocks(path):
    """Yields (language, line number of the fence, lines, closed)."""
    language: str | None = None
    start = 0
    lines: list[str] = []
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.split("\n"), 1):
        match = FENCE.match(line)
        if language is None:
            if match:
                language, start, lines = match["language"], number, []
        elif match and not match["language"]:
            yield language, start, lines, True
            language = None
        else:
            lines.append(line)
    if language is not None:
        yield language, start, lines, False


def run_example(kcfi_opt, name, start, lines):
    """None if kcfi-opt accepts the example, else what it says."""
    handle, module = tempfile.mkstemp(".mlir", "example")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        # Empty lines in front: then the tool's line numbers are the file's.
        file.write("\n" * start + "\n".join(lines) + "\n")
    try:
        process = run([kcfi_opt, module], timeout=TIMEOUT_SECONDS)
    except NoEnd:
        return f"{name}:{start}: kcfi-opt does not end on this example"
    finally:
        os.unlink(module)
    if process.returncode == 0:
        return None
    errors = process.stderr.strip()
    return (
        f"{name}:{start}: kcfi-opt refuses this example "
        f"(exit code {process.returncode})\n" + errors.replace(module, name)
    )


def check_examples(root, files, kcfi_opt):
    """(number of examples, problems)"""
    problems, examples = [], []
    for path in files:
        name = str(path.relative_to(root))
        for language, start, lines, closed in code_blocks(path):
            if not closed:
                problems.append(f"{name}:{start}: this code block has no end")
            elif language == "mlir":
                if any(line.strip() for line in lines):
                    examples.append((name, start, lines))
                else:
                    problems.append(f"{name}:{start}: empty example")
    workers = os.cpu_count() or 1
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        problems += filter(
            None, pool.map(lambda example: run_example(kcfi_opt, *example), examples)
        )
    return len(examples), problems
