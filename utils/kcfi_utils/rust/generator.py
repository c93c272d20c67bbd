#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes random Rust types, as Rust text and as nodes of the golden vectors."""

import random

from kcfi_utils.vectors.rust_types import RUST_FLOATS, RUST_INTEGERS

UNIT = ["tuple", []]

ERASED = ["er"]


class Type:
    """A type as Rust text and as a node of the golden vectors."""

    def __init__(self, text, node):
        self.text = text
        self.node = node


class Definition:
    """A struct of the generated crate; `params` are 'T', "'a" or 'N'."""

    def __init__(self, key, params, lines, fields):
        self.key = key
        self.params = params
        self.lines = lines
        self.fields = fields


class Generator:
    """Makes definitions and signatures; lifetimes appear where they may."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.definitions = []
        # Key of a definition -> whether its values have a size in any case.
        self.sized = {}
        # Next number of an elided region in the fn pointer around the current
        # type; None outside of one.
        self.region = None
        # Type parameters that may be mentioned.
        self.scope = []

    def definition(self, number):
        name = f"D{number}"
        kind = self.random.choice(
            (
                "rust",
                "c",
                "transparent",
                "transparent",
                "transparent",
                "empty",
                "encoded",
                "self",
            )
        )
        params = self.random.choice(([], [], [], ["T"], ["T", "U"], ["N"]))
        if kind in ("encoded", "self"):
            params = []
        self.scope = [param for param in params if param != "N"]
        field = self.type(2)
        fields = {
            "path": ["probe", [["t", 0, name]]],
            "generics": [
                ["const N", ["int", "usize"]] if param == "N" else param
                for param in params
            ],
            "transparent": None,
            "repr_c": False,
            "cfi_encoding": None,
        }
        phantoms = [f"PhantomData<{param}>" for param in self.scope]
        attribute = ""
        members = [field.text] + phantoms
        if kind == "c":
            attribute = "#[repr(C)] "
            fields["repr_c"] = True
        elif kind == "empty":
            attribute = "#[repr(transparent)] "
            members = phantoms
            fields["transparent"] = "zst"
        elif kind == "transparent":
            attribute = "#[repr(transparent)] "
            field = self.sized_field()
            if self.random.random() < 0.5:
                members = phantoms + [field.text]
            else:
                members = [field.text] + phantoms
            fields["transparent"] = field.node
        elif kind == "encoded":
            code = self.random.choice(("i", "4Name", "l", "3Ext"))
            attribute = f'#[cfi_encoding = "{code}"] #[repr(transparent)] '
            members = ["i32"]
            fields["transparent"] = ["int", "i32"]
            fields["cfi_encoding"] = code
        elif kind == "self":
            attribute = "#[repr(transparent)] "
            field = self.self_reference(name)
            members = [field.text]
            fields["transparent"] = field.node
        generics = ", ".join(
            "const N: usize" if param == "N" else f"{param}: 'static"
            for param in params
        )
        generics = f"<{generics}>" if generics else ""
        line = f"{attribute}pub struct {name}{generics}({', '.join(members)});"
        self.scope = []
        self.sized[name] = (
            kind in ("encoded", "self") or kind != "empty" and self.has_size(field.node)
        )
        self.definitions.append(Definition(name, params, [line], fields))

    def has_size(self, node):
        """Whether a type has a size whatever its arguments are. rustc takes
        the field of a wrapper that does, or whose size it does not know."""
        kind = node[0]
        if kind == "tuple":
            return any(self.has_size(element) for element in node[1])
        if kind == "array":
            return node[1] > 0 and self.has_size(node[2])
        if kind == "adt" and node[1] in self.sized:
            return self.sized[node[1]]
        return kind != "param"

    def sized_field(self):
        if self.scope and self.random.random() < 0.5:
            name = self.random.choice(self.scope)
            return Type(name, ["param", name])
        while True:
            field = self.type(2)
            if self.has_size(field.node):
                return field

    def self_reference(self, name):
        """A field through which a wrapper contains itself."""
        own = Type(name, ["adt", name, []])
        choice = self.random.randrange(5)
        if choice == 0:
            return Type(f"*const {own.text}", ["ptr", own.node, False])
        if choice == 1:
            return Type(
                f"fn({own.text}) -> usize",
                ["fn", ["Rust", False], [own.node], ["int", "usize"], False],
            )
        if choice == 2:
            return Type(
                f"Option<*mut {own.text}>",
                ["adt", "core:Option", [["ty", ["ptr", own.node, True]]]],
            )
        if choice == 3:
            return Type(
                f"Vec<{own.text}>",
                [
                    "adt",
                    "alloc:Vec",
                    [["ty", own.node], ["ty", ["adt", "alloc:Global", []]]],
                ],
            )
        return Type(
            f"&'static mut [({own.text}, usize)]",
            ["ref", ERASED, ["slice", ["tuple", [own.node, ["int", "usize"]]]], True],
        )

    def lifetime(self):
        """A region of a reference: elided ones of fn pointers are bound."""
        if self.region is None:
            return ERASED
        self.region += 1
        return ["b", 0, self.region - 1]

    def type(self, depth):
        """A type with a size."""
        leaves = ("int", "int", "int", "float", "bool", "char", "unit")
        branches = (
            "ref",
            "ref",
            "ptr",
            "ptr",
            "tuple",
            "array",
            "fn",
            "adt",
            "adt",
            "adt",
            "option",
            "vec",
            "slice",
            "str",
            "param",
            "void",
        )
        kind = self.random.choice(
            leaves if depth == 0 else leaves + branches + branches
        )
        return getattr(self, "_" + kind)(depth - 1)

    def _int(self, _):
        name = self.random.choice(sorted(RUST_INTEGERS))
        return Type(name, ["int", name])

    def _float(self, _):
        name = self.random.choice(RUST_FLOATS)
        return Type(name, ["float", name])

    def _bool(self, _):
        return Type("bool", ["bool"])

    def _char(self, _):
        return Type("char", ["char"])

    def _unit(self, _):
        return Type("()", UNIT)

    def _void(self, _):
        return Type("*mut std::ffi::c_void", ["ptr", ["adt", "core:c_void", []], True])

    def reference(self, inner):
        """`inner` makes the referenced type; regions count from the left."""
        is_mut = self.random.random() < 0.4
        region = self.lifetime()
        to = inner()
        lifetime = "" if self.region is not None or not self.static else "'static "
        return Type(
            f"&{lifetime}{'mut ' if is_mut else ''}{to.text}",
            ["ref", region, to.node, is_mut],
        )

    @property
    def static(self):
        """Fields of definitions need a named lifetime."""
        return not self.in_signature

    in_signature = False

    def _ref(self, depth):
        return self.reference(lambda: self.type(max(depth, 0)))

    def _slice(self, depth):
        def inner():
            element = self.type(max(depth, 0))
            return Type(f"[{element.text}]", ["slice", element.node])

        return self.reference(inner)

    def _str(self, _):
        return self.reference(lambda: Type("str", ["str"]))

    def _ptr(self, depth):
        to = self.type(max(depth, 0))
        is_mut = self.random.random() < 0.5
        return Type(
            f"*{'mut' if is_mut else 'const'} {to.text}", ["ptr", to.node, is_mut]
        )

    def _tuple(self, depth):
        elements = [self.type(max(depth, 0)) for _ in range(self.random.randint(1, 3))]
        text = ", ".join(element.text for element in elements)
        return Type(f"({text},)", ["tuple", [element.node for element in elements]])

    def _array(self, depth):
        element = self.type(max(depth, 0))
        size = self.random.choice((0, 1, 2, 32, 1000))
        return Type(f"[{element.text}; {size}]", ["array", size, element.node])

    def _fn(self, depth):
        """Its result has no reference: which region it would have is another
        question than that of encoding."""
        outer, self.region = self.region, 0
        params = [self.type(max(depth, 0)) for _ in range(self.random.randint(0, 3))]
        self.region = None
        was_in_signature, self.in_signature = self.in_signature, False
        result = self.type(0)
        self.in_signature = was_in_signature
        self.region = outer
        abi = self.random.choice(
            ("Rust", "Rust", "C", "C", "C-unwind", "system", "sysv64")
        )
        is_unsafe = self.random.random() < 0.2
        text = ", ".join(param.text for param in params)
        return Type(
            f'{"unsafe " if is_unsafe else ""}extern "{abi}" '
            f"fn({text}) -> {result.text}",
            [
                "fn",
                [abi, is_unsafe],
                [param.node for param in params],
                result.node,
                False,
            ],
        )

    def _option(self, depth):
        arg = self.type(max(depth, 0))
        return Type(f"Option<{arg.text}>", ["adt", "core:Option", [["ty", arg.node]]])

    def _vec(self, depth):
        arg = self.type(max(depth, 0))
        return Type(
            f"Vec<{arg.text}>",
            [
                "adt",
                "alloc:Vec",
                [["ty", arg.node], ["ty", ["adt", "alloc:Global", []]]],
            ],
        )

    def _param(self, depth):
        if not self.scope:
            return self._adt(depth)
        name = self.random.choice(self.scope)
        return Type(name, ["param", name])

    def _adt(self, depth):
        if not self.definitions:
            return self._int(depth)
        definition = self.random.choice(self.definitions)
        texts, nodes = [], []
        for param in definition.params:
            if param == "N":
                value = self.random.choice((0, 7, 1 << 40))
                texts.append(str(value))
                nodes.append(["ct", ["int", "usize"], str(value)])
            else:
                arg = self.type(max(depth, 0))
                texts.append(arg.text)
                nodes.append(["ty", arg.node])
        text = definition.key + (f"<{', '.join(texts)}>" if texts else "")
        return Type(text, ["adt", definition.key, nodes])

    def signature(self):
        """(source of the parameters and the result, fields of a vector)"""
        self.in_signature = True
        params = [
            self.type(self.random.randint(0, 4))
            for _ in range(self.random.randint(0, 5))
        ]
        # Types come again, so that there is something to abbreviate.
        if params and self.random.random() < 0.7:
            params.append(self.random.choice(params))
        self.in_signature = False
        result = self.type(2)
        abi = self.random.choice(
            (
                "Rust",
                "Rust",
                "C",
                "C",
                "C-unwind",
                "system",
                "sysv64",
                "win64",
                "efiapi",
            )
        )
        text = ", ".join(
            f"a{index}: {param.text}" for index, param in enumerate(params)
        )
        return (
            f'extern "{abi}" fn NAME({text}) -> {result.text}',
            {
                "abi": abi,
                "c_variadic": False,
                "ret": result.node,
                "params": [{"type": param.node, "zst": None} for param in params],
            },
            [param.text for param in params],
        )


def std_definition(crates, crate, path, lang_item=None):
    result = {
        "path": [crates[crate], crate, [["t", 0, name] for name in path]],
        "generics": [],
        "transparent": None,
        "repr_c": False,
        "cfi_encoding": None,
    }
    if lang_item:
        result["lang_item"] = lang_item
    return result
