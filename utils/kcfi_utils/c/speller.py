#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Spells types as C and C++ declarations."""

from kcfi_utils.c.nodes import builtin, has_variable_array
from kcfi_utils.c.printer import ALTIVEC_FLAVORS


class Speller:
    """Spells a node as C or C++ source.

    Whatever has attributes goes through a typedef of its own, because where an
    attribute ends up in a longer declarator is not for us to find out.
    """

    def __init__(self, prefix, cxx):
        self.prefix = prefix
        self.cxx = cxx
        self.typedefs = []

    def make_typedef(self, text):
        """`text` is a declaration with @ in place of the name."""
        name = f"{self.prefix}_{len(self.typedefs)}"
        self.typedefs.append("typedef " + text.replace("@", name) + ";")
        return name

    @staticmethod
    def join(base, inner):
        return f"{base} {inner}" if inner else base

    def spell(self, node, inner=""):
        return getattr(self, "_" + node["kind"])(node, inner)

    @staticmethod
    def keyword(qualifier):
        return "__restrict" if qualifier == "restrict" else qualifier

    def _parameter(self, node, inner):
        return (
            self.spell(node["type"], inner) + f" __attribute__(({node['attribute']}))"
        )

    def _builtin(self, node, inner):
        name = node["name"]
        if name == "bool" and not self.cxx:
            name = "_Bool"
        elif name == "nullptr_t":
            name = "nullptr_type"
        return self.join(name, inner)

    def _va_list(self, node, inner):
        return self.join("__builtin_va_list", inner)

    def _typedef(self, node, inner):
        if "spelled" not in node:
            text = self.spell(node["type"], "@")
            node["spelled"] = self.make_typedef(text)
            node["name"] = node["spelled"]
        return self.join(node["spelled"], inner)

    def _indirect(self, sign, to, inner):
        inner = sign + inner
        if to["kind"] in ("array", "function"):
            if to["kind"] == "function" and self.needs_typedef(to):
                return self.spell(to, inner)
            inner = f"({inner})"
        return self.spell(to, inner)

    def _pointer(self, node, inner):
        return self._indirect("*", node["to"], inner)

    def _block_pointer(self, node, inner):
        # `(^)` wants its function right there.
        to = node["to"]
        if self.needs_typedef(to):
            to = {"kind": "typedef", "type": to}
            return self.spell(to, "^" + inner)
        return self.spell(to, f"(^{inner})")

    def _lvalue_reference(self, node, inner):
        return self._indirect("&", node["to"], inner)

    def _rvalue_reference(self, node, inner):
        return self._indirect("&&", node["to"], inner)

    def _member_pointer(self, node, inner):
        inner = self.spell(node["class"]) + "::*" + inner
        to = node["to"]
        if to["kind"] == "function" and self.needs_typedef(to):
            to = {"kind": "typedef", "type": to}
        # A name that starts with :: must not join what stands before it.
        return self.spell(to, f"({inner})")

    def _qualified(self, node, inner):
        words = list(node.get("quals", []))
        words = [self.keyword(word) for word in words]
        if "address_space" in node:
            words.append(f"__attribute__((address_space({node['address_space']})))")
        text = " ".join(words)
        to = node["type"]
        if to["kind"] in ("pointer", "block_pointer", "member_pointer"):
            return self.spell(to, text + " " + inner)
        if to["kind"] in ("array", "function", "lvalue_reference", "rvalue_reference"):
            raise AssertionError("only a typedef of these can be qualified")
        return text + " " + self.spell(to, inner)

    def _array(self, node, inner):
        size = node["size"]
        text = {None: "", "variable": "*"}.get(size, size)
        return self.spell(node["of"], f"{inner}[{text}]")

    def _complex(self, node, inner):
        return self.join("_Complex " + self.spell(node["of"]), inner)

    def _atomic(self, node, inner):
        return self.join(f"_Atomic({self.spell(node['of'])})", inner)

    def _bitint(self, node, inner):
        sign = "signed" if node["signed"] else "unsigned"
        return self.join(f"{sign} _BitInt({node['bits']})", inner)

    def _sizeless(self, node, inner):
        if "bits" in node:
            name = {"sve": "arm_sve", "rvv": "riscv_rvv"}[node["family"]]
            text = (
                f"{node['name']} @ __attribute__(({name}_vector_bits({node['bits']})))"
            )
            return self.join(self.make_typedef(text), inner)
        return self.join(node["name"], inner)

    def _vector(self, node, inner):
        of, lanes = node["of"], node["lanes"]
        text = self.spell(of, "@")
        flavor = node["flavor"]
        if flavor in ALTIVEC_FLAVORS:
            word = {
                "altivec": self.spell(of),
                "altivec_bool": "__bool " + self.spell(of).replace("unsigned ", ""),
                "altivec_pixel": "__pixel",
            }[flavor]
            return self.join(f"__vector {word}", inner)
        if flavor == "gcc":
            size = f"{lanes} * sizeof({self.spell(of)})"
            text += f" __attribute__((vector_size({size})))"
        else:
            name = {
                "ext": "ext_vector_type",
                "neon": "neon_vector_type",
                "neon_poly": "neon_polyvector_type",
            }[flavor]
            text += f" __attribute__(({name}({lanes})))"
        return self.join(self.make_typedef(text), inner)

    def _matrix(self, node, inner):
        text = (
            self.spell(node["of"], "@") + " __attribute__((matrix_type("
            f"{node['rows']}, {node['columns']})))"
        )
        return self.join(self.make_typedef(text), inner)

    @staticmethod
    def attributes(node):
        words = [f"__attribute__(({name}))" for name in node.get("attrs", [])]
        if "cc" in node:
            name = {"aapcs": 'pcs("aapcs")', "aapcs_vfp": 'pcs("aapcs-vfp")'}.get(
                node["cc"], node["cc"]
            )
            words.append(f"__attribute__(({name}))")
        if "regparm" in node:
            words.append(f"__attribute__((regparm({node['regparm']})))")
        if "salt" in node:
            words.append(f'__attribute__((cfi_salt("{node["salt"]}")))')
        return "".join(" " + word for word in words)

    @staticmethod
    def keywords(node):
        """Attributes that stand between the parameters and `noexcept`."""
        sme = node.get("sme", {})
        words = []
        if sme.get("streaming"):
            words.append("__arm_streaming")
        if sme.get("streaming_compatible"):
            words.append("__arm_streaming_compatible")
        if sme.get("agnostic_za"):
            words.append('__arm_agnostic("sme_za_state")')
        for state in ("za", "zt0"):
            if state in sme:
                words.append(f'__arm_{sme[state]}("{state}")')
        return "".join(" " + word for word in words)

    def needs_typedef(self, node):
        return bool(self.attributes(node) or self.keywords(node))

    def _function(self, node, inner):
        if self.needs_typedef(node):
            if has_variable_array(node["ret"]):
                raise AssertionError("variably modified result")
            text = self.function(node, "@")
            return self.join(self.make_typedef(text), inner)
        return self.function(node, inner)

    def function(self, node, inner):
        """Without going through a typedef: for the outermost function."""
        params = []
        for number, param in enumerate(node["params"]):
            text = self.spell(param, "")
            params.append(text)
        if node.get("variadic"):
            params.append("...")
        elif not params and node.get("prototyped", True):
            params.append("void")
        text = f"{inner}({', '.join(params)})"
        text += "".join(" " + self.keyword(word) for word in node.get("quals", []))
        text += "".join(
            [" " + node["ref_qualifier"]] if "ref_qualifier" in node else []
        )
        text += self.keywords(node)
        if node.get("noexcept"):
            text += " noexcept"
        return self.spell(node["ret"], text) + self.attributes(node)

    def _tag(self, node, inner):
        if "text" in node:
            return self.join(node["text"], inner)
        if self.cxx:
            return self.join(self.tag_path(node), inner)
        if node.get("typedef"):
            return self.join(node["name"], inner)
        return self.join(f"{node['tag']} {node['name']}", inner)

    def tag_path(self, node):
        if node.get("unnamed"):
            return f"decltype({self.path(node['scope'])}::{node['member']})"
        return self.path(
            node.get("scope", [])
            + [
                (
                    {"name": node["name"], "args": node["args"]}
                    if "args" in node
                    else node["name"]
                )
            ]
        )

    def path(self, scope):
        text = ""
        for entry in scope:
            if isinstance(entry, str):
                text += "::" + entry
            elif "anonymous_namespace" not in entry:
                text += "::" + entry["name"] + self.arguments(entry["args"])
        return text

    def arguments(self, args):
        texts = []
        for arg in args:
            text = self.argument(arg)
            if text:
                texts.append(text)
        return "<" + ", ".join(texts) + ">"

    def argument(self, arg):
        if arg["kind"] == "type":
            return self.spell(arg["type"])
        if arg["kind"] == "value":
            type_text = self.spell(arg["type"])
            # The smallest number of a type is no literal.
            value = arg["value"]
            if value == str(-(2**63)):
                value = "-9223372036854775807-1"
            elif int(value) >= 2**63:
                value += "u"
            if arg["type"] == builtin("nullptr_t") or arg["type"]["kind"] == "pointer":
                value = "nullptr"
                return (
                    f"static_cast<{type_text}>(nullptr)"
                    if arg["type"]["kind"] == "pointer"
                    else "nullptr"
                )
            return f"({type_text})({value})"
        if arg["kind"] == "pack":
            return ", ".join(filter(None, map(self.argument, arg["args"])))
        return self.path(arg.get("scope", []) + [arg["name"]])
