#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes the nodes of C and C++ types, and looks into them."""


def builtin(name):
    return {"kind": "builtin", "name": name}


def pointer(to, kind="pointer"):
    return {"kind": kind, "to": to}


def qualified(node, quals, address_space=None):
    result = {"kind": "qualified", "quals": quals, "type": node}
    if address_space is not None:
        result["address_space"] = address_space
    return result


def strip(node):
    """A node without typedefs and qualifiers."""
    while node["kind"] in ("typedef", "qualified", "parameter"):
        node = node["type"]
    return node


def has_variable_array(node):
    """Whether a type is variably modified: parameters of functions in it have
    a scope of their own."""
    kind = node["kind"]
    if kind == "array":
        return node["size"] == "variable" or has_variable_array(node["of"])
    if kind in ("pointer", "block_pointer"):
        return has_variable_array(node["to"])
    if kind in ("qualified", "typedef", "parameter"):
        return has_variable_array(node["type"])
    if kind == "function":
        return has_variable_array(node["ret"])
    return False
