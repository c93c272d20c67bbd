#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds a program, runs it, and compares how it behaves."""

import json
import os
import shutil
import subprocess

from kcfi_utils.corpus.configurations import (
    CONFIGURATIONS,
    CONFIG_VARIABLE,
    CORPUS,
    RECIPES,
)
from kcfi_utils.corpus.tools import Failure, run
from kcfi_utils.corpus.unit import Unit, process_units
from kcfi_utils.paths import UTILS


def find_build_command(tree):
    def has(name):
        return os.path.exists(os.path.join(tree, name))

    if has("configure"):
        return "./configure; make -j$JOBS"
    if has("CMakeLists.txt"):
        return "cmake -B kcfi-build -DCMAKE_BUILD_TYPE=None; make -C kcfi-build -j$JOBS"
    if has("configure.ac"):
        return "autoreconf -fi; ./configure; make -j$JOBS"
    if has("meson.build"):
        return "meson setup kcfi-build --buildtype=plain; ninja -C kcfi-build -j$JOBS"
    if has("Makefile") or has("makefile") or has("GNUmakefile"):
        return 'make -j$JOBS CC="$CC" CXX="$CXX"'
    return "find . -name '*.c' | xargs -P$JOBS -I{} $CC $CFLAGS -c {} -o {}.o"


