# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads files of golden type-id vectors and spells their types as MLIR text.

Nothing here knows how a type-id string is made: a type tree is translated
node by node into the dialect's syntax, and the tool under test does the rest.
Every kind and every field of the format is handled by name, and whatever is not
known raises an error, so that a new field can never be dropped silently.
"""

import dataclasses
import json
import os
import re
import sys

# Type trees nest; deep ones must not exhaust the interpreter's default limit.
sys.setrecursionlimit(20000)

HASHES = ("xxhash64", "fnv1a")

# Name of an option set in the vector files -> parameters of #kcfi.encoding.
OPTION_SETS = {
    "default": (),
    "norm": ("normalize_integers",),
    "gen": ("generalize_pointers",),
    "norm+gen": ("normalize_integers", "generalize_pointers"),
}

BUILTINS = {
    "void": "c.void",
    "bool": "c.bool",
    "char": "c.char",
    "signed char": "c.schar",
    "unsigned char": "c.uchar",
    "short": "c.short",
    "unsigned short": "c.ushort",
    "int": "c.int",
    "unsigned int": "c.uint",
    "long": "c.long",
    "unsigned long": "c.ulong",
    "long long": "c.longlong",
    "unsigned long long": "c.ulonglong",
    "__int128": "c.int128",
    "unsigned __int128": "c.uint128",
    "_Float16": "c.float16",
    "__bf16": "c.bf16",
    "float": "c.float",
    "double": "c.double",
    "long double": "c.longdouble",
    "__float128": "c.float128",
    "nullptr_t": "c.nullptr",
    "wchar_t": "c.wchar",
    "char8_t": "c.char8",
    "char16_t": "c.char16",
    "char32_t": "c.char32",
}

CALLING_CONVENTIONS = frozenset((
    "ms_abi", "sysv_abi", "vectorcall", "regcall", "preserve_most",
    "preserve_all", "preserve_none", "swiftcall", "swiftasynccall",
    "aarch64_vector_pcs", "aarch64_sve_pcs", "riscv_vector_cc", "aapcs",
    "aapcs_vfp", "stdcall", "fastcall", "thiscall", "pascal"))

# In the order in which the dialect's syntax wants them.
FUNCTION_ATTRIBUTES = ("noreturn", "cfi_unchecked_callee",
                       "no_caller_saved_registers")
QUALIFIERS = ("const", "volatile", "restrict")
MEMBER_FUNCTION_QUALIFIERS = ("const", "volatile")

VECTOR_FLAVORS = {"gcc": "", "ext": ", ext", "neon": ", neon",
                  "neon_poly": ", neon_poly"}

SME_STATES = {"in": 1, "out": 2, "inout": 3, "preserves": 4}


class VectorError(Exception):
    """One vector cannot be understood; the others of its file can."""


class FormatError(Exception):
    """A whole file cannot be used."""


@dataclasses.dataclass(frozen=True)
class Check:
    """One question to the tool: what are string and id of this type?"""
    vector: int  # index in VectorFile.names
    options: str  # key of OPTION_SETS
    hash: str
    target: str
    form: str  # "type", "written" or "string"
    text: str  # MLIR text of the type
    expected: object  # (string, id), or None if the type must be refused


@dataclasses.dataclass
class VectorFile:
    path: str
    names: list = dataclasses.field(default_factory=list)
    declarations: list = dataclasses.field(default_factory=list)
    checks: list = dataclasses.field(default_factory=list)
    # (index of the vector, why it cannot be understood)
    broken: list = dataclasses.field(default_factory=list)

    @property
    def label(self):
        return os.path.basename(self.path)


#===----------------------------------------------------------------------===#
# Strings of MLIR
#===----------------------------------------------------------------------===#


def quote(text):
    """`text` as an MLIR string literal; all but plain ASCII as hex bytes."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise VectorError(f"not a UTF-8 string: {text!a}") from error
    out = []
    for byte in data:
        char = chr(byte)
        if char in '\\"':
            out.append("\\" + char)
        elif 0x20 <= byte < 0x7F:
            out.append(char)
        else:
            out.append(f"\\{byte:02X}")
    return '"' + "".join(out) + '"'


