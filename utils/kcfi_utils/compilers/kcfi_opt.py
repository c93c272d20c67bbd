#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Asks kcfi-opt for type ids."""

import os
import subprocess

from kcfi_utils.compilers.rustc import TARGET
from kcfi_utils.tools import TIMEOUT_SECONDS, ToolError
from kcfi_utils.vectors.files import Check
from kcfi_utils.vectors.module import module_text, parse_output


def run_kcfi_opt(path, name):
    """The module in the file `name` with ids."""
    try:
        process = subprocess.run(
            [path, "--kcfi-assign-type-ids", name],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolError(f"{path}: {error}") from error
    if process.returncode != 0:
        text = process.stderr.decode("utf-8", "replace")
        raise ToolError(f"{path} fails:\n{text[:4000]}")
    return process.stdout.decode("utf-8")


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
        try:
            process = subprocess.run(
                [self.path, "--kcfi-assign-type-ids", self.file],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=TIMEOUT_SECONDS,
                check=False,
            )
        except OSError as error:
            raise ToolError(f"{self.path}: {error.strerror}") from error
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
