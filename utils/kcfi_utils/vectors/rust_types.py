#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Spells the Rust types of vectors in the syntax of the dialect."""

import re
from collections.abc import Callable
from typing import ClassVar

from kcfi_utils.vectors.nodes import (
    VectorError,
    fields,
    flag,
    items,
    number,
    one_of,
    quote,
    show,
    string,
)

RUST_INTEGERS = frozenset(
    sign + width for sign in "iu" for width in ("8", "16", "32", "64", "128", "size")
)

RUST_FLOATS = ("f16", "f32", "f64", "f128")

# Tag of a path segment -> keyword and, where a segment has no name of its own,
# what stands in its place.
RUST_TAGS = {
    "t": ("", None),
    "v": ("value ", None),
    "I": ("impl", "{{impl}}"),
    "F": ("extern", "{{extern}}"),
    "C": ("closure", "{{closure}}"),
    "c": ("constructor", "{{constructor}}"),
    "K": ("constant", "{{constant}}"),
    "i": ("opaque", "{{opaque}}"),
    "s": ("synthetic", "{{synthetic}}"),
    "n": ("nested", "{{nested}}"),
}

# The kind of a closure is an integer type among its arguments.
RUST_CLOSURE_KINDS = {"i8": "fn", "i16": "fn_mut", "i32": "fn_once"}