_ESCAPE = re.compile(rb"\\([0-9A-Fa-f]{2}|.)", re.DOTALL)
_SHORT_ESCAPES = {b"n": b"\n", b"t": b"\t"}


def unquote(literal):
    """The text of the body of an MLIR string literal, without its quotes."""

    def replace(match):
        code = match.group(1)
        if len(code) == 2:
            return bytes([int(code, 16)])
        return _SHORT_ESCAPES.get(code, code)

    data = _ESCAPE.sub(replace, literal.encode("utf-8"))
    return data.decode("utf-8", "backslashreplace")


#===----------------------------------------------------------------------===#
# Type trees
#===----------------------------------------------------------------------===#


def show(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:117] + "..."


def fields(node, what, required=(), optional=()):
    """Checks that `node` is an object with these fields and no others."""
    if not isinstance(node, dict):
        raise VectorError(f"{what}: expected an object, got {show(node)}")
    for name in required:
        if name not in node:
            raise VectorError(f"{what}: field '{name}' is missing")
    for name in node:
        if name not in required and name not in optional:
            raise VectorError(f"{what}: unknown field '{name}'")
    return node


def string(value, what):
    if not isinstance(value, str):
        raise VectorError(f"{what}: expected a string, got {show(value)}")
    return value


def flag(value, what):
    if not isinstance(value, bool):
        raise VectorError(f"{what}: expected true or false, got {show(value)}")
    return value


def items(value, what):
    if not isinstance(value, list):
        raise VectorError(f"{what}: expected a list, got {show(value)}")
    return value


