#!/usr/bin/env python3
#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the Python classes of the dialect's types and attributes.

Input is what `llvm-tblgen --dump-json` makes of the dialect's definitions.
"""

import argparse
import json
import re

# C++ types of parameters -> Python types.
PLAIN = {
    "::mlir::Type": "ir.Type",
    "::mlir::StringAttr": "str",
    "::mlir::Attribute": "ir.Attribute",
    "bool": "bool",
    "unsigned": "int",
    "uint32_t": "int",
    "int64_t": "int",
    "uint64_t": "int",
}


def snake(name):
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


class Parameter:
    """One parameter of a kind: names, Python type, default."""

    def __init__(self, records, enums, item, first):
        value, self.cpp_name = item
        self.name = snake(self.cpp_name)
        cpp, self.optional = value, False
        if isinstance(value, dict):
            record = records[value["def"]]
            cpp = record["cppType"]
            # Others have a default in the text only: they are always there.
            self.optional = cpp.startswith("::mlir::") and (
                "OptionalParameter" in str(record["!superclasses"])
                or bool(record.get("defaultValue")))
        self.default = "None" if self.optional else None
        if cpp in PLAIN:
            self.python = PLAIN[cpp]
            if not self.optional:
                self.default = {"bool": "False", "unsigned": "0"}.get(cpp)
        elif cpp == "::mlir::ArrayAttr":
            self.python = "list[ir.Attribute]"
        elif cpp.startswith("::llvm::ArrayRef<"):
            element = cpp[len("::llvm::ArrayRef<"):-1]
            keyword = element.rsplit("::", 1)[-1] in enums
            self.python = f"list[{'str' if keyword else PLAIN[element]}]"
            if element in ("unsigned",):
                self.default = "()"
        elif cpp.rsplit("::", 1)[-1] in enums:
            self.python = "str"
            bits, zero = enums[cpp.rsplit("::", 1)[-1]]
            if bits or not first:
                self.default = repr(zero)
        elif cpp.endswith("Attr"):
            self.python = cpp.rsplit("::", 1)[-1]
        else:
            raise SystemExit(f"kind-classes: no Python type for '{cpp}'")

    @property
    def argument(self):
        """The type that `get` takes."""
        python = self.python
        if python == "list[ir.Attribute]":
            python = "Sequence[Element]"
        elif python.startswith("list["):
            python = python.replace("list[", "Sequence[", 1)
        return python + (" | None" if self.optional else "")

    @property
    def result(self):
        return self.python + (" | None" if self.optional else "")

    @property
    def reader(self):
        """The function that makes the Python value of an attribute."""
        if self.python.startswith("list["):
            base = "list_of_" + {"ir.Attribute": "attributes",
                                 "ir.Type": "types", "str": "strings",
                                 "int": "integers"}[self.python[5:-1]]
        else:
            base = {"ir.Type": "type_", "str": "string", "bool": "boolean",
                    "int": "integer"}.get(self.python, "attribute")
        return base


def read_enums(records):
    """Enumerations of the dialect: (whether of bits, keyword of zero)."""
    result = {}
    for name in records["!instanceof"]["EnumInfo"]:
        record = records[name]
        if "kcfi" not in record.get("cppNamespace", ""):
            continue
        zero = [records[case["def"]]["str"] for case in record["enumerants"]
                if records[case["def"]]["value"] == 0]
        bits = any("BitEnum" in base for base in record["!superclasses"])
        result[record["className"]] = (bits, zero[0] if zero else "")
    return result


def docstring(record, full_name):
    summary = record.get("summary", "").strip()
    text = re.sub(r"^\n+|\s+$", "", record.get("description", ""))
    lines = text.split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines
                  if line.strip()), default=0)
    body = "\n".join(("    " + line[margin:]).rstrip() for line in lines)
    body = body.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'    """`{full_name}`: {summary}.\n\n{body}\n    """\n'


def write_class(out, records, enums, name, kind_of):
    record = records[name]
    cpp_class = record["cppClassName"]
    suffix = "Type" if kind_of == "type" else "Attr"
    parameters = [
        Parameter(records, enums, item, position == 0)
        for position, item in enumerate(record["parameters"]["args"])]
    sigil = "!" if kind_of == "type" else "#"
    mnemonic = record["mnemonic"] or record["typeName" if kind_of == "type"
                                            else "attrName"].split(".", 1)[1]
    out.append(f"\n\n@register\nclass {cpp_class}(Kcfi{suffix}):\n")
    out.append(docstring(record, f"{sigil}kcfi.{mnemonic}"))
    out.append(f'\n    KIND = "{cpp_class[:-len(suffix)]}"\n')
    required = [p for p in parameters if p.default is None]
    others = [p for p in parameters if p.default is not None]
    arguments = [f"{p.name}: {p.argument}" for p in required]
    arguments += ["*"]
    arguments += [f"{p.name}: {p.argument} = {p.default}" for p in others]
    arguments += ["loc: ir.Location | None = None",
                  "context: ir.Context | None = None"]
    out.append("\n    @classmethod\n    def get(\n        cls,\n")
    out += [f"        {argument},\n" for argument in arguments]
    out.append(f"    ) -> {cpp_class}:\n"
               '        """Makes one; raises MLIRError if that cannot be."""\n'
               "        return cls(\n            cls._make([")
    out.append(", ".join(p.name for p in parameters))
    out.append("], loc, context)\n        )\n")
    for p in parameters:
        reader = "optional_" + p.reader.rstrip("_") if p.optional else p.reader
        value = f'{reader}(self._parameter("{p.cpp_name}"))'
        if p.reader == "attribute" and p.python != "ir.Attribute":
            if p.optional:
                value = f'optional_of({p.python}, self._parameter("{p.cpp_name}"))'
            else:
                value = f"{p.python}({value})"
        out.append(f"\n    @property\n    def {p.name}(self) -> {p.result}:\n"
                   f'        """The parameter `{p.cpp_name}`."""\n'
                   f"        return {value}\n")
    return cpp_class


HEADER = '''\
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Classes of the dialect's types and attributes. Made from ODS."""

from __future__ import annotations

from typing import Sequence

from .. import ir
from ._kinds import (
    Element,
    KcfiAttr,
    KcfiType,
@READERS@    register,
)
'''


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("input", help="records as JSON")
    parser.add_argument("-o", dest="output", required=True)
    args = parser.parse_args()
    with open(args.input, encoding="utf-8") as file:
        records = json.load(file)
    enums = read_enums(records)
    out, names = [], []
    # Attributes first: accessors of types name their classes.
    for kind_of, base in (("attribute", "AttrDef"), ("type", "TypeDef")):
        for name in records["!instanceof"][base]:
            if records[name]["dialect"]["def"] == "KCFI_Dialect":
                names.append(write_class(out, records, enums, name, kind_of))
    body = "".join(out)
    readers = sorted(set(re.findall(
        r"(?:return |\()(\w+)\((?:\w+, )?self\._parameter", body)))
    header = HEADER.replace(
        "@READERS@", "".join(f"    {reader},\n" for reader in readers))
    exported = "".join(f'    "{name}",\n' for name in sorted(names))
    with open(args.output, "w", encoding="utf-8") as file:
        file.write(header + "\n__all__ = [\n" + exported + "]\n" + body)


if __name__ == "__main__":
    main()
