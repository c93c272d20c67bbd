#!/usr/bin/env python3
#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What becomes of rustc's shims in the tests of real crates.

  crates.py [--tools DIR] [--opt-level 0|1|2|3|s] [--form FORM] [--work DIR]
            [--jobs N] [--time-limit SECONDS] [--json FILE] CRATE...

CRATE is NAME-VERSION, fetched by cargo, or a folder with a Cargo.toml. Its tests
and all crates that it depends on are built by cargo with KCFI, against the standard
library that comes with rustc, which has neither ids nor checks. Each test program
is then linked anew, from the bitcode of its crates, in five ways:

  rustc     each crate for itself, as rustc made it
  separate  the same, imported and exported, and after `kcfi-fold-shims`
  whole     all crates as one module, imported and exported, and after
            `kcfi-fold-shims=world=closed`

All five run; their tests must end alike. Of each entry that replaces a shim the
program itself then reads the id and calls it through a pointer of another type,
which must trap. A program whose tests take longer than the time limit is a problem,
and counts for nothing.

rustc needs RUSTC_BOOTSTRAP=1 for KCFI unless it is a nightly one; the script sets
it. Exit status 0: all programs behave alike and all wrong calls trap. 1: some do
not. 2: a crate could not be measured.
"""

import argparse
import collections
import concurrent.futures
import filecmp
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the sources may be read-only
here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(here)]
from measure import Failure, find_llvm_tool, find_tool, write_json  # noqa: E402

TARGET = "x86_64-unknown-linux-gnu"
RECORD = "KCFI_CRATES_RECORD"  # set while cargo calls this script as its linker
WAYS = ("rustc", "separate", "separate folded", "whole", "whole folded")
TIME_LIMIT = "time limit"  # instead of an exit code
VERDICT = re.compile(r"^test (.*?)(?: - should panic)? \.\.\. (\w+)", re.MULTILINE)
KILLED = re.compile(r"^---- (.*) std(?:out|err) ----\n(?:(?!----).*\n)*?"
                    r"note: child process exited with (signal \d+)", re.MULTILINE)  # fmt: skip
TRAP = "signal %d" % signal.SIGILL
FATE = re.compile(r"Shim \|.*Fate=(\w+), .*Reason=\"([^\"]*)\"")


def run(command, **options):
    result = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, **options
    )
    if result.returncode != 0:
        raise Failure(
            "'%s' failed:\n%s"
            % (" ".join(command)[:300], (result.stderr or result.stdout)[-2000:])
        )
    return result


def record_link(arguments):
    """Called as the linker: keeps what rustc deletes, and links."""
    output = arguments[arguments.index("-o") + 1]
    directory = os.path.join(os.environ[RECORD], os.path.basename(output))
    os.makedirs(directory, exist_ok=True)
    kept = []
    for argument in arguments:
        # Libraries stay where they are, objects and lists are temporary.
        if os.path.isfile(argument) and not argument.endswith((".rlib", ".so")):
            copy = os.path.join(directory, os.path.basename(argument))
            shutil.copy(argument, copy)
            argument = copy
        kept.append(argument)
    with open(os.path.join(directory, "link.json"), "w", encoding="utf-8") as file:
        json.dump({"arguments": kept, "output": output}, file)
    os.execvp("cc", ["cc", *arguments])


def download(name, version, work):
    """Where cargo keeps the sources of a crate."""
    user = os.path.join(work, "%s-%s.user" % (name, version))
    os.makedirs(os.path.join(user, "src"), exist_ok=True)
    open(os.path.join(user, "src", "lib.rs"), "w", encoding="utf-8").close()
    manifest = os.path.join(user, "Cargo.toml")
    with open(manifest, "w", encoding="utf-8") as file:
        file.write('[package]\nname = "kcfi-user-of-crate"\n[workspace]\n')
        file.write('[dependencies]\n"%s" = "=%s"\n' % (name, version))
    answer = run(["cargo", "metadata", "--format-version=1",
                  "--manifest-path=" + manifest])  # fmt: skip
    for package in json.loads(answer.stdout)["packages"]:
        if (package["name"], package["version"].split("+")[0]) == (name, version):
            return os.path.dirname(package["manifest_path"])
    raise Failure("cargo has no %s in version %s" % (name, version))


def fetch(crate, work):
    """The folder of a crate."""
    if os.path.isfile(os.path.join(crate, "Cargo.toml")):
        # Cargo writes into it.
        folder = os.path.join(work, os.path.basename(os.path.abspath(crate)))
        shutil.copytree(crate, folder, dirs_exist_ok=True)
    else:
        name, found, version = crate.rpartition("-")
        if not found:
            raise Failure("'%s' is no folder with a Cargo.toml, nor NAME-VERSION" % crate)
        folder = os.path.join(work, crate)
        if not os.path.isdir(folder):
            shutil.copytree(download(name, version, work), folder)
    manifest = os.path.join(folder, "Cargo.toml")
    with open(manifest, encoding="utf-8") as file:
        text = file.read()
    if "[workspace]" not in text:  # of a workspace that is not here
        with open(manifest, "a", encoding="utf-8") as file:
            file.write("\n[workspace]\n")
    return folder


class Crate:
    def __init__(self, name, arguments, tools, work, pool):
        self.name = os.path.basename(os.path.abspath(name))
        self.arguments, self.tools, self.pool = arguments, tools, pool
        self.folder = fetch(name, work)
        self.build = os.path.join(work, self.name + ".O" + arguments.opt_level)
        self.records = os.path.join(self.build, "links")
        os.makedirs(self.build, exist_ok=True)
        self.probe = os.path.join(self.build, "probe.o")
        run([tools["clang"], "-O1", "-fPIC", "-fsanitize=kcfi", "-c",
             os.path.join(here, "probe.c"), "-o", self.probe])  # fmt: skip
        self.converted = {}

    def build_tests(self):
        """The links of the test programs."""
        level = self.arguments.opt_level
        flags = [
            "-Zsanitizer=kcfi",
            "-Cunsafe-allow-abi-mismatch=sanitizer",
            "-Ccodegen-units=1",
            # Landing pads would be a matter of the standard library.
            "-Cpanic=abort",
            "-Zpanic-abort-tests",
            "--emit=llvm-bc",
            "-Clinker=" + os.path.abspath(__file__),
        ]
        environment = dict(
            os.environ,
            RUSTC_BOOTSTRAP="1",
            RUSTFLAGS=" ".join(flags),
            CARGO_INCREMENTAL="0",
            CARGO_TARGET_DIR=os.path.join(self.build, "target"),
            **{RECORD: self.records},
        )
        for profile in ("DEV", "TEST"):
            environment["CARGO_PROFILE_%s_OPT_LEVEL" % profile] = level
            environment["CARGO_PROFILE_%s_DEBUG" % profile] = "0"
        result = run(
            ["cargo", "test", "-Zpanic-abort-tests", "--target", TARGET, "--lib",
             "--tests", "--no-run", "--message-format=json"],
            cwd=self.folder, env=environment,
        )  # fmt: skip
        messages = [
            json.loads(line)
            for line in result.stdout.splitlines()
            if line.startswith("{")
        ]
        programs = [
            message["executable"]
            for message in messages
            if message.get("executable") and message["profile"]["test"]
        ]
        links = []
        for program in programs:
            record = os.path.join(self.records, os.path.basename(program), "link.json")
            with open(record, encoding="utf-8") as file:
                links.append((program, json.load(file)["arguments"]))
        return links

    def find_modules(self, arguments, program):
        """What of a link was compiled with KCFI, and its bitcode."""
        directory = os.path.dirname(program)
        modules = {}
        for argument in arguments:
            name = os.path.basename(argument)
            if name.endswith("-cgu.0.rcgu.o"):
                bitcode = name.split(".")[0]
            elif name.endswith(".rlib") and os.path.dirname(argument) == directory:
                bitcode = name[len("lib") : -len(".rlib")]
            else:
                continue
            path = os.path.join(directory, bitcode + ".bc")
            if not os.path.isfile(path):
                raise Failure("%s has no bitcode %s" % (argument, path))
            modules[argument] = path
        return modules

    def compile(self, bitcode, output):
        run([self.tools["llc"], "-O" + {"s": "2"}.get(self.arguments.opt_level,
             self.arguments.opt_level), "-relocation-model=pic", "-function-sections",
             "-data-sections", "-filetype=obj", bitcode, "-o", output])  # fmt: skip

    def convert(self, bitcode, world):
        """The objects of a module, unfolded and folded, and the fates of its shims."""
        imported = bitcode + ".imported"
        run([self.tools["kcfi-translate"], "--import-llvm-ir", "--emit-bytecode",
             bitcode, "-o", imported])  # fmt: skip
        fold = "--kcfi-fold-shims=world=%s form=%s" % (world, self.arguments.form)
        outputs = []
        for name, passes in (("unfolded", []), ("folded", [fold])):
            base = bitcode + "." + name
            result = run(
                [self.tools["kcfi-opt"], *passes, "--kcfi-roundtrip-pipeline",
                 "--remarks-filter=kcfi", "--emit-bytecode", imported,
                 "-o", base + ".mlirbc"],
            )  # fmt: skip
            run([self.tools["kcfi-translate"], "--kcfi-to-bitcode",
                 base + ".mlirbc", "-o", base + ".bc"])  # fmt: skip
            fates = collections.Counter(FATE.findall(result.stdout + result.stderr))
            outputs.append((base, fates))
        (unfolded, none), (folded, fates) = outputs
        self.compile(unfolded + ".bc", unfolded + ".o")
        # Most crates have no shims.
        if filecmp.cmp(unfolded + ".bc", folded + ".bc", shallow=False):
            shutil.copy(unfolded + ".o", folded + ".o")
        else:
            self.compile(folded + ".bc", folded + ".o")
        return {"": (unfolded + ".o", none), "folded": (folded + ".o", fates)}

    def convert_crate(self, bitcode, copy):
        shutil.copy(bitcode, copy)
        self.compile(bitcode, copy + ".o")
        return {"rustc": (copy + ".o", {}), **self.convert(copy, "symbols")}

    def convert_whole(self, modules, merged):
        run([self.tools["llvm-link"], *modules, "-o", merged])
        return self.convert(merged, "closed")

    def start(self, function, source, name):
        """Does the work in the background, once for each name."""
        path = os.path.join(self.build, name)
        if path not in self.converted:
            self.converted[path] = self.pool.submit(function, source, path)
        return self.converted[path]

    def start_program(self, program, arguments):
        """What becomes the objects of each module, and of all as one."""
        modules = self.find_modules(arguments, program)
        separate = {
            argument: self.start(self.convert_crate, path, os.path.basename(path))
            for argument, path in modules.items()
        }
        name = os.path.basename(program) + ".whole.bc"
        return separate, self.start(self.convert_whole, list(modules.values()), name)

    def link(self, program, arguments, way, converted):
        """The program, and the fates of the shims of all its modules."""
        separate, whole = converted
        kind, _, folded = way.partition(" ")
        fates = collections.Counter()
        objects = {argument: [] for argument in separate}
        if kind == "whole":
            path, fates = whole.result()[folded]
            objects[next(iter(separate))] = [path]
        else:
            for argument, module in separate.items():
                path, of_module = module.result()["rustc" if kind == "rustc" else folded]
                objects[argument] = [path]
                fates.update(of_module)
        output = os.path.join(
            self.build, os.path.basename(program) + "." + way.replace(" ", "-")
        )
        command = ["cc"]
        for argument in arguments:
            command += objects.get(argument, [argument])
        command[command.index("-o") + 1] = output
        run([*command, self.probe])
        return output, fates

    def run_tests(self, program):
        """How each test ends; the program itself under the name ''."""
        # With what its tests have started, the program can be killed as one.
        with subprocess.Popen(
            [program], cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            errors="replace", start_new_session=True,
        ) as process:  # fmt: skip
            try:
                output, _ = process.communicate(timeout=self.arguments.time_limit)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                return {"": TIME_LIMIT}
        return {
            **dict(VERDICT.findall(output)),
            **dict(KILLED.findall(output)),
            "": process.returncode,
        }

    def probe_entries(self, program):
        """The ids of each shim or entry, and what is wrong with them."""
        symbols = run([self.tools["llvm-nm"], "--defined-only", program]).stdout
        addresses = {}
        for line in symbols.splitlines():
            address, _, name = line.split(" ", 2)
            addresses.setdefault(name, []).append(int(address, 16))
        origin = addresses["kcfi_probe_origin"][0]
        shims = [
            # A suffix tells functions of one name in a whole program apart.
            (re.sub(r"\.\d+$", "", name), address - origin)
            for name, places in addresses.items()
            if "reify" in name and not name.startswith("__cfi_")
            for address in places
        ]
        result = run(
            [program],
            env=dict(os.environ, KCFI_PROBE=" ".join(str(shim[1]) for shim in shims)),
        )
        lines = [line.split() for line in result.stdout.splitlines()]
        if len(lines) != len(shims):
            raise Failure("%s: the probe stopped early" % program)
        ids = {}
        for (name, _), (identifier, _) in zip(shims, lines):
            ids.setdefault(name, []).append(identifier)
        wrong = [
            "%s %s" % (name, verdict)
            for (name, _), (_, verdict) in zip(shims, lines)
            if verdict != "trap"
        ]
        return ids, wrong

    def text_size(self, program):
        sizes = run([self.tools["llvm-size"], "-A", program]).stdout
        return int(re.search(r"^\.text\s+(\d+)", sizes, re.MULTILINE).group(1))


def measure(name, arguments, tools, work, pool):
    crate = Crate(name, arguments, tools, work, pool)
    result = {"crate": crate.name, "programs": [], "problems": []}
    programs = [
        (program, link, crate.start_program(program, link))
        for program, link in crate.build_tests()
    ]
    for program, link, converted in programs:
        entry = {"program": os.path.basename(program), "ways": {}}
        verdicts = {}
        probed = {}
        for way in WAYS:
            linked, fates = crate.link(program, link, way, converted)
            verdicts[way] = crate.run_tests(linked)
            if verdicts[way][""] == TIME_LIMIT:
                result["problems"].append(
                    "%s, %s: tests take longer than %g s"
                    % (program, way, arguments.time_limit)
                )
                break
            probed[way], wrong = crate.probe_entries(linked)
            if wrong:
                result["problems"].append(
                    "%s, %s: a wrong call does not trap: %s" % (program, way, wrong)
                )
            for name, ids in probed[way].items():
                if set(ids) - set(probed[WAYS[0]].get(name, ids)):
                    result["problems"].append(
                        "%s, %s: %s has another id" % (program, way, name)
                    )
            if verdicts[way] != verdicts[WAYS[0]]:
                result["problems"].append("%s, %s: tests end differently" % (program, way))
            entry["ways"][way] = {
                "text": crate.text_size(linked),
                "tests": sum(end == "ok" for end in verdicts[way].values()),
                "failed": sorted(
                    test
                    for test, end in verdicts[way].items()
                    if test and end not in ("ok", "ignored")
                ),
                "trapped": sum(end == TRAP for end in verdicts[way].values()),
                "exit": verdicts[way][""],
                "addresses": sum(map(len, probed[way].values())),
                "fates": {
                    "%s: %s" % fate: number for fate, number in sorted(fates.items())
                },
            }
        else:
            result["programs"].append(entry)
    return result


def summarize(result):
    """Sums over the programs of a crate."""
    rows = {}
    for way in WAYS:
        entries = [program["ways"][way] for program in result["programs"]]
        fates = collections.Counter()
        for entry in entries:
            fates.update(entry["fates"])
        rows[way] = {
            "text": sum(entry["text"] for entry in entries),
            "tests": sum(entry["tests"] for entry in entries),
            "failed": sum(len(entry["failed"]) for entry in entries),
            "trapped": sum(entry["trapped"] for entry in entries),
            "addresses": sum(entry["addresses"] for entry in entries),
            "fates": fates,
        }
    return rows


def print_result(result):
    print("\n%s: %d test programs" % (result["crate"], len(result["programs"])))
    columns = ("text", "shims", "passed", "failed", "trapped")
    print("  %-16s %9s %7s %7s %7s %7s" % ("", *columns))
    for way, row in summarize(result).items():
        print("  %-16s %9d %7d %7d %7d %7d" % (
            way, row["text"], row["addresses"], row["tests"], row["failed"],
            row["trapped"],
        ))  # fmt: skip
        for fate, number in row["fates"].most_common():
            print("    %6d %s" % (number, fate))
    for problem in result["problems"]:
        print("  PROBLEM: " + problem)
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("crates", nargs="+", metavar="CRATE")
    parser.add_argument("--tools", help="directory of kcfi-opt (default: PATH)")
    parser.add_argument("--llvm-tools", help="directory of llc, clang and others")
    parser.add_argument("--opt-level", default="2", choices=list("0123s"))
    parser.add_argument("--form", default="auto")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count(), metavar="N",
        help="modules converted at a time (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--time-limit", type=float, default=300, metavar="SECONDS",
        help="for the tests of one program (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--work", help="folder for sources and results (kept)")
    parser.add_argument("--json", metavar="FILE", help="write all numbers as JSON")
    arguments = parser.parse_args()
    if arguments.jobs < 1:
        parser.error("--jobs needs to be at least 1")
    results = []
    failed = False
    with tempfile.TemporaryDirectory(prefix="kcfi-crates.") as temporary:
        work = os.path.abspath(arguments.work or temporary)
        os.makedirs(work, exist_ok=True)
        try:
            tools = {
                name: find_tool(name, arguments.tools)
                for name in ("kcfi-opt", "kcfi-translate")
            }
            for name in ("clang", "llc", "llvm-link", "llvm-nm", "llvm-size"):
                tools[name] = find_llvm_tool(name, arguments.llvm_tools)
            find_tool("cargo", None)
        except Failure as error:
            print("crates.py: %s" % error, file=sys.stderr)
            return 2
        for crate in arguments.crates:
            pool = concurrent.futures.ThreadPoolExecutor(arguments.jobs)
            try:
                results.append(measure(crate, arguments, tools, work, pool))
                print_result(results[-1])
            except Failure as error:
                print("crates.py: %s" % error, file=sys.stderr)
                failed = True
            finally:
                pool.shutdown(cancel_futures=True)
    if arguments.json:
        write_json(results, arguments.json)
    if failed:
        return 2
    return int(any(result["problems"] for result in results))


if __name__ == "__main__":
    if RECORD in os.environ:
        record_link(sys.argv[1:])
    sys.exit(main())
