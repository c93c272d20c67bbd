#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds a program, runs it, and compares how it behaves."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from typing import Any

from kcfi_utils.corpus.configurations import (
    CONFIG_VARIABLE,
    CONFIGURATIONS,
    CORPUS,
    RECIPES,
    SOURCE_SUFFIXES,
    Recipe,
)
from kcfi_utils.corpus.differences import describe, show_difference
from kcfi_utils.corpus.settings import Settings
from kcfi_utils.corpus.tools import Tools
from kcfi_utils.corpus.unit import Unit, process_units
from kcfi_utils.paths import UTILS
from kcfi_utils.tools import NoEnd, ToolError, must, run


def find_build_command(tree: str) -> str:
    def has(name: str) -> bool:
        return os.path.exists(os.path.join(tree, name))

    if has("configure"):
        return "./configure; make -j$JOBS"
    if has("CMakeLists.txt"):
        return (
            "cmake -B kcfi-build -DCMAKE_BUILD_TYPE=None; "
            "cmake --build kcfi-build -j$JOBS"
        )
    if has("configure.ac"):
        return "autoreconf -fi; ./configure; make -j$JOBS"
    if has("meson.build"):
        return "meson setup kcfi-build --buildtype=plain; ninja -C kcfi-build -j$JOBS"
    if has("Makefile") or has("makefile") or has("GNUmakefile"):
        return 'make -j$JOBS CC="$CC" CXX="$CXX"'
    names = " -o ".join(f"-name '*{suffix}'" for suffix in SOURCE_SUFFIXES)
    return (
        rf"find . \( {names} \) -print0 | "
        'xargs -0 -P$JOBS -I{} "$CC" $CFLAGS -c {} -o {}.o'
    )


@dataclasses.dataclass(frozen=True)
class Source:
    """What is built, and where it came from."""

    name: str
    tree: str
    # Of a package.
    version: str | None = None


@dataclasses.dataclass(frozen=True)
class Run:
    """What a program did."""

    status: int | str
    output: str
    # Names of caller and callee.
    traps: frozenset[tuple[str, str]]


