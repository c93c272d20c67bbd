# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The kinds of corpora, and which one a word of the command line names."""

from __future__ import annotations

import os
import re

from kcfi_utils.corpus.build import Build, Source
from kcfi_utils.corpus.configurations import CORPUS, MODULE_SUFFIXES, SOURCE_SUFFIXES
from kcfi_utils.corpus.fetch import PACKAGE, Fetcher
from kcfi_utils.corpus.folder import Folder
from kcfi_utils.corpus.rust import RustBuild
from kcfi_utils.corpus.settings import Settings
from kcfi_utils.tools import ToolError


class Corpus:
    """A folder of sources with its build system."""

    def __init__(self, name: str, tree: str) -> None:
        self.name = name
        self.source = Source(name, tree)

    @property
    def file_name(self) -> str:
        """Make cannot read the names of some versions."""
        return re.sub(r"[^\w.+-]", "-", self.name)

    def prepare(self, fetcher: Fetcher, work: str) -> None:
        """Fetches what is needed."""

    def select(self, configurations: list[str]) -> list[str]:
        return configurations

    def describe(self, configuration: str) -> str:
        """What is done next, for a user who waits."""
        return f"{self.name}, {configuration}"

    def make_build(self, settings: Settings, configuration: str, work: str) -> Build:
        return Build(settings, self.source, configuration, work)


class Modules(Corpus):
    """LLVM IR: a folder or a file."""

    def select(self, configurations: list[str]) -> list[str]:
        # What is compiled already has no configuration.
        return configurations[:1]

    def describe(self, configuration: str) -> str:
        return self.name

    def make_build(self, settings: Settings, configuration: str, work: str) -> Build:
        return Folder(settings, self.source, configuration, work)


class CargoPackage(Corpus):
    """A folder with a Cargo package."""

    toolchain = ""

    def prepare(self, fetcher: Fetcher, work: str) -> None:
        self.toolchain = fetcher.fetch_rust()

    def make_build(self, settings: Settings, configuration: str, work: str) -> Build:
        return RustBuild(settings, self.source, configuration, work, self.toolchain)


class Package(Corpus):
    """A Debian source package, maybe with its version."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "")

    def prepare(self, fetcher: Fetcher, work: str) -> None:
        tree, version = fetcher.fetch(self.name, os.path.join(work, "source"))
        self.source = Source(self.name.split("=")[0], tree, version)


def find_corpus(text: str) -> Corpus:
    if text == "rust":
        text = os.path.join(CORPUS, "rust")
    tree = os.path.realpath(text)
    name = os.path.basename(tree)
    if os.path.isfile(os.path.join(tree, "Cargo.toml")):
        return CargoPackage(name, tree)
    if os.path.isdir(tree):
        suffixes = {
            os.path.splitext(entry)[1]
            for _, _, names in os.walk(tree)
            for entry in names
        }
        if not suffixes & set(SOURCE_SUFFIXES) and suffixes & set(MODULE_SUFFIXES):
            return Modules(name, tree)
        return Corpus(name, tree)
    if os.path.isfile(tree):
        if tree.endswith(MODULE_SUFFIXES):
            return Modules(name, tree)
        raise ToolError(
            f"'{text}' is a file, but no LLVM IR (.ll, .bc): give its folder"
        )
    if PACKAGE.fullmatch(text):
        return Package(text)
    raise ToolError(
        f"'{text}' is neither a folder, nor LLVM IR, nor the name of a package"
    )
