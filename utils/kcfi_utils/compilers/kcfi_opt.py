#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Asks kcfi-opt for type ids."""

import os

from kcfi_utils.compilers.rustc import TARGET
from kcfi_utils.tools import must, run
from kcfi_utils.vectors.files import Check
from kcfi_utils.vectors.module import module_text, parse_output


def run_kcfi_opt(path, name):
    """The module in the file `name` with ids."""
    return must([path, "--kcfi-assign-type-ids", name], what=path).stdout


def ask_kcfi_opt(path, texts, options, directory):
    """Number of each signature -> (string, id)."""
    checks = [
        Check(number, options, "xxhash64", TARGET, "type", text, None)
        for number, text in enumerate(texts)
    ]
    name = os.path.join(directory, "module.mlir")
    with open(name, "w", encoding="utf-8") as file:
        file.write(module_text(checks))
    return parse_output(run_kcfi_opt(path, name))


class KCFIOpt:
    def __init__(self, path, directory):
        self.path = path
        self.file = os.path.join(directory, "module.mlir")

    def ask(self, texts, target, options, hash_name):
        """Answers by position: (string, id), or an error text."""
        if not texts:
            return []
        checks = [
            Check(number, options, hash_name, target, "type", text, None)
            for number, text in enumerate(texts)
        ]
        with open(self.file, "w", encoding="utf-8") as file:
            file.write(module_text(checks))
        process = run([self.path, "--kcfi-assign-type-ids", self.file])
        if process.returncode == 0:
            found = parse_output(process.stdout)
            return [
                found.get(number, "no type id in the output")
                for number in range(len(texts))
            ]
        if len(texts) == 1:
            return [process.stderr.strip().replace(self.file, "module.mlir")]
        middle = len(texts) // 2
        return self.ask(texts[:middle], target, options, hash_name) + self.ask(
            texts[middle:], target, options, hash_name
        )