def number(value, what):
    """A number that is not negative; large ones may come as decimal strings."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and re.fullmatch("[0-9]+", value):
        return int(value)
    raise VectorError(f"{what}: expected a number, got {show(value)}")


def one_of(value, allowed, what):
    if not isinstance(value, str) or value not in allowed:
        raise VectorError(f"{what}: unknown value {show(value)}")
    return value


def subset(value, allowed, what):
    """The elements of the list `value` in the order of `allowed`."""
    for element in items(value, what):
        one_of(element, allowed, what)
    return [element for element in allowed if element in value]


def _wrapper(kind, spelling):
    """A method of TypePrinter for a kind that only wraps the type `to`."""

    def method(self, node):
        fields(node, kind, ("kind", "to"))
        return f"{spelling}<{self.type(node['to'])}>"

    return method


class TypePrinter:
    """Spells type nodes in the syntax of `!kcfi` types.

    `written` allows the kinds that only the type as the source spells it may
    contain.
    """

    def __init__(self, written=False):
        self.written = written

    def signature(self, node, salt=None):
        """A complete type; `salt` is that of the outermost function."""
        if salt is not None:
            if not isinstance(node, dict) or node.get("kind") != "function":
                raise VectorError("a salt on something that is no function")
            if node.get("salt", salt) != salt:
                raise VectorError("the vector's salt contradicts its type's")
            node = dict(node, salt=string(salt, "salt"))
        return "!kcfi." + self.type(node)

    def type(self, node):
        """A type without the leading `!kcfi.`."""
        if not isinstance(node, dict):
            raise VectorError(f"expected a type node, got {show(node)}")
        kind = node.get("kind")
        if not isinstance(kind, str):
            raise VectorError(f"type node without kind: {show(node)}")
        method = self.KINDS.get(kind)
        if method is None:
            raise VectorError(f"unknown kind of type '{kind}'")
        if kind in self.WRITTEN_KINDS and not self.written:
            raise VectorError(f"kind '{kind}' outside of 'written'")
        return method(self, node)

    def _builtin(self, node):
        fields(node, "builtin", ("kind", "name"))
        return BUILTINS[one_of(node["name"], BUILTINS, "builtin name")]

    _pointer = _wrapper("pointer", "ptr")
    _block_pointer = _wrapper("block_pointer", "c.block")
    _lvalue_reference = _wrapper("lvalue_reference", "lref")
    _rvalue_reference = _wrapper("rvalue_reference", "rref")

    def _member_pointer(self, node):
        fields(node, "member_pointer", ("kind", "class", "to"))
        return f"memptr<{self.type(node['class'])}, {self.type(node['to'])}>"

    def _qualified(self, node):
        fields(node, "qualified", ("kind", "type"), ("quals", "address_space"))
        words = subset(node.get("quals", []), QUALIFIERS, "qualifiers")
        if "address_space" in node:
            space = number(node["address_space"], "address_space")
            words.append(f"addrspace({space})")
        inner = self.type(node["type"])
        if not words:
            return inner
        return f"qual<{' '.join(words)} {inner}>"

    def _tag(self, node):
        fields(node, "tag", ("kind", "tag"),
               ("name", "unnamed", "scope", "args", "function"))
        words = [one_of(node["tag"], ("struct", "union", "enum", "class"),
                        "tag")]
        unnamed = flag(node.get("unnamed", False), "unnamed")
        if unnamed == ("name" in node):
            raise VectorError("a tag needs either a name or 'unnamed'")
        words.append("unnamed" if unnamed
                     else quote(string(node["name"], "name of a tag")))
        words += self._args_and_scope(node)
        if "function" in node:
            words.append("function " +
                         quote(string(node["function"], "function of a tag")))
        return f"tag<{' '.join(words)}>"

    def _args_and_scope(self, node):
        words = []
        if "args" in node:
            words.append(f"args [{self._arguments(node['args'])}]")
        if "scope" in node:
            words += self._scope(node["scope"])
        return words

    def _scope(self, scope):
        entries = [self._scope_entry(entry) for entry in items(scope, "scope")]
        # An empty list of enclosing names is the same as none.
        return [f"in [{', '.join(entries)}]"] if entries else []

    def _scope_entry(self, entry):
        if isinstance(entry, str):
            return quote(entry)
        if isinstance(entry, dict) and "anonymous_namespace" in entry:
            fields(entry, "scope", ("anonymous_namespace",))
            if not flag(entry["anonymous_namespace"], "anonymous_namespace"):
                raise VectorError("scope: anonymous_namespace is false")
            return "anonymous"
        fields(entry, "scope", ("name", "args"))
        return (quote(string(entry["name"], "name in a scope")) +
                f" args [{self._arguments(entry['args'])}]")

    def _arguments(self, args):
        return ", ".join(self._argument(argument)
                         for argument in items(args, "template arguments"))

    def _argument(self, node):
        kind = node.get("kind") if isinstance(node, dict) else None
        if kind == "type":
            fields(node, "type argument", ("kind", "type"))
            return self.type(node["type"])
        if kind == "value":
            fields(node, "value argument", ("kind", "type", "value"))
            value = string(node["value"], "value argument")
            if not re.fullmatch("-?[0-9]+", value):
                raise VectorError(f"value argument: no number: {show(value)}")
            return f"value<{self.type(node['type'])}, {quote(value)}>"
        if kind == "pack":
            fields(node, "pack", ("kind", "args"))
            return f"pack<{self._arguments(node['args'])}>"
        if kind == "template":
            fields(node, "template argument", ("kind", "name"), ("scope",))
            words = [quote(string(node["name"], "name of a template"))]
            words += self._scope(node.get("scope", []))
            return f"template<{' '.join(words)}>"
        raise VectorError(f"unknown template argument: {show(node)}")

    def _function(self, node):
        fields(node, "function", ("kind", "ret", "params"),
               ("variadic", "prototyped", "cc", "attrs", "salt", "sme",
                "quals", "ref_qualifier", "noexcept"))
        params = [self.type(param)
                  for param in items(node["params"], "parameters")]
        if flag(node.get("variadic", False), "variadic"):
            params.append("...")
        words = [f"({', '.join(params)}) -> {self.type(node['ret'])}"]
        if not flag(node.get("prototyped", True), "prototyped"):
            if params:
                raise VectorError("parameters without a prototype")
            words.append("unprototyped")
        words += subset(node.get("quals", []), MEMBER_FUNCTION_QUALIFIERS,
                        "qualifiers of a function")
        if "ref_qualifier" in node:
            one_of(node["ref_qualifier"], ("&", "&&"), "ref_qualifier")
            words.append("lvalue" if node["ref_qualifier"] == "&"
                         else "rvalue")
        if flag(node.get("noexcept", False), "noexcept"):
            words.append("noexcept")
        words += subset(node.get("attrs", []), FUNCTION_ATTRIBUTES,
                        "attributes of a function")
        if "cc" in node:
            words.append(f"cc({one_of(node['cc'], CALLING_CONVENTIONS, 'cc')})")
        if "sme" in node:
            words.append(f"sme({sme_number(node['sme'])})")
        if "salt" in node:
            words.append(f"salt({quote(string(node['salt'], 'salt'))})")
        return f"fn<{' '.join(words)}>"

    def _array(self, node):
        fields(node, "array", ("kind", "of", "size"))
        size = node["size"]
        if size is None:
            dimension = "?"
        elif size == "variable":
            dimension = "*"
        else:
            dimension = str(number(size, "size of an array"))
        return f"c.array<{dimension}, {self.type(node['of'])}>"

    def _vector(self, node):
        fields(node, "vector", ("kind", "of", "lanes", "flavor"))
        flavor = one_of(node["flavor"], VECTOR_FLAVORS, "flavor of a vector")
        lanes = number(node["lanes"], "lanes")
        return (f"c.vector<{lanes}, {self.type(node['of'])}"
                f"{VECTOR_FLAVORS[flavor]}>")

    def _matrix(self, node):
        fields(node, "matrix", ("kind", "of", "rows", "columns"))
        rows = number(node["rows"], "rows")
        columns = number(node["columns"], "columns")
        return f"c.matrix<{rows}, {columns}, {self.type(node['of'])}>"

    def _complex(self, node):
        fields(node, "complex", ("kind", "of"))
        return f"c.complex<{self.type(node['of'])}>"

    def _atomic(self, node):
        fields(node, "atomic", ("kind", "of"))
        return f"c.atomic<{self.type(node['of'])}>"

    def _bitint(self, node):
        fields(node, "bitint", ("kind", "bits"), ("signed",))
        bits = number(node["bits"], "bits")
        # As for every flag, an absent one is false.
        signed = flag(node.get("signed", False), "signed")
        return f"c.bitint<{bits}>" if signed else f"c.bitint<{bits}, unsigned>"

    def _sizeless(self, node):
        fields(node, "sizeless", ("kind", "family", "name"))
        family = one_of(node["family"], ("sve", "rvv"), "family")
        return f"c.sizeless<{family} {quote(string(node['name'], 'name'))}>"

    def _typedef(self, node):
        fields(node, "typedef", ("kind", "name", "type"))
        name = quote(string(node["name"], "name of a typedef"))
        return f"c.typedef<{name}, {self.type(node['type'])}>"

    def _va_list(self, node):
        fields(node, "va_list", ("kind",))
        return "c.va_list"

    WRITTEN_KINDS = frozenset(("typedef", "va_list"))
    KINDS = {
        "builtin": _builtin,
        "pointer": _pointer,
        "block_pointer": _block_pointer,
        "lvalue_reference": _lvalue_reference,
        "rvalue_reference": _rvalue_reference,
        "member_pointer": _member_pointer,
        "qualified": _qualified,
        "tag": _tag,
        "function": _function,
        "array": _array,
        "vector": _vector,
        "matrix": _matrix,
        "complex": _complex,
        "atomic": _atomic,
        "bitint": _bitint,
        "sizeless": _sizeless,
        "typedef": _typedef,
        "va_list": _va_list,
    }


def sme_number(node):
    """The AAPCS64 __SME_ATTRS number of an SME state."""
    fields(node, "sme", (), ("streaming", "streaming_compatible",
                             "agnostic_za", "za", "zt0"))
    value = 0
    for name, bit in (("streaming", 1), ("streaming_compatible", 2),
                      ("agnostic_za", 4)):
        if flag(node.get(name, False), name):
            value |= bit
    for name, shift in (("za", 3), ("zt0", 6)):
        if name in node:
            value |= SME_STATES[one_of(node[name], SME_STATES, name)] << shift
    return value


#===----------------------------------------------------------------------===#
# Rust type trees
#===----------------------------------------------------------------------===#

RUST_INTEGERS = frozenset(
    sign + width for sign in "iu"
    for width in ("8", "16", "32", "64", "128", "size"))
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
            params.append(("zst " if flag(param["zst"], "zst") else "") +
                          self.type(param["type"]))
        return "!kcfi." + self.function(
            params, vector["ret"], string(vector["abi"], "abi"),
            is_variadic=flag(vector["c_variadic"], "c_variadic"))

    def function(self, params, result, abi, is_unsafe=False, is_variadic=False):
        params = params + ["..."] if is_variadic else params
        text = f"({', '.join(params)}) -> {self.type(result)}"
        if abi != "Rust":
            text += f" abi({quote(abi)})"
        return f"rs.fn<{text}{' unsafe' if is_unsafe else ''}>"

    def node(self, value, what):
        """(kind, operands) of an array node."""
        if (not isinstance(value, list) or not value or
                not isinstance(value[0], str)):
            raise VectorError(f"{what}: expected a node, got {show(value)}")
        return value[0], value[1:]

    def operands(self, value, kind, count):
        if len(value) != count:
            raise VectorError(f"'{kind}' has {len(value)} operands instead of "
                              f"{count}")
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
        return self.function(self.types(params, "parameters"), result,
                             string(header[0], "abi"),
                             flag(header[1], "unsafe"),
                             flag(is_variadic, "variadic"))

    def _dyn(self, predicates, region):
        texts = [self.predicate(predicate)
                 for predicate in items(predicates, "predicates")]
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
        kinds = [self.node(arg[1], "type") for arg in args[-3:]
                 if len(arg) == 2]
        return (len(kinds) == 3 and kinds[0][0] == "int" and
                kinds[0][1][0] in RUST_CLOSURE_KINDS and kinds[1][0] == "fn" and
                kinds[1][1][0] == ["rust-call", False] and
                kinds[2][0] == "tuple")

    def closure(self, key, args):
        (_, kind), (_, signature), (_, captures) = args[-3:]
        parent = self.args(args[:-3]).replace(", ", ", args ", 1)
        captures = ", ".join(self.types(captures[1], "captures"))
        captures = f", captures [{captures}]" if captures else ""
        return (f"rs.closure<{RUST_CLOSURE_KINDS[kind[1]]} {self.item(key)}"
                f"{parent}, signature {self.type(signature)}{captures}>")

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
        text = str(value) if isinstance(value, int) else string(value,
                                                                "constant")
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
        key, args, *term = self.operands(operands, kind,
                                         2 if kind == "tr" else 3)
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
            self.defs[key], f"definition '{key}'",
            ("path", "generics", "transparent", "repr_c", "cfi_encoding"),
            ("lang_item",))
        path = items(definition["path"], "path")
        if len(path) != 3 or not items(path[2], "segments of a path"):
            raise VectorError(f"definition '{key}': malformed path")
        return definition

    def item(self, key):
        definition = self.definition(key)
        disambiguator, crate, segments = definition["path"]
        path = ", ".join(self.segment(segment) for segment in segments)
        words = [quote(string(crate, "crate")),
                 quote(string(disambiguator, "crate disambiguator")),
                 f"[{path}]"]
        if key in self.open:
            return f"#kcfi.rs.item<{' '.join(words)} recursive>"
        transparent = definition["transparent"]
        is_repr_c = flag(definition["repr_c"], "repr_c")
        if transparent is not None and is_repr_c:
            raise VectorError(f"definition '{key}' is transparent and repr_c")
        if transparent is not None and transparent != "zst":
            names = [self.generic(generic)
                     for generic in items(definition["generics"], "generics")]
            if names:
                words.append(f"generics [{', '.join(names)}]")
            # The file erases the lifetimes in a field. If there is only one
            # parameter that they can be, they are that.
            lifetimes = [name for name in names if name.startswith("\"'")]
            outside = self.erased
            self.erased = (f"param({lifetimes[0]})" if len(lifetimes) == 1
                           else "erased")
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
            lang_item = one_of(definition["lang_item"], ("c_void",),
                               "lang_item")
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
            raise VectorError(f"path segment: '{name}' instead of "
                              f"'{placeholder}'")
        return keyword + (f"({count})" if count else "")

    # Kind -> method and number of operands.
    KINDS = {
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


#===----------------------------------------------------------------------===#
# Files
#===----------------------------------------------------------------------===#


def read_file(path):
    """The VectorFile of `path`, whose format is recognised by its content."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8")
    except OSError as error:
        raise FormatError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: not a UTF-8 file: {error}") from error
    if text.lstrip()[:1] == "{":
        result = _read_json(path, text)
    elif text.startswith("string\tid\tfnv"):
        result = _read_tsv(path, text)
    else:
        raise FormatError(
            f"{path}: neither JSON nor a table with the header "
            "'string', 'id', 'fnv'")
    if not result.names:
        raise FormatError(f"{path}: no vectors")
    return result


