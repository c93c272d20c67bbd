#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds a program from its sources, and from the objects after the round trip."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from typing import Any

from kcfi_utils.corpus.behaviour import Program, Run, compare_runs
from kcfi_utils.corpus.configurations import (
    CONFIG_VARIABLE,
    CONFIGURATIONS,
    CORPUS,
    RECIPES,
    SOURCE_SUFFIXES,
    Recipe,
)
from kcfi_utils.corpus.settings import Settings
from kcfi_utils.corpus.tools import Tools
from kcfi_utils.corpus.unit import Unit, process_units
from kcfi_utils.paths import UTILS
from kcfi_utils.tools import ToolError, must, run


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

    def observe(self) -> dict[str, Run]:
        program = Program(
            self.settings, self.recipe, self.work, self.tree, self.environment
        )
        return program.observe()

    def compare_behaviour(self) -> None:
        self.problems += compare_runs(self.before, self.after, self.recipe)

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
