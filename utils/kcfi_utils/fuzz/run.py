#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs kcfi-opt on damaged input, and judges how it ends."""

import itertools
import os
import re
import resource
import signal
import subprocess

from kcfi_utils.fuzz.mutate import TRIPLE

# Other numbers make it ask for more memory than there is, and types that refer to
# each other in a circle (a `tuple` that is its own element) are read for ever.
# Such ends are counted as MLIR's own: they are in its reader of bytecode, and, for
# crashes, no function of the tool has been called by it. So are failures without a
# message in bytecode, which come from numbers of kinds of builtin attributes.
READER = re.compile(r"mlir::BytecodeReader::Impl::read\(")

# What stands on the error stream after a crash that did not become a signal.
CRASH = re.compile(
    r"PLEASE submit a bug report|Stack dump:|Assertion .* failed|LLVM ERROR"
    r"|UNREACHABLE executed|AddressSanitizer|runtime error:"
)


def read_corpus(paths):
    """The modules of each file."""
    corpus: dict[str, list[bytes]] = {}
    names = []
    for path in paths:
        if os.path.isdir(path):
            for directory, subdirectories, entries in os.walk(path):
                subdirectories.sort()
                names += [
                    os.path.join(directory, entry)
                    for entry in sorted(entries)
                    if entry.endswith(".mlir")
                ]
        else:
            names.append(path)
    for name in names:
        with open(name, encoding="utf-8", errors="replace") as file:
            text = file.read()
        for part in re.split(r"^// -----\s*$", text, flags=re.MULTILINE):
            # Comments are no input, and directives would be dead weight.
            part = re.sub(r"^\s*//.*\n", "", part, flags=re.MULTILINE).strip()
            if not part:
                continue
            # The encoder is reached with a target only.
            if not TRIPLE.search(part) and not re.match(r"(module|[!#])", part):
                part = (
                    "module attributes {llvm.target_triple = "
                    '"x86_64-unknown-linux-gnu"} {\n%s\n}' % part
                )
            corpus.setdefault(name, []).append(part.encode())
    return corpus


def limit_resources():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(command, timeout):
    """Exit code (None: no end in time) and error stream."""
    # The names of functions in shared libraries suffice, and come much faster.
    environment = dict(os.environ, LLVM_DISABLE_SYMBOLIZATION="1")
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
        preexec_fn=limit_resources,
    )
    in_time = True
    try:
        _, stderr = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        in_time = False
        # Ask where it is.
        process.send_signal(signal.SIGABRT)
        try:
            _, stderr = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            _, stderr = process.communicate()
    text = stderr.decode(errors="replace")
    return (process.returncode if in_time else None), text


def is_mlir_reader(tool, stderr):
    """Whether the stack in a crash report is that of MLIR's own code."""
    # The first stack only; a handler may fail in its turn.
    frames = re.findall(r"^ *#?(\d+) +(.*)$", stderr, flags=re.MULTILINE)
    for number, (_, frame) in enumerate(frames):
        if READER.search(frame):
            return True
        if re.match(re.escape(tool) + r"\b|libKCFI", frame) and number > 1:
            return False
    return False


def judge(tool, is_bytecode, code, stderr):
    """What is wrong with an end, or None."""
    if code is None:
        return "known" if READER.search(stderr) else "no end in time"
    if code != 0 and code != 1 and is_mlir_reader(tool, stderr):
        return "known"
    if code < 0 or code > 128:
        return "died of signal %d" % (-code if code < 0 else code - 128)
    match = CRASH.search(stderr)
    if match:
        return "crash report: " + match.group(0)
    if code not in (0, 1):
        return "exit code %d" % code
    if code == 1 and not stderr.strip():
        return "known" if is_bytecode else "failed without a message"
    return None


def run_all(pool, attempt, inputs):
    """Results in the order of the inputs, of which few exist at a time."""
    while True:
        batch = list(itertools.islice(inputs, 64))
        if not batch:
            return
        yield from pool.map(lambda job: attempt(*job), batch)
