#!/usr/bin/env python3
"""Checks pairs of functions that an equivalence joins or keeps apart.

usage: check_pairs.py KCFI_OPT ENUMS_TD FILE

FILE has a line `// PAIR name [with other,other]` for each equivalence and the
functions `name_a`, `name_b`, `name_c`. With the others alone `a` and `b` have
different ids; with the equivalence too they have the same one, and that of `c`
is another. `// SPLIT name with ...` is for an equivalence that takes classes
apart: `a` and `b` have one id without it and two with it, and that of `c` is
always that of `a`. Every equivalence of the tablegen file must have a line.
"""

import re
import subprocess
import sys


def main():
    kcfi_opt, enums, path = sys.argv[1:]
    with open(enums, encoding="utf-8") as file:
        text = file.read()
    body = text[text.index("def KCFI_Equivalence :"):]
    body = body[: body.index("]>;")]
    expected = set(re.findall(r'I32EnumAttrCase<"\w+", \d+, "(\w+)">', body))
    with open(path, encoding="utf-8") as file:
        lines = re.findall(r"^// (PAIR|SPLIT) (\w+)(?: with (\S+))?$", file.read(), re.M)

    def get_ids(equivalences):
        changes = ",".join("+" + name for name in equivalences)
        option = "preset=none" + (" equivalences=" + changes if changes else "")
        run = subprocess.run(
            [kcfi_opt, path, "--kcfi-coalesce-types=" + option, "--kcfi-assign-type-ids"],
            check=True, capture_output=True, text=True)
        return dict(re.findall(r"@(\w+)\(.*kcfi\.type_id = #kcfi\.type_id<(0x[0-9a-f]+)", run.stdout))

    failures = 0

    def require(condition, message):
        nonlocal failures
        if not condition:
            failures += 1
            print("FAILED:", message)

    for kind, name, others in lines:
        base = others.split(",") if others else []
        before, after = get_ids(base), get_ids(base + [name])
        a, b, c = (name + suffix for suffix in ("_a", "_b", "_c"))
        if kind == "PAIR":
            require(before[a] != before[b], f"{name}: one id without it")
            require(after[a] == after[b], f"{name}: two ids with it")
            require(after[a] != after[c], f"{name}: the near miss has the same id")
        else:
            require(before[a] == before[b], f"{name}: two ids without it")
            require(after[a] != after[b], f"{name}: one id with it")
            require(after[a] == after[c], f"{name}: takes apart what belongs together")
    missing = expected - {name for _, name, _ in lines}
    require(not missing, f"no pair for {', '.join(sorted(missing))}")
    print(f"{len(lines)} equivalences")
    return 1 if failures else 0


sys.exit(main())
