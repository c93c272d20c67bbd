#!/usr/bin/env python3
#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures passes and patterns in Python next to the same in C++.

  run.py [--repeat 3] [--json FILE] MODULE...

MODULE is a file of LLVM IR, text or bitcode, that was compiled with KCFI and
debug info. It is imported and raised. Then, on copies of the raised module:

  ids       type ids are removed and computed again: by kcfi-assign-type-ids, by a
            Python function as a pass
  patterns  calls and addresses become those of the LLVM dialect: by
            convert-kcfi-to-llvm, by three rewrite patterns in a Python pass
  walk      a Python function that does nothing, for each operation: what every
            such pass in Python pays

The results of C++ and Python must be equal, to the last location, and ids also
those in the input; a difference is an error. The exit code says whether the
measurement took place, not how it turned out. Runs in turn, all of them once
before the first runs again. Needs the package mlir_kcfi.
"""

import argparse
import difflib
import gc
import os
import re
import statistics
import sys
import time

from mlir_kcfi import encode, import_llvm_ir_file, ir, passmanager, rewrite
from mlir_kcfi.dialects import kcfi

sys.dont_write_bytecode = True  # the sources may be read-only
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from measure import Failure, write_json  # noqa: E402


# --- Type ids as a pass ----------------------------------------------------------


def symbols_in(attribute):
    """The symbols that an attribute refers to."""
    if isinstance(attribute, ir.SymbolRefAttr):
        yield attribute.value[-1]
    elif isinstance(attribute, ir.FlatSymbolRefAttr):
        yield attribute.value
    elif isinstance(attribute, ir.ArrayAttr):
        for each in attribute:
            yield from symbols_in(each)
    elif isinstance(attribute, ir.DictAttr):
        for each in attribute:
            yield from symbols_in(each.attr)


# What refers to a function only to call it.
DIRECT_CALLS = {"llvm.call": "callee", "llvm.invoke": "callee"}
LOCAL = {"#llvm.linkage<internal>", "#llvm.linkage<private>"}


class AssignTypeIds:
    """kcfi-assign-type-ids for what the import of C makes."""

    def __call__(self, module, pass_):
        attributes = module.attributes
        self.target = attributes["llvm.target_triple"].value
        self.encoding = attributes.get("kcfi.encoding")
        self.ids = {}
        functions, calls, taken = [], [], set()

        def visit(op):
            name = op.name
            if name == "llvm.func":
                if "kcfi.sig" in op.attributes:
                    functions.append(op)
            elif name in ("kcfi.call", "kcfi.invoke"):
                calls.append(op.opview)
            # Names all symbols of its bodies, also those that they only call.
            if name == "kcfi.carried_bodies":
                taken.update(symbols_in(op.attributes["taken"]))
                return
            callee = DIRECT_CALLS.get(name)
            for attribute, value in op.attributes.items():
                if attribute != callee:
                    taken.update(symbols_in(value))

        module.walk(visit)
        for function in functions:
            self.assign_function(function, taken)
        for call in calls:
            if call.unchecked:
                continue
            call.attributes["type_id"] = self.get_id(call.callee.type.signature)

    def assign_function(self, function, taken):
        attributes = function.attributes
        is_taken = attributes["sym_name"].value in taken
        if "kcfi.carried" in attributes:
            visibility = attributes.get("sym_visibility")
            is_local = visibility is not None and visibility.value == "private"
        else:
            is_local = str(attributes["linkage"]) in LOCAL
        if is_local and not is_taken and "kcfi.address_taken" not in attributes:
            return
        attributes["kcfi.type_id"] = self.get_id(attributes["kcfi.sig"].value)
        if is_taken and not function.regions[0].blocks:
            attributes["kcfi.address_taken"] = ir.UnitAttr.get()

    def get_id(self, signature):
        if signature not in self.ids:
            if isinstance(signature, kcfi.RawType):
                attribute = kcfi.TypeIdAttr.get(signature.id)
            else:
                string, number = encode(signature, self.encoding, target=self.target)
                attribute = kcfi.TypeIdAttr.get(number, string=string)
            self.ids[signature] = attribute
        return self.ids[signature]


def remove_ids(module):
    def visit(op):
        name = op.name
        if name == "llvm.func":
            if "kcfi.sig" in op.attributes and "kcfi.type_id" in op.attributes:
                del op.attributes["kcfi.type_id"]
        elif name in ("kcfi.call", "kcfi.invoke") and "type_id" in op.attributes:
            del op.attributes["type_id"]

    module.operation.walk(visit)


# --- The lowering as patterns ------------------------------------------------------


# Attributes that an llvm.call has no use for.
OF_CHECKED_CALLS = {"fixed", "implicit_object", "unchecked"}


def lower_call(call, rewriter):
    """kcfi.call through a cast of a pointer: llvm.call of the pointer."""
    cast = call.callee.owner
    if not isinstance(cast, kcfi.CastOp) or str(cast.source.type) != "!llvm.ptr":
        return True
    arguments = list(call.args)
    attributes = {
        "op_bundle_sizes": ir.DenseI32ArrayAttr.get([]),
        "operandSegmentSizes": ir.DenseI32ArrayAttr.get([1 + len(arguments), 0]),
    }
    for name, value in call.attributes.items():
        if name == "kcfi.llvm_properties":
            attributes.update((each.name, each.attr) for each in value)
        elif name == "type_id":
            attributes["kcfi.type_id"] = value
        elif name not in OF_CHECKED_CALLS:
            attributes[name] = value
    with rewriter.ip, call.location:
        new = ir.Operation.create(
            "llvm.call", call.results.types, [cast.source, *arguments], attributes
        )
    rewriter.replace_op(call, new)
    return None


def lower_cast(cast, rewriter):
    """The address of a function as a pointer; casts that nothing uses any more."""
    result = cast.results[0]
    if not result.uses:
        rewriter.erase_op(cast)
        return None
    view = cast.source.owner
    if not isinstance(view, kcfi.AddressOfOp) or str(result.type) != "!llvm.ptr":
        return True
    attributes = {"global_name": view.attributes["callee"]}
    for name, value in view.attributes.items():
        if name != "callee":
            attributes[name] = value
    with rewriter.ip, cast.location:
        new = ir.Operation.create("llvm.mlir.addressof", [result.type], [], attributes)
    rewriter.replace_op(cast, new)
    return None


def erase_view(view, rewriter):
    if view.results[0].uses:
        return True
    rewriter.erase_op(view)
    return None


def lower(module, pass_):
    # Users first: what they used is erased once nothing uses it.
    for root, pattern in (
        (kcfi.CallOp, lower_call),
        (kcfi.CastOp, lower_cast),
        (kcfi.AddressOfOp, erase_view),
    ):
        patterns = rewrite.RewritePatternSet()
        patterns.add(root, pattern)
        rewrite.walk_and_apply_patterns(module, patterns.freeze())


# --- Measurement ---------------------------------------------------------------------


def run_pass(pass_):
    def run(module):
        manager = passmanager.PassManager("builtin.module")
        manager.add(pass_)
        manager.run(module)

    return run


def walk(module):
    module.operation.walk(lambda op: None)


VARIANTS = {
    "ids": (remove_ids, run_pass("kcfi-assign-type-ids"), run_pass(AssignTypeIds())),
    "patterns": (None, run_pass("convert-kcfi-to-llvm"), run_pass(lower)),
}


def text(module):
    """All of a module but the numbers of resources, of which a context has one each."""
    return re.sub(
        r"\bkcfi_carried(_\d+)?\b",
        "kcfi_carried",
        module.operation.get_asm(enable_debug_info=True, print_generic_op_form=True),
    )


def ids_of(module):
    """All ids in the order of the module, one a line."""
    lines = []

    def visit(op):
        if op.name == "llvm.func":
            lines.append("%s %s" % (op.attributes["sym_name"], op.attributes.get("kcfi.type_id")))
        elif op.name in ("kcfi.call", "kcfi.invoke"):
            lines.append(str(op.attributes.get("type_id")))

    module.operation.walk(visit)
    return "\n".join(lines)


def compare(path, what, first, second):
    if first == second:
        return
    lines = difflib.unified_diff(
        first.splitlines(), second.splitlines(), "first", "second", lineterm="", n=0
    )
    start = "\n".join(line[:1000] for _, line in zip(range(12), lines))
    raise Failure("%s: %s differ:\n%s" % (path, what, start))


def timed(function, module):
    gc.collect()
    start = time.process_time()
    function(module)
    return time.process_time() - start


def measure(path, repeat):
    context = ir.Context()
    with context:
        module = import_llvm_ir_file(path)
        run_pass("kcfi-raise-from-llvm")(module)
        raised = module.operation.write_bytecode()
        original, original_ids = text(module), ids_of(module)
        operations, ids, calls = 0, 0, 0

        def count(op):
            nonlocal operations, ids, calls
            operations += 1
            ids += op.name == "llvm.func" and "kcfi.type_id" in op.attributes
            calls += op.name == "kcfi.call"

        module.operation.walk(count)
        if not ids or not calls:
            raise Failure("%s: no ids or no checked calls" % path)
        del module
        samples = {"walk": []}
        for turn in range(repeat):
            results = {}
            for name, (prepare, *functions) in VARIANTS.items():
                for language, function in zip(("C++", "Python"), functions):
                    module = ir.Module.parse(raised)
                    if prepare:
                        prepare(module)
                        if ids_of(module) == original_ids:
                            raise Failure("%s: no id was removed" % path)
                    sample = timed(function, module)
                    samples.setdefault((name, language), []).append(sample)
                    if turn == 0:
                        results[name, language] = text(module)
                        if name == "ids":
                            compare(path, "ids and those of the input", original_ids, ids_of(module))
            samples["walk"].append(timed(walk, ir.Module.parse(raised)))
            if turn == 0:
                for name in VARIANTS:
                    compare(
                        path,
                        name + " of C++ and Python",
                        results[name, "C++"],
                        results[name, "Python"],
                    )
                if results["patterns", "Python"] == original:
                    raise Failure("%s: the patterns did nothing" % path)
    numbers = {"operations": operations, "functions": ids, "calls": calls}
    for name in VARIANTS:
        cpp, python = samples[name, "C++"], samples[name, "Python"]
        numbers[name] = {
            "C++": statistics.median(cpp),
            "Python": statistics.median(python),
            "ratios": sorted(b / a for a, b in zip(cpp, python)),
        }
    numbers["walk"] = statistics.median(samples["walk"])
    return numbers


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", help="file for the numbers")
    parser.add_argument("module", nargs="+")
    arguments = parser.parse_args()
    if arguments.repeat < 1:
        parser.error("--repeat must be positive")
    for path in arguments.module:
        if not os.path.isfile(path):
            parser.error("no file %s" % path)
    print(
        "%d processors, load %.1f, %d runs"
        % (os.cpu_count() or 1, os.getloadavg()[0], arguments.repeat)
    )
    result = {}
    try:
        for path in arguments.module:
            numbers = result[path] = measure(path, arguments.repeat)
            print(
                "%s: %d operations, %d functions with ids, %d checked calls; equal results"
                % (path, numbers["operations"], numbers["functions"], numbers["calls"])
            )
            print("  %-10s %10s %10s %8s  %s" % ("", "C++ s", "Python s", "ratio", "least .. most"))
            for name in VARIANTS:
                each = numbers[name]
                print(
                    "  %-10s %10.4f %10.4f %8.1f  %.1f .. %.1f"
                    % (
                        name,
                        each["C++"],
                        each["Python"],
                        statistics.median(each["ratios"]),
                        each["ratios"][0],
                        each["ratios"][-1],
                    )
                )
            print("  %-10s %10s %10.4f" % ("walk", "", numbers["walk"]))
    except (Failure, ir.MLIRError, OSError) as failure:
        print("run.py: %s" % failure, file=sys.stderr)
        return 1
    if arguments.json:
        write_json(result, arguments.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
