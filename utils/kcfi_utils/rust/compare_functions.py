#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the ids of random Rust functions with those of rustc."""

import re

from kcfi_utils.compilers.rustc import REVEAL

PREAMBLE = (
    """\
#![feature(cfi_encoding, extern_types, f16, f128, abi_unadjusted)]
#![allow(warnings)]
use std::marker::PhantomData;
"""
    + REVEAL
)


def make_source(generator, signatures):
    lines = [PREAMBLE]
    for definition in generator.definitions:
        lines += definition.lines
    for number, (text, _, params) in enumerate(signatures):
        lines.append(
            "#[unsafe(no_mangle)] pub "
            + text.replace("NAME", f"f{number}")
            + " { loop {} }"
        )
        for index, param in enumerate(params):
            static = re.sub(r"&(?!'static)", "&'static ", param)
            # A size cannot be asked for with elided lifetimes in fn pointers
            # made static, but it does not depend on them.
            lines.append(
                f"#[unsafe(no_mangle)] pub static zst_{number}_{index}"
                f": [u8; 8] = std::mem::size_of::<{static}>()"
                ".to_le_bytes();"
            )
    return "\n".join(lines) + "\n"


def parse_zero(text):
    """Names of the statics that are zero."""
    return set(
        re.findall(
            r"^@(zst_[0-9_]+) = .* (?:zeroinitializer|c\"(?:\\00)+\")",
            text,
            re.MULTILINE,
        )
    )
