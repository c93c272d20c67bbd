#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds Cargo packages together with the standard library."""

import json
import os
import re
import shutil

from kcfi_utils.corpus.build import Build
from kcfi_utils.corpus.tools import run
from kcfi_utils.corpus.unit import Unit, process_units
from kcfi_utils.paths import UTILS


class RustBuild(Build):
    """A Cargo package and the standard library, built from source with checks.

    The program is linked once more by the recorded command, with the objects made
    of the bitcode after the round trip."""

    TARGET = "x86_64-unknown-linux-gnu"

    def run(self, preload):
        prefix = self.toolchain
        self.prepare()
        tree = os.path.join(self.work, "tree")
        shutil.copytree(self.pristine, tree, symlinks=True)
        rules = {"O0": [], "O2": [], "normalized": ["-g"]}[self.configuration]
        if self.configuration == "normalized":
            rules += ["-Zsanitizer-cfi-normalize-integers"]
        self.flags = [
            "-Zsanitizer=kcfi",
            "-Cpanic=abort",
            "-Csymbol-mangling-version=v0",
            "-Ccodegen-units=1",
            "--emit=llvm-bc,link",
            *rules,
        ]
        linker = os.path.join(self.work, "bin", "rust-linker")
        os.symlink(os.path.join(UTILS, "run-corpus"), linker)
        self.write_config(False, os.path.join(self.store, "wrong-call"))
        self.environment.update(
            RUSTC=os.path.join(prefix, "bin", "rustc"),
            RUSTC_BOOTSTRAP="1",
            RUSTFLAGS=" ".join([*self.flags, "-Clinker=" + linker]),
            CARGO_HOME=os.path.join(self.work, "cargo"),
            CARGO_TARGET_DIR=os.path.join(self.work, "target"),
            CARGO_INCREMENTAL="0",
            LD_LIBRARY_PATH=os.path.join(prefix, "lib", "x86_64-linux-gnu"),
        )
        vendor = os.path.join(prefix, "lib/rustlib/src/rust/library/vendor")
        profile = [] if self.configuration == "O0" else ["--release"]
        run(
            [os.path.join(prefix, "bin", "cargo"), "build", "--offline", *profile]
            + ["-Zbuild-std=std,panic_abort", "--target", self.TARGET]
            + ["--config", 'source.crates-io.replace-with="vendored"']
            + ["--config", 'source.vendored.directory="%s"' % vendor]
            + ["--jobs", str(self.options.jobs)],
            cwd=tree,
            env=self.environment,
        )
        with open(os.path.join(self.store, "link.json")) as file:
            link = json.load(file)
        shutil.copyfile(link["output"], os.path.join(tree, "program"))
        os.chmod(os.path.join(tree, "program"), 0o755)
        self.recipe = {"test": "./program", "program": "program"}
        before = self.observe(tree, preload)
        directory = os.path.dirname(link["output"])
        for name in sorted(os.listdir(directory)):
            if name.endswith(".bc"):
                base = os.path.join(self.store, name[: -len(".bc")])
                shutil.copyfile(os.path.join(directory, name), base + ".bc")
                self.units.append(Unit(name, base, base + ".bc"))
        process_units(self, [*self.units, self.wrong_call], self.store_flags())
        self.link_again(link, os.path.join(tree, "program"))
        self.compare_behaviour(before, self.observe(tree, preload))
        if not self.options.keep:
            shutil.rmtree(self.store)
            shutil.rmtree(os.path.join(self.work, "target"))

    def link_again(self, link, output):
        """Replaces each object that one of the units was compiled to."""
        objects = {
            os.path.basename(unit.base): unit.base + ".rt.o"
            for unit in self.units
            if not unit.round_trip_failed
        }
        unused = set(objects)
        words = []
        for word in link["arguments"]:
            name = os.path.basename(word)
            archive = re.fullmatch(r"lib(.*)\.rlib", name)
            object_file = re.fullmatch(r"([^.]+)\..*cgu\.\d+\.rcgu\.o", name)
            if archive and archive.group(1) in objects:
                copy = os.path.join(self.store, name)
                shutil.copyfile(word, copy)
                members = run([self.tools.llvm_ar, "t", copy]).stdout.split()
                old = [m for m in members if m.endswith(".rcgu.o")]
                if old:
                    run([self.tools.llvm_ar, "d", copy, *old])
                run([self.tools.llvm_ar, "rs", copy, objects[archive.group(1)]])
                unused.discard(archive.group(1))
                word = copy
            elif object_file and object_file.group(1) in objects:
                word = objects[object_file.group(1)]
                unused.discard(object_file.group(1))
            words.append(word)
        base = self.wrong_call.base
        words = [base + ".rt.o" if word == base + ".o" else word for word in words]
        words[words.index("-o") + 1] = output
        run([self.tools.clang, *words], cwd=link["directory"])
        # Crates that are compiled but not linked into the program.
        self.not_linked = sorted(unused)
