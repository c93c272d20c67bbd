#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes functions that C and Rust declare."""

import random

from kcfi_utils.interop.values import (
    OPTION,
    POINT,
    POINTEES,
    VALUES,
    VOID,
    Part,
    named,
)


class Declared:
    """A function, declared in both languages."""

    def __init__(self, params, result, is_variadic=False):
        self.params = params
        self.result = result
        self.is_variadic = is_variadic

    def c(self, name):
        params = [param.c("") for param in self.params]
        params += ["..."] if self.is_variadic else []
        return self.result.c(f"{name}({', '.join(params) or 'void'})")

    def rust(self):
        params = [param.rust for param in self.params]
        params += ["..."] if self.is_variadic else []
        result = "" if self.result is VOID else f" -> {self.result.rust}"
        return f'extern "C" fn({", ".join(params)}){result}'

    def c_type(self):
        params = [param.c_type for param in self.params]
        params += ["..."] if self.is_variadic else []
        return f"fn<({', '.join(params)}) -> {self.result.c_type}>"

    def rust_type(self):
        params = [param.rust_type for param in self.params]
        params += ["..."] if self.is_variadic else []
        return f'rs.fn<({", ".join(params)}) -> {self.result.rust_type} abi("C")>'

    def machine(self, name):
        params = [param.machine for param in self.params]
        params += ["..."] if self.is_variadic else []
        result = "" if self.result is VOID else f" -> {self.result.machine}"
        return f"llvm.func @{name}({', '.join(params)}){result}"


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        # Next number of an elided region in the fn pointer around the current
        # type; None outside of one.
        self.region = None

    def chance(self, probability):
        return self.random.random() < probability

    def part(self, depth):
        kind = self.random.choice(("value", "value", "pointer", "pointer", "callback"))
        if kind == "value" or depth == 0:
            return named(*self.random.choice(VALUES))
        return self.pointer(depth) if kind == "pointer" else self.callback(depth)

    def pointer(self, depth, may_refer=True):
        kind = self.random.choice(("raw", "raw", "raw", "ref", "option"))
        if not may_refer:
            kind = "raw"
        # The region of a reference counts before those in what it refers to.
        region = ""
        if kind != "raw" and self.region is not None:
            region = f"bound(0, {self.region}) "
            self.region += 1
        if self.chance(0.5):
            c, c_type, rust, rust_type = self.random.choice(POINTEES)
            # A reference to an extern type is fine, one to c_void is odd.
            inner = named(c, c_type, rust, rust_type, None)
        elif depth > 1 and self.chance(0.3):
            inner = self.pointer(depth - 1, may_refer)
        else:
            inner = named(*self.random.choice(VALUES))
        is_plain = not inner.c_type.startswith("ptr<")
        is_const = is_plain and self.chance(0.5)
        is_mut = not is_const if self.chance(0.9) else is_const
        c_type = f"qual<const {inner.c_type}>" if is_const else inner.c_type
        prefix = "const " if is_const else ""
        mut = "mut " if is_mut else ""
        if kind == "raw":
            rust = f"*{'mut' if is_mut else 'const'} {inner.rust}"
            rust_type = f"rs.ptr<{'mut' if is_mut else 'const'} {inner.rust_type}>"
        else:
            rust = f"&{mut}{inner.rust}"
            rust_type = f"rs.ref<{region}{mut}{inner.rust_type}>"
        if kind == "option":
            rust, rust_type = self.option(rust, rust_type)
        return Part(
            lambda name: prefix + inner.c("*" + name),
            f"ptr<{c_type}>",
            rust,
            rust_type,
            "!llvm.ptr",
        )

    @staticmethod
    def option(rust, rust_type):
        return f"Option<{rust}>", f"rs.adt<{OPTION}, [{rust_type}]>"

    def callback(self, depth):
        outer, self.region = self.region, 0
        params = [self.part(depth - 1) for _ in range(self.random.randint(0, 3))]
        self.region = outer
        fn = Declared(params, self.result(0))
        rust, rust_type = fn.rust(), fn.rust_type()
        if self.chance(0.4):
            rust, rust_type = self.option(rust, rust_type)
        return Part(
            lambda name: fn.c(f"(*{name})"),
            f"ptr<{fn.c_type()}>",
            rust,
            rust_type,
            "!llvm.ptr",
        )

    def result(self, depth):
        """Without references: which region an elided one has is another
        question than that of encoding."""
        if self.chance(0.5):
            return VOID
        if depth == 0 or self.chance(0.7):
            return named(*self.random.choice(VALUES))
        return self.pointer(depth, may_refer=False)

    def function(self):
        params = [self.part(2) for _ in range(self.random.randint(0, 4))]
        # Types come again, so that there is something to abbreviate.
        if params and self.chance(0.4):
            params.append(self.random.choice(params))
        return Declared(params, self.result(1), bool(params) and self.chance(0.1))


def make_functions(seed, count):
    """First each way to declare one parameter, then `count` random ones."""
    pointers = [
        Part(
            lambda name, c=c: f"{c} *{name}",
            f"ptr<{c_type}>",
            f"*mut {rust}",
            f"rs.ptr<mut {rust_type}>",
            "!llvm.ptr",
        )
        for c, c_type, rust, rust_type in POINTEES
    ]
    callback = Declared([named(*VALUES[5])], VOID)
    callbacks = [
        Part(
            lambda name: callback.c(f"(*{name})"),
            f"ptr<{callback.c_type()}>",
            rust,
            rust_type,
            "!llvm.ptr",
        )
        for rust, rust_type in (
            (callback.rust(), callback.rust_type()),
            Generator.option(callback.rust(), callback.rust_type()),
        )
    ]
    reference = Part(
        lambda name: f"const struct Point *{name}",
        'ptr<qual<const tag<struct "Point">>>',
        "&Point",
        f"rs.ref<{POINT}>",
        "!llvm.ptr",
    )
    generator = Generator(seed)
    return [
        Declared([part], VOID)
        for part in [named(*value) for value in VALUES]
        + pointers
        + callbacks
        + [reference]
    ] + [generator.function() for _ in range(count)]