class RustTypePrinter:
    """Spells the nodes of Rust types in the syntax of `!kcfi.rs` types."""

    def __init__(self, defs):
        if not isinstance(defs, dict):
            raise VectorError("'defs' must be an object")
        self.defs = defs
        # Definitions whose field is being spelled: they mention themselves.
        self.open = []
        # What an erased region is in this field.
        self.erased = "erased"

    def signature(self, vector):
        params = []
        for param in items(vector["params"], "params"):
            fields(param, "parameter", ("type", "zst"))
            params.append(
                ("zst " if flag(param["zst"], "zst") else "") + self.type(param["type"])
            )
        return "!kcfi." + self.function(
            params,
            vector["ret"],
            string(vector["abi"], "abi"),
            is_variadic=flag(vector["c_variadic"], "c_variadic"),
        )

    def function(self, params, result, abi, is_unsafe=False, is_variadic=False):
        params = params + ["..."] if is_variadic else params
        text = f"({', '.join(params)}) -> {self.type(result)}"
        if abi != "Rust":
            text += f" abi({quote(abi)})"
        return f"rs.fn<{text}{' unsafe' if is_unsafe else ''}>"

    def node(self, value, what):
        """(kind, operands) of an array node."""
        if not isinstance(value, list) or not value or not isinstance(value[0], str):
            raise VectorError(f"{what}: expected a node, got {show(value)}")
        return value[0], value[1:]

    def operands(self, value, kind, count):
        if len(value) != count:
            raise VectorError(f"'{kind}' has {len(value)} operands instead of {count}")
        return value

    def type(self, value):
        kind, operands = self.node(value, "type")
        method = self.KINDS.get(kind)
        if method is None:
            raise VectorError(f"unknown kind of type '{kind}'")
        function, count = method
        return function(self, *self.operands(operands, kind, count))

    def types(self, value, what):
        return [self.type(element) for element in items(value, what)]

    def _int(self, name):
        return "rs." + one_of(name, RUST_INTEGERS, "integer type")

    def _float(self, name):
        return "rs." + one_of(name, RUST_FLOATS, "floating type")

    def _tuple(self, elements):
        texts = self.types(elements, "tuple")
        return f"rs.tuple<{', '.join(texts)}>" if texts else "rs.unit"

    def _array(self, size, element):
        if isinstance(size, str) and not size.isdigit():
            length = self.parameter(size)
        else:
            length = str(number(size, "length of an array"))
        return f"rs.array<{length}, {self.type(element)}>"

    def _slice(self, element):
        return f"rs.slice<{self.type(element)}>"

    def _pat(self, base, text):
        return f"rs.pat<{self.type(base)}, {quote(string(text, 'pattern'))}>"

    def _ref(self, region, referent, is_mut):
        words = self.region(region)
        words = "" if words == "erased" else words + " "
        words += "mut " if flag(is_mut, "mut") else ""
        return f"rs.ref<{words}{self.type(referent)}>"

    def _ptr(self, pointee, is_mut):
        word = "mut" if flag(is_mut, "mut") else "const"
        return f"rs.ptr<{word} {self.type(pointee)}>"

    def _fn(self, header, params, result, is_variadic):
        if len(items(header, "header of a fn pointer")) != 2:
            raise VectorError("header of a fn pointer: expected two elements")
        return self.function(
            self.types(params, "parameters"),
            result,
            string(header[0], "abi"),
            flag(header[1], "unsafe"),
            flag(is_variadic, "variadic"),
        )

    def _dyn(self, predicates, region):
        texts = [
            self.predicate(predicate) for predicate in items(predicates, "predicates")
        ]
        region = self.region(region)
        region = "" if region == "erased" else f", {region}"
        return f"rs.dyn<[{', '.join(texts)}]{region}>"

    def _foreign(self, key):
        return f"rs.foreign<{self.item(key)}>"

    def _param(self, name):
        return f"rs.param<{quote(string(name, 'parameter'))}>"

    def _adt(self, key, args):
        """Nominal types; the last segment of the path tells which."""
        args = items(args, "arguments")
        tag = self.definition(key)["path"][2][-1][0]
        if tag in ("v", "c"):
            return f"rs.fn_item<{self.item(key)}{self.args(args)}>"
        if tag == "C":
            if self.is_closure(args):
                return self.closure(key, args)
            # Which kind of coroutine it is does not show.
            return f"rs.coroutine<coroutine {self.item(key)}{self.args(args)}>"
        return f"rs.adt<{self.item(key)}{self.args(args)}>"

    def is_closure(self, args):
        """The last three arguments are kind, signature and captures."""
        if any(self.node(arg, "argument")[0] != "ty" for arg in args[-3:]):
            return False
        kinds = [self.node(arg[1], "type") for arg in args[-3:] if len(arg) == 2]
        return (
            len(kinds) == 3
            and kinds[0][0] == "int"
            and kinds[0][1][0] in RUST_CLOSURE_KINDS
            and kinds[1][0] == "fn"
            and kinds[1][1][0] == ["rust-call", False]
            and kinds[2][0] == "tuple"
        )

    def closure(self, key, args):
        (_, kind), (_, signature), (_, captures) = args[-3:]
        parent = self.args(args[:-3]).replace(", ", ", args ", 1)
        captures = ", ".join(self.types(captures[1], "captures"))
        captures = f", captures [{captures}]" if captures else ""
        return (
            f"rs.closure<{RUST_CLOSURE_KINDS[kind[1]]} {self.item(key)}"
            f"{parent}, signature {self.type(signature)}{captures}>"
        )

    def region(self, value):
        kind, operands = self.node(value, "region")
        if kind == "er":
            self.operands(operands, kind, 0)
            return self.erased
        if kind == "b":
            binder, index = self.operands(operands, kind, 2)
            return f"bound({number(binder, 'binder')}, {number(index, 'index')})"
        raise VectorError(f"unknown kind of region '{kind}'")

    def argument(self, value):
        kind, operands = self.node(value, "argument")
        if kind == "lt":
            return self.region(*self.operands(operands, kind, 1))
        if kind == "ty":
            return self.type(*self.operands(operands, kind, 1))
        if kind == "ct":
            const_type, const = self.operands(operands, kind, 2)
            return f"const<{self.type(const_type)}, {self.constant(const)}>"
        raise VectorError(f"unknown kind of argument '{kind}'")

    def constant(self, value):
        if isinstance(value, bool):
            return quote("true" if value else "false")
        if isinstance(value, list):
            kind, operands = self.node(value, "constant")
            one_of(kind, ("param",), "constant")
            return self.parameter(*self.operands(operands, kind, 1))
        text = str(value) if isinstance(value, int) else string(value, "constant")
        if not re.fullmatch("-?[0-9]+", text):
            raise VectorError(f"constant: not a number: {show(value)}")
        return quote(text)

    def parameter(self, name):
        return f"param({quote(string(name, 'parameter').removeprefix('const '))})"

    def args(self, value):
        texts = [self.argument(arg) for arg in value]
        return f", [{', '.join(texts)}]" if texts else ""

    def predicate(self, value):
        kind, operands = self.node(value, "predicate")
        if kind == "au":
            return f"auto {self.item(*self.operands(operands, kind, 1))}"
        if kind not in ("tr", "pj"):
            raise VectorError(f"unknown kind of predicate '{kind}'")
        key, args, *term = self.operands(operands, kind, 2 if kind == "tr" else 3)
        args = self.args(items(args, "arguments")).replace(", ", " args ", 1)
        if kind == "tr":
            return f"trait {self.item(key)}{args}"
        is_const = self.node(term[0], "term")[0] == "ct"
        value = self.argument(term[0]) if is_const else self.type(term[0])
        return f"projection {self.item(key)}{args} = {value}"

    def definition(self, key):
        if string(key, "key of a definition") not in self.defs:
            raise VectorError(f"definition '{key}' is missing")
        definition = fields(
            self.defs[key],
            f"definition '{key}'",
            ("path", "generics", "transparent", "repr_c", "cfi_encoding"),
            ("lang_item",),
        )
        path = items(definition["path"], "path")
        if len(path) != 3 or not items(path[2], "segments of a path"):
            raise VectorError(f"definition '{key}': malformed path")
        return definition

    def item(self, key):
        definition = self.definition(key)
        disambiguator, crate, segments = definition["path"]
        path = ", ".join(self.segment(segment) for segment in segments)
        words = [
            quote(string(crate, "crate")),
            quote(string(disambiguator, "crate disambiguator")),
            f"[{path}]",
        ]
        if key in self.open:
            return f"#kcfi.rs.item<{' '.join(words)} recursive>"
        transparent = definition["transparent"]
        is_repr_c = flag(definition["repr_c"], "repr_c")
        if transparent is not None and is_repr_c:
            raise VectorError(f"definition '{key}' is transparent and repr_c")
        if transparent is not None and transparent != "zst":
            names = [
                self.generic(generic)
                for generic in items(definition["generics"], "generics")
            ]
            if names:
                words.append(f"generics [{', '.join(names)}]")
            # The file erases the lifetimes in a field. If there is only one
            # parameter that they can be, they are that.
            lifetimes = [name for name in names if name.startswith("\"'")]
            outside = self.erased
            self.erased = f"param({lifetimes[0]})" if len(lifetimes) == 1 else "erased"
            self.open.append(key)
            words.append(f"transparent field {self.type(transparent)}")
            self.open.pop()
            self.erased = outside
        elif transparent is not None:
            words.append("transparent")
        if is_repr_c:
            words.append("repr_c")
        if definition["cfi_encoding"] is not None:
            encoding = string(definition["cfi_encoding"], "cfi_encoding")
            words.append(f"cfi_encoding({quote(encoding)})")
        if "lang_item" in definition:
            lang_item = one_of(definition["lang_item"], ("c_void",), "lang_item")
            words.append(f"lang({lang_item})")
        return f"#kcfi.rs.item<{' '.join(words)}>"

    def generic(self, value):
        if isinstance(value, list) and len(value) == 2:
            value = string(value[0], "generic").removeprefix("const ")
        return quote(string(value, "generic"))

    def segment(self, value):
        if len(items(value, "path segment")) != 3:
            raise VectorError("path segment: expected three elements")
        keyword, placeholder = RUST_TAGS[one_of(value[0], RUST_TAGS, "tag")]
        count = number(value[1], "disambiguator")
        name = string(value[2], "name in a path")
        if placeholder is None:
            keyword += quote(name)
        elif name != placeholder:
            raise VectorError(f"path segment: '{name}' instead of '{placeholder}'")
        return keyword + (f"({count})" if count else "")

    # Kind -> method and number of operands.
    KINDS: ClassVar[dict[str, tuple[Callable[..., str], int]]] = {
        "int": (_int, 1),
        "float": (_float, 1),
        "bool": (lambda self: "rs.bool", 0),
        "char": (lambda self: "rs.char", 0),
        "str": (lambda self: "rs.str", 0),
        "never": (lambda self: "rs.never", 0),
        "tuple": (_tuple, 1),
        "array": (_array, 2),
        "slice": (_slice, 1),
        "pat": (_pat, 2),
        "adt": (_adt, 2),
        "foreign": (_foreign, 1),
        "ref": (_ref, 3),
        "ptr": (_ptr, 2),
        "fn": (_fn, 4),
        "dyn": (_dyn, 2),
        "param": (_param, 1),
    }
