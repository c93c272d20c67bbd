#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the ids of random C and C++ types with those of clang."""

import collections
import dataclasses
import random
import re

from kcfi_utils.c.generator import Generator
from kcfi_utils.c.printer import Printer
from kcfi_utils.c.targets import BATCH_SIZE, CLANG_HASHES, CLANG_OPTIONS
from kcfi_utils.compilers.clang import Case, Clang
from kcfi_utils.compilers.kcfi_opt import KCFIOpt
from kcfi_utils.compilers.probe import probe
from kcfi_utils.vectors.tables import HASHES


@dataclasses.dataclass
class Counts:
    passed: int = 0
    failed: int = 0
    rejected: int = 0
    reasons: collections.Counter = dataclasses.field(
        default_factory=collections.Counter
    )


class Comparer:
    def __init__(self, args, directory):
        self.args = args
        self.directory = directory
        self.tool = KCFIOpt(args.kcfi_opt, directory)
        self.failures = []

    def run(self, target, language, standard):
        """Compares --count types."""
        counts = Counts()
        clang = Clang(self.args.clang, target, language, standard, self.directory)
        has = probe(clang, language)
        # Types by value where only pointers to them exist would be rejected
        # anyway, but in masses.
        seed = f"{self.args.seed} {target} {language} {standard}"
        generator = Generator(random.Random(seed), language, has)
        printer = Printer()
        remaining, batch = self.args.count, 0
        while remaining > 0:
            cases = []
            for number in range(min(remaining, BATCH_SIZE)):
                name = f"f{number}"
                node, text = generator.declaration(name)
                cases.append(Case(name, node, text))
            remaining -= len(cases)
            self.compare(
                clang,
                target,
                standard,
                cases,
                printer,
                counts,
                tuple(HASHES)[batch % 2],
            )
            batch += 1
        return counts

    def compare(self, clang, target, standard, cases, printer, counts, hash_name):
        failed = set()
        accepted: list | None = None
        for options, flags in CLANG_OPTIONS.items():
            ids, rejected = clang.compile(
                cases if accepted is None else accepted, flags + CLANG_HASHES[hash_name]
            )
            if accepted is None:
                counts.rejected += len(rejected)
                for message in rejected.values():
                    counts.reasons[re.sub(r"'.*?'", "'...'", message)] += 1
                accepted = [case for case in cases if case.name not in rejected]
                if self.args.show_rejected:
                    for case in cases:
                        if case.name in rejected:
                            print(
                                f"rejected: {case.text}\n"
                                f"          {rejected[case.name]}"
                            )
                texts = [printer.signature(case.node) for case in accepted]
            answers = self.tool.ask(texts, target, options, hash_name)
            for case, text, answer in zip(accepted, texts, answers):
                theirs = ids.get(case.name)
                if isinstance(answer, tuple) and answer[1] == theirs:
                    continue
                failed.add(case.name)
                self.report(
                    clang,
                    case,
                    text,
                    answer,
                    theirs,
                    flags,
                    f"{target}, {standard}, {options}, {hash_name}",
                )
        counts.failed += len(failed)
        counts.passed += len(accepted or ()) - len(failed)

    def report(self, clang, case, text, answer, theirs, flags, where):
        self.failures.append(
            (
                len(case.text),
                len(self.failures),
                (clang, case, text, answer, theirs, flags, where),
            )
        )

    def finish(self):
        """Prints the shortest declarations: they tell most."""
        self.failures.sort()
        for _, _, failure in self.failures[: self.args.max_failures]:
            self.show(*failure)
        hidden = len(self.failures) - self.args.max_failures
        if hidden > 0:
            print(f"({hidden} more failures are not shown)")

    @staticmethod
    def show(clang, case, text, answer, theirs, flags, where):
        print(f"FAILED [{where}]")
        print(f"  declaration: {case.text}")
        print(f"  type:        {text}")
        ours = (
            f'"{answer[0]}" 0x{answer[1]:08x}' if isinstance(answer, tuple) else answer
        )
        print(f"  kcfi-opt:    {ours}")
        string = clang.string(case, flags)
        shown = "no id" if theirs is None else f"0x{theirs:08x}"
        print(
            f"  clang:       {shown}" + (f', by cfi-icall "{string}"' if string else "")
        )
