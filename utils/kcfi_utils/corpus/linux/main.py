#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The corpus 'linux': the command line, and the steps for one configuration."""

import argparse
import collections
import dataclasses
import hashlib
import json
import os
import re
import shutil
import tempfile

from kcfi_utils.corpus.classify import read_code
from kcfi_utils.corpus.fetch import Fetcher
from kcfi_utils.corpus.linux import boot
from kcfi_utils.corpus.linux.kernel import CONFIGURATIONS, MODULE, Kernel, read
from kcfi_utils.corpus.linux.process import Cost
from kcfi_utils.corpus.linux.units import Units
from kcfi_utils.corpus.tools import Tools, need
from kcfi_utils.tools import ToolError, must

PACKAGE = "linux-source-6.12"

STEPS = ("units", "boot")

# Programs that the build of a kernel runs, and their packages.
NEEDED = {
    "make": "make",
    "flex": "flex",
    "bison": "bison",
    "bc": "bc",
    "perl": "perl",
    "tar": "tar",
    "xz": "xz-utils",
}

# What ThinLTO adds to the names of what it makes visible.
LINK_HASH = re.compile(r"\.llvm\.\d+")

# Section of the console: what is called, the type that the caller states, and MLIR's
# own type of it.
WRONG_CALLS = {
    "lkdtm": ("lkdtm_increment_int", "(ptr<c.int>) -> c.void", "(!llvm.ptr) -> ()"),
    "wrong-in": (
        "compare_longs",
        "(ptr<qual<const c.void>>, ptr<qual<const c.void>>) -> c.int",
        "(!llvm.ptr, !llvm.ptr) -> i32",
    ),
    "wrong-out": ("hex_to_bin", "(c.long) -> c.long", "(i64) -> i64"),
}

RIGHT_CALLS = (
    "lkdtm: Calling matched prototype ...",
    "lkdtm: Calling mismatched prototype ...",
    MODULE + ": right-in returned 123",
    MODULE + ": right-out returned 10",
    MODULE + ": unloaded",
)


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(
        prog="run-corpus linux",
        description="Sends a Linux kernel through the dialect: docs/Kernel.md",
    )
    add = parser.add_argument
    add(
        "--configurations",
        default=",".join(CONFIGURATIONS),
        help="of %s; all by default" % ", ".join(CONFIGURATIONS),
    )
    add("--kcfi-tools", help="directory of kcfi-opt and kcfi-translate")
    add("--llvm-tools", default="/usr/lib/llvm-22/bin")
    add("--passes", default="", help="pipeline between import and export")
    add(
        "--source",
        help="archive or folder of the kernel's sources; Debian's by default",
    )
    add(
        "--skip",
        default="",
        help="steps to leave out, of %s (units: each compiled on its own)"
        % ", ".join(STEPS),
    )
    add("--jobs", type=int, default=os.cpu_count() or 1)
    add("--timeout", type=int, default=900, help="seconds for one boot")
    add("--json", help="file for all numbers")
    add("--work", help="working directory: a second run goes on where one ended")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = parse_arguments(arguments)
    configurations = options.configurations.split(",")
    for name in configurations:
        if name not in CONFIGURATIONS:
            raise ToolError(
                "unknown configuration '%s': there are %s"
                % (name, ", ".join(CONFIGURATIONS))
            )
    options.skip = [name for name in options.skip.split(",") if name]
    for name in options.skip:
        if name not in STEPS:
            raise ToolError("no step '%s': there are %s" % (name, ", ".join(STEPS)))
    if options.jobs < 1:
        raise ToolError("--jobs must be positive")
    # Files of the comparison are removed unit by unit.
    options.keep = True
    tools = options.tools = Tools(options.llvm_tools, options.kcfi_tools)
    for program, package in NEEDED.items():
        need(program, package)
    if "boot" not in options.skip:
        need(boot.QEMU, "qemu-system-x86, or leave the boot out with --skip=boot")
    work = os.path.realpath(options.work or tempfile.mkdtemp(prefix="kcfi-linux-"))
    os.makedirs(work, exist_ok=True)
    print("working directory: %s" % work, flush=True)
    source = find_source(options.source, work)
    results = []
    for configuration in configurations:
        place = os.path.join(work, configuration)
        try:
            kernel = Kernel(tools, source, configuration, place, options.jobs)
            result = Run(tools, options, kernel, work).run()
        except ToolError as failure:
            result = {"configuration": configuration, "problems": [str(failure)]}
        print_result(result)
        results.append(result)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=1)
            file.write("\n")
    problems = sum(len(result["problems"]) for result in results)
    print("\n%d problem(s)" % problems)
    return 1 if problems else 0


