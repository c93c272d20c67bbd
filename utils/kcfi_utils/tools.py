# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What every program needs to run tools."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
from collections.abc import Mapping, Sequence

TIMEOUT_SECONDS = 300


class ToolError(Exception):
    """A tool cannot be used at all; the text says why."""


class NoEnd(ToolError):
    """A tool was stopped, since it did not end in time."""


def run(
    command: Sequence[str | os.PathLike[str]],
    *,
    input: str | None = None,
    cwd: str | os.PathLike[str] | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float | None = TIMEOUT_SECONDS,
    errors: str = "replace",
) -> subprocess.CompletedProcess[str]:
    """Runs a tool with its output as text; any exit status is an answer.

    The tool has a process group of its own. What it started ends with it when
    it is stopped: after `timeout` seconds, or by Ctrl-C.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if input is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env=env,
            encoding="utf-8",
            errors=errors,
            start_new_session=True,
        )
    except OSError as error:
        raise ToolError(f"{command[0]}: {error.strerror}") from error
    try:
        stdout, stderr = process.communicate(input, timeout)
    except BaseException as error:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            raise NoEnd(f"{command[0]}: no end after {timeout:g} s") from error
        raise
    return subprocess.CompletedProcess(
        [os.fspath(word) for word in command], process.returncode, stdout, stderr
    )


def must(
    command: Sequence[str | os.PathLike[str]],
    *,
    what: str | None = None,
    cwd: str | os.PathLike[str] | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float | None = TIMEOUT_SECONDS,
) -> subprocess.CompletedProcess[str]:
    """Runs a tool that has to succeed; `what` names it in the error."""
    done = run(command, cwd=cwd, env=env, timeout=timeout)
    if done.returncode != 0:
        name = what or shlex.join(os.fspath(word) for word in command)[:300]
        raise ToolError(
            f"{name} fails with exit status {done.returncode}:\n"
            f"{done.stderr.strip()[-4000:]}"
        )
    return done