def _read_json(path, text):
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{path}: malformed JSON: {error}") from error
    file_format = document.get("format")
    if file_format == "kcfi-rust-vectors 1":
        get_checks, context, declaration_field = (_rust_checks, "target",
                                                  "source")
        if not isinstance(document.get("target"), str):
            raise FormatError(f"{path}: field 'target' is no string")
    elif file_format in ("kcfi-c-vectors 1", "kcfi-c++-vectors 1"):
        get_checks, context, declaration_field = (_json_checks, "targets",
                                                  "declaration")
        if not isinstance(document.get("targets"), dict):
            raise FormatError(f"{path}: field 'targets' is no object")
    else:
        raise FormatError(f"{path}: unknown format {show(file_format)}")
    if not isinstance(document.get("vectors"), list):
        raise FormatError(f"{path}: field 'vectors' is no list")

    result = VectorFile(path)
    seen = set()
    for index, vector in enumerate(document["vectors"]):
        name, declaration = f"vector number {index + 1}", ""
        if isinstance(vector, dict):
            if isinstance(vector.get("name"), str):
                name = vector["name"]
            # Several compilers and slots of one Rust function have one name.
            if file_format == "kcfi-rust-vectors 1":
                name += f" [{vector.get('slot')}, {vector.get('rustc')}]"
            if isinstance(vector.get(declaration_field), str):
                declaration = vector[declaration_field]
        result.names.append(name)
        result.declarations.append(declaration)
        try:
            if name in seen:
                raise VectorError("a second vector of this name")
            seen.add(name)
            result.checks += get_checks(vector, index, document[context])
        except VectorError as error:
            result.broken.append((index, str(error)))
        except RecursionError:
            result.broken.append((index, "the type is nested too deeply"))
    return result


