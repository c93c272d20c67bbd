#!/usr/bin/env python3
#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes a synthetic module in the kcfi dialect, as a front end for C makes it.

  generate.py FUNCTIONS [--seed N] > module.mlir

The same numbers always give the same module. What it is made of follows what C
code for an operating system kernel looks like: most parameters are pointers to
structs and integers, names of structs are reused, about one function in three
has a signature that no function before it had. Of every 20 functions

* one makes a checked indirect call: every other time through a pointer that it
  got as a parameter, else through one that it loads from a table;
* one takes the address of another function and stores it into such a table;
* two are declarations, one is local to the module;
* the others compute something or call another function directly.
"""

import argparse
import random
import sys

TRIPLE = "x86_64-unknown-linux-gnu"

# Written type, machine type, weight.
SCALARS = [
    ("c.int", "i32", 30),
    ("c.uint", "i32", 12),
    ("c.ulong", "i64", 12),
    ("c.long", "i64", 6),
    ("c.ulonglong", "i64", 4),
    ("c.bool", "i1", 5),
    ("c.uchar", "i8", 3),
    ("c.ushort", "i16", 3),
    ('c.typedef<"u32", c.uint>', "i32", 8),
    ('c.typedef<"u64", c.ulonglong>', "i64", 6),
    ('c.typedef<"size_t", c.ulong>', "i64", 8),
    ('c.typedef<"gfp_t", c.uint>', "i32", 3),
]
POINTEES = [
    ("c.void", 10),
    ("c.char", 4),
    ("qual<const c.char>", 8),
    ("qual<const c.void>", 3),
    ("c.ulong", 3),
    ('c.typedef<"u8", c.uchar>', 3),
    ("ptr<c.void>", 1),
]
RESULTS = [
    ("c.int", "i32", 45),
    ("c.void", None, 30),
    ("c.bool", "i1", 6),
    ("c.ulong", "i64", 5),
    ('c.typedef<"ssize_t", c.long>', "i64", 6),
    ("ptr<c.void>", "!llvm.ptr", 3),
]
WORDS = (
    "device driver file inode dentry page folio sock skb net task cgroup bio "
    "request queue block super mount vm mm timer work irq clock reset phy usb "
    "pci scsi ata nvme drm crtc plane sound codec key crypto tty serial gpio"
).split()


def column(table, index):
    return [row[index] for row in table]


class Signature:
    """A C function type: its parameters and result, as written and as passed."""

    def __init__(self, params, result, variadic=False):
        self.params = params
        self.result = result
        self.variadic = variadic
        written = [written for written, _ in params] + ["..."] * variadic
        self.body = "(%s) -> %s" % (", ".join(written), result[0])

    def machine(self):
        return "(%s) -> %s" % (
            ", ".join(machine for _, machine in self.params),
            self.result[1] or "()",
        )


class Generator:
    def __init__(self, functions, seed, write):
        self.random = random.Random(seed)
        self.count = functions
        self.write = write
        self.structs = []
        self.signatures = []
        # Functions that may be used by name: (name, signature).
        self.names = []
        # The last function with a signature.
        self.by_signature = {}

    def struct(self):
        # A new name rarely; the names in use grow with the program.
        if not self.structs or self.random.random() < 0.04:
            number = len(self.structs)
            first = WORDS[number % len(WORDS)]
            second = WORDS[(number // len(WORDS)) % len(WORDS)]
            self.structs.append("%s_%s_%d" % (first, second, number))
            return self.structs[-1]
        # Some structs are in every second signature, most in a few.
        return self.structs[int(len(self.structs) * self.random.random() ** 2)]

    def scalar(self):
        row = self.random.choices(SCALARS, column(SCALARS, 2))[0]
        return row[0], row[1]

    def pointer(self):
        if self.random.random() < 0.25:
            pointee = self.random.choices(
                column(POINTEES, 0), column(POINTEES, 1)
            )[0]
        else:
            pointee = 'tag<struct "%s">' % self.struct()
            if self.random.random() < 0.2:
                pointee = "qual<const %s>" % pointee
            if self.random.random() < 0.04:
                pointee = "ptr<%s>" % pointee
        return "ptr<%s>" % pointee, "!llvm.ptr"

    def result(self):
        if self.random.random() < 0.07:
            return 'ptr<tag<struct "%s">>' % self.struct(), "!llvm.ptr"
        row = self.random.choices(RESULTS, column(RESULTS, 2))[0]
        return row[0], row[1]

    def new_signature(self):
        count = self.random.choices(range(7), [6, 24, 28, 20, 12, 6, 4])[0]
        params = [
            self.pointer() if self.random.random() < 0.6 else self.scalar()
            for _ in range(count)
        ]
        if self.signatures and self.random.random() < 0.02:
            callback = self.random.choice(self.signatures)
            params.append(("ptr<fn<%s>>" % callback.body, "!llvm.ptr"))
        signature = Signature(params, self.result())
        self.signatures.append(signature)
        return signature

    def signature(self):
        if not self.signatures or self.random.random() < 0.35:
            return self.new_signature()
        return self.signatures[
            int(len(self.signatures) * self.random.random() ** 3)
        ]

    def function(self, index):
        kind = index % 20
        if kind in (3, 13):
            return self.declaration(index)
        if kind == 7:
            return self.caller(index, by_table=index % 40 == 7)
        if kind == 17 and self.names:
            return self.taker(index)
        return self.plain(index, private=kind == 11)

    def header(self, name, signature, private=False):
        params = ", ".join(
            "%%a%d: %s" % (number, machine)
            for number, (_, machine) in enumerate(signature.params)
        )
        result = " -> " + signature.result[1] if signature.result[1] else ""
        visibility, linkage = "", ""
        if private:
            visibility = "private "
            linkage = ", llvm.linkage = #llvm.linkage<internal>"
        self.write(
            "  func.func %s@%s(%s)%s attributes {kcfi.sig = !kcfi.fn<%s>%s} {\n"
            % (visibility, name, params, result, signature.body, linkage)
        )

    def give_back(self, signature):
        """Ends a function with some value of its result type."""
        machine = signature.result[1]
        if machine is None:
            self.write("    return\n  }\n")
            return
        for number, (_, present) in enumerate(signature.params):
            if present == machine:
                self.write("    return %%a%d : %s\n  }\n" % (number, machine))
                return
        if machine == "!llvm.ptr":
            self.write("    %r = llvm.mlir.zero : !llvm.ptr\n")
        elif machine == "i1":
            self.write("    %r = arith.constant true\n")
        else:
            self.write("    %%r = arith.constant 1 : %s\n" % machine)
        self.write("    return %%r : %s\n  }\n" % machine)

    def declaration(self, index):
        signature = self.signature()
        name = "external_%d" % index
        self.names.append((name, signature))
        self.write(
            "  func.func private @%s%s attributes {kcfi.sig = !kcfi.fn<%s>}\n"
            % (name, signature.machine(), signature.body)
        )

    def caller(self, index, by_table):
        callee = self.signature()
        first = (
            'ptr<tag<struct "%s">>' % self.struct()
            if by_table
            else "ptr<fn<%s>>" % callee.body
        )
        signature = Signature([(first, "!llvm.ptr")] + callee.params, callee.result)
        self.header("call_%d" % index, signature)
        pointer = "%a0"
        if by_table:
            pointer = "%p"
            self.write(
                "    %%s = llvm.getelementptr %%a0[%d] : (!llvm.ptr) -> !llvm.ptr, i8\n"
                "    %%p = llvm.load %%s : !llvm.ptr -> !llvm.ptr\n"
                % (8 * (index % 32))
            )
        arguments = ", ".join(
            "%%a%d" % (number + 1) for number in range(len(callee.params))
        )
        self.write(
            "    %%f = kcfi.cast launder %s : !llvm.ptr to !kcfi.fnptr<%s>\n"
            "    %skcfi.call %%f(%s) : !kcfi.fnptr<%s>, %s\n"
            % (
                pointer,
                callee.body,
                "%v = " if callee.result[1] else "",
                arguments,
                callee.body,
                callee.machine(),
            )
        )
        if callee.result[1]:
            self.write("    return %%v : %s\n  }\n" % callee.result[1])
        else:
            self.write("    return\n  }\n")

    def taker(self, index):
        name, target = self.random.choice(self.names)
        signature = Signature(
            [('ptr<tag<struct "%s">>' % self.struct(), "!llvm.ptr")],
            ("c.void", None),
        )
        self.header("register_%d" % index, signature)
        self.write(
            "    %%f = kcfi.address_of @%s : !kcfi.fnptr<%s>\n"
            "    %%p = kcfi.cast unchecked %%f : !kcfi.fnptr<%s> to !llvm.ptr\n"
            "    llvm.store %%p, %%a0 : !llvm.ptr, !llvm.ptr\n"
            "    return\n  }\n" % (name, target.body, target.body)
        )

    def plain(self, index, private):
        signature = self.signature()
        name = "f_%d" % index
        self.names.append((name, signature))
        self.header(name, signature, private)
        integers = [
            (number, machine)
            for number, (_, machine) in enumerate(signature.params)
            if machine in ("i32", "i64")
        ]
        for step, (number, machine) in enumerate(integers):
            self.write(
                "    %%x%d = arith.muli %%a%d, %%a%d : %s\n"
                "    %%y%d = arith.addi %%x%d, %%a%d : %s\n"
                % (step, number, number, machine, step, step, number, machine)
            )
        for step, (number, (_, machine)) in enumerate(
            (number, param)
            for number, param in enumerate(signature.params)
            if param[1] == "!llvm.ptr"
        ):
            self.write(
                "    %%l%d = llvm.load %%a%d : !llvm.ptr -> i32\n" % (step, number)
            )
        # A direct call of another function with the same parameters.
        callee = self.by_signature.get(signature)
        self.by_signature[signature] = name
        if callee:
            self.write(
                "    %scall @%s(%s) : %s\n"
                % (
                    "%c = " if signature.result[1] else "",
                    callee,
                    ", ".join("%%a%d" % n for n in range(len(signature.params))),
                    signature.machine(),
                )
            )
        self.give_back(signature)

    def run(self):
        self.write(
            "module attributes {\n"
            "    kcfi.encoding = #kcfi.encoding<hash = xxhash64>,\n"
            '    llvm.target_triple = "%s"} {\n' % TRIPLE
        )
        for index in range(self.count):
            self.function(index)
        self.write("}\n")


def generate(functions, seed, file):
    """Writes the module to a file object; the number of distinct signatures."""
    pieces = []
    generator = Generator(functions, seed, pieces.append)
    generator.run()
    file.write("".join(pieces))
    return len({signature.body for signature in generator.signatures})


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("functions", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.functions < 1:
        parser.error("at least one function is needed")
    generate(arguments.functions, arguments.seed, sys.stdout)


if __name__ == "__main__":
    main()
