#!/usr/bin/env python3
#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the stub of a module of operation classes that mlir-tblgen made.

The generated code says nothing of the types of arguments, but what it does with
them does: an argument becomes an operand, an attribute, a result, a region or a
successor.
"""

import argparse
import ast
import re

HEADER = '''\
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import builtins
from collections.abc import Iterable as _Iterable, Sequence as _Sequence
from typing import ClassVar, Literal, Optional as _Optional

from .. import ir as _ods_ir

_Operand = _ods_ir.Value | _ods_ir.Operation | _ods_ir.OpView
_Operands = _Operand | _Iterable[_Operand]
_Keyword = _ods_ir.Location | None
_Point = _ods_ir.InsertionPoint | Literal[False] | None
# An attribute, or a value of Python that its builder takes.
_Attribute = (
    _ods_ir.Attribute
    | _ods_ir.Type
    | str
    | bytes
    | bool
    | int
    | float
    | _Sequence[object]
    | dict[str, _ods_ir.Attribute]
)

class _Dialect(_ods_ir.Dialect):
    DIALECT_NAMESPACE: ClassVar[str]
'''


def annotation(node):
    """A type as the stub spells it: values are not generic."""
    text = re.sub(r"(_ods_ir\.(?:Value|OpResult))\[[\w.]+\]", r"\1",
                  ast.unparse(node))
    # A slice of operands or results is a plain list.
    for name, element in (
            ("OpOperandList", "_ods_ir.OpResult | _ods_ir.BlockArgument"),
            ("OpResultList", "_ods_ir.OpResult"),
            ("RegionSequence", "_ods_ir.Region")):
        text = text.replace(f"_ods_ir.{name}", f"list[{element}]")
    union = re.fullmatch(r"_Union\[(.*)\]", text)
    return " | ".join(union[1].split(", ")) if union else text


def argument_types(init):
    """Names of arguments -> their types, from the body of __init__."""
    types = {}

    def see(name, kind):
        if isinstance(name, ast.Name):
            types.setdefault(name.id, kind)

    for node in ast.walk(init):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            holder = node.func.value
            if not isinstance(holder, ast.Name) or not node.args:
                continue
            value, many = node.args[0], node.func.attr == "extend"
            if isinstance(value, ast.Call) and ast.unparse(
                    value.func) == "_get_op_results_or_values":
                value, many = value.args[0], True
            if isinstance(value, ast.IfExp):
                value = value.body.args[0] if isinstance(
                    value.body, ast.Call) else value.body
            if holder.id == "operands":
                see(value, "_Operands" if many else "_Operand")
            elif holder.id == "results":
                see(value, "_Sequence[_ods_ir.Type]" if many
                    else "_ods_ir.Type")
            elif holder.id == "_ods_successors":
                see(value, "_Sequence[_ods_ir.Block]" if many
                    else "_ods_ir.Block")
        elif isinstance(node, ast.Assign) and isinstance(
                node.targets[0], ast.Subscript):
            if ast.unparse(node.targets[0].value) != "attributes":
                continue
            value = node.value
            see(value.body if isinstance(value, ast.IfExp) else value,
                "_Attribute")
        elif isinstance(node, ast.If) and ast.unparse(
                node.test).startswith("bool("):
            see(node.test.args[0], "bool | None")
        elif isinstance(node, ast.BinOp) and ast.unparse(
                node).startswith("0 + "):
            see(node.right, "int")
    return types


def signature(function, types, self_name, result):
    """The signature of a constructor or builder with the given types."""
    arguments = function.args
    names = [a.arg for a in arguments.args]
    defaults = [None] * (len(names) - len(arguments.defaults)) + list(
        arguments.defaults)
    parts = []

    def add(name, default):
        known = {"loc": "_Keyword", "ip": "_Point",
                 "results": "_Sequence[_ods_ir.Type] | None"}
        # The builders spell names in snake case.
        kind = types.get(name) or types.get(name.replace("_", "")) or known.get(
            name)
        # The generator drops properties that are no attributes.
        kind = kind or "object"
        text = f"{name}: {kind}"
        if default is not None:
            if not text.endswith("| None") and kind not in known.values():
                text += " | None"
            text += " = ..."
        parts.append(text)

    for name, default in zip(names, defaults):
        if name == "self":
            parts.append(self_name)
        else:
            add(name, default)
    if arguments.kwonlyargs:
        parts.append("*")
        for argument, default in zip(arguments.kwonlyargs,
                                     arguments.kw_defaults):
            add(argument.arg, default)
    return f"def {function.name}({', '.join(parts)}) -> {result}: ..."


def flatten(types):
    """The same with the names as module-level builders spell them."""
    result = dict(types)
    for name, kind in types.items():
        result.setdefault(name.replace("_", "").lower(), kind)
    return result


def write_class(out, node):
    init = next((item for item in node.body if isinstance(item, ast.FunctionDef)
                 and item.name == "__init__"), None)
    out.append(f"\nclass {node.name}(_ods_ir.OpView):")
    types = argument_types(init) if init else {}
    for item in node.body:
        if isinstance(item, ast.Assign):
            if item.targets[0].id == "OPERATION_NAME":
                out.append("    OPERATION_NAME: ClassVar[str]")
        elif isinstance(item, ast.FunctionDef) and item.name == "__init__":
            out.append("    " + signature(item, types, "self", "None"))
        elif isinstance(item, ast.FunctionDef):
            decorator = ast.unparse(item.decorator_list[0])
            result = annotation(item.returns) if item.returns else "None"
            out.append(f"    @{decorator}")
            if decorator.endswith(".setter"):
                given = item.args.args[1].annotation
                kind = annotation(given) if given else "bool"
                out.append(f"    def {item.name}(self, value: {kind}) -> None: "
                           "...")
            elif decorator.endswith(".deleter"):
                out.append(f"    def {item.name}(self) -> None: ...")
            else:
                # Some operations have a result only sometimes.
                ignore = ("  # type: ignore[override]" if item.name == "result"
                          and "Optional" in result else "")
                out.append(f"    def {item.name}(self) -> {result}: ..." + ignore)
    return flatten(types)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("input", help="the generated module")
    parser.add_argument("-o", dest="output", required=True)
    parser.add_argument("--without", action="append", default=[], metavar="NAME",
                        help="leave out a function that is defined elsewhere")
    args = parser.parse_args()
    with open(args.input, encoding="utf-8") as file:
        tree = ast.parse(file.read(), args.input)
    out, types = [HEADER], {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name != "_Dialect":
            types = write_class(out, node)
        elif (isinstance(node, ast.FunctionDef)
              and node.name not in args.without):
            # A builder follows its class.
            result = annotation(node.returns)
            out.append("\n" + signature(node, types, "self", result))
    with open(args.output, "w", encoding="utf-8") as file:
        file.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
