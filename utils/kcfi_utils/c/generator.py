#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes random C and C++ function types."""

from kcfi_utils.c.choices import (
    ALTIVEC,
    ANY_VARIADIC,
    ATTRIBUTES,
    CONVENTIONS,
    CXX_BUILTINS,
    FIXED,
    INTEGERS,
    NEON,
    NEON_POLY,
    OTHER_BUILTINS,
    PARAMETER_ATTRIBUTES,
    RVV,
    SVE,
    TEMPLATES,
    VALUE_RANGES,
)
from kcfi_utils.c.nodes import (
    builtin,
    has_variable_array,
    pointer,
    qualified,
    strip,
)
from kcfi_utils.c.preamble import (
    C_TAGS,
    C_TYPEDEF_TAGS,
    CXX_TAGS,
    TS,
    TT,
    TTS,
    T,
)
from kcfi_utils.c.speller import Speller


class Generator:
    """Makes random function types of what a language and a target have."""

    def __init__(self, rng, language, has):
        self.rng = rng
        self.cxx = language == "c++"
        self.has = has  # names of the features that clang accepted
        known = [
            name for name in OTHER_BUILTINS + CXX_BUILTINS if "builtin " + name in has
        ]
        self.builtins = [name for name in known if "by value " + name in has]
        # Such as __fp16, which is for memory only.
        self.storage = [name for name in known if name not in self.builtins]
        self.conventions = [name for name in CONVENTIONS if "cc " + name in has]
        self.attributes = [name for name in ATTRIBUTES if "attr " + name in has]
        self.neon = [item for item in NEON if f"neon {item}" in has]
        self.neon_poly = [item for item in NEON_POLY if f"poly {item}" in has]
        self.sizeless: list[tuple] = [
            (family, name)
            for family, names in (("sve", SVE), ("rvv", RVV))
            for name in names
            if "type " + name in has
        ]
        self.sizeless += [kind for kind in FIXED if f"fixed {kind}" in has]
        self.altivec = [kind for kind in ALTIVEC if f"altivec {kind}" in has]
        self.parameter_attributes = [
            name for name in PARAMETER_ATTRIBUTES if "param " + name in has
        ]
        self.tags = [
            item
            for item in CXX_TAGS
            if "auto" in has
            or not any(
                isinstance(part, tuple) and part[0].startswith("NAuto")
                for part in item[1]
            )
        ]
        self.recent = []

    def chance(self, probability):
        return self.rng.random() < probability

    # Types that may stand where an object has them.

    def object(self, depth, sugar=True):
        """A complete object type (not an array)."""
        rng = self.rng
        # Repetition is what makes abbreviations.
        if self.recent and self.chance(0.25):
            return rng.choice(self.recent)
        node = self._object(depth)
        if sugar and self.chance(0.08):
            node = {"kind": "typedef", "type": node}
        if self.chance(0.5) and not self.is_shared_variable(node):
            self.recent.append(node)
        return node

    @staticmethod
    def is_shared_variable(node):
        """A typedef with an array of variable length in it is one type
        wherever it is used, which a tree cannot say."""
        text = repr(node)
        return "'typedef'" in text and "'variable'" in text

    def _object(self, depth):
        rng = self.rng
        if depth <= 0 or self.chance(0.3):
            return self.scalar()
        choice = rng.random()
        if choice < 0.45:
            return pointer(self.pointee(depth - 1))
        if choice < 0.70:
            return self.tag(depth - 1)
        if choice < 0.80:
            return pointer(self.function(depth - 1))
        if choice < 0.85 and "vectors" in self.has:
            return self.vector()
        if choice < 0.88:
            return {
                "kind": "complex",
                "of": builtin(rng.choice(["float", "double", "long double", "int"])),
            }
        if choice < 0.91:
            atomic = self.object(depth - 1, sugar=False)
            if strip(atomic)["kind"] in (
                "qualified",
                "atomic",
                "sizeless",
                "matrix",
                "bitint",
                "va_list",
            ):
                atomic = builtin("int")
            return {"kind": "atomic", "of": atomic}
        if choice < 0.93 and "bitint" in self.has:
            return {
                "kind": "bitint",
                "bits": rng.choice([2, 7, 32, 33, 64]),
                "signed": self.chance(0.5),
            }
        if choice < 0.95 and "blocks" in self.has:
            return pointer(self.function(depth - 1), "block_pointer")
        if choice < 0.96 and "matrix" in self.has:
            return {
                "kind": "matrix",
                "rows": rng.randint(1, 4),
                "columns": rng.randint(1, 12),
                "of": builtin(rng.choice(["int", "float", "short"])),
            }
        if choice < 0.97:
            return {"kind": "va_list"}
        if self.cxx:
            return self.member_pointer(depth - 1)
        return self.scalar()

    def scalar(self):
        rng = self.rng
        choice = rng.random()
        if choice < 0.6:
            return builtin(rng.choice(INTEGERS))
        if choice < 0.8:
            return self.tag(0)
        if self.builtins:
            return builtin(rng.choice(self.builtins))
        return builtin("int")

    def vector(self):
        rng = self.rng
        choice = rng.random()
        if choice < 0.4 and (self.neon or self.neon_poly):
            flavor, items = rng.choice(
                [("neon", self.neon)]
                + ([("neon_poly", self.neon_poly)] if self.neon_poly else [])
            )
            of, lanes = rng.choice(items)
            return {
                "kind": "vector",
                "flavor": flavor,
                "lanes": lanes,
                "of": builtin(of),
            }
        if choice < 0.4 and self.altivec:
            flavor, of, lanes = rng.choice(self.altivec)
            return {
                "kind": "vector",
                "flavor": flavor,
                "lanes": lanes,
                "of": builtin(of),
            }
        if choice < 0.5 and "bool vectors" in self.has:
            return {
                "kind": "vector",
                "flavor": "ext",
                "lanes": rng.choice([4, 8, 32]),
                "of": builtin("bool"),
            }
        return {
            "kind": "vector",
            "flavor": rng.choice(["gcc", "ext"]),
            "lanes": rng.choice([2, 4, 8]),
            "of": builtin(rng.choice(INTEGERS[1:] + ["float", "double"])),
        }

    def tag(self, depth):
        return self.cxx_tag(depth) if self.cxx else self.c_tag()

    def c_tag(self):
        tag, name = self.rng.choice(C_TAGS)
        node = {"kind": "tag", "tag": tag, "name": name}
        if name in C_TYPEDEF_TAGS:
            node["text"] = name
        return node

    def cxx_tag(self, depth, want=None):
        while True:
            tag, whole = self.rng.choice(self.tags)
            if want is not None and tag not in want:
                continue
            templates = sum(isinstance(part, tuple) for part in whole)
            if depth <= 0 and templates and self.chance(0.85):
                continue
            break
        member, path = None, whole
        if None in whole:
            member, path = whole[-2:], whole[: whole.index(None)]
        scope = []
        for part in path:
            if isinstance(part, tuple):
                scope.append(
                    {"name": part[0], "args": self.arguments(part[1], depth - 1)}
                )
            else:
                scope.append(part)
        node = {"kind": "tag", "tag": tag}
        if member:
            node.update(unnamed=True, scope=scope, member=member[0], number=member[1])
            # Its number depends on the translation unit if it has no linkage.
            if "anonymous_namespace" in repr(scope):
                return self.cxx_tag(depth, want)
            return node
        last = scope.pop()
        if isinstance(last, dict):
            node.update(last)
        else:
            node["name"] = last
        if scope:
            node["scope"] = scope
        return node

    def arguments(self, params, depth):
        result = []
        for param in params:
            result += self.argument(param, depth)
        return result

    def argument(self, param, depth):
        rng = self.rng

        def type_argument(node):
            return {"kind": "type", "type": node}

        def value(type_node, text):
            return {"kind": "value", "type": type_node, "value": text}

        def integer(name):
            low, high = VALUE_RANGES[name]
            number = rng.choice([low, high, 0, 1, rng.randint(low, high)])
            return value(builtin(name), str(number))

        def std(name, *args):
            return type_argument(
                {
                    "kind": "tag",
                    "tag": "class",
                    "name": name,
                    "args": list(args),
                    "scope": ["std"],
                }
            )

        if param == T:
            return [type_argument(self.any_type(depth))]
        if param == TS:
            return [
                {
                    "kind": "pack",
                    "args": [
                        type_argument(self.any_type(depth))
                        for _ in range(rng.randint(0, 3))
                    ],
                }
            ]
        if param == TT:
            return [self.template()]
        if param == TTS:
            return [
                {
                    "kind": "pack",
                    "args": [self.template() for _ in range(rng.randint(0, 3))],
                }
            ]
        if param == "function":
            return [type_argument(self.function(depth, plain=True))]
        if param == "char":
            self.char = (
                builtin("char")
                if self.chance(0.7)
                else rng.choice(
                    [
                        builtin("wchar_t"),
                        qualified(builtin("char"), ["const"]),
                        self.scalar(),
                    ]
                )
            )
            return [type_argument(self.char)]
        if param in ("traits", "allocator"):
            name = "char_traits" if param == "traits" else "allocator"
            if self.chance(0.12):
                return [type_argument(self.object(depth))]
            of = getattr(self, "char", builtin("char"))
            if self.chance(0.1):
                of = self.scalar()
            argument = std(name, type_argument(of))
            if self.chance(0.1):
                argument["type"] = qualified(argument["type"], self.qualifiers())
            return [argument]
        if param == "type and value":
            name = rng.choice(list(VALUE_RANGES))
            argument = integer(name)
            return [type_argument(argument["type"]), argument]
        if param == "auto":
            return [self.auto_value(integer, value)]
        if param == "autos":
            return [
                {
                    "kind": "pack",
                    "args": [
                        self.auto_value(integer, value)
                        for _ in range(rng.randint(0, 3))
                    ],
                }
            ]
        kind = param[0]
        if kind == "value":
            return [integer(param[1])]
        if kind == "values":
            return [
                {
                    "kind": "pack",
                    "args": [integer(param[1]) for _ in range(rng.randint(0, 3))],
                }
            ]
        if kind == "null":
            return [value(pointer(builtin(param[1])), "0")]
        return [value(self.enumeration(param[1]), rng.choice(param[2]))]

    @staticmethod
    def enumeration(path):
        node = {"kind": "tag", "tag": "enum", "name": path[-1]}
        if path[:-1]:
            node["scope"] = list(path[:-1])
        return node

    def auto_value(self, integer, value):
        choice = self.rng.random()
        if choice < 0.6:
            return integer(self.rng.choice(list(VALUE_RANGES)))
        if choice < 0.8:
            return value(
                self.enumeration(
                    self.rng.choice([("ns", "NC"), ("E0",), ("EC0",), ("Outer", "OE")])
                ),
                "3",
            )
        if choice < 0.9:
            return value(pointer(builtin("int")), "0")
        return value(builtin("nullptr_t"), "0")

    def template(self):
        scope, name = self.rng.choice(TEMPLATES)
        node = {"kind": "template", "name": name}
        if scope:
            node["scope"] = list(scope)
        return node

    def any_type(self, depth):
        """A template argument: also void, qualified, reference, array."""
        choice = self.rng.random()
        if choice < 0.6:
            return self.object(depth)
        if choice < 0.7:
            return qualified(self.unqualified(depth), self.qualifiers())
        if choice < 0.78:
            return self.reference(depth)
        if choice < 0.86:
            return {
                "kind": "array",
                "of": self.element(depth),
                "size": self.rng.choice([None, 1, 10, 4096]),
            }
        if choice < 0.94:
            return self.function(depth)
        return builtin("void")

    def reference(self, depth):
        kind = self.rng.choice(["lvalue_reference", "rvalue_reference"])
        return pointer(self.pointee(depth - 1, void=False), kind)

    def member_pointer(self, depth):
        while True:
            owner = self.cxx_tag(depth, ("struct", "class"))
            if not owner.get("unnamed"):
                break
        if self.chance(0.6):
            to = self.function(depth, member=True)
        elif self.chance(0.5):
            to = self.object(depth)
        else:
            to = qualified(self.unqualified(depth), self.qualifiers())
        return {"kind": "member_pointer", "class": owner, "to": to}

    def qualifiers(self, restrict=False):
        names = ["const", "volatile"] + (["restrict"] if restrict else [])
        count = self.rng.choice([1, 1, 1, 2] + ([3] if restrict else []))
        return [name for name in names if name in self.rng.sample(names, count)]

    def unqualified(self, depth):
        while True:
            node = self.object(depth)
            if node["kind"] not in ("qualified", "function", "array") and strip(node)[
                "kind"
            ] not in ("function", "array", "lvalue_reference", "rvalue_reference"):
                return node

    def element(self, depth):
        """Element type of an array."""
        while True:
            node = self.object(depth)
            if self.chance(0.2):
                node = {
                    "kind": "array",
                    "of": self.element(depth - 1),
                    "size": self.rng.choice([1, 3, 16]),
                }
            elif self.chance(0.25) and node["kind"] != "qualified":
                node = qualified(node, self.qualifiers())
            if strip(node)["kind"] != "sizeless":
                return node

    def pointee(self, depth, void=True):
        rng = self.rng
        choice = rng.random()
        if void and choice < 0.12:
            node = builtin("void")
        elif choice < 0.2:
            return self.function(depth)
        elif choice < 0.34:
            sizes: list = [None, 1, 2, 10, 1000000]
            if not self.cxx and void and self.chance(0.3):
                sizes = ["variable"]
            return {
                "kind": "array",
                "of": self.element(depth - 1),
                "size": rng.choice(sizes),
            }
        elif choice < 0.38 and self.sizeless:
            node = self.scalable()
        elif choice < 0.38 and self.storage:
            node = builtin(rng.choice(self.storage))
        elif choice < 0.44:
            # Qualifiers on a typedef of an array are those of the elements.
            size = rng.choice([None, 2, 7])
            node = {
                "kind": "typedef",
                "type": {"kind": "array", "of": self.element(depth - 1), "size": size},
            }
            if has_variable_array(node):
                return self.pointee(depth, void)
        else:
            node = self.object(depth)
        if self.chance(0.3) and node["kind"] != "qualified":
            space = None
            if self.chance(0.1) and not self.cxx:
                space = rng.choice([1, 3, 256, 257])
            is_pointer = (
                strip(node)["kind"] == "pointer"
                and strip(strip(node)["to"])["kind"] != "function"
            )
            return qualified(node, self.qualifiers(restrict=is_pointer), space)
        return node

    def scalable(self):
        family, name, *bits = self.rng.choice(self.sizeless)
        node = {"kind": "sizeless", "family": family, "name": name}
        if bits:
            node["bits"] = bits[0]
        return node

    def parameter(self, depth):
        """Unadjusted, as it may be written."""
        rng = self.rng
        choice = rng.random()
        if choice < 0.55:
            return self.object(depth)
        if choice < 0.68:
            return qualified(self.unqualified(depth), self.qualifiers())
        if choice < 0.78:
            sizes: list = [None, 4, 10]
            if not self.cxx and self.chance(0.2):
                sizes = ["variable"]
            node = {
                "kind": "array",
                "of": self.element(depth - 1),
                "size": rng.choice(sizes),
            }
            return node
        if choice < 0.83:
            node = {
                "kind": "typedef",
                "type": {"kind": "array", "of": self.element(depth - 1), "size": 3},
            }
            if has_variable_array(node):
                return self.object(depth)
            return qualified(node, self.qualifiers())
        if choice < 0.88:
            return self.function(depth - 1)
        if choice < 0.93 and self.sizeless:
            return self.scalable()
        if self.cxx:
            return self.reference(depth)
        return self.object(depth)

    def result(self, depth):
        if self.chance(0.3):
            return builtin("void")
        for _ in range(20):
            if self.cxx and self.chance(0.15):
                node = self.reference(depth)
            elif self.chance(0.12):
                node = qualified(self.unqualified(depth), self.qualifiers())
            else:
                node = self.object(depth)
            if not has_variable_array(node) and strip(node)["kind"] not in (
                "va_list",
                "array",
            ):
                return node
        return builtin("int")

    def function(self, depth, member=False, plain=False, outermost=False):
        rng = self.rng
        node = {"kind": "function", "ret": self.result(depth)}
        count = rng.choice([0, 1, 1, 2, 2, 3, 4])
        if outermost:
            count = rng.choice([1, 2, 3, 4, 5, 6, 8])
            if self.chance(0.03):
                count = rng.randint(20, 60)
        if not self.cxx and not outermost and self.chance(0.06):
            if "unprototyped" in self.has:
                node["prototyped"] = False
                count = 0
        node["params"] = [self.parameter(depth) for _ in range(count)]
        if (
            self.chance(0.1)
            and node.get("prototyped", True)
            and (count or self.cxx or "variadic alone" in self.has)
        ):
            node["variadic"] = True
        if plain:
            return node
        if self.parameter_attributes and node["params"] and self.chance(0.1):
            attribute = rng.choice(self.parameter_attributes)
            convention = PARAMETER_ATTRIBUTES[attribute]
            # As for swiftcall, the first parameter.
            old = node["params"][0]
            if strip(old)["kind"] == "pointer" and not member:
                node["params"][0] = {
                    "kind": "parameter",
                    "type": old,
                    "attribute": attribute,
                }
                if convention:
                    node["cc"] = convention
                    node.pop("variadic", None)
        if self.cxx and not outermost and "noexcept" in self.has:
            if self.chance(0.2):
                node["noexcept"] = True
        if member:
            if self.chance(0.5):
                node["quals"] = self.qualifiers(restrict=True)
            if self.chance(0.25):
                node["ref_qualifier"] = rng.choice(["&", "&&"])
        if not outermost and self.attributes and self.chance(0.1):
            node["attrs"] = [rng.choice(self.attributes)]
        if "cc" not in node and self.conventions and not member and self.chance(0.1):
            names = [
                name
                for name in self.conventions
                if "variadic" not in node or name in ANY_VARIADIC
            ]
            if names:
                node["cc"] = rng.choice(names)
        if "regparm" in self.has and not member and self.chance(0.1):
            node["regparm"] = rng.randint(0, 3)
        if "salt" in self.has and self.chance(0.04) and node.get("prototyped", True):
            node["salt"] = rng.choice(["pepper", "a.b", "x"])
        if (
            "sme" in self.has
            and self.chance(0.05)
            and not member
            and "cc" not in node
            and node.get("prototyped", True)
        ):
            node["sme"] = rng.choice(
                [
                    {"streaming": True},
                    {"streaming_compatible": True},
                    {"agnostic_za": True},
                    {"za": "in"},
                    {"za": "inout", "zt0": "preserves"},
                    {"streaming": True, "za": "out", "zt0": "in"},
                    {"streaming_compatible": True, "agnostic_za": True},
                ]
            )
        return node

    def declaration(self, name):
        """(node of the function, source text), or None for a type that has no
        spelling."""
        self.recent = []
        node = self.function(self.rng.choice([1, 2, 3, 3, 4, 5]), outermost=True)
        if not self.cxx and self.chance(0.04):
            # A tag that the parameter list itself declares.
            node["params"].insert(
                0,
                pointer(
                    {
                        "kind": "tag",
                        "tag": "struct",
                        "name": "InParams",
                        "function": name,
                        "text": "struct InParams",
                    }
                ),
            )
        if self.cxx and self.chance(0.05) and "anonymous_namespace" not in repr(node):
            # A member of internal linkage would need a definition. The type
            # of a member function has no class, but its qualifiers.
            node["quals"] = self.qualifiers()
            if self.chance(0.5):
                node["ref_qualifier"] = self.rng.choice(["&", "&&"])
            for key in ("cc", "sme", "regparm"):
                node.pop(key, None)
            if node["params"] and node["params"][0]["kind"] == "parameter":
                node["params"][0] = node["params"][0]["type"]
        speller = Speller("T" + name, self.cxx)
        text = speller.function(node, name)
        if self.cxx and ("quals" in node or "ref_qualifier" in node):
            text = f"struct H{name} {{ {text}; }};"
            return node, " ".join(speller.typedefs) + " " + text
        linkage = 'extern "C" ' if self.cxx else ""
        return node, " ".join(speller.typedefs) + " " + linkage + text + ";"
