#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs a program and compares how it ends with what is expected."""

import argparse
import re
import resource
import signal
import subprocess
import sys


def parse_code(text):
    if text == "ok":
        return {0}
    if text == "trap":
        return {128 + signal.SIGILL, 128 + signal.SIGTRAP}
    if text.startswith("SIG"):
        try:
            return {128 + signal.Signals[text]}
        except KeyError:
            raise argparse.ArgumentTypeError("unknown signal " + text)
    try:
        code = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError("neither a number nor a name: " + text)
    if not 0 <= code <= 255:
        raise argparse.ArgumentTypeError("not an exit status: " + text)
    return {code}


def describe(code):
    if code > 128:
        try:
            return "%d (%s)" % (code, signal.Signals(code - 128).name)
        except ValueError:
            pass
    return str(code)


def no_core_dump():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    arguments = sys.argv[1:]
    if "--" not in arguments:
        sys.exit("expect-exit: '--' before the command is missing")
    split = arguments.index("--")
    parser = argparse.ArgumentParser(prog="expect-exit")
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--stdout")
    parser.add_argument("--stdout-lines", type=int)
    parser.add_argument("code", type=parse_code)
    options = parser.parse_args(arguments[:split])
    command = arguments[split + 1 :]
    if not command:
        parser.error("no command")

    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=options.timeout,
            preexec_fn=no_core_dump,
        )
    except subprocess.TimeoutExpired:
        sys.exit("expect-exit: no end after %g s: %s" % (options.timeout, command))
    except OSError as error:
        sys.exit("expect-exit: cannot run: %s" % error)

    stdout = done.stdout.decode(errors="replace")
    stderr = done.stderr.decode(errors="replace")
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode
    failures = []
    # "qemu: uncaught target signal 4 (Illegal instruction) - core dumped"
    guest = re.search(r"uncaught target signal (\d+)", stderr)
    if guest:
        # Target and host may number a signal differently; all that a check can
        # raise are numbered alike on the architectures tested here.
        if code != 128 + int(guest.group(1)):
            failures.append("the emulator reports another signal than it died of")

    print("expect-exit: ended with %s" % describe(code))
    if stdout:
        print("--- stdout\n" + stdout.rstrip("\n"))
    if stderr:
        print("--- stderr\n" + stderr.rstrip("\n"))
    if code not in options.code:
        wanted = " or ".join(describe(c) for c in sorted(options.code))
        failures.append(
            "expected to end with %s, ended with %s" % (wanted, describe(code))
        )
    if options.stdout is not None and stdout != options.stdout + "\n":
        failures.append(
            "expected the output %r, got %r" % (options.stdout + "\n", stdout)
        )
    lines = len(stdout.splitlines())
    if options.stdout_lines is not None and lines != options.stdout_lines:
        failures.append("expected %d lines, got %d" % (options.stdout_lines, lines))
    for failure in failures:
        print("expect-exit: " + failure, file=sys.stderr)
    return 1 if failures else 0
