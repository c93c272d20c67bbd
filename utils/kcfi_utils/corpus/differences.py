# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Shows how two runs of a program differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

CONTEXT_LINES = 3

WIDTH = 100


def describe(traps: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{caller} -> {callee}" for caller, callee in sorted(traps)) or (
        "none"
    )


def show_difference(old: str, new: str) -> str:
    """The lines around the first difference of two outputs."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    common = count_common(old_lines, new_lines)
    # The part of a long line that has the difference.
    column = 0
    if common < min(len(old_lines), len(new_lines)):
        column = count_common(old_lines[common], new_lines[common]) - WIDTH // 2

    def cut(line: str) -> str:
        first, end = max(0, column), max(0, column) + WIDTH
        before, after = "..." if first else "", "..." if line[end:] else ""
        return before + line[first:end] + after

    def show(sign: str, lines: list[str], first: int, end: int) -> list[str]:
        shown = [
            f"{sign} {number + 1:5}: {cut(lines[number])}"
            for number in range(first, min(end, len(lines)))
        ]
        return shown + [f"{sign}   end"] * (end > len(lines))

    return "\n".join(
        [
            f"{len(old_lines) - 1} lines before (-), {len(new_lines) - 1} after (+), "
            f"different from line {common + 1} on",
            *show(" ", old_lines, max(0, common - CONTEXT_LINES), common),
            *show("-", old_lines, common, common + CONTEXT_LINES),
            *show("+", new_lines, common, common + CONTEXT_LINES),
        ]
    )


def count_common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many items two sequences begin with alike."""
    pairs = enumerate(zip(old, new))
    shorter = min(len(old), len(new))
    return next((number for number, (x, y) in pairs if x != y), shorter)
