#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Surveys what MLIR's own import and export make of LLVM IR files."""

import dataclasses
import os
import re
import tempfile

from kcfi_utils.modules.compare import compare, differing_sections, sections
from kcfi_utils.modules.files import read, write
from kcfi_utils.modules.text import STRING, Module, count_kcfi, strip_kcfi
from kcfi_utils.modules.tools import first_error

CLASSES = {
    "crash": "ends a tool by a signal",
    "refused": "is an error",
    "code": "comes back with other machine code",
    "changed": "comes back as other IR, with the same machine code where llc makes any",
    "hint": "comes back without hints only",
    "same": "comes back as it was",
}


class BitcodeError(Exception):
    """LLVM does not read its own bitcode of an input."""


@dataclasses.dataclass
class Result:
    name: str
    description: str
    kind: str = ""
    detail: str = ""
    differences: list = dataclasses.field(default_factory=list)
    code: str = ""
    sections: list = dataclasses.field(default_factory=list)
    warned: bool = False
    triple: str | None = None
    is_baseline: bool = False
    ids: tuple = (0, 0)
    ids_after: tuple = (0, 0)


def describe(path):
    words = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.startswith(";"):
                break
            words.append(line[1:].strip())
    return " ".join(words)


def translate(tools, source, directory, stem):
    """Import and export; the stage that failed and its run, else the text."""
    imported = os.path.join(directory, stem + ".mlir")
    output = os.path.join(directory, stem + ".back.ll")
    done = tools.run(
        "mlir-translate",
        "--import-llvm",
        "--mlir-print-debuginfo",
        source,
        "-o",
        imported,
    )
    warned = "warning:" in done.stderr
    if done.returncode:
        return "import", done, warned
    done = tools.run("mlir-translate", "--mlir-to-llvmir", imported, "-o", output)
    if done.returncode:
        again = tools.run("mlir-opt", imported, "-o", os.devnull)
        if again.returncode:
            return "reading its own output", again, warned
        return "export", done, warned
    return None, output, warned


def guilty_bodies(tools, bitcode, text, directory):
    """What has to go for the module to be accepted."""
    functions = re.findall(rf"^define\b.*?@({STRING}|[-\w.$]+)\(", text, re.M)
    alone = []
    extracted = os.path.join(directory, "extracted.bc")

    def accepted(names):
        done = tools.run(
            "llvm-extract",
            "--delete",
            *(f"--func={name.strip(chr(34))}" for name in names),
            bitcode,
            "-o",
            extracted,
        )
        return (
            not done.returncode
            and translate(tools, extracted, directory, "extracted")[0] is None
        )

    alone = [name for name in functions if accepted([name])]
    if alone:
        return "the body of " + ", ".join(f"`@{name}`" for name in alone)
    if accepted(functions):
        return "several bodies"
    return "more than bodies"


def normal_text(tools, path, output):
    """Text without names of local values."""
    bitcode = output + ".bc"
    tools.must("llvm-as", path, "-o", bitcode)
    done = tools.run(
        "opt", "-S", "-passes=verify", "--discard-value-names", bitcode, "-o", output
    )
    # LLVM has attributes that it can write, but not read.
    if done.returncode:
        raise BitcodeError(done)
    return read(output), bitcode


def survey(tools, path):
    result = Result(os.path.splitext(os.path.basename(path))[0], describe(path))
    with tempfile.TemporaryDirectory() as directory:
        base = os.path.join(directory, "before.ll")
        has_name = re.search("^source_filename", read(path), re.M)
        try:
            text, bitcode = normal_text(tools, path, base)
        except BitcodeError as error:
            reason = first_error(error.args[0])
            result.kind = "refused"
            result.detail = f"bitcode: {reason.split(' error: ')[-1]}"
            result.code = "text only"
            return result
        result.ids = count_kcfi(text)
        stage, outcome, result.warned = translate(tools, path, directory, "m")
        stripped = base + ".stripped.ll"
        write(stripped, strip_kcfi(text))
        before = sections(tools, stripped)
        if stage:
            result.kind = "crash" if outcome.returncode < 0 else "refused"
            # The module's path and the compiler's crash notes do not belong.
            reason = first_error(outcome).replace(directory + os.sep, "")
            bodies = guilty_bodies(tools, bitcode, text, directory)
            result.detail = f"{stage}: {reason}"
            result.code = bodies
            return result
        after_text, _ = normal_text(tools, outcome, os.path.join(directory, "after.ll"))
        result.ids_after = count_kcfi(after_text)
        after_text = strip_kcfi(after_text)
        stripped = os.path.join(directory, "after.stripped.ll")
        write(stripped, after_text)
        old, new = Module(strip_kcfi(text)), Module(after_text)
        if not has_name:
            # A module without a name of its source gets that of the file.
            for module in (old, new):
                module.entities.pop(("module", "source_filename"), None)
        result.triple = old.entities.get(("module", "target triple"))
        result.differences = compare(old, new)
        after = sections(tools, stripped)
        if before is None:
            result.code = "llc refuses the original"
        elif after is None:
            result.code = "llc refuses the result"
        elif before == after:
            result.code = "same"
        else:
            result.sections = differing_sections(before, after)
            result.code = "differs"
    return result


def classify(result, usual):
    if result.kind:
        return
    result.differences = [d for d in result.differences if d not in usual]
    if result.code in ("differs", "llc refuses the result"):
        result.kind = "code"
    elif any(not d.is_hint() for d in result.differences):
        result.kind = "changed"
    else:
        result.kind = "hint" if result.differences else "same"
