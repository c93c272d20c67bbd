# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Extra entries that each policy makes in twelve Rust programs.

  place_entries_situations.py KCFI-OPT DIRECTORY [KCFI-TRANSLATE CLANG DRIVER]

Writes each program as a module of the dialect to DIRECTORY, twice: as one crate
(functions of other crates are declarations) and as a whole program (they are
definitions), runs kcfi-place-entries with each policy, checks levels L2 and L3,
and prints how many functions exist for the sake of a type id. With a compiler,
each is made a program in turn, the other crates another module of it: it calls
each function through each of its views, and then through none.

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
import signal
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


HEADER = ('module attributes {llvm.target_triple = '
          '"x86_64-unknown-linux-gnu"} {')


def item(name):
    return f'#kcfi.rs.item<"app" "s1_" ["{name}"]>'


def dyn(trait):
    return f"rs.dyn<[trait {item(trait)}]>"


def signature(adt):
    return f"rs.fn<(rs.ref<rs.adt<{item(adt)}>>, rs.i32) -> rs.i32>"


class Module:
    def __init__(self):
        self.definitions, self.upstream = [], []
        self.fill, self.calls = [], []
        # What is called through each fn pointer, and in each slot of a vtable.
        self.pointers, self.slots = [], []
        self.vtables = 0
        self.results = {}
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
        linkage = f"{INTERNAL}, "
        visibility = "private "
        definitions = self.definitions
        if declared:
            self.definitions.append(
                f"func.func private @{name}(!llvm.ptr, i32) -> i32 "
                f"attributes {{{attributes}}}")
            definitions, linkage, visibility = self.upstream, "", ""
        definitions.append(
            f"func.func {visibility}@{name}(%self: !llvm.ptr, %x: i32) -> i32 "
            f"attributes {{{linkage}{attributes}}} {{")
        if callee:
            definitions.append(
                f"  %r = func.call @{callee}(%self, %x) "
                ": (!llvm.ptr, i32) -> i32")
            self.results[name] = self.results[callee]
        else:
            self.results[name] = self.count
            definitions += [
                f"  %c = llvm.mlir.constant({self.count} : i32) : i32",
                "  %r = llvm.add %x, %c : i32"]
        definitions += ["  return %r : i32", "}"]
        return name, adt

    def call(self, name, lines):
        """A call whose result is %r, of the function with this name."""
        index = len(self.calls)
        self.calls.append((name, [
            line.replace("%", f"%v{index}.").replace(f"%v{index}.self", "%self")
            .replace(f"%v{index}.x", "%x").replace(f"%v{index}.table", "%table")
            for line in lines]))

    def keep(self, table, index, lines):
        """Puts what lines make as %p into a table, where no optimiser sees it."""
        prefix = f"%{table}{index}."
        self.fill += [line.replace("%", prefix) for line in lines]
        self.fill += [
            f"{prefix}a = llvm.getelementptr %{table}[{index}] "
            ": (!llvm.ptr) -> !llvm.ptr, !llvm.ptr",
            f"llvm.store {prefix}p, {prefix}a : !llvm.ptr, !llvm.ptr"]
        return [f"%a = llvm.getelementptr %table.{table}[{index}] "
                ": (!llvm.ptr) -> !llvm.ptr, !llvm.ptr",
                "%p = llvm.load %a : !llvm.ptr -> !llvm.ptr"]

    def pointer(self, name, adt):
        pointer = f"!kcfi.fnptr<{signature(adt)}>"
        load = self.keep("pointers", len(self.pointers), [
            f"%f = kcfi.address_of @{name} : {pointer}",
            f"%p = kcfi.cast unchecked %f : {pointer} to !llvm.ptr"])
        self.pointers.append(name)
        self.call(name, load + [
            f"%f = kcfi.cast launder %p : !llvm.ptr to {pointer}",
            f"%r = kcfi.call %f(%self, %x) : {pointer}, "
            "(!llvm.ptr, i32) -> i32"])

    def vtable(self, trait, functions):
        adt = functions[0][1]
        slots = ", ".join(f"@{name}" for name, _ in functions)
        self.definitions.append(
            f"kcfi.vtable private @{adt}.as.{trait} : @{trait} for "
            f"!kcfi.rs.adt<{item(adt)}> size 8 align 8 slots [{slots}]")
        load = self.keep("vtables", self.vtables, [
            f"%p = kcfi.vtable_address @{adt}.as.{trait} : !llvm.ptr"])
        for slot, (name, _) in enumerate(functions):
            self.slots.append((self.vtables, slot))
            self.call(name, load + [
                f"%r = kcfi.call_virtual %self, %p[@{trait}::@m{slot}] (%x) "
                ": (!llvm.ptr, !llvm.ptr, i32) -> i32"])
        self.vtables += 1

    def text(self):
        lines = [HEADER] + self.definitions + [
            "func.func @fill(%pointers: !llvm.ptr, %vtables: !llvm.ptr) {",
            *self.fill, "return", "}",
            "func.func @run(%table.pointers: !llvm.ptr, "
            "%table.vtables: !llvm.ptr, %self: !llvm.ptr, %x: i32) -> i32 {",
            "%factor = llvm.mlir.constant(31 : i32) : i32",
            "%sum0 = llvm.mlir.constant(0 : i32) : i32"]
        for index, (_, call) in enumerate(self.calls):
            lines += call + [
                f"%product{index} = llvm.mul %sum{index}, %factor : i32",
                f"%sum{index + 1} = llvm.add %product{index}, %v{index}.r : i32"]
        lines += [
            f"return %sum{len(self.calls)} : i32", "}",
            "func.func @call_other(%p: !llvm.ptr, %self: !llvm.ptr, %x: i32) "
            "-> i32 {",
            "%f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<raw<7>>",
            "%r = kcfi.call %f(%self, %x) : !kcfi.fnptr<raw<7>>, "
            "(!llvm.ptr, i32) -> i32",
            "return %r : i32", "}"]
        return "\n".join(lines + ["}", ""])

    def upstream_text(self):
        return "\n".join([HEADER] + self.upstream + ["}", ""])

    def get_sum(self, x):
        total = 0
        for name, _ in self.calls:
            total = (total * 31 + x + self.results[name]) % 2**32
        return total


