#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds Cargo packages together with the standard library."""

from __future__ import annotations

import json
import os
import re
import shutil
from typing import Any

from kcfi_utils.corpus.build import Build, Source
from kcfi_utils.corpus.settings import Settings
from kcfi_utils.corpus.unit import Unit
from kcfi_utils.tools import must


class RustBuild(Build):
    """A Cargo package and the standard library, built from source with checks.

    The program is linked once more by the recorded command, with the objects made
    of the bitcode after the round trip."""

    TARGET = "x86_64-unknown-linux-gnu"

    def __init__(
        self,
        settings: Settings,
        source: Source,
        configuration: str,
        work: str,
        toolchain: str,
    ) -> None:
        super().__init__(settings, source, configuration, work)
        self.prefix = toolchain

    def run(self) -> None:
        prefix = self.prefix
        self.prepare("cc", "c++", "rust-linker")
        shutil.copytree(self.source.tree, self.tree, symlinks=True)
        rules = []
        if self.configuration == "normalized":
            rules = ["-g", "-Zsanitizer-cfi-normalize-integers"]
        self.flags = [
            "-Zsanitizer=kcfi",
            "-Cpanic=abort",
            "-Csymbol-mangling-version=v0",
            "-Ccodegen-units=1",
            "--emit=llvm-bc,link",
            *rules,
        ]
        linker = os.path.join(self.work, "bin", "rust-linker")
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
        must(
            [os.path.join(prefix, "bin", "cargo"), "build", "--offline", *profile]
            + ["-Zbuild-std=std,panic_abort", "--target", self.TARGET]
            + ["--config", 'source.crates-io.replace-with="vendored"']
            + ["--config", 'source.vendored.directory="%s"' % vendor]
            + ["--jobs", str(self.settings.jobs)],
            what="cargo build",
            cwd=self.tree,
            env=self.environment,
            timeout=None,
        )
        with open(os.path.join(self.store, "link.json")) as file:
            link = json.load(file)
        program = os.path.join(self.tree, "program")
        shutil.copyfile(link["output"], program)
        os.chmod(program, 0o755)
        self.recipe = {"test": "./program", "program": "program"}
        self.before = self.observe()
        directory = os.path.dirname(link["output"])
        for name in sorted(os.listdir(directory)):
            if name.endswith(".bc"):
                base = os.path.join(self.store, name[: -len(".bc")])
                shutil.copyfile(os.path.join(directory, name), base + ".bc")
                self.units.append(Unit(name, base, base + ".bc", self.level))
        self.process_units()
        self.link_again(link, program)
        self.after = self.observe()
        self.compare_behaviour()
        if not self.settings.keep:
            shutil.rmtree(self.store)
            shutil.rmtree(os.path.join(self.work, "target"))

    def link_again(self, link: dict[str, Any], output: str) -> None:
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
                members = must([self.tools.llvm_ar, "t", copy]).stdout.split()
                old = [m for m in members if m.endswith(".rcgu.o")]
                if old:
                    must([self.tools.llvm_ar, "d", copy, *old])
                must([self.tools.llvm_ar, "rs", copy, objects[archive.group(1)]])
                unused.discard(archive.group(1))
                word = copy
            elif object_file and object_file.group(1) in objects:
                word = objects[object_file.group(1)]
                unused.discard(object_file.group(1))
            words.append(word)
        assert self.wrong_call
        base = self.wrong_call.base
        words = [base + ".rt.o" if word == base + ".o" else word for word in words]
        words[words.index("-o") + 1] = output
        must([self.tools.clang, *words], cwd=link["directory"])
        # Crates that are compiled but not linked into the program.
        self.not_linked = sorted(unused)