class Build:
    """One package in one configuration."""

    def __init__(self, tools, options, name, configuration, tree, work):
        self.tools = tools
        self.options = options
        self.name = name
        self.configuration = configuration
        self.pristine = tree
        self.work = work
        self.store = os.path.join(work, "store")
        self.flags = ["-fsanitize=kcfi", *CONFIGURATIONS[configuration]]
        level = "-O0" if "-O0" in self.flags else "-O2"
        self.llc_flags = [
            level,
            "-filetype=obj",
            "-function-sections",
            "-data-sections",
        ]
        self.recipe = dict(RECIPES.get(name, {}))
        for key in ("build", "test", "program"):
            if getattr(options, key) is not None:
                self.recipe[key] = getattr(options, key)
        self.problems = []
        self.units = []
        self.behaviour = {}

    def write_config(self, replace, wrong_call):
        config = {
            "cc": self.tools.clang,
            "cxx": self.tools.clangxx,
            "llc": self.tools.llc,
            "llc_flags": [*self.llc_flags, "-relocation-model=pic"],
            "flags": [
                *self.flags,
                "-w",
                "-Qunused-arguments",
                "-Wno-error",
                # Old C, which clang refuses by now, compiles as GCC takes it.
                "-Wno-implicit-function-declaration",
                "-Wno-implicit-int",
                "-Wno-int-conversion",
            ],
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
            JOBS=str(self.options.jobs),
            CFLAGS=self.options.cflags,
            CXXFLAGS=self.options.cflags,
            LC_ALL="C.UTF-8",
            **{CONFIG_VARIABLE: path},
        )
        return config

    def build(self, replace):
        """Builds in a fresh copy, always under the same path."""
        tree = os.path.join(self.work, "tree")
        if os.path.exists(tree):
            shutil.rmtree(tree)
        shutil.copytree(self.pristine, tree, symlinks=True)
        wrong_call = os.path.join(self.store, "wrong-call")
        self.write_config(replace, wrong_call)
        command = self.recipe.get("build") or find_build_command(tree)
        kind = "second" if replace else "first"
        done = run(
            ["bash", "-c", "set -eo pipefail; " + command],
            check=False,
            cwd=tree,
            env=self.environment,
        )
        with open(os.path.join(self.work, kind + "-build.log"), "w") as file:
            file.write(done.stdout + done.stderr)
        if done.returncode != 0:
            raise Failure(
                "the %s build of %s fails with status %d: %s\n%s\n%s"
                % (
                    kind,
                    self.name,
                    done.returncode,
                    command,
                    done.stderr.strip()[-1500:],
                    missing_build_dependencies(tree),
                )
            )
        return tree

    def prepare(self):
        os.makedirs(self.store, exist_ok=True)
        os.makedirs(os.path.join(self.work, "bin"), exist_ok=True)
        for name in ("cc", "c++"):
            link = os.path.join(self.work, "bin", name)
            if not os.path.lexists(link):
                os.symlink(os.path.join(UTILS, "run-corpus"), link)
        config = self.write_config(False, None)
        base = os.path.join(self.store, "wrong-call")
        run(
            [self.tools.clang, *config["flags"], "-c", "-emit-llvm"]
            + [os.path.join(CORPUS, "wrong-call.c"), "-o", base + ".bc"]
        )
        run([self.tools.llc, *config["llc_flags"], base + ".bc", "-o", base + ".o"])
        self.wrong_call = Unit("wrong-call.c", base, base + ".bc")

    def find_units(self):
        for entry in sorted(os.listdir(self.store)):
            if not entry.endswith(".json"):
                continue
            with open(os.path.join(self.store, entry)) as file:
                source = json.load(file)["source"]
            if not os.path.exists(source):
                continue  # a probe of a build system
            base = os.path.join(self.store, entry[: -len(".json")])
            name = os.path.relpath(source, os.path.join(self.work, "tree"))
            self.units.append(Unit(name, base, base + ".bc"))
        self.units.sort(key=lambda unit: unit.name)
        if not self.units:
            raise Failure(
                "the build of %s compiled nothing with $CC: give a command with --build"
                % self.name
            )

    def test(self, tree, preload=None, call=None):
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
        try:
            # The braces keep the shell, which reports how the command ended.
            done = run(
                ["bash", "-c", "{ %s; }; exit $?" % command],
                check=False,
                cwd=tree,
                env=environment,
                timeout=self.options.timeout,
            )
            status, output = done.returncode, done.stdout
        except subprocess.TimeoutExpired:
            status, output = "no end after %d s" % self.options.timeout, ""
        traps = set()
        if preload and os.path.exists(log):
            traps = self.read_traps(tree, log)
        return {"status": status, "output": output, "traps": traps}

    def read_traps(self, tree, log):
        places = set()
        with open(log) as file:
            for line in file:
                caller, trap, callee, entry = line.rstrip("\n").split("\t")
                # The program's name is as the shell gave it.
                caller, callee = (
                    (
                        os.path.realpath(os.path.join(tree, module))
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
            done = run(
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

    def observe(self, tree, preload):
        result = {}
        if self.recipe.get("test"):
            result["plain"] = self.test(tree)
            if preload:
                result["past traps"] = self.test(tree, preload=preload)
        if self.recipe.get("program"):
            result["right call"] = self.test(tree, call="right")
            result["wrong call"] = self.test(tree, call="wrong")
        return result

    def compare_behaviour(self, before, after):
        for name in before:
            for key in ("status", "output", "traps"):
                if before[name][key] != after[name][key]:
                    self.problems.append(
                        "behaviour (%s), %s: %s before, %s after"
                        % (
                            name,
                            key,
                            describe(before[name][key]),
                            describe(after[name][key]),
                        )
                    )
        if "right call" in after:
            if after["right call"]["status"] != 42:
                self.problems.append(
                    "the right call did not return: status %s"
                    % after["right call"]["status"]
                )
            # Illegal instruction or trap, as the shell reports a signal.
            if after["wrong call"]["status"] not in (132, 133):
                self.problems.append(
                    "the wrong call did not trap: status %s"
                    % after["wrong call"]["status"]
                )
        if "past traps" in after:
            seen = {callee for _, callee in after["past traps"]["traps"]}
            for name in self.recipe.get("traps", []):
                if name not in seen:
                    self.problems.append("the call of %s did not trap" % name)
        self.behaviour = {"before": before, "after": after}

    def run(self, preload):
        self.prepare()
        before = self.observe(self.build(replace=False), preload)
        self.find_units()
        process_units(self, [*self.units, self.wrong_call], self.store_flags())
        tree = self.build(replace=True)
        path = os.path.join(self.store, "replaced")
        replaced = 0
        if os.path.exists(path):
            with open(path) as file:
                replaced = len(set(file))
        expected = sum(not unit.round_trip_failed for unit in self.units)
        if replaced != expected:
            self.problems.append(
                "the second build used %d of %d objects" % (replaced, expected)
            )
        self.compare_behaviour(before, self.observe(tree, preload))
        if not self.options.keep:
            shutil.rmtree(self.store)
            shutil.rmtree(tree)

    def store_flags(self):
        return [*self.llc_flags, "-relocation-model=pic"]


def describe(value):
    if isinstance(value, set):
        return ", ".join("%s -> %s" % key for key in sorted(value)) or "none"
    text = str(value)
    return (
        text if len(text) <= 200 else "%s... (%d characters)" % (text[:200], len(text))
    )


def missing_build_dependencies(tree):
    if not shutil.which("dpkg-checkbuilddeps"):
        return ""
    if not os.path.exists(os.path.join(tree, "debian/control")):
        return ""
    done = run(["dpkg-checkbuilddeps"], check=False, cwd=tree)
    return done.stderr.strip()


def compile_preload(tools, work):
    """The library that logs failed checks, or None where there is none."""
    machine = os.uname()
    if machine.sysname != "Linux" or machine.machine != "x86_64":
        return None
    path = os.path.join(work, "trap-log.so")
    run(
        [tools.clang, "-O1", "-fPIC", "-shared", os.path.join(CORPUS, "trap-log.c")]
        + ["-o", path]
    )
    return path
