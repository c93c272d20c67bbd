# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Extra entries that each policy makes in twelve Rust programs.

  place_entries_situations.py KCFI-OPT DIRECTORY

Writes each program as a module of the dialect to DIRECTORY, twice: as one crate
(functions of other crates are declarations) and as a whole program (they are
definitions), runs kcfi-place-entries with each policy, checks levels L2 and L3,
and prints how many functions exist for the sake of a type id.

The programs are those in which the shims of rustc 1.95 were counted. What
matters of a function is why it has a shim there:

  needed    it is in a vtable of the crate, and the fn pointer has another id
  track     #[track_caller] or a method of a dyn type: the front end makes a
            function of its own, which also passes the location or calls the slot
  equal     it cannot be in a vtable, although its trait has them: one id
  unused    it could be in a vtable, but is in none
  upstream  the same, defined in another crate

Vtables without a method of the first kind have one that is used through the
vtable only.
"""

import collections
import pathlib
import re
import subprocess
import sys

Program = collections.namedtuple(
    "Program", "name vtables needed track equal unused upstream")
PROGRAMS = [
    Program("e01 method used both ways", 2, 3, 0, 0, 0, 0),
    Program("e02 methods only as pointers", 0, 0, 0, 0, 4, 0),
    Program("e03 methods without a slot", 0, 0, 0, 4, 0, 0),
    Program("e04 fn items, closures, Fn objects", 7, 2, 0, 0, 0, 0),
    Program("e05 trait objects only", 4, 0, 0, 0, 0, 0),
    Program("e06 drop glue", 5, 0, 0, 0, 0, 0),
    Program("e07 formatting", 11, 0, 0, 0, 5, 4),
    Program("e08 track_caller", 2, 1, 4, 0, 0, 0),
    Program("e09 method paths as values", 0, 0, 1, 0, 5, 0),
    Program("e10 dyn methods as pointers", 3, 1, 2, 0, 1, 0),
    Program("e11 small real program", 29, 1, 0, 0, 11, 4),
    Program("e12 self by value", 2, 1, 0, 0, 1, 0),
]
POLICIES = ["all-virtual", "vtable-subset", "reify", "minimal"]

SELF = '!kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.i32>'
INTERNAL = "llvm.linkage = #llvm.linkage<internal>"


def item(name):
    return f'#kcfi.rs.item<"app" "s1_" ["{name}"]>'


def dyn(trait):
    return f"rs.dyn<[trait {item(trait)}]>"


def signature(adt):
    return f"rs.fn<(rs.ref<rs.adt<{item(adt)}>>, rs.i32) -> rs.i32>"


class Module:
    def __init__(self):
        self.definitions, self.uses = [], []
        self.count = 0

    def trait(self, methods):
        self.count += 1
        name = f"Trait{self.count}"
        self.definitions.append(
            f"kcfi.trait @{name} : !kcfi.{dyn(name)} dyn_compatible {{")
        self.definitions += [
            f"  kcfi.method @m{i} : {SELF} vtable_safe" for i in range(methods)]
        self.definitions.append("}")
        return name

    def function(self, trait=None, slot=True, kind="impl_method",
                 declared=False, callee=None, adt=None):
        """A function; its name and its type of self, by default a new one."""
        self.count += 1
        name, adt = f"f{self.count}", adt or f"S{self.count}"
        callable = f"#kcfi.rs.callable<{kind}"
        if trait:
            callable += f", object {dyn(trait)}"
        if trait and slot:
            callable += ', receiver rs.ref<rs.param<"Self">>'
        attributes = (f"kcfi.sig = !kcfi.{signature(adt)}, "
                      f"kcfi.callable = {callable}>")
        if declared:
            self.definitions.append(
                f"func.func private @{name}(!llvm.ptr, i32) -> i32 "
                f"attributes {{{attributes}}}")
            return name, adt
        self.definitions.append(
            f"func.func private @{name}(%self: !llvm.ptr, %x: i32) -> i32 "
            f"attributes {{{INTERNAL}, {attributes}}} {{")
        result = "%x"
        if callee:
            self.definitions.append(
                f"  %r = func.call @{callee}(%self, %x) "
                ": (!llvm.ptr, i32) -> i32")
            result = "%r"
        self.definitions += [f"  return {result} : i32", "}"]
        return name, adt

    def pointer(self, name, adt):
        self.uses.append(f"%{name} = kcfi.address_of @{name} : "
                         f"!kcfi.fnptr<{signature(adt)}>")

    def vtable(self, trait, functions):
        adt = functions[0][1]
        slots = ", ".join(f"@{name}" for name, _ in functions)
        self.definitions.append(
            f"kcfi.vtable private @{adt}.as.{trait} : @{trait} for "
            f"!kcfi.rs.adt<{item(adt)}> size 8 align 8 slots [{slots}]")

    def text(self):
        lines = ['module attributes {llvm.target_triple = '
                 '"x86_64-unknown-linux-gnu"} {']
        lines += self.definitions + ["func.func @main() {"] + self.uses
        return "\n".join(lines + ["return", "}", "}", ""])


def build(program, is_whole):
    module = Module()
    for index in range(program.vtables):
        # Spread over the vtables.
        needed = len(range(index, program.needed, program.vtables))
        trait = module.trait(max(needed, 1))
        methods = [module.function(trait, adt=f"V{index}")
                   for _ in range(max(needed, 1))]
        module.vtable(trait, methods)
        for method in methods[:needed]:
            module.pointer(*method)
    for _ in range(program.track):
        target, _ = module.function(module.trait(1))
        module.pointer(*module.function(kind="reify_fn_ptr_shim",
                                        callee=target))
    for _ in range(program.equal):
        module.pointer(*module.function(module.trait(0), slot=False))
    for _ in range(program.unused):
        module.pointer(*module.function(module.trait(1)))
    for _ in range(program.upstream):
        module.pointer(*module.function(module.trait(1),
                                        declared=not is_whole))
    return module.text()


def run(kcfi_opt, path, policy):
    """Extra entries, shims of the front end, and the bound."""
    level = "--kcfi-verify-level=level="
    result = subprocess.run(
        [kcfi_opt, f"--kcfi-place-entries=policy={policy}", level + "L2",
         "--kcfi-assign-type-ids", level + "L3", "--remarks-filter=kcfi",
         str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if result.returncode:
        sys.exit(f"{path}: {policy}: {result.stderr}")
    entries = len(re.findall(r"^ *kcfi\.entry ", result.stdout, re.M))
    shims = len(re.findall(r"^ *func\.func .*reify_fn_ptr_shim", result.stdout,
                           re.M))
    bound = re.search(r"Entries \|.* Bound=(\d+)", result.stderr)
    return entries, shims, int(bound.group(1))


def main(kcfi_opt, directory):
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    columns = ["front end"] + POLICIES + ["bound", "whole minimal",
                                          "whole bound"]
    print(", ".join(["program"] + columns))
    sums = [0] * len(columns)
    for program in PROGRAMS:
        crate = directory / f"{program.name[:3]}.mlir"
        whole = directory / f"{program.name[:3]}.whole.mlir"
        crate.write_text(build(program, is_whole=False))
        whole.write_text(build(program, is_whole=True))
        runs = [run(kcfi_opt, crate, policy) for policy in POLICIES]
        entries, _, whole_bound = run(kcfi_opt, whole, "minimal")
        row = [runs[0][1]] + [run[0] for run in runs]
        row += [runs[0][2], entries, whole_bound]
        sums = [a + b for a, b in zip(sums, row)]
        print(", ".join([program.name] + [str(value) for value in row]))
    print(", ".join(["sum"] + [str(value) for value in sums]))


if __name__ == "__main__":
    main(*sys.argv[1:])
