#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the text of a module says about ids, checks and functions."""

import collections
import re

DEFINE = re.compile(r'^define [^@]*@("[^"]*"|[-\w$.]+)\(')

DECLARE = re.compile(r'^declare [^@]*@("[^"]*"|[-\w$.]+)\(')

ALIAS = re.compile(r'.* alias .*@("[^"]*"|[-\w$.]+)')

GLOBAL = re.compile(r'^@("[^"]*"|[-\w$.]+) = ')

TYPE_ID = re.compile(r"!kcfi_type (!\d+)")

NODE = re.compile(r"^(!\d+) = !\{i32 (-?\d+)\}")

BUNDLE = re.compile(r'"kcfi"\(i32 (-?\d+)\)')

ATTRIBUTES = re.compile(r"^attributes (#\d+) = (\{.*\})")


class Module:
    """What the text of a module says about ids, checks and functions."""

    def __init__(self, text):
        self.bodies = collections.OrderedDict()
        self.declarations = set()
        self.globals = set()
        self.aliases = {}
        self.attributes = {}
        nodes, references = {}, {}
        self.checks = {}
        body = None
        for line in text.splitlines():
            if body is not None:
                body.append(line)
                if line == "}":
                    body = None
                elif '"kcfi"(' in line:
                    for match in BUNDLE.finditer(line):
                        ids = self.checks.setdefault(name, collections.Counter())
                        ids[int(match.group(1)) & 0xFFFFFFFF] += 1
                continue
            match = DEFINE.match(line) or DECLARE.match(line)
            if match:
                name = match.group(1)
                if line.startswith("define"):
                    body = self.bodies[name] = [line]
                else:
                    self.declarations.add(name)
                reference = TYPE_ID.search(line)
                if reference:
                    references[name] = reference.group(1)
                continue
            match = GLOBAL.match(line)
            if match:
                self.globals.add(match.group(1))
                alias = ALIAS.match(line)
                if alias:
                    self.aliases[match.group(1)] = alias.group(1)
                continue
            match = NODE.match(line)
            if match:
                nodes[match.group(1)] = int(match.group(2)) & 0xFFFFFFFF
                continue
            match = ATTRIBUTES.match(line)
            if match:
                self.attributes[match.group(1)] = match.group(2)
        self.ids = {name: nodes[node] for name, node in references.items()}

    def count_checks(self):
        return sum(sum(ids.values()) for ids in self.checks.values())

    def normalize(self, name):
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
            match = re.fullmatch(r'("[^"]*"|[-\w$.]+):', line)
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
        value = r'%("[^"]*"|[-\w$.]+)'
        folded = fold_forwarders(blocks)
        labels = {block[0][:-1]: number for number, block in enumerate(blocks)}
        order, seen, pending = [], set(), [0]
        while pending:
            number = pending.pop()
            if number in seen:
                continue
            seen.add(number)
            order.append(number)
            targets = re.findall("label " + value, blocks[number][-1])
            pending += [labels[name] for name in reversed(targets) if name in labels]
        order += [number for number in range(len(blocks)) if number not in seen]

        numbers = {}
        for value in re.findall(r'%("[^"]*"|[-\w$.]+)(?=[,)])', header):
            numbers.setdefault(value, "%%v%d" % len(numbers))
        for number in order:
            label, *instructions = blocks[number]
            numbers.setdefault(label[:-1], "%%b%d" % order.index(number))
            for line in instructions:
                match = re.match(r'%("[^"]*"|[-\w$.]+) = ', line)
                if match:
                    numbers.setdefault(match.group(1), "%%v%d" % len(numbers))

        def clean(line):
            line = re.sub(
                r" (#\d+)", lambda m: " " + self.attributes.get(m.group(1), ""), line
            )
            line = re.sub(
                r'%("[^"]*"|[-\w$.]+)',
                lambda m: numbers.get(m.group(1), m.group(0)),
                line,
            )
            line = re.sub(r"(!\w[\w.]*|metadata) !\d+", r"\1", line)
            # Types of the same name are told apart by numbers.
            line = re.sub(r"(%(?:struct|union|class)\.[\w.]*?)\.\d+\b", r"\1", line)
            # Debug info makes no code.
            return re.sub(r",? !(dbg|DIAssignID)\b", "", line)

        walked = [[clean(line) for line in blocks[number][1:]] for number in order]
        return clean(header), walked, order, folded


def fold_forwarders(blocks):
    """Removes blocks that have one predecessor, compute nothing and branch on.
    What they hand on in phis is replaced by its value."""
    target = re.compile(r'label %("[^"]*"|[-\w$.]+)')
    predecessors = collections.defaultdict(list)
    for block in blocks:
        for name in target.findall(block[-1]):
            predecessors[name].append(block[0][:-1])
    successor, predecessor, values = {}, {}, {}
    handed_on = re.compile(
        r'%("[^"]*"|[-\w$.]+) = phi [^\[]*\[ ([^\[]*), %[^,]* \](, !.*)?'
    )
    for block in blocks[1:]:
        name = block[0][:-1]
        match = re.fullmatch(r"br " + target.pattern + r"(, !.*)?", block[-1])
        if not match or len(predecessors[name]) != 1:
            continue
        phis = [handed_on.fullmatch(line) for line in block[1:-1]]
        if all(phis):
            successor[name] = match.group(1)
            predecessor[name] = predecessors[name][0]
            values.update({phi.group(1): phi.group(2) for phi in phis})

    def follow(name, links):
        seen = set()
        while name in links and name not in seen:
            seen.add(name)
            name = links[name]
        return name

    blocks[:] = [block for block in blocks if block[0][:-1] not in successor]
    for block in blocks:
        for number, line in enumerate(block):
            if values:
                line = block[number] = re.sub(
                    r'%("[^"]*"|[-\w$.]+)',
                    lambda m: values.get(m.group(1), m.group(0)),
                    line,
                )
            if " = phi " in line:
                block[number] = re.sub(
                    r', %("[^"]*"|[-\w$.]+) \]',
                    lambda m: ", %%%s ]" % follow(m.group(1), predecessor),
                    line,
                )
        block[-1] = target.sub(
            lambda m: "label %" + follow(m.group(1), successor), block[-1]
        )
    return len(successor)
