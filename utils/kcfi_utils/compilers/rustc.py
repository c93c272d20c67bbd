#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Asks rustc for type ids."""

import os
import re
import sys

from kcfi_utils.tools import ToolError, must

RUSTC_OPTIONS = {
    "default": [],
    "norm": ["-Zsanitizer-cfi-normalize-integers"],
    "gen": ["-Zsanitizer-cfi-generalize-pointers"],
    "norm+gen": [
        "-Zsanitizer-cfi-normalize-integers",
        "-Zsanitizer-cfi-generalize-pointers",
    ],
}

FLAGS = [
    "--edition",
    "2024",
    "--crate-type=lib",
    "--crate-name",
    "probe",
    "--emit=llvm-ir",
    "-Zsanitizer=kcfi",
    "-Cpanic=abort",
    "-Ccodegen-units=1",
    "-Cno-prepopulate-passes",
    "-Copt-level=0",
    "-Csymbol-mangling-version=v0",
    "-Ctarget-feature=-crt-static",
    "-Cunsafe-allow-abi-mismatch=sanitizer,sanitizer-cfi-normalize-integers",
]

TARGET = "x86_64-unknown-linux-gnu"

# Makes rustc write symbols that name the crates probe, core and alloc.
REVEAL = """\
pub struct Reveal<T>(T);
#[inline(never)] pub fn reveal<T>() {}
#[unsafe(no_mangle)] pub fn reveal_crates() {
    reveal::<Reveal<core::option::Option<alloc_crate::vec::Vec<u8>>>>();
}
extern crate alloc as alloc_crate;
"""

BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Rustc:
    def __init__(self, command, directory):
        self.command = command
        self.directory = directory
        self.environment = dict(os.environ, RUSTC_BOOTSTRAP="1")

    def compile(self, source, options):
        """LLVM IR of a crate."""
        path = os.path.join(self.directory, "probe.rs")
        output = os.path.join(self.directory, "probe.ll")
        with open(path, "w", encoding="utf-8") as file:
            file.write(source)
        must(
            [*self.command, *FLAGS, *RUSTC_OPTIONS[options], "-o", output, path],
            what="rustc",
            env=self.environment,
        )
        with open(output, encoding="utf-8", errors="replace") as file:
            return file.read()


def read_ids(text):
    """Function -> id, of the functions that a module defines or declares."""
    numbers = {
        match[1]: int(match[2]) % 2**32
        for match in re.finditer(
            r"^(![0-9]+) = !\{i32 (-?[0-9]+)\}$", text, re.MULTILINE
        )
    }
    ids = {}
    for match in re.finditer(
        r"^define .*@([A-Za-z0-9_.$]+)\(.* !kcfi_type (![0-9]+)"
        r"|^declare !kcfi_type (![0-9]+) .*@([A-Za-z0-9_.$]+)\(",
        text,
        re.MULTILINE,
    ):
        number = match[2] or match[3]
        if number in numbers:
            ids[match[1] or match[4]] = numbers[number]
    return ids


def encoded_disambiguator(symbol):
    """What a type id has for the disambiguator of a v0 symbol: one more."""
    digits = symbol[1:-1]
    value = 0
    for digit in digits:
        value = value * 62 + BASE62.index(digit)
    value += 1
    text = ""
    while value:
        value, digit = divmod(value, 62)
        text = BASE62[digit] + text
    return f"s{text}_"


def read_crates(text, names=("probe", "core", "alloc")):
    """Crate -> what type ids have for its disambiguator, from v0 symbols."""
    crates = {}
    for name in names:
        match = re.search(f"C(s[0-9a-zA-Z]*_){len(name)}{name}", text)
        if not match:
            raise ToolError(f"no symbol of rustc mentions the crate '{name}'")
        crates[name] = encoded_disambiguator(match[1])
    return crates


def main(description: str | None) -> int:
    if len(sys.argv) != 3:
        print(description, file=sys.stderr)
        return 2
    try:
        with open(sys.argv[2], encoding="utf-8", errors="replace") as file:
            print(read_crates(file.read(), [sys.argv[1]])[sys.argv[1]])
    except (OSError, ToolError) as error:
        print(f"rustc_ids.py: error: {error}", file=sys.stderr)
        return 2
    return 0
