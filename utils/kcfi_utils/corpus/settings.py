# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What is the same for all corpora of a run."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from kcfi_utils.corpus.configurations import Recipe
from kcfi_utils.corpus.tools import Tools


@dataclasses.dataclass(frozen=True)
class Settings:
    tools: Tools
    # Options of kcfi-opt, and of the import.
    passes: Sequence[str]
    import_options: Sequence[str]
    # Takes the place of what the recipe of a package says.
    recipe: Recipe
    cflags: str
    # The optimization of bitcode that does not tell it.
    level: str
    jobs: int
    # Seconds for one test.
    timeout: int
    keep: bool
    # The library that logs failed checks, or None where there is none.
    preload: str | None