def _json_checks(vector, index, targets):
    fields(vector, "vector",
           ("name", "lang", "std", "target", "declaration", "type", "expect",
            "fnv"),
           ("flags", "salt", "written", "note"))
    one_of(vector["lang"], ("c", "c++"), "lang")
    target = string(vector["target"], "target")
    if target not in targets:
        raise VectorError(f"target '{target}' is not described in the file")

    forms = [("type", TypePrinter())]
    if "written" in vector:
        forms.append(("written", TypePrinter(written=True)))
    texts = [(form, printer.signature(vector[form], vector.get("salt")))
             for form, printer in forms]

    return _expected_checks(vector, index, target, texts)


def _rust_checks(vector, index, target):
    fields(vector, "vector",
           ("name", "rustc", "slot", "source", "abi", "c_variadic", "ret",
            "params", "defs", "expect", "fnv"))
    one_of(vector["slot"], ("primary", "concrete-self"), "slot")
    text = RustTypePrinter(vector["defs"]).signature(vector)
    return _expected_checks(vector, index, target, [("type", text)])


def _expected_checks(vector, index, target, texts):
    """The checks of a vector whose type is given as pairs (form, text)."""
    expect, fnv = vector["expect"], vector["fnv"]
    if not isinstance(expect, dict) or not isinstance(fnv, dict):
        raise VectorError("'expect' and 'fnv' must be objects")
    if not expect:
        raise VectorError("'expect' is empty")
    if set(expect) != set(fnv):
        raise VectorError("'expect' and 'fnv' have different option sets")

    checks = []
    for options in expect:
        one_of(options, OPTION_SETS, "option set")
        entry = expect[options]
        if (entry is None) != (fnv[options] is None):
            raise VectorError(f"{options}: only one of 'expect' and 'fnv' is "
                              "null")
        for name in HASHES:
            expected = None
            if entry is not None:
                fields(entry, f"expect of {options}", ("string", "id"))
                expected = (string(entry["string"], "string"),
                            type_id(entry["id"] if name == "xxhash64"
                                    else fnv[options]))
            checks += [Check(index, options, name, target, form, text, expected)
                       for form, text in texts]
    return checks


