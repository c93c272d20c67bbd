# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares modules, which are no program to build."""

from __future__ import annotations

import collections
import os
import shutil

from kcfi_utils.corpus.build import Build
from kcfi_utils.corpus.configurations import MODULE_SUFFIXES
from kcfi_utils.corpus.unit import Unit


class Folder(Build):
    """A folder of .ll and .bc files, or one of them: no program to build."""

    def run(self) -> None:
        self.flags = []
        os.makedirs(self.store, exist_ok=True)
        tree = self.source.tree
        files = [
            os.path.join(directory, name)
            for directory, _, names in os.walk(tree)
            for name in names
            if name.endswith(MODULE_SUFFIXES)
        ]
        if os.path.isfile(tree):
            files, tree = [tree], os.path.dirname(tree)
        for number, path in enumerate(sorted(files)):
            base = os.path.join(self.store, str(number))
            name = os.path.relpath(path, tree)
            unit = Unit(name, base, path, level=None)
            if path.endswith(".ll"):
                unit.bitcode = base + ".bc"
                unit.text = path
            self.units.append(unit)
        self.process_units()
        if not self.settings.keep:
            shutil.rmtree(self.store)

    def find_levels(self) -> list[tuple[str, bool, list[Unit]]]:
        levels: dict[tuple[str, bool], list[Unit]] = collections.defaultdict(list)
        for unit in self.units:
            if not unit.numbers and not unit.problems:
                continue  # not done when the run was interrupted
            # What cannot be read tells nothing.
            level = unit.level or self.settings.level
            is_assumed = unit.is_level_assumed or unit.level is None
            levels[level, is_assumed].append(unit)
        if not levels:
            return [(self.settings.level, True, [])]
        return [(*key, units) for key, units in sorted(levels.items())]