def find_source(given, work):
    """The folder of the kernel's sources, which the build does not write into."""
    if given and os.path.isfile(os.path.join(given, "Kconfig")):
        return os.path.realpath(given)
    folder = os.path.join(work, PACKAGE)
    if os.path.isfile(os.path.join(folder, "unpacked")):
        return folder
    archive = given
    if not given:
        prefix = unpack_package(PACKAGE, work)
        archive = os.path.join(prefix, "usr/src", PACKAGE + ".tar.xz")
    elif not os.path.isfile(given):
        raise ToolError("'%s' is neither an archive nor a folder with a kernel" % given)
    os.makedirs(folder, exist_ok=True)
    must(["tar", "-xf", archive, "-C", folder, "--strip-components=1"], timeout=None)
    if not os.path.isfile(os.path.join(folder, "Kconfig")):
        raise ToolError("'%s' has no sources of a kernel" % archive)
    with open(os.path.join(folder, "unpacked"), "w"):
        return folder


def unpack_package(package, work):
    """Downloads a binary package, and unpacks it without installing it."""
    prefix = os.path.join(work, "packages", package)
    if not os.path.isdir(prefix):
        fetcher = Fetcher(work)
        fetcher.update()
        download = os.path.join(work, "packages", "download-" + package)
        os.makedirs(download, exist_ok=True)
        fetcher.apt("download", package, cwd=download)
        names = [name for name in os.listdir(download) if name.endswith(".deb")]
        if len(names) != 1:
            raise ToolError("apt downloads no package %s" % package)
        must(
            ["dpkg-deb", "-x", os.path.join(download, names[0]), prefix + ".part"],
            timeout=None,
        )
        os.rename(prefix + ".part", prefix)
        shutil.rmtree(download)
    return prefix


def read_record(path):
    content = read(path)
    return json.loads(content) if content else {}


def write_record(path, record):
    with open(path, "w") as file:
        json.dump(record, file)