def type_id(value):
    if (isinstance(value, bool) or not isinstance(value, int) or
            not 0 <= value < 2**32):
        raise VectorError(f"not a 32-bit id: {show(value)}")
    return value


def _read_tsv(path, text):
    result = VectorFile(path)
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    for position, line in enumerate(lines):
        columns = line.split("\t")
        where = f"{path}:{position + 1}"
        if len(columns) != 3:
            raise FormatError(f"{where}: {len(columns)} columns instead of 3")
        if position == 0:
            if columns != ["string", "id", "fnv"]:
                raise FormatError(f"{where}: unknown header")
            continue
        ids = []
        for column in columns[1:]:
            if not re.fullmatch("[0-9]+", column) or int(column) >= 2**32:
                raise FormatError(f"{where}: not a 32-bit id: {column!r}")
            ids.append(int(column))
        encoded = columns[0]
        index = len(result.names)
        result.names.append(f"line {position + 1}")
        result.declarations.append(encoded)
        options = options_of(encoded)
        for name, expected_id in zip(HASHES, ids):
            # The target has no influence on a string that is given.
            result.checks.append(Check(
                index, options, name, "x86_64-unknown-linux-gnu", "string",
                f"!kcfi.encoded<{quote(encoded)}>", (encoded, expected_id)))
    return result


