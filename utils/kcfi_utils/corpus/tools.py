#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tools that the corpus needs, and how they are run."""

import os
import shlex
import shutil
import subprocess


class Failure(Exception):
    """Something is missing or does not work; the text says what to do."""


def run(command, check=True, **options):
    options.setdefault("stdin", subprocess.DEVNULL)
    try:
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            **options,
        )
    except OSError as error:
        raise Failure("cannot run %s: %s" % (command[0], error.strerror))
    if check and done.returncode != 0:
        raise Failure(
            "%s: exit status %d\n%s"
            % (shlex.join(command)[:300], done.returncode, done.stderr.strip()[-2000:])
        )
    return done


class Tools:
    def __init__(self, options):
        self.llvm = options.llvm_tools
        self.kcfi = options.kcfi_tools
        for name, package in (
            ("clang", "clang-22"),
            ("clang++", "clang-22"),
            ("llc", "llvm-22"),
            ("llvm-ar", "llvm-22"),
            ("llvm-as", "llvm-22"),
            ("llvm-dis", "llvm-22"),
            ("llvm-objdump", "llvm-22"),
            ("llvm-symbolizer", "llvm-22"),
        ):
            path = os.path.join(self.llvm, name)
            if not os.access(path, os.X_OK):
                raise Failure("%s is missing: install %s" % (path, package))
            setattr(self, name.replace("-", "_").replace("++", "xx"), path)
        for name in ("kcfi-translate", "kcfi-opt"):
            path = shutil.which(name, path=self.kcfi) if self.kcfi else None
            path = path or shutil.which(name)
            if not path:
                raise Failure(
                    "%s is missing: build the project, and give its bin directory "
                    "with --kcfi-tools" % name
                )
            setattr(self, name.replace("-", "_"), path)


def need(program, package):
    if not shutil.which(program):
        raise Failure("%s is missing: install %s" % (program, package))