class Run:
    """All steps for one configuration."""

    def __init__(self, tools, options, kernel, work):
        self.tools = tools
        self.options = options
        self.kernel = kernel
        self.work = work
        self.first = os.path.join(kernel.work, "first")
        self.second = os.path.join(kernel.work, "second")
        self.units = Units(tools, options, os.path.join(kernel.work, "store"))
        self.problems = []
        self.result = {"configuration": kernel.configuration}

    def say(self, text):
        print("%s: %s" % (self.kernel.configuration, text), flush=True)

    def run(self):
        names = self.build_first()
        self.say("%d bitcode units go through '%s'" % (len(names), self.options.passes))
        trips = self.units.translate_all(names)
        self.count(trips)
        self.link_second(trips)
        if "boot" not in self.options.skip:
            self.boot()
        self.compare_linked()
        if "units" not in self.options.skip:
            self.say("each unit is compiled on its own")
            self.compare_units(trips)
        self.result["problems"] = self.problems
        return self.result

    def build_first(self):
        record = read_record(os.path.join(self.first, "built.json"))
        if not record:
            self.say("the kernel is built")
            self.kernel.configure()
            cost = self.kernel.build("first-build")
            self.kernel.build_module("first-module")
            self.kernel.keep(self.first)
            names = self.kernel.find_bitcode()
            for name in names:
                self.units.keep_original(self.kernel, name)
            record = {"cost": dataclasses.asdict(cost), "units": names}
            write_record(os.path.join(self.first, "built.json"), record)
        self.result["kernel build"] = record["cost"]
        return record["units"]

    def count(self, trips):
        cost = Cost()
        stand_ins: collections.Counter[str] = collections.Counter()
        whole: collections.Counter[str] = collections.Counter()
        for trip in trips:
            cost.add(trip.cost)
            stand_ins.update(trip.stand_ins)
            whole.update(trip.whole)
            if trip.error:
                self.problems.append("%s: %s" % (trip.name, trip.error))
        self.result.update(
            {
                "units": len(trips),
                "units that fail": sum(bool(trip.error) for trip in trips),
                "passes": self.options.passes,
                "kcfi-translate": dataclasses.asdict(cost),
                "stand-ins": dict(stand_ins.most_common()),
                "carried whole": dict(whole.most_common()),
            }
        )

    def link_second(self, trips):
        contents = {
            trip.name: self.units.linkable(trip) for trip in trips if not trip.error
        }
        key = hashlib.sha256(
            b"".join(contents[n] for n in sorted(contents))
        ).hexdigest()
        path = os.path.join(self.second, "linked.json")
        record = read_record(path)
        if record.get("key") != key:
            self.say("the kernel is linked of %d other objects" % len(contents))
            for name, content in contents.items():
                self.kernel.replace(name, content)
            cost = self.kernel.build("second-build")
            self.kernel.build_module("second-module")
            again = [n for n in contents if self.kernel.read(n) != contents[n]]
            if again:
                raise ToolError(
                    "make compiled %d of %d objects again, %s first"
                    % (len(again), len(contents), again[0])
                )
            self.kernel.keep(self.second)
            record = {"key": key, "cost": dataclasses.asdict(cost)}
            write_record(path, record)
        self.result["objects replaced"] = len(contents)
        self.result["second link"] = record["cost"]
        new = self.warnings("second") - self.warnings("first")
        self.problems += ["only in the second link: " + text for text in sorted(new)]

    def warnings(self, name):
        """What objtool and modpost say."""
        found = set()
        for log in (name + "-build.log", name + "-module.log"):
            text = (read(os.path.join(self.kernel.work, log)) or b"").decode()
            for line in text.splitlines():
                if "arning: " in line or "WARNING: " in line:
                    line = re.sub(r"\.llvm\.\d+", "", line)
                    found.add(re.sub(r"\+0x[0-9a-f]+", "", line).strip())
        return found

    def type_ids(self):
        """What the project's own tool says that the stated types have for ids."""
        text = 'module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {\n'
        for name, (_, signature, machine) in WRONG_CALLS.items():
            text += (
                '  func.func private @"%s"%s attributes {kcfi.sig = !kcfi.fn<%s>}\n'
                % (name, machine, signature)
            )
        path = os.path.join(self.kernel.work, "types.mlir")
        with open(path, "w") as file:
            file.write(text + "}\n")
        out = must([self.tools.kcfi_opt, "--kcfi-assign-type-ids", path]).stdout
        found = re.findall(r'@"?([\w-]+)"?\(.*kcfi\.type_id<(0x[0-9a-f]+)', out)
        return {name: int(number, 16) for name, number in found}

    def boot(self):
        busybox = os.path.join(
            unpack_package("busybox-static", self.work), "bin/busybox"
        )
        # The ids of a kernel with FineIBT are random otherwise.
        fine = self.kernel.has_option("CONFIG_FINEIBT")
        parameters = ["cfi=kcfi,norand"] if fine else []
        permissive = self.kernel.has_option("CONFIG_CFI_PERMISSIVE")
        ids = self.type_ids()
        texts = {}
        for name, place, module in (
            ("untouched", self.first, self.first),
            ("untouched, again", self.first, self.first),
            ("through", self.second, self.second),
            ("untouched, module through", self.first, self.second),
        ):
            self.say("boot: " + name)
            log = os.path.join(
                self.kernel.work, "boot-%s.log" % re.sub(r"\W+", "-", name)
            )
            module = os.path.join(module, MODULE + ".ko")
            texts[name] = boot.boot(
                place, module, busybox, log, parameters, self.options.timeout
            )
        boots = {}
        for name, text in texts.items():
            for line in RIGHT_CALLS:
                if line not in text:
                    self.problems.append("boot, %s: no line '%s'" % (name, line))
            survived = "FAIL: survived mismatched prototype" in text
            if survived != permissive:
                self.problems.append(
                    "boot, %s: LKDTM's wrong call %s"
                    % (name, "went on" if survived else "did not go on")
                )
            caught = {}
            for mark, (target, _, _) in WRONG_CALLS.items():
                failure = boot.failed_check(text, mark)
                caught[mark] = failure and [*failure[:2], "0x%08x" % failure[2]]
                if not failure or failure[1:] != (target, ids.get(mark)):
                    self.problems.append(
                        "boot, %s, %s: failed check of %s with id %s is expected, not %s"
                        % (name, mark, target, ids.get(mark), failure)
                    )
            boots[name] = {
                "lines": len(boot.normalize(text)),
                "wrong calls": caught,
                "differences": boot.differences(
                    texts["untouched"], texts["untouched, again"], text
                ),
            }
            self.problems += [
                "boot, %s: %s" % (name, line) for line in boots[name]["differences"]
            ]
        self.result["permissive"] = permissive
        self.result["boots"] = boots

    def compare_linked(self):
        """The functions of both kernels after the optimisation of the whole."""
        self.say("the functions of both kernels are compared")
        before, after = (
            linked_code(self.tools, os.path.join(place, "vmlinux.o"))
            for place in (self.first, self.second)
        )
        same = [name for name in before if before[name] == after.get(name)]
        self.result["linked functions"] = len(before)
        self.result["linked functions identical"] = len(same)
        self.result["linked functions that differ"] = sorted(set(before) - set(same))
        lost = sorted(set(before) - set(after)) + sorted(set(after) - set(before))
        self.result["linked functions only in one"] = lost

    def compare_units(self, trips):
        numbers: collections.Counter[str] = collections.Counter()
        causes: collections.Counter[str] = collections.Counter()
        examples: dict[str, list[str]] = {}
        for unit in self.units.compare_all(trips):
            numbers.update(unit.numbers)
            causes.update(unit.causes)
            for cause, example in unit.examples.items():
                examples.setdefault(cause, [unit.name, *example])
            self.problems += ["%s: %s" % (unit.name, text) for text in unit.problems]
        self.result["unit by unit"] = dict(numbers)
        self.result["differences"] = dict(causes.most_common())
        self.result["examples"] = examples


