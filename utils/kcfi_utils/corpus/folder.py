#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares a folder of modules, which is no program to build."""

import os
import shutil

from kcfi_utils.corpus.build import Build
from kcfi_utils.corpus.unit import Unit, process_units


class Folder(Build):
    """A folder of .ll and .bc files: no program to build."""

    def run(self, preload):
        os.makedirs(self.store, exist_ok=True)
        files = []
        for directory, _, names in os.walk(self.pristine):
            files += [
                os.path.join(directory, name)
                for name in names
                if name.endswith((".ll", ".bc"))
            ]
        for number, path in enumerate(sorted(files)):
            base = os.path.join(self.store, str(number))
            name = os.path.relpath(path, self.pristine)
            self.units.append(Unit(name, base, path))
            if path.endswith(".ll"):
                self.units[-1].bitcode = base + ".bc"
                self.units[-1].text = path
        process_units(self, self.units, self.store_flags())
        if not self.options.keep:
            shutil.rmtree(self.store)
