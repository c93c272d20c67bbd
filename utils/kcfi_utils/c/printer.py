#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Spells the types that only clang has in the syntax of the dialect."""

from kcfi_utils.vectors.c_types import TypePrinter

EXTRA_BUILTINS = {"__fp16": "c.fp16", "__mfp8": "c.mfloat8", "__ibm128": "c.ibm128"}

EXTRA_ATTRIBUTES = ("nocf_check", "cmse_nonsecure_call")

ALTIVEC_FLAVORS = ("altivec", "altivec_bool", "altivec_pixel")


class Printer(TypePrinter):
    """Also spells what goes beyond the vectors' schema."""

    def __init__(self):
        super().__init__(written=True)

    @staticmethod
    def without(node, *keys):
        return {key: value for key, value in node.items() if key not in keys}

    def _builtin(self, node):
        if node["name"] in EXTRA_BUILTINS:
            return EXTRA_BUILTINS[node["name"]]
        return super()._builtin(node)

    def _typedef(self, node):
        return super()._typedef(self.without(node, "spelled"))

    def _tag(self, node):
        result = super()._tag(self.without(node, "text", "number", "member"))
        if "number" in node:
            number = f"({node['number']})" if node["number"] else ""
            result = result.replace(" unnamed", f" unnamed{number} cxx", 1)
        return result

    def _vector(self, node):
        flavor = node["flavor"]
        if flavor not in ALTIVEC_FLAVORS:
            return super()._vector(node)
        return (
            super()._vector(dict(node, flavor="ext")).replace(", ext>", f", {flavor}>")
        )

    def _sizeless(self, node):
        result = super()._sizeless(self.without(node, "bits"))
        if "bits" in node:
            result = f"{result[:-1]}, {node['bits']}>"
        return result

    def _parameter(self, node):
        return f"qual<{node['attribute']} {self.type(node['type'])}>"

    def _function(self, node):
        words = []
        if "restrict" in node.get("quals", []):
            words.append("restrict")
        attrs = node.get("attrs", [])
        words += [name for name in attrs if name in EXTRA_ATTRIBUTES]
        if "regparm" in node:
            words.append(f"regparm({node['regparm']})")
        plain = self.without(node, "regparm")
        if attrs:
            plain["attrs"] = [name for name in attrs if name not in EXTRA_ATTRIBUTES]
        if "quals" in node:
            plain["quals"] = [name for name in node["quals"] if name != "restrict"]
        # The order of the words is free when they are read.
        return (
            super()._function(plain)[:-1] + "".join(" " + word for word in words) + ">"
        )

    KINDS = dict(
        TypePrinter.KINDS,
        builtin=_builtin,
        typedef=_typedef,
        tag=_tag,
        vector=_vector,
        sizeless=_sizeless,
        parameter=_parameter,
        function=_function,
    )