def linked_code(tools, path):
    """Each function of a linked object, without where things are in their sections."""
    code: dict[str, list[str]] = {}
    for name, lines in read_code(tools, path)[0].items():
        text = []
        for line in lines:
            # Address and bytes; the address of a relocation.
            line = re.sub(r"^\s*[0-9a-f]+:\s+(([0-9a-f]{2} ?)+\s*\t)?", "", line)
            line = re.sub(r"0x[0-9a-f]+ (?=<)", "", line)
            # What is in a section is placed by the linker.
            line = re.sub(r"(\t\.[\w.]+)[-+]0x[0-9a-f]+$", r"\1", line)
            text.append(LINK_HASH.sub("", line))
        code.setdefault(LINK_HASH.sub("", name), []).extend(text)
    return code


def print_result(result):
    print("\n" + result["configuration"])
    for key, value in result.items():
        if key in ("configuration", "examples", "problems"):
            continue
        if key == "boots":
            for name, boot_result in value.items():
                print("  boot, %s: %d lines" % (name, boot_result["lines"]))
                for mark, caught in boot_result["wrong calls"].items():
                    if caught:
                        text = "%s calls %s, expected type %s" % tuple(caught)
                        print("    %s: %s" % (mark, text))
        elif isinstance(value, dict) and set(value) == {"seconds", "megabytes"}:
            print(
                "  %s: %.0f s of processor time, %.0f MB at most"
                % (key, value["seconds"], value["megabytes"])
            )
        elif isinstance(value, dict):
            total = "" if key == "unit by unit" else " %d" % sum(value.values())
            print("  %s:%s" % (key, total))
            for name, number in value.items():
                print("    %s: %d" % (name, number))
        elif isinstance(value, list):
            print("  %s: %d" % (key, len(value)))
        else:
            print("  %s: %s" % (key, value))
    for problem in result["problems"]:
        print("  PROBLEM: " + problem)
