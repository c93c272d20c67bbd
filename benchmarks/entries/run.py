#!/usr/bin/env python3
#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures what a call through an extra entry costs, by form of the entry.

  run.py [--tools DIR] [--targets 1,64,4096] [--rounds 300] [--layouts 24]
         [--repeat 5] [--json FILE]

For each number of targets, programs that call them in random order are
generated, one for each variant, and run in turn. Where code lies in memory may
count for more than the variant, so each program exists in several layouts:
other places of the targets and of the loop that calls them, other sizes of the
targets, the same for all variants.

  unchecked    calls without a check
  check        checked calls of functions without extra entries: the base
  check-32     the same, of functions at multiples of 32 bytes
  primary      checked calls of functions that have fallthrough entries, by
               their own id
  fallthrough  checked calls of fallthrough entries
  aligned      checked calls of fallthrough entries at multiples of 32 bytes
  clone        checked calls of clones
  near-jump    checked calls of jumps, each next to its function
  far-jump     checked calls of jumps, all behind all functions
  rust         the same program in Rust, of functions, where rustc is found
  rust-shim    that of methods, for which rustc makes shims

The time of a variant in a layout is the least of its runs. Shown are its mean
over the layouts; relative to `check` (to `rust` for `rust-shim`), the mean of the
ratios in each layout, its standard error, and the least and greatest ratio; the
bytes of code that a target has more; the instructions per call where valgrind is
found; and
mispredicted branches and misses of the instruction cache per call where perf can
count them. x86-64 only: the processor that runs this.