def build_module(program, is_whole):
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
    return module


def build(program, is_whole):
    return build_module(program, is_whole).text()


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


def check(command, **options):
    result = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, check=False, **options)
    if result.returncode:
        sys.exit(f"{command}: {result.stderr.decode()}")
    return result.stdout


def execute(module, path, policy, level, tools):
    """Makes a program, and calls each function through all of its views. Returns
    the number of views; calls through none of them have to trap."""
    kcfi_opt, kcfi_translate, clang, driver = tools
    inputs = [path]
    if module.upstream:
        inputs.append(path.with_suffix(".upstream.mlir"))
        inputs[1].write_text(module.upstream_text())
    sources = []
    for source in inputs:
        lowered = check([kcfi_opt, f"--kcfi-lower-pipeline=entries={policy}",
                         source])
        sources.append(source.with_suffix(".ll"))
        check([kcfi_translate, "--kcfi-to-llvmir", "-o", sources[-1]],
              input=lowered)
    program = path.with_suffix(".exe")
    check([clang, level, "-Wno-override-module", *sources, driver, "-o", program])
    result = int(check([program]))
    if result != module.get_sum(5):
        sys.exit(f"{path}: {policy}: {result} instead of {module.get_sum(5)}")
    views = [["pointer", index] for index in range(len(module.pointers))]
    views += [["slot", *slot] for slot in module.slots]
    for view in views:
        status = subprocess.run(
            [program, *map(str, view)], stdout=subprocess.DEVNULL,
            check=False).returncode
        if status != -signal.SIGILL:
            sys.exit(f"{path}: {policy}: {view} of another type: {status}")
    return len(views)


def main(kcfi_opt, directory, *compiler):
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    columns = ["front end"] + POLICIES + ["bound", "whole minimal",
                                          "whole bound"]
    print(", ".join(["program"] + columns))
    sums = [0] * len(columns)
    views = 0
    for program in PROGRAMS:
        crate = directory / f"{program.name[:3]}.mlir"
        whole = directory / f"{program.name[:3]}.whole.mlir"
        module = build_module(program, is_whole=False)
        whole_module = build_module(program, is_whole=True)
        crate.write_text(module.text())
        whole.write_text(whole_module.text())
        runs = [run(kcfi_opt, crate, policy) for policy in POLICIES]
        entries, _, whole_bound = run(kcfi_opt, whole, "minimal")
        row = [runs[0][1]] + [run[0] for run in runs]
        row += [runs[0][2], entries, whole_bound]
        sums = [a + b for a, b in zip(sums, row)]
        print(", ".join([program.name] + [str(value) for value in row]))
        if compiler:
            tools = [kcfi_opt, *compiler]
            for policy in POLICIES:
                views += execute(module, crate, policy, "-O0", tools)
            for level in "-O0", "-O2":
                views += execute(whole_module, whole, "minimal", level, tools)
    print(", ".join(["sum"] + [str(value) for value in sums]))
    if compiler:
        print(f"{views} views called, {views} calls of another type trapped")


if __name__ == "__main__":
    main(*sys.argv[1:])
