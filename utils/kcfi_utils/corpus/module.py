#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the text of a module says about ids, checks and functions."""

from __future__ import annotations

import collections
import re

NAME = r'("[^"]*"|[-\w$.]+)'

DEFINE = re.compile(rf"^define [^@]*@{NAME}\(")

DECLARE = re.compile(rf"^declare [^@]*@{NAME}\(")

ALIAS = re.compile(rf".* alias .*@{NAME}")

GLOBAL = re.compile(rf"^@{NAME} = ")

LOCAL = re.compile(rf"%{NAME}")

TYPE_ID = re.compile(r"!kcfi_type (!\d+)")

NODE = re.compile(r"^(!\d+) = !\{i32 (-?\d+)\}")

BUNDLE = re.compile(r'"kcfi"\(i32 (-?\d+)\)')

ATTRIBUTES = re.compile(r"^attributes (#\d+) = (\{.*\})")

# The attribute of a function that clang gives at each level.
LEVELS = {"optnone": "O0", "minsize": "Oz", "optsize": "Os"}


class Module:
    """What the text of a module says about ids, checks and functions."""

    def __init__(self, text: str) -> None:
        self.bodies: dict[str, list[str]] = {}
        self.globals: set[str] = set()
        self.aliases: dict[str, str] = {}
        self.attributes: dict[str, str] = {}
        self.checks: dict[str, collections.Counter[int]] = {}
        nodes: dict[str, int] = {}
        references: dict[str, str] = {}
        name = ""
        body: list[str] | None = None
        for line in text.splitlines():
            if body is not None:
                body.append(line)
                if line == "}":
                    body = None
                elif '"kcfi"(' in line:
                    for check in BUNDLE.findall(line):
                        ids = self.checks.setdefault(name, collections.Counter())
                        ids[int(check) & 0xFFFFFFFF] += 1
            elif match := DEFINE.match(line) or DECLARE.match(line):
                name = match[1]
                if line.startswith("define"):
                    body = self.bodies[name] = [line]
                if reference := TYPE_ID.search(line):
                    references[name] = reference[1]
            elif match := GLOBAL.match(line):
                self.globals.add(match[1])
                if alias := ALIAS.match(line):
                    self.aliases[match[1]] = alias[1]
            elif match := NODE.match(line):
                nodes[match[1]] = int(match[2]) & 0xFFFFFFFF
            elif match := ATTRIBUTES.match(line):
                self.attributes[match[1]] = match[2]
        self.ids = {name: nodes[node] for name, node in references.items()}

    def find_level(self) -> str | None:
        """The optimization that the functions were compiled with, if they tell.

        clang gives every function the same attribute, and at -O0 leaves out those
        that must be inlined or never are."""
        levels: set[str | None] = set()
        for header, *_ in self.bodies.values():
            header = re.sub(r'"[^"]*"', "", header)
            groups = [
                self.attributes.get(name, "") for name in re.findall(r"#\d+", header)
            ]
            words = set(re.sub(r'"[^"]*"', "", " ".join(groups)).split())
            level = next((LEVELS[word] for word in LEVELS if word in words), None)
            if level or not words & {"noinline", "alwaysinline", "naked"}:
                levels.add(level)
        return levels.pop() if len(levels) == 1 else None

    def find_function(self, symbol: str) -> str | None:
        """The defined function that a symbol of the object file stands for.

        Of several names at one address the disassembler shows one."""
        name = symbol if re.fullmatch(NAME, symbol) else f'"{symbol}"'
        seen = set()
        while name in self.aliases and name not in seen:
            seen.add(name)
            name = self.aliases[name]
        return name if name in self.bodies else None

    def count_checks(self) -> int:
        return sum(sum(ids.values()) for ids in self.checks.values())

    def normalize(self, name: str) -> tuple[str, list[list[str]], list[int], int]:
        """Text of a function without the numbers of values, blocks and metadata,
        and the order of its blocks.

        Returns the header, the blocks in the order of a walk from the entry, that
        order as positions in the text, and the number of blocks that only branch
        on, which are left out. Numbers follow the walk, so that blocks in another
        order do not give all values other numbers."""
        header, *lines = self.bodies[name]
        # The entry has a number if it has no name: the one after the parameters.
        parameters = re.findall(r"%\d+(?=[,)])", header)
        entry = ["%d:" % len(parameters)]
        blocks = [list(entry)]
        for line in lines[:-1]:
            line = re.sub(r"\s*; preds = .*", "", line).strip()
            match = re.fullmatch(NAME + ":", line)
            if match:
                if blocks == [entry]:
                    blocks.pop()
                blocks.append([line])
            elif len(blocks[-1]) > 1 and re.match(
                r"\]|(i\d+ -?\d+, label )|to label |(catch|cleanup|filter)\b", line
            ):
                # 'switch' and 'invoke' are spread over several lines.
                blocks[-1][-1] += " " + line
            elif line and not line.startswith("#dbg_"):
                blocks[-1].append(line)
        folded = fold_forwarders(blocks)
        labels = {block[0][:-1]: number for number, block in enumerate(blocks)}
        order: list[int] = []
        seen: set[int] = set()
        pending = [0]
        while pending:
            number = pending.pop()
            if number in seen:
                continue
            seen.add(number)
            order.append(number)
            targets = re.findall("label " + LOCAL.pattern, blocks[number][-1])
            pending += [labels[name] for name in reversed(targets) if name in labels]
        order += [number for number in range(len(blocks)) if number not in seen]

        numbers: dict[str, str] = {}
        for value in re.findall(LOCAL.pattern + "(?=[,)])", header):
            numbers.setdefault(value, f"%v{len(numbers)}")
        for number in order:
            label, *instructions = blocks[number]
            numbers.setdefault(label[:-1], f"%b{order.index(number)}")
            for line in instructions:
                match = re.match(LOCAL.pattern + " = ", line)
                if match:
                    numbers.setdefault(match[1], f"%v{len(numbers)}")

        def clean(line: str) -> str:
            line = re.sub(
                r" (#\d+)", lambda m: " " + self.attributes.get(m[1], ""), line
            )
            line = LOCAL.sub(lambda m: numbers.get(m[1]) or unnumbered(m[0]), line)
            line = re.sub(r"(!\w[\w.]*|metadata) !\d+", r"\1", line)
            # Debug info makes no code.
            return re.sub(r",? !(dbg|DIAssignID)\b", "", line)

        walked = [[clean(line) for line in blocks[number][1:]] for number in order]
        return clean(header), walked, order, folded