The exit code says whether the measurement took place, not how it turned out.
"""

import argparse
import math
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import typing

sys.dont_write_bytecode = True  # the sources may be read-only
here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(here)]
from measure import Failure, find_llvm_tool, find_tool, run, write_json  # noqa: E402


class Variant(typing.NamedTuple):
    form: str = None  # of the entries; None: there are none
    through_entry: bool = True  # whether calls go through them
    checked: bool = True
    far: bool = False  # whether the entries come behind all functions
    alignment: int = 1  # of what is called
    base: str = "check"  # the variant to which it is compared


VARIANTS = {
    "unchecked": Variant(through_entry=False, checked=False),
    "check": Variant(through_entry=False),
    "check-32": Variant(through_entry=False, alignment=32),
    "primary": Variant("fallthrough", through_entry=False),
    "fallthrough": Variant("fallthrough"),
    "aligned": Variant("fallthrough", alignment=32),
    "clone": Variant("clone"),
    "near-jump": Variant("jump"),
    "far-jump": Variant("jump", far=True),
}
RUST_VARIANTS = {
    "rust": Variant(through_entry=False),
    "rust-shim": Variant("shim", base="rust"),
}
EVENTS = ("branch-misses", "L1-icache-load-misses")  # of perf
CALLS = 1 << 15  # of a round, as in driver.c


def choose_layout(targets, layout):
    """How far targets and loop are moved, and the length of each target."""
    random_layout = random.Random("%d.%d" % (targets, layout))
    skips = [16 * random_layout.randrange(64) for _ in range(2)]
    # With equal lengths the distance between the functions, which is another in
    # each variant, decides about everything.
    return skips, [random_layout.randint(1, 12) for _ in range(targets)]


def get_constant(target):
    return target * 977 + 3


def generate(targets, variant, layout):
    form, through_entry, checked, far, alignment, _ = variant
    skips, lengths = choose_layout(targets, layout)
    own, extra = 0x1357BDF1, 0x2468ACE1
    called = extra if through_entry else own
    # Functions have 16 bytes of LLVM's in front of them, which get the alignment
    # that the function asks for.
    aligned = ""
    if alignment > 1 and not through_entry:
        filling = ["0"] * (alignment - 16)
        aligned = "alignment = %d : i64, kcfi.prefix_data = array<i8: %s>, " % (
            alignment, ", ".join(filling))  # fmt: skip
    lines, entries = [], []
    for i in range(targets):
        lines.append(
            "llvm.func internal @f%d(%%x: i64) -> i64 attributes "
            "{%skcfi.sig = !kcfi.raw<%d>, kcfi.type_id = #kcfi.type_id<%d>} {\n"
            "  %%c = llvm.mlir.constant(%d : i64) : i64"
            % (i, aligned, own, own, get_constant(i))
        )
        value = "%x"
        for step in range(lengths[i]):
            name = "%%v%d" % step
            operation = "add" if step % 2 else "xor"
            lines.append("  %s = llvm.%s %s, %%c : i64" % (name, operation, value))
            value = name
        lines.append("  llvm.return %s : i64\n}" % value)
        if form:
            entry = (
                "kcfi.entry private @e%d of @f%d : !kcfi.raw<%d> form %s align %d "
                "{kcfi.type_id = #kcfi.type_id<%d>}"
                % (i, i, extra, form, alignment, extra)
            )
            (entries if far else lines).append(entry)
    stores = []
    for i in range(targets):
        name = "%s%d" % ("e" if through_entry else "f", i)
        stores.append(
            "  %%f%d = kcfi.address_of @%s : !kcfi.fnptr<raw<%d>>\n"
            "  %%p%d = kcfi.cast unchecked %%f%d : !kcfi.fnptr<raw<%d>> to !llvm.ptr\n"
            "  %%t%d = llvm.getelementptr %%table[%d] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr\n"
            "  llvm.store %%p%d, %%t%d : !llvm.ptr, !llvm.ptr"
            % (i, name, called, i, i, called, i, i, i, i)
        )
    return """module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>,
                   llvm.module_asm = [".text", ".skip %d, 0xcc",
                     ".section .text.loop, \\22ax\\22, @progbits",
                     ".skip %d, 0xcc", ".text"],
                   llvm.target_triple = "x86_64-unknown-linux-gnu"} {
%s
llvm.func @fill(%%table: !llvm.ptr) {
%s
  llvm.return
}
llvm.func @call_all(%%table: !llvm.ptr, %%n: i64, %%value: i64) -> i64
    attributes {section = ".text.loop"} {
  %%zero = llvm.mlir.constant(0 : i64) : i64
  %%one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%%zero, %%value : i64, i64)
^loop(%%i: i64, %%v: i64):
  %%a = llvm.getelementptr %%table[%%i] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.ptr
  %%p = llvm.load %%a : !llvm.ptr -> !llvm.ptr
  %%f = kcfi.cast launder %%p : !llvm.ptr to !kcfi.fnptr<raw<%d>>
  %%r = kcfi.call %s%%f(%%v) : !kcfi.fnptr<raw<%d>>, (i64) -> i64
  %%j = llvm.add %%i, %%one : i64
  %%c = llvm.icmp "ult" %%j, %%n : i64
  llvm.cond_br %%c, ^loop(%%j, %%r : i64, i64), ^end
^end:
  llvm.return %%r : i64
}
}
""" % (
        *skips,
        "\n".join(lines + entries),
        "\n".join(stores),
        called,
        "" if checked else "unchecked ",
        called,
    )


def generate_rust(targets, variant, layout):
    """The same targets and the same loop. A trait that could have objects makes
    rustc go through a shim where its methods are fn pointers."""
    skips, lengths = choose_layout(targets, layout)
    lines = [
        "#![no_std]",
        '#![crate_type = "lib"]',
        'core::arch::global_asm!(".text", ".skip %d, 0xcc",' % skips[0],
        '    ".section .text.loop, \\"ax\\", @progbits", ".skip %d, 0xcc", ".text");'
        % skips[1],
        "trait Target { fn call(x: u64) -> u64 where Self: Sized; }",
    ]
    for i in range(targets):
        lines += [
            "struct S%d;" % i,
            "impl %sS%d {" % ("Target for " if variant.through_entry else "", i),
            "    #[inline(never)]",
            "    fn call(mut x: u64) -> u64 {",
        ]
        for step in range(lengths[i]):
            operation = "x.wrapping_add(%d)" if step % 2 else "x ^ %d"
            lines.append("        x = %s;" % (operation % get_constant(i)))
        lines += ["        x", "    }", "}"]
    lines += [
        "#[no_mangle]",
        "pub unsafe extern \"C\" fn fill(table: *mut fn(u64) -> u64) {",
        *("    *table.add(%d) = S%d::call;" % (i, i) for i in range(targets)),
        "}",
        "#[no_mangle]",
        '#[link_section = ".text.loop"]',
        "pub unsafe extern \"C\" fn call_all(table: *const fn(u64) -> u64, n: usize,",
        "                                  mut value: u64) -> u64 {",
        "    let mut i = 0;",
        "    loop {",
        "        value = (*table.add(i))(value);",
        "        i += 1;",
        "        if i == n { return value; }",
        "    }",
        "}",
    ]
    return "\n".join(lines) + "\n"


def compile_rust(rustc, source, target):
    run(["env", "RUSTC_BOOTSTRAP=1", rustc, "--edition=2021",
         "--crate-name=targets",
         "-Zsanitizer=kcfi", "-Cunsafe-allow-abi-mismatch=sanitizer",
         "-Cpanic=abort", "-Copt-level=2", "-Ccodegen-units=1",
         "-Crelocation-model=pic", "--emit=obj", source, "-o", target])  # fmt: skip


def find_rustc(directory):
    """The path of rustc if it can do KCFI, else nothing."""
    rustc = shutil.which("rustc")
    if not rustc:
        return None
    source = os.path.join(directory, "trial.rs")
    with open(source, "w", encoding="utf-8") as file:
        file.write(generate_rust(1, RUST_VARIANTS["rust"], 0))
    try:
        compile_rust(rustc, source, os.path.join(directory, "trial.o"))
    except Failure:
        return None
    return rustc


def output(command):
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True
    ).stdout


def text_size(tools, path):
    sizes = re.findall(
        r"^\.text\S*\s+(\d+)", output([tools["llvm-size"], "-A", path]), re.MULTILINE
    )
    return sum(int(size) for size in sizes)


def build(targets, variant, layout, tools, directory):
    base = os.path.join(directory, "%d.%s.%d" % (targets, variant, layout))
    if variant in RUST_VARIANTS:
        with open(base + ".rs", "w", encoding="utf-8") as file:
            file.write(generate_rust(targets, RUST_VARIANTS[variant], layout))
        compile_rust(tools["rustc"], base + ".rs", base + ".o")
    else:
        with open(base + ".mlir", "w", encoding="utf-8") as file:
            file.write(generate(targets, VARIANTS[variant], layout))
        run([tools["kcfi-opt"], "--kcfi-lower-pipeline", base + ".mlir", "-o", base + ".low"])
        run([tools["kcfi-translate"], "--kcfi-to-llvmir", base + ".low", "-o", base + ".ll"])
        run([tools["llc"], "-O2", "-relocation-model=pic", "-filetype=obj", base + ".ll",
             "-o", base + ".o"])  # fmt: skip
    run([tools["clang"], "-O2", "-DTARGETS=%d" % targets,
         os.path.join(here, "driver.c"), base + ".o", "-o", base])  # fmt: skip
    return base, text_size(tools, base + ".o")


def count_instructions(program, valgrind):
    def collected(rounds):
        report = output([valgrind, "--tool=callgrind",
                         "--callgrind-out-file=" + os.devnull, program,
                         str(rounds)])  # fmt: skip
        return int(re.search(r"Collected : (\d+)", report).group(1))

    return (collected(2) - collected(1)) / CALLS


def count_events(program, perf, rounds):
    """Events of the processor per call; empty where it does not count them."""
    result = subprocess.run(
        [perf, "stat", "-x,", "-e", ",".join(EVENTS), program, str(rounds)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    counts = {}
    for line in result.stderr.splitlines():
        count, _, event, *_ = line.split(",") + [""] * 3
        if event in EVENTS and re.fullmatch(r"[0-9]+", count):
            counts[event] = int(count) / (rounds + 1) / CALLS
    return counts


def measure_layout(targets, layout, variants, arguments, tools, directory):
    """For each variant the least time, the size, and a program."""
    built = {
        variant: build(targets, variant, layout, tools, directory)
        for variant in variants
    }
    times = dict.fromkeys(variants, math.inf)
    sums = set()
    for _ in range(arguments.repeat):
        for variant, (program, _) in built.items():
            time, value = output([program, str(arguments.rounds)]).split()
            times[variant] = min(times[variant], float(time))
            sums.add(value)
    if len(sums) != 1:
        raise Failure("the programs do not call the same functions")
    return times, built


def measure(targets, arguments, tools, directory):
    variants = {**VARIANTS, **(RUST_VARIANTS if tools["rustc"] else {})}
    layouts = [
        measure_layout(targets, layout, variants, arguments, tools, directory)
        for layout in range(arguments.layouts)
    ]
    result = {"targets": targets, "variants": {}}
    for variant, (*_, base) in variants.items():
        times = [times[variant] for times, _ in layouts]
        ratios = [times[variant] / times[base] for times, _ in layouts]
        sizes = [
            (built[variant][1] - built[base][1]) / targets for _, built in layouts
        ]
        entry = {
            "ns": statistics.mean(times),
            "ratio": statistics.mean(ratios),
            "ratio-min": min(ratios),
            "ratio-max": max(ratios),
            "bytes": statistics.mean(sizes),
        }
        if len(ratios) > 1:
            entry["error"] = statistics.stdev(ratios) / math.sqrt(len(ratios))
        if tools["valgrind"]:
            entry["instructions"] = count_instructions(
                layouts[0][1][variant][0], tools["valgrind"]
            )
        if tools["perf"]:
            entry.update(
                count_events(
                    layouts[0][1][variant][0], tools["perf"], arguments.rounds
                )
            )
        result["variants"][variant] = entry
    return result


def print_result(result):
    print("\n%d targets" % result["targets"])
    events = [
        event
        for event in EVENTS
        if all(event in entry for entry in result["variants"].values())
    ]
    print("  %-12s %7s %6s %6s %15s %7s %12s%s" % (
        "", "ns/call", "ratio", "+-", "least .. most", "bytes", "instructions",
        "".join("  " + event for event in events),
    ))  # fmt: skip
    for variant, entry in result["variants"].items():
        print("  %-12s %7.2f %6.3f %6s %6.3f .. %5.3f %7.1f %12s%s" % (
            variant, entry["ns"], entry["ratio"],
            "%.3f" % entry["error"] if "error" in entry else "-",
            entry["ratio-min"], entry["ratio-max"], entry["bytes"],
            "%.1f" % entry["instructions"] if "instructions" in entry else "-",
            "".join("  %*.3f" % (len(event), entry[event]) for event in events),
        ))  # fmt: skip
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tools", help="directory of kcfi-opt (default: PATH)")
    parser.add_argument("--llvm-tools", help="directory of llc, clang and others")
    parser.add_argument("--targets", default="1,64,4096")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--layouts", type=int, default=24)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", metavar="FILE", help="write all numbers as JSON")
    arguments = parser.parse_args()
    try:
        numbers = sorted({int(number) for number in arguments.targets.split(",")})
    except ValueError:
        parser.error("not a list of numbers: " + arguments.targets)
    if min(numbers[0], arguments.layouts, arguments.repeat, arguments.rounds) < 1:
        parser.error("at least one target, layout, round and run are needed")

    results = []
    try:
        tools = {
            name: find_tool(name, arguments.tools)
            for name in ("kcfi-opt", "kcfi-translate")
        }
        for name in ("clang", "llc", "llvm-size"):
            tools[name] = find_llvm_tool(name, arguments.llvm_tools)
        tools["valgrind"] = shutil.which("valgrind")
        tools["perf"] = shutil.which("perf")
        print(
            "%d processors, %d runs, load %.1f"
            % (os.cpu_count(), arguments.repeat, os.getloadavg()[0])
        )
        with tempfile.TemporaryDirectory(prefix="kcfi-entries.") as directory:
            tools["rustc"] = find_rustc(directory)
            if not tools["rustc"]:
                print("no rustc with KCFI: its shims are not measured")
            for targets in numbers:
                results.append(measure(targets, arguments, tools, directory))
                print_result(results[-1])
    except (Failure, subprocess.CalledProcessError) as error:
        sys.exit("run.py: %s" % error)
    if arguments.json:
        write_json(
            {
                "processors": os.cpu_count(),
                "rounds": arguments.rounds,
                "layouts": arguments.layouts,
                "repeat": arguments.repeat,
                "results": results,
            },
            arguments.json,
        )


if __name__ == "__main__":
    main()
