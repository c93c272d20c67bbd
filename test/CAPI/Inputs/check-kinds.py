"""Compares the kinds of the C API with the definitions of the dialect.

  check-kinds.py RECORDS.json LIST

RECORDS.json is what `llvm-tblgen --dump-json` makes of the definitions, LIST the
output of `kinds --list`: a line for each kind, one for each of its parameters.
"""

import json
import sys


def read_definitions(path):
    with open(path, encoding="utf-8") as file:
        records = json.load(file)
    kinds = {}
    for word, superclass, dialect_class in (
        ("type", "TypeDef", "typeName"),
        ("attribute", "AttrDef", "attrName"),
    ):
        for name in records["!instanceof"][superclass]:
            record = records[name]
            if record["dialect"]["def"] != "KCFI_Dialect":
                continue
            parameters = []
            for value, parameter in record["parameters"]["args"]:
                optional = isinstance(value, dict) and is_optional(
                    records[value["def"]]
                )
                parameters.append(parameter + ("?" if optional else ""))
            kinds[word, record["cppClassName"]] = (
                record[dialect_class],
                parameters,
            )
    return kinds


def is_optional(parameter):
    return "OptionalParameter" in parameter["!superclasses"]


def read_list(path):
    kinds = {}
    parameters = None
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    position = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        if line.startswith(("type ", "attribute ")):
            word, name = line.split()
            suffix = {"type": "Type", "attribute": "Attr"}[word]
            parameters = []
            kinds[word, name + suffix] = (lines[position], parameters)
            position += 1
        else:
            parameters.append(line)
    return kinds


def main():
    defined, listed = read_definitions(sys.argv[1]), read_list(sys.argv[2])
    ok = len(defined) > 40
    for kind in sorted(defined.keys() | listed.keys()):
        if defined.get(kind) != listed.get(kind):
            print(
                "%s %s: defined as %s, in the C API %s"
                % (*kind, defined.get(kind), listed.get(kind))
            )
            ok = False
    return not ok


sys.exit(main())
