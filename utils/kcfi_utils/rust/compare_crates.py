#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the ids of whole crates with those of rustc."""

import collections

from kcfi_utils.compilers.rustc import (
    RUSTC_OPTIONS,
    Rustc,
    read_crates,
    read_ids,
)
from kcfi_utils.rust.crate import Crate
from kcfi_utils.rust.expected import Expected
from kcfi_utils.rust.generator import ERASED, UNIT
from kcfi_utils.rust.library import PREAMBLE, SELF, object_receiver
from kcfi_utils.rust.sites import ask_kcfi_opt, demangle, read_sites, simplify
from kcfi_utils.vectors.rust_types import RustTypePrinter


class Comparison:
    """Of one module, made with one set of options."""

    def __init__(self, limit):
        self.failures = 0
        self.limit = limit
        self.functions = self.sites = self.others = self.other_sites = 0

    def fail(self, text):
        self.failures += 1
        if self.failures <= self.limit:
            print("FAILED " + text)

    def check(self, options, what, found, answer):
        if answer[1] != found:
            self.fail(
                f"[{options}] {what}\n  kcfi-opt: 0x{answer[1]:08x} "
                f'"{answer[0]}"\n  rustc: 0x{found:08x}'
            )


def is_local(name):
    return (
        name.startswith(("probe::", "<probe::", "<dyn probe::", "<fn(probe::"))
        or "::" not in name
    )


def compare_module(crate, module, options, args, definitions, directory, comparison):
    ids = read_ids(module)
    sites = read_sites(module)
    symbols = demangle(args.demangler, sorted(sites))
    printer = RustTypePrinter(definitions)

    # The glue of all types has one id; a newer compiler calls it otherwise.
    is_new = any("::drop_glue::<" in name for name in symbols.values())
    receiver = object_receiver("mut") if is_new else ["ptr", SELF, True]
    glue_name = "core::ptr::drop_glue" if is_new else "core::ptr::drop_in_place"
    glue = Expected(
        [["ptr", UNIT, True]],
        UNIT,
        kind="drop_glue",
        trait_object=crate.drop_object(),
        receiver=receiver,
    )
    drop = Expected(
        [["ref", ERASED, UNIT, True]],
        UNIT,
        kind="impl_method",
        trait_object=crate.drop_object(),
        receiver=object_receiver("mut"),
    )
    questions = (
        [glue, drop]
        + list(crate.functions.values())
        + [
            site
            for sites_of in (crate.sites, crate.shared_sites)
            for expected in sites_of.values()
            for site in expected
        ]
    )
    answers = ask_kcfi_opt(args.kcfi_opt, questions, printer, options, directory)
    answer = {
        id(question): answers[number] for number, question in enumerate(questions)
    }

    missing = set(crate.functions)
    shared = collections.defaultdict(set)
    for symbol, demangled in symbols.items():
        name = simplify(demangled)
        found_sites = sites[symbol]
        if name == glue_name:
            comparison.functions += 1
            comparison.sites += len(found_sites)
            comparison.check(options, demangled, ids.get(symbol, 0), answer[id(glue)])
            for found in found_sites:
                comparison.check(
                    options, f"drop in {demangled}", found, answer[id(glue)]
                )
            continue
        expected = crate.functions.get(name)
        if expected is None:
            if is_local(demangled):
                comparison.fail(f"[{options}] not expected: {demangled}")
            if name.endswith(" as core::ops::drop::Drop>::drop"):
                comparison.check(
                    options, demangled, ids.get(symbol, 0), answer[id(drop)]
                )
            comparison.others += 1
            if name in crate.shared_sites:
                comparison.sites += len(found_sites)
                shared[name].update(found_sites)
            else:
                comparison.other_sites += len(found_sites)
            continue
        missing.discard(name)
        comparison.functions += 1
        comparison.check(options, demangled, ids.get(symbol, 0), answer[id(expected)])
        comparison.sites += len(found_sites)
        wanted = [answer[id(site)] for site in crate.sites[name]]
        for found in found_sites:
            fitting = [site for site in wanted if site[1] == found]
            if fitting:
                wanted.remove(fitting[0])
            else:
                comparison.fail(
                    f"[{options}] call in {demangled}: rustc "
                    f"0x{found:08x}, expected {wanted}"
                )
        if len(found_sites) < len(crate.sites[name]):
            comparison.fail(f"[{options}] no checked call in {demangled} for {wanted}")
    for name, expected in crate.shared_sites.items():
        wanted_of_all = {answer[id(site)] for site in expected}
        if {site[1] for site in wanted_of_all} != shared[name]:
            comparison.fail(
                f"[{options}] calls in {name}: rustc "
                f"{sorted(map(hex, shared[name]))}, expected "
                f"{sorted(wanted_of_all)}"
            )
    for name in sorted(missing):
        comparison.fail(f"[{options}] rustc does not define {name}")


def compare(args, directory):
    rustc = Rustc(args.rustc, directory)
    counts: collections.Counter[str] = collections.Counter()
    totals = {options: Comparison(args.max_failures) for options in RUSTC_OPTIONS}
    for number in range(args.crates):
        crate = Crate(f"{args.seed}/{number}", args.size)
        counts += crate.counts
        source = PREAMBLE + "\n".join(crate.lines) + "\n"
        if args.keep:
            with open(args.keep, "w", encoding="utf-8") as file:
                file.write(source)
        definitions = None
        for options, comparison in totals.items():
            module = rustc.compile(source, options)
            definitions = definitions or crate.all_definitions(read_crates(module))
            compare_module(
                crate, module, options, args, definitions, directory, comparison
            )
    print(
        "made: "
        + ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    )
    for options, total in totals.items():
        print(
            f"{options}: {total.functions} functions, {total.sites} calls, "
            f"{total.failures} failed; of core and alloc: {total.others} "
            f"functions, {total.other_sites} calls"
        )
    return 1 if any(total.failures for total in totals.values()) else 0
