# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The examples of docs/Python.md give what the page says."""

from __future__ import annotations

import doctest
from typing import List

import pytest

from conftest import SOURCE

PAGE = SOURCE / "docs" / "Python.md"


def test_examples() -> None:
    # An optional dependency. scripts/build.sh installs it (requirements-dev.txt),
    # so that lit runs this.
    pytest.importorskip("pandas")
    text = PAGE.read_text(encoding="utf-8")
    # Fences are no part of the output of the last line.
    text = text.replace("```pycon", "").replace("\n```", "\n\n")
    test = doctest.DocTestParser().get_doctest(text, {}, "Python.md", str(PAGE), 0)
    assert len(test.examples) > 50
    report: List[str] = []
    runner = doctest.DocTestRunner()
    runner.run(test, out=report.append, clear_globs=False)
    context = test.globs.get("context")
    if context is not None:
        context.__exit__(None, None, None)
    assert runner.failures == 0, "".join(report)
