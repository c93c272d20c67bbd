#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Spells the C and C++ types of vectors in the syntax of the dialect."""

import re

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
    subset,
    wrapper,
)
from kcfi_utils.vectors.tables import (
    BUILTINS,
    CALLING_CONVENTIONS,
    FUNCTION_ATTRIBUTES,
    MEMBER_FUNCTION_QUALIFIERS,
    QUALIFIERS,
    SME_STATES,
    VECTOR_FLAVORS,
)


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

    _pointer = wrapper("pointer", "ptr")
    _block_pointer = wrapper("block_pointer", "c.block")
    _lvalue_reference = wrapper("lvalue_reference", "lref")
    _rvalue_reference = wrapper("rvalue_reference", "rref")

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
        fields(
            node,
            "tag",
            ("kind", "tag"),
            ("name", "unnamed", "scope", "args", "function"),
        )
        words = [one_of(node["tag"], ("struct", "union", "enum", "class"), "tag")]
        unnamed = flag(node.get("unnamed", False), "unnamed")
        if unnamed == ("name" in node):
            raise VectorError("a tag needs either a name or 'unnamed'")
        words.append(
            "unnamed" if unnamed else quote(string(node["name"], "name of a tag"))
        )
        words += self._args_and_scope(node)
        if "function" in node:
            words.append(
                "function " + quote(string(node["function"], "function of a tag"))
            )
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
        return (
            quote(string(entry["name"], "name in a scope"))
            + f" args [{self._arguments(entry['args'])}]"
        )

    def _arguments(self, args):
        return ", ".join(
            self._argument(argument) for argument in items(args, "template arguments")
        )

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
        fields(
            node,
            "function",
            ("kind", "ret", "params"),
            (
                "variadic",
                "prototyped",
                "cc",
                "attrs",
                "salt",
                "sme",
                "quals",
                "ref_qualifier",
                "noexcept",
            ),
        )
        params = [self.type(param) for param in items(node["params"], "parameters")]
        if flag(node.get("variadic", False), "variadic"):
            params.append("...")
        words = [f"({', '.join(params)}) -> {self.type(node['ret'])}"]
        if not flag(node.get("prototyped", True), "prototyped"):
            if params:
                raise VectorError("parameters without a prototype")
            words.append("unprototyped")
        words += subset(
            node.get("quals", []),
            MEMBER_FUNCTION_QUALIFIERS,
            "qualifiers of a function",
        )
        if "ref_qualifier" in node:
            one_of(node["ref_qualifier"], ("&", "&&"), "ref_qualifier")
            words.append("lvalue" if node["ref_qualifier"] == "&" else "rvalue")
        if flag(node.get("noexcept", False), "noexcept"):
            words.append("noexcept")
        words += subset(
            node.get("attrs", []), FUNCTION_ATTRIBUTES, "attributes of a function"
        )
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
        return f"c.vector<{lanes}, {self.type(node['of'])}{VECTOR_FLAVORS[flavor]}>"

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
    fields(
        node,
        "sme",
        (),
        ("streaming", "streaming_compatible", "agnostic_za", "za", "zt0"),
    )
    value = 0
    for name, bit in (
        ("streaming", 1),
        ("streaming_compatible", 2),
        ("agnostic_za", 4),
    ):
        if flag(node.get(name, False), name):
            value |= bit
    for name, shift in (("za", 3), ("zt0", 6)):
        if name in node:
            value |= SME_STATES[one_of(node[name], SME_STATES, name)] << shift
    return value
