#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the benchmarks share: finding tools, running them, time and memory."""

import json
import os
import shutil
import subprocess
import tempfile
import time


class Failure(Exception):
    pass


def find_llvm_tool(name, directory):
    if directory is None:
        for config in ("llvm-config-22", "llvm-config"):
            if not shutil.which(config):
                continue
            version, directory = (
                subprocess.run(
                    [config, option], stdout=subprocess.PIPE, text=True, check=True
                ).stdout.strip()
                for option in ("--version", "--bindir")
            )
            if version.startswith("22."):
                break
            directory = None
    found = shutil.which(name, path=directory) or shutil.which(name + "-22")
    if not found:
        raise Failure("%s was not found, give its directory by --llvm-tools" % name)
    return found


def find_tool(name, directory):
    found = shutil.which(name, path=directory)
    if not found:
        raise Failure(
            "%s was not found in %s, give its directory by --tools"
            % (name, directory or "PATH")
        )
    return found


def write_json(value, path):
    """Writes what a benchmark measured, for other programs."""
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, indent=2)
        file.write("\n")


def run(command, output=subprocess.DEVNULL):
    """Wall time, processor time and peak memory of a command that must work."""
    with tempfile.TemporaryFile("w+") as errors:
        start = time.monotonic()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read(2000)
    if process.returncode != 0:
        raise Failure(
            "exit code %d of: %s\n%s" % (process.returncode, " ".join(command), text)
        )
    return {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * 1024,
    }
