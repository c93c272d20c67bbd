#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Boots kernels in an emulator, and reads what they say."""

import difflib
import os
import re
import subprocess

from kcfi_utils.corpus.linux.kernel import FILES, MODULE
from kcfi_utils.tools import NoEnd, ToolError, must

QEMU = "qemu-system-x86_64"

# What the emulated machine's clock or the size of the image decides.
CLOCKS = re.compile(
    r"\d+(\.\d+)? (MHz|BogoMIPS|[KMG]i?B|ns|us|ms)\b|\b\d+[KMG]\b|lpj=\d+"
    r"|max_idle_ns: \d+|max_cycles: \w+"
)

# Registers, bytes of code, and what may be on the stack.
DUMP = re.compile(
    r"(RAX|RDX|RBP|RSP|R\d\d|FS|GS|CS|CR2|DR0|DR3|PKRU|Code|Stack|Modules linked in)\b"
    r"|[ ]+\? "
)

# What measures clocks, or frees memory when there is time for it.
TIMING = re.compile(
    r"(tsc|clocksource|sched_clock|random|workingset)\b.*:|APIC (calibration|delta)"
    r"|Freeing initrd memory"
)

FAILURE = re.compile(
    r"CFI failure at (\S+?)\+.*\(target: (\S+?)\+.*; expected type: 0x([0-9a-f]{8})\)"
)


def make_initramfs(place, busybox, module, output):
    """`place` has the kernel's own program that makes the archive."""
    entries = ["dir /%s 755 0 0" % n for n in ("bin", "dev", "proc", "sys", "tmp")]
    entries += [
        "nod /dev/console 600 0 0 c 5 1",
        "file /bin/busybox %s 755 0 0" % busybox,
        "file /init %s 755 0 0" % os.path.join(FILES, "init"),
        "file /%s.ko %s 644 0 0" % (MODULE, module),
    ]
    listing = output + ".list"
    with open(listing, "w") as file:
        file.write("\n".join(entries) + "\n")
    with open(output, "wb") as file:
        done = subprocess.run(
            [os.path.join(place, "gen_init_cpio"), "-t", "0", listing],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
        )
    if done.returncode != 0:
        raise ToolError("gen_init_cpio: " + done.stderr.strip())


def boot(place, module, busybox, log, parameters, timeout):
    """Boots the kernel in `place`; returns what it printed."""
    archive = log + ".cpio"
    make_initramfs(place, busybox, module, archive)
    words = ["console=ttyS0", "printk.time=0", "nokaslr", "panic=-1", *parameters]
    command = [QEMU, "-accel", "tcg", "-cpu", "max", "-smp", "1", "-m", "512"]
    # The machine's clock counts instructions, so that two boots are alike.
    command += ["-icount", "shift=0,sleep=off", "-rtc", "base=2020-01-01,clock=vm"]
    command += ["-nodefaults", "-display", "none", "-no-reboot"]
    command += ["-serial", "file:" + log]
    command += ["-kernel", os.path.join(place, "bzImage"), "-initrd", archive]
    try:
        must([*command, "-append", " ".join(words)], timeout=timeout)
    except NoEnd as error:
        raise ToolError(
            "the kernel does not come to an end in %d s: %s" % (timeout, log)
        ) from error
    with open(log, errors="replace") as file:
        text = file.read()
    if "== end" not in text:
        raise ToolError("the kernel stops early: %s" % log)
    return text


def normalize(text):
    lines = []
    for line in text.replace("\r", "").splitlines():
        if DUMP.match(line) or TIMING.match(line):
            continue
        if "expected type" not in line:
            line = re.sub(r"\b(0x)?[0-9a-f]{8,16}\b", "ADDRESS", line)
        line = re.sub(r"\+0x[0-9a-f]+/0x[0-9a-f]+", "+OFFSET", line)
        line = re.sub(r"\.llvm\.\d+", "", line)
        # How many threads of the kernel have come and gone depends on time.
        line = re.sub(r"\bPID: \d+", "PID", line)
        lines.append(CLOCKS.sub("NUMBER", line).rstrip())
    return lines


def mask(line):
    return re.sub(r"\d+", "N", line)


def differences(before, again, after):
    """Lines that differ, but for those that two boots of one kernel do not share."""
    before, again, after = normalize(before), normalize(again), normalize(after)
    unstable = {mask(line[2:]) for line in changed(before, again)}
    return [line for line in changed(before, after) if mask(line[2:]) not in unstable]


def changed(old, new):
    lines = difflib.unified_diff(old, new, n=0, lineterm="")
    return [
        "%s %s" % (line[0], line[1:])
        for line in list(lines)[2:]  # the names of the files
        if line[0] in "-+"
    ]


def section(text, name):
    """What the console shows from one mark to the next."""
    match = re.search(r"== %s\r?\n(.*?)(?=^== )" % name, text, re.DOTALL | re.MULTILINE)
    return match.group(1) if match else ""


def failed_check(text, name):
    """Caller, target and id of the check that failed in a section; None if there is no
    such check, or several that are not alike."""
    found = set(FAILURE.findall(section(text, name)))
    if len(found) != 1:
        return None
    caller, target, number = found.pop()
    return re.sub(r"\.llvm\.\d+", "", caller), target, int(number, 16)
