#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares what kcfi-check-interop says with clang and rustc."""

import re

from kcfi_utils.compilers.kcfi_opt import ask_kcfi_opt
from kcfi_utils.compilers.rustc import (
    RUSTC_OPTIONS,
    Rustc,
    read_crates,
    read_ids,
)
from kcfi_utils.interop.compilers import ask_clang, check_interop, declare
from kcfi_utils.interop.generator import make_functions
from kcfi_utils.interop.values import RUST_PREAMBLE
from kcfi_utils.tools import ToolError


class Failures:
    def __init__(self, limit):
        self.count = 0
        self.limit = limit

    def add(self, text):
        self.count += 1
        if self.count <= self.limit:
            print("FAILED " + text)


def show(function):
    return f"\n  C: {function.c('F')}\n  Rust: {function.rust()}"


def compare(args, directory):
    functions = make_functions(args.seed, args.count)
    rustc = Rustc(args.rustc, directory)
    source = (
        RUST_PREAMBLE
        + "\n".join(
            declare(f"f{number}", function.rust())
            for number, function in enumerate(functions)
        )
        + "\n"
    )
    if args.keep:
        with open(args.keep, "w", encoding="utf-8") as file:
            file.write(source)
    modules = {options: rustc.compile(source, options) for options in RUSTC_OPTIONS}
    crates = read_crates(modules["default"])

    def spell(text):
        return "!kcfi." + re.sub("@([a-z]+)@", lambda m: crates[m[1]], text)

    texts = [
        (spell(function.c_type()), spell(function.rust_type()))
        for function in functions
    ]

    failures = Failures(args.max_failures)
    clang_ids = {}
    # Options -> [(function, Rust type, definitions, where it was offered)]
    applied: dict[str, list] = {options: [] for options in RUSTC_OPTIONS}
    for options, module in modules.items():
        rust_ids = read_ids(module)
        c_ids = clang_ids[options] = ask_clang(
            args.clang, functions, options, directory
        )
        ours = ask_kcfi_opt(
            args.kcfi_opt, [text for pair in texts for text in pair], options, directory
        )
        reported = check_interop(args.kcfi_opt, functions, texts, options, directory)
        equal = num_fixes = unfixed = 0
        for number, function in enumerate(functions):
            name = f"f{number}"
            if name not in c_ids or name not in rust_ids:
                raise ToolError(f"a compiler gives no id to{show(function)}")
            for language, index, expected in (
                ("clang", 0, c_ids[name]),
                ("rustc", 1, rust_ids[name]),
            ):
                answer = ours.get(2 * number + index)
                if not answer or answer[1] != expected:
                    failures.add(
                        f"[{options}] {language} gives "
                        f"0x{expected:08x}, kcfi-opt {answer}"
                        f"{show(function)}"
                    )
            is_equal = c_ids[name] == rust_ids[name]
            equal += is_equal
            if is_equal == (number in reported):
                failures.add(
                    f"[{options}] reported: {number in reported}, "
                    f"equal: {is_equal}{show(function)}"
                )
            fixes = reported.get(number, [])
            num_fixes += len(fixes)
            unfixed += not is_equal and not fixes
            for changed, rust, definitions in fixes:
                applied[changed].append((number, rust, definitions, options))
        print(
            f"{options}: {equal} equal, {len(functions) - equal} different, "
            f"{unfixed} of them without a fix, {num_fixes} fixes"
        )

    for options, fixes in applied.items():
        if not fixes:
            continue
        lines = [RUST_PREAMBLE]
        for index, (number, rust, definitions, _) in enumerate(fixes):
            rust = rust or functions[number].rust()
            lines.append(
                f"pub mod m{index} {{ use super::*; {definitions}\n"
                f"{declare(f'x{index}', rust)} }}"
            )
        rust_ids = read_ids(rustc.compile("\n".join(lines), options))
        for index, (number, rust, definitions, offered) in enumerate(fixes):
            found = rust_ids.get(f"x{index}")
            expected = clang_ids[options][f"f{number}"]
            if found != expected:
                failures.add(
                    f"[{offered}] the fix does not work"
                    f"{show(functions[number])}\n  fix: [{options}] "
                    f"{rust} {definitions}\n  clang: {expected:#x}, "
                    f"rustc: {found and hex(found)}"
                )
        print(f"{options}: {len(fixes)} fixes applied")
    print(f"{failures.count} failed")
    return 1 if failures.count else 0