def options_of(encoded):
    """The option set that the suffixes of a complete string stand for."""
    generalized = encoded.endswith(".generalized")
    if generalized:
        encoded = encoded[:-len(".generalized")]
    normalized = encoded.endswith(".normalized")
    return {(False, False): "default", (True, False): "norm",
            (False, True): "gen", (True, True): "norm+gen"}[
                normalized, generalized]


#===----------------------------------------------------------------------===#
# Modules
#===----------------------------------------------------------------------===#


def module_text(checks):
    """A module that asks all `checks`, which share target, options and hash.

    The signature of check number N is called @vN and stands on a line of its
    own.
    """
    first = checks[0]
    parameters = ", ".join((f"hash = {first.hash}",) +
                           OPTION_SETS[first.options])
    lines = [f"module attributes {{kcfi.encoding = #kcfi.encoding<{parameters}>"
             f", llvm.target_triple = {quote(first.target)}}} {{"]
    lines += [f"  kcfi.signature @v{number} : {check.text}"
              for number, check in enumerate(checks)]
    lines.append("}\n")
    return "\n".join(lines)


_SIGNATURE = re.compile(
    r"^\s*kcfi\.signature @v([0-9]+) .*kcfi\.type_id = #kcfi\.type_id<"
    r'(0[xX][0-9a-fA-F]+|[0-9]+), "((?:[^"\\]|\\.)*)">', re.MULTILINE)


def parse_output(text):
    """Number of each signature in the tool's output -> (string, id)."""
    return {int(match[1]): (unquote(match[3]), int(match[2], 0))
            for match in _SIGNATURE.finditer(text)}
