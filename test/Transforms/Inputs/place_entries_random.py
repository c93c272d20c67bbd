# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random modules, and how many extra entries they need.

  place_entries_random.py KCFI-OPT FILE SEED FUNCTIONS

Writes a module whose functions are in slots of several traits and behind fn
pointers, runs kcfi-place-entries for each world, and compares the number of
entries with what counting the classes of each function gives. Types are chosen
so that a class is a trait (calls through it) or a type of self (fn pointers).
"""

import collections
import pathlib
import random
import re
import subprocess
import sys


def item(name):
    return f'#kcfi.rs.item<"app" "s1_" ["{name}"]>'


def dyn(trait):
    return f"rs.dyn<[trait {item(trait)}]>"


def signature(adt):
    return f"rs.fn<(rs.ref<rs.adt<{item(adt)}>>) -> rs.unit>"


def generate(count):
    """The module, and of each function: own class, linkage, other classes."""
    traits = [f"T{i}" for i in range(max(count // 8, 2))]
    lines = ['module attributes {llvm.target_triple = '
             '"x86_64-unknown-linux-gnu"} {']
    for trait in traits:
        lines += [f"kcfi.trait @{trait} : !kcfi.{dyn(trait)} dyn_compatible {{",
                  "kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<\"Self\">>) -> "
                  "rs.unit> vtable_safe", "}"]
    views = collections.defaultdict(set)
    functions, uses = [], []
    for index in range(count):
        adt = f"S{random.randrange(count)}"
        own, callable = adt, ""
        if random.random() < 0.7:
            own = random.choice(traits)
            callable = (", kcfi.callable = #kcfi.rs.callable<impl_method, "
                        f"object {dyn(own)}, receiver "
                        'rs.ref<rs.param<"Self">>>')
        linkage = random.choice(["internal"] * 4 + ["declared", "exported",
                                                    "weak_odr", "escapes"])
        functions.append((own, linkage))
        extra = ", kcfi.address_taken" if linkage == "escapes" else ""
        attributes = f"attributes {{kcfi.sig = !kcfi.{signature(adt)}"
        attributes += callable + extra + "}"
        if linkage == "declared":
            lines.append(f"llvm.func @f{index}(!llvm.ptr) {attributes}")
        else:
            keyword = {"exported": "external", "escapes": "internal"}.get(
                linkage, linkage)
            lines += [f"llvm.func {keyword} @f{index}(%self: !llvm.ptr) "
                      f"{attributes} {{", "llvm.return", "}"]
        for _ in range(random.randrange(3)):
            uses.append(f"kcfi.address_of @f{index} : "
                        f"!kcfi.fnptr<{signature(adt)}>")
            views[index].add(adt)
        for slot in range(random.randrange(4)):
            trait = random.choice(traits)
            lines.append(f"kcfi.vtable private @v{index}.{slot} : @{trait} for "
                         f"!kcfi.rs.adt<{item(adt)}> size 8 align 8 "
                         f"slots [@f{index}]")
            views[index].add(trait)
    lines.append("llvm.func internal @uses() {")
    lines += [f"%{number} = {use}" for number, use in enumerate(uses)]
    lines += ["llvm.return", "}", "}", ""]
    return "\n".join(lines), functions, views


def count_needed(functions, views, world):
    needed = 0
    for index, (own, linkage) in enumerate(functions):
        classes = set(views[index])
        is_free = linkage == "internal" or linkage == "exported"
        if world == "open" or not is_free or (
                world == "symbols" and linkage == "exported"):
            classes.add(own)
        needed += max(len(classes) - 1, 0)
    return needed


def main(kcfi_opt, path, seed, count):
    random.seed(int(seed))
    text, functions, views = generate(int(count))
    pathlib.Path(path).write_text(text)
    for world in ["symbols", "open", "closed"]:
        level = "--kcfi-verify-level=level="
        result = subprocess.run(
            [kcfi_opt, f"--kcfi-place-entries=world={world}", level + "L2",
             "--kcfi-assign-type-ids", level + "L3", "--remarks-filter=kcfi",
             path],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            check=False)
        if result.returncode:
            sys.exit(f"{path}: {world}: {result.stderr}")
        numbers = re.search(
            r"Entries \|.* Bound=(\d+), ExtraEntries=(\d+)", result.stderr)
        bound, achieved = map(int, numbers.groups())
        entries = len(re.findall(r"^ *kcfi\.entry ", result.stdout, re.M))
        needed = count_needed(functions, views, world)
        if not needed == bound == achieved == entries:
            sys.exit(f"{path}: {world}: {needed} needed, bound {bound}, "
                     f"{achieved} achieved, {entries} there")
        print(f"{world}: as many as needed")
        print(f"{world}: {needed}", file=sys.stderr)


main(*sys.argv[1:])
