#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs LLVM's tools on modules."""

import os
import re
import signal

from kcfi_utils.tools import ToolError, run

TIMEOUT_SECONDS = 60


class Tools:
    def __init__(self, directory):
        self.directory = directory

    def run(self, tool, *arguments):
        # Notes of a crash are not read: they need no symbols.
        environment = dict(os.environ, LLVM_DISABLE_SYMBOLIZATION="1")
        command = [os.path.join(self.directory, tool), *arguments]
        return run(
            command, env=environment, timeout=TIMEOUT_SECONDS, errors="backslashreplace"
        )

    def must(self, tool, *arguments):
        done = self.run(tool, *arguments)
        if done.returncode:
            raise ToolError(f"{' '.join([tool, *arguments])}: {done.stderr}")
        return done.stdout


def first_error(done):
    """The first line that says what is wrong, without the place."""
    if done.returncode < 0:
        return signal.Signals(-done.returncode).name
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    for line in lines:
        match = re.search(r"\berror: (.*)", line)
        if match:
            return " ".join(match.group(1).split())
    return " ".join(lines[0].split()) if lines else f"exit code {done.returncode}"