def unnumbered(name: str) -> str:
    """A type's name without the number that tells types of one name apart."""
    return re.sub(r'\.\d+("?)$', r"\1", name)


def fold_forwarders(blocks: list[list[str]]) -> int:
    """Removes blocks that have one predecessor, compute nothing and branch on.
    What they hand on in phis is replaced by its value."""
    target = re.compile("label " + LOCAL.pattern)
    predecessors = collections.defaultdict(list)
    for block in blocks:
        for name in target.findall(block[-1]):
            predecessors[name].append(block[0][:-1])
    successor: dict[str, str] = {}
    predecessor: dict[str, str] = {}
    values: dict[str, str] = {}
    handed_on = re.compile(
        LOCAL.pattern + r" = phi [^\[]*\[ ([^\[]*), %[^,]* \](, !.*)?"
    )
    for block in blocks[1:]:
        name = block[0][:-1]
        match = re.fullmatch(r"br " + target.pattern + r"(, !.*)?", block[-1])
        if not match or len(predecessors[name]) != 1:
            continue
        phis = [handed_on.fullmatch(line) for line in block[1:-1]]
        if all(phis):
            successor[name] = match[1]
            predecessor[name] = predecessors[name][0]
            values.update({phi[1]: phi[2] for phi in phis if phi})

    def follow(name: str, links: dict[str, str]) -> str:
        seen: set[str] = set()
        while name in links and name not in seen:
            seen.add(name)
            name = links[name]
        return name

    blocks[:] = [block for block in blocks if block[0][:-1] not in successor]
    for block in blocks:
        for number, line in enumerate(block):
            if values:
                line = block[number] = LOCAL.sub(lambda m: values.get(m[1], m[0]), line)
            if " = phi " in line:
                block[number] = re.sub(
                    rf", {LOCAL.pattern} \]",
                    lambda m: f", %{follow(m[1], predecessor)} ]",
                    line,
                )
        block[-1] = target.sub(lambda m: "label %" + follow(m[1], successor), block[-1])
    return len(successor)
