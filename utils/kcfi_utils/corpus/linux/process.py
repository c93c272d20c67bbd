#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs a command, and tells what it costs."""

import dataclasses
import os
import shlex
import subprocess

from kcfi_utils.tools import ToolError


@dataclasses.dataclass
class Cost:
    """Of a process with all that it waited for."""

    seconds: float = 0.0  # of processor time
    megabytes: float = 0.0  # of the largest process

    def add(self, other):
        self.seconds += other.seconds
        self.megabytes = max(self.megabytes, other.megabytes)


def run_measured(command, log, **options):
    """Writes what the command prints to the file `log`; returns status and cost."""
    with open(log, "w") as file:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                **options,
            )
        except OSError as error:
            raise ToolError("cannot run %s: %s" % (command[0], error.strerror))
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    cost = Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
    return process.returncode, cost


def must_measured(command, log, **options):
    status, cost = run_measured(command, log, **options)
    if status != 0:
        with open(log, errors="replace") as file:
            lines = file.read().strip().splitlines()
        # The first error tells more than what make says at the end.
        errors = [line for line in lines if "error:" in line] or lines[-3:]
        raise ToolError(
            "%s: exit status %d: %s (see %s)"
            % (shlex.join(command)[:200], status, " | ".join(errors[:3]), log)
        )
    return cost
