#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of check-against-rustc."""

import argparse
import sys
import tempfile

from kcfi_utils.arguments import add_kcfi_opt, add_max_failures, add_rustc, add_seed
from kcfi_utils.compilers.kcfi_opt import ask_kcfi_opt
from kcfi_utils.compilers.rustc import (
    RUSTC_OPTIONS,
    Rustc,
    read_crates,
    read_ids,
)
from kcfi_utils.rust.compare_functions import make_source, parse_zero
from kcfi_utils.rust.generator import Generator, std_definition
from kcfi_utils.tools import ToolError
from kcfi_utils.vectors.nodes import VectorError
from kcfi_utils.vectors.rust_types import RustTypePrinter


def main() -> int:
    parser = argparse.ArgumentParser(description="compare type ids with those of rustc")
    add_kcfi_opt(parser)
    add_rustc(parser)
    add_seed(parser)
    parser.add_argument(
        "--count",
        type=int,
        default=200,
        metavar="N",
        help="signatures (default: %(default)s)",
    )
    parser.add_argument(
        "--definitions",
        type=int,
        default=30,
        metavar="N",
        help="structs (default: %(default)s)",
    )
    add_max_failures(parser)
    parser.add_argument(
        "--keep", metavar="FILE", help="write the generated crate there"
    )
    args = parser.parse_args()

    generator = Generator(args.seed)
    for number in range(args.definitions):
        generator.definition(number)
    signatures = [generator.signature() for _ in range(args.count)]
    source = make_source(generator, signatures)
    if args.keep:
        with open(args.keep, "w", encoding="utf-8") as file:
            file.write(source)

    try:
        with tempfile.TemporaryDirectory(prefix="check-against-rustc-") as directory:
            return compare(args, generator, signatures, source, directory)
    except (ToolError, VectorError) as error:
        print(f"check-against-rustc: error: {error}", file=sys.stderr)
        return 2


def compare(args, generator, signatures, source, directory):
    rustc = Rustc(args.rustc, directory)
    modules = {options: rustc.compile(source, options) for options in RUSTC_OPTIONS}
    crates = read_crates(modules["default"])
    definitions = {
        "core:Option": std_definition(crates, "core", ["option", "Option"]),
        "core:c_void": std_definition(crates, "core", ["ffi", "c_void"], "c_void"),
        "alloc:Vec": std_definition(crates, "alloc", ["vec", "Vec"]),
        "alloc:Global": std_definition(crates, "alloc", ["alloc", "Global"]),
    }
    for definition in generator.definitions:
        crate, path = definition.fields["path"]
        definitions[definition.key] = dict(
            definition.fields, path=[crates[crate], crate, path]
        )
    empty = parse_zero(modules["default"])
    texts = []
    for number, (_, vector, _) in enumerate(signatures):
        for index, param in enumerate(vector["params"]):
            param["zst"] = f"zst_{number}_{index}" in empty
        texts.append(RustTypePrinter(definitions).signature(vector))

    failures = 0
    for options, module in modules.items():
        ids = read_ids(module)
        answers = ask_kcfi_opt(args.kcfi_opt, texts, options, directory)
        passed = 0
        for number, (text, _, _) in enumerate(signatures):
            expected = ids.get(f"f{number}")
            if expected is None:
                raise ToolError(f"rustc gives no id to f{number}: {text}")
            answer = answers.get(number)
            if answer and answer[1] == expected:
                passed += 1
                continue
            failures += 1
            if failures <= args.max_failures:
                print(
                    f"FAILED [{options}] f{number}\n"
                    f"  declaration: {text}\n"
                    f"  type: {texts[number]}\n"
                    f"  kcfi-opt: {answer}\n  rustc: 0x{expected:08x}"
                )
        print(f"{options}: {passed} passed, {len(signatures) - passed} failed")
    return 1 if failures else 0