class Build:
    """One package in one configuration."""

    def __init__(
        self, settings: Settings, source: Source, configuration: str, work: str
    ) -> None:
        self.settings = settings
        self.tools = settings.tools
        self.source = source
        self.configuration = configuration
        self.work = work
        self.store = os.path.join(work, "store")
        self.tree = os.path.join(work, "tree")
        self.flags = ["-fsanitize=kcfi", *CONFIGURATIONS[configuration]]
        self.level = "O0" if "-O0" in self.flags else "O2"
        self.llc_flags = [
            "-filetype=obj",
            "-function-sections",
            "-data-sections",
            "-relocation-model=pic",
        ]
        self.recipe: Recipe = {**RECIPES.get(source.name, {}), **settings.recipe}
        self.build_command: str | None = None
        self.environment: dict[str, str] = {}
        self.problems: list[str] = []
        self.units: list[Unit] = []
        self.wrong_call: Unit | None = None
        self.not_linked: list[str] = []
        self.before: dict[str, Run] = {}
        self.after: dict[str, Run] = {}

    def write_config(self, replace: bool, wrong_call: str | None) -> list[str]:
        """Returns the flags of the compiler."""
        flags = [
            *self.flags,
            "-w",
            "-Qunused-arguments",
            "-Wno-error",
            # Old C, which clang refuses by now, compiles as GCC takes it.
            "-Wno-implicit-function-declaration",
            "-Wno-implicit-int",
            "-Wno-int-conversion",
        ]
        config: dict[str, Any] = {
            "cc": self.tools.clang,
            "cxx": self.tools.clangxx,
            "llc": self.tools.llc,
            "llc_flags": ["-" + self.level, *self.llc_flags],
            "flags": flags,
            "tree": self.tree,
            "store": self.store,
            "replace": replace,
            "wrong_call": wrong_call,
        }
        path = os.path.join(self.work, "config.json")
        with open(path, "w") as file:
            json.dump(config, file)
        self.environment = dict(
            os.environ,
            CC=os.path.join(self.work, "bin", "cc"),
            CXX=os.path.join(self.work, "bin", "c++"),
            BUILD_CC=self.tools.clang,
            CORPUS=CORPUS,
            JOBS=str(self.settings.jobs),
            CFLAGS=self.settings.cflags,
            CXXFLAGS=self.settings.cflags,
            LC_ALL="C.UTF-8",
        )
        self.environment[CONFIG_VARIABLE] = path
        return flags

    def build(self, replace: bool) -> None:
        """Builds in a fresh copy, always under the same path."""
        if os.path.exists(self.tree):
            shutil.rmtree(self.tree)
        shutil.copytree(self.source.tree, self.tree, symlinks=True)
        self.write_config(replace, os.path.join(self.store, "wrong-call"))
        self.build_command = self.recipe.get("build") or find_build_command(self.tree)
        kind = "second" if replace else "first"
        done = run(
            ["bash", "-c", "set -eo pipefail; " + self.build_command],
            cwd=self.tree,
            env=self.environment,
            timeout=None,
        )
        with open(os.path.join(self.work, kind + "-build.log"), "w") as file:
            file.write(done.stdout + done.stderr)
        if done.returncode != 0:
            parts = [
                f"the {kind} build of {self.source.name} fails with status "
                f"{done.returncode}: {self.build_command}",
                last_lines(done.stderr) or last_lines(done.stdout),
                missing_build_dependencies(self.tree),
            ]
            raise ToolError("\n".join(filter(None, parts)))

    def prepare(self, *names: str) -> None:
        """Makes the wrong call, and the compiler, which has these names."""
        os.makedirs(self.store, exist_ok=True)
        os.makedirs(os.path.join(self.work, "bin"), exist_ok=True)
        for name in names:
            link = os.path.join(self.work, "bin", name)
            os.symlink(os.path.join(UTILS, "run-corpus"), link)
        flags = self.write_config(False, None)
        base = os.path.join(self.store, "wrong-call")
        must(
            [self.tools.clang, *flags, "-c", "-emit-llvm"]
            + [os.path.join(CORPUS, "wrong-call.c"), "-o", base + ".bc"]
        )
        must(
            [self.tools.llc, "-" + self.level, *self.llc_flags]
            + [base + ".bc", "-o", base + ".o"]
        )
        self.wrong_call = Unit("wrong-call.c", base, base + ".bc", self.level)

    def find_units(self) -> None:
        for entry in sorted(os.listdir(self.store)):
            if not entry.endswith(".json"):
                continue
            with open(os.path.join(self.store, entry)) as file:
                source = json.load(file)["source"]
            if not os.path.exists(source):
                continue  # a probe of a build system
            base = os.path.join(self.store, entry[: -len(".json")])
            name = os.path.relpath(source, self.tree)
            self.units.append(Unit(name, base, base + ".bc", self.level))
        self.units.sort(key=lambda unit: unit.name)
        if not self.units:
            raise ToolError(
                f"the build of {self.source.name} compiled nothing with $CC: "
                "give a command with --build"
            )

    def process_units(self) -> None:
        units = [*self.units, *filter(None, [self.wrong_call])]
        process_units(self.settings, units, self.llc_flags)

    def test(self, preload: str | None = None, call: str | None = None) -> Run:
        environment = dict(self.environment)
        log = os.path.join(self.work, "traps.log")
        if preload:
            if os.path.exists(log):
                os.remove(log)
            environment.update(LD_PRELOAD=preload, KCFI_TRAP_LOG=log)
        command = self.recipe.get("test")
        if call:
            environment["KCFI_CORPUS_CALL"] = call
            command = "./" + self.recipe["program"]
        status: int | str
        try:
            # The braces keep the shell, which reports how the command ended.
            done = run(
                ["bash", "-c", "{ %s; }; exit $?" % command],
                cwd=self.tree,
                env=environment,
                timeout=self.settings.timeout,
            )
            status, output = done.returncode, done.stdout
        except NoEnd:
            status, output = f"no end after {self.settings.timeout} s", ""
        traps: set[tuple[str, str]] = set()
        if preload and os.path.exists(log):
            traps = self.read_traps(log)
        return Run(status, output, frozenset(traps))

    def read_traps(self, log: str) -> set[tuple[str, str]]:
        places: set[tuple[str, str, str, str]] = set()
        with open(log) as file:
            for line in file:
                caller, trap, callee, entry = line.rstrip("\n").split("\t")
                # The program's name is as the shell gave it.
                caller, callee = (
                    (
                        os.path.realpath(os.path.join(self.tree, module))
                        if module != "?"
                        else "?"
                    )
                    for module in (caller, callee)
                )
                places.add((caller, trap, callee, entry))
        requests = sorted(
            {(p[0], p[1]) for p in places} | {(p[2], p[3]) for p in places}
        )
        names = {("?", "0"): "?"}
        for module, offset in requests:
            if module == "?":
                continue
            done = must(
                [self.tools.llvm_symbolizer, "--functions=linkage", "--no-inlines"]
                + ["--obj=" + module, "0x" + offset]
            )
            name = done.stdout.splitlines()[0] if done.stdout else "??"
            if not module.startswith(self.work + os.sep):
                name += " in " + os.path.basename(module)
            names[module, offset] = name
        # How often a place traps is no matter, and at how many places of one
        # function depends on inlining.
        return {(names[p[0], p[1]], names[p[2], p[3]]) for p in places}

    def observe(self) -> dict[str, Run]:
        result = {}
        preload = self.settings.preload
        if self.recipe.get("test"):
            result["plain"] = self.test()
            if preload:
                result["past traps"] = self.test(preload=preload)
        if self.recipe.get("program"):
            result["right call"] = self.test(call="right")
            result["wrong call"] = self.test(call="wrong")
        return result

    def compare_behaviour(self) -> None:
        for name, old in self.before.items():
            new = self.after[name]
            what = f"behaviour ({name})"
            if old.status != new.status:
                self.problems.append(
                    f"{what}, status: {old.status} before, {new.status} after"
                )
            if old.output != new.output:
                self.problems.append(
                    f"{what}, output: {show_difference(old.output, new.output)}"
                )
            if old.traps != new.traps:
                self.problems.append(
                    f"{what}, traps: {describe(old.traps)} before, "
                    f"{describe(new.traps)} after"
                )
        if "right call" in self.after:
            status = self.after["right call"].status
            if status != 42:
                self.problems.append(f"the right call did not return: status {status}")
            # Illegal instruction or trap, as the shell reports a signal.
            status = self.after["wrong call"].status
            if status not in (132, 133):
                self.problems.append(f"the wrong call did not trap: status {status}")
        if "past traps" in self.after:
            seen = {callee for _, callee in self.after["past traps"].traps}
            for name in self.recipe.get("traps", []):
                if name not in seen:
                    self.problems.append(f"the call of {name} did not trap")

    def run(self) -> None:
        self.prepare("cc", "c++")
        self.build(replace=False)
        self.before = self.observe()
        self.find_units()
        self.process_units()
        self.build(replace=True)
        self.check_replaced()
        self.after = self.observe()
        self.compare_behaviour()
        if not self.settings.keep:
            shutil.rmtree(self.store)
            shutil.rmtree(self.tree)

    def check_replaced(self) -> None:
        path = os.path.join(self.store, "replaced")
        used: set[str] = set()
        if os.path.exists(path):
            with open(path) as file:
                used = set(file.read().splitlines())
        unused = [
            unit.name
            for unit in self.units
            if unit.base not in used and not unit.round_trip_failed
        ]
        if unused:
            self.problems.append(
                f"the second build did not use the objects of {len(unused)} of "
                f"{len(self.units)} units: {', '.join(unused[:10])}"
            )

    def find_levels(self) -> list[tuple[str, bool, list[Unit]]]:
        """Units by optimization, and whether that is assumed."""
        return [(self.configuration, False, self.units)]


def last_lines(text: str) -> str:
    return "\n".join(text.strip()[-1500:].splitlines()[-15:])


def missing_build_dependencies(tree: str) -> str:
    if not shutil.which("dpkg-checkbuilddeps"):
        return ""
    if not os.path.exists(os.path.join(tree, "debian/control")):
        return ""
    return run(["dpkg-checkbuilddeps"], cwd=tree).stderr.strip()


def compile_preload(tools: Tools, work: str) -> str | None:
    """The library that logs failed checks, or None where there is none."""
    machine = os.uname()
    if machine.sysname != "Linux" or machine.machine != "x86_64":
        return None
    path = os.path.join(work, "trap-log.so")
    must(
        [tools.clang, "-O1", "-fPIC", "-shared", os.path.join(CORPUS, "trap-log.c")]
        + ["-o", path]
    )
    return path
