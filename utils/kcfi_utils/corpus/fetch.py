#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fetches the sources of packages and of the Rust library."""

from __future__ import annotations

import glob
import os
import re
import shutil

from kcfi_utils.corpus.tools import need
from kcfi_utils.tools import ToolError, must, run

# The name of a source package, and the version as apt-get wants it.
PACKAGE = re.compile(r"([a-z0-9][a-z0-9+.-]+)(?:=([0-9][0-9A-Za-z.+~:-]*))?")


def source_entries() -> str:
    """The system's package sources as deb822 stanzas, with those of sources."""
    stanzas = []
    files = sorted(glob.glob("/etc/apt/sources.list.d/*"))
    for path in ["/etc/apt/sources.list", *files]:
        if path.endswith(".sources"):
            with open(path) as file:
                for stanza in re.split(r"\n\s*\n", file.read()):
                    lines = [
                        line for line in stanza.splitlines() if not line.startswith("#")
                    ]
                    text = "\n".join(lines).strip()
                    if re.search(r"^Enabled:\s*no", text, re.MULTILINE | re.I):
                        continue
                    if re.search(r"^Types:.*\bdeb\b", text, re.MULTILINE):
                        stanzas.append(
                            re.sub(r"(?m)^Types:.*$", "Types: deb deb-src", text)
                        )
        elif path.endswith(".list") and os.path.exists(path):
            with open(path) as file:
                for line in file:
                    match = re.match(
                        r"\s*deb\s+(?:\[(.*?)\]\s+)?(\S+)\s+(\S+)\s*(.*)$",
                        line.split("#")[0],
                    )
                    if not match:
                        continue
                    options, uri, suite, components = match.groups()
                    text = "Types: deb deb-src\nURIs: %s\nSuites: %s\n" % (uri, suite)
                    if components.strip():
                        text += "Components: %s\n" % components.strip()
                    signed = re.search(r"signed-by=(\S+)", options or "")
                    if signed:
                        text += "Signed-By: %s\n" % signed.group(1)
                    stanzas.append(text)
    if not stanzas:
        raise ToolError("apt has no package sources on this system")
    return "\n\n".join(stanzas) + "\n"


class Fetcher:
    """apt with a configuration of its own: needs no root, changes nothing."""

    def __init__(self, work: str) -> None:
        self.root = os.path.join(work, "apt")
        self.is_ready = False
        self.error: ToolError | None = None

    def command(self, program: str, *arguments: str) -> list[str]:
        settings = {
            "Dir::State": self.root,
            "Dir::State::lists": os.path.join(self.root, "lists"),
            "Dir::Cache": os.path.join(self.root, "cache"),
            "Dir::Etc::SourceList": "/dev/null",
            "Dir::Etc::SourceParts": os.path.join(self.root, "sources"),
            "Dir::State::status": "/var/lib/dpkg/status",
            "Acquire::Languages": "none",
            # The system's database is only read.
            "Debug::NoLocking": "1",
            "APT::Sandbox::User": "",
        }
        words = [word for pair in settings.items() for word in ("-o", "%s=%s" % pair)]
        return [program, "-q", *words, *arguments]

    def apt(self, *arguments: str, cwd: str | None = None) -> None:
        done = run(self.command("apt-get", *arguments), cwd=cwd, timeout=None)
        if done.returncode != 0:
            errors = re.findall(r"^E: (.*)", done.stderr, re.MULTILINE)
            raise ToolError(
                f"apt-get {arguments[0]}: "
                + ("; ".join(errors).rstrip(".") or f"exit status {done.returncode}")
            )

    def update(self) -> None:
        """Reads the lists of packages; what failed once is not tried again."""
        if self.error:
            raise self.error
        if self.is_ready:
            return
        try:
            need("apt-get", "apt, or give a folder with the sources")
            need("dpkg-source", "dpkg-dev")
            for name in ("lists/partial", "cache/archives/partial", "sources"):
                os.makedirs(os.path.join(self.root, name), exist_ok=True)
            with open(os.path.join(self.root, "sources/src.sources"), "w") as file:
                file.write(source_entries())
            self.apt("update")
        except ToolError as error:
            self.error = error
            raise
        self.is_ready = True

    def fetch(self, package: str, directory: str) -> tuple[str, str | None]:
        """Returns the unpacked source tree and its version."""
        self.update()
        if os.path.isdir(directory):
            shutil.rmtree(directory)
        os.makedirs(directory)
        try:
            self.apt("source", "--only-source", package, cwd=directory)
        except ToolError as error:
            versions = ", ".join(self.find_versions(package.split("=")[0]))
            hint = f"; there are the versions {versions}" if versions else ""
            raise ToolError(f"cannot fetch {package}: {error}{hint}") from error
        trees = [entry.path for entry in os.scandir(directory) if entry.is_dir()]
        if len(trees) != 1:
            raise ToolError(f"the source package {package} has no single tree")
        return trees[0], read_version(trees[0])

    def find_versions(self, package: str) -> list[str]:
        """Lines are like 'zlib | 1:1.2.13.dfsg-1 | URI bookworm/main Sources'."""
        text = run(self.command("apt-cache", "madison", package)).stdout
        rows = [
            [cell.strip() for cell in line.split("|")] for line in text.splitlines()
        ]
        found = [row[1] for row in rows if len(row) == 3 and "Sources" in row[2]]
        return list(dict.fromkeys(found))

    def fetch_rust(self) -> str:
        """Returns the prefix of a Rust toolchain with the library's sources."""
        packages = ["rustc-web", "cargo-web", "rust-web-src"]
        if os.path.isdir("/usr/lib/rustlib/src/rust/library/vendor"):
            return "/usr"
        root = os.path.join(self.root, "rust")
        if not os.path.isdir(root):
            self.update()
            # What is installed already is not downloaded; it is found where it is.
            self.apt("install", "-y", "--download-only", *packages)
            archives = os.path.join(self.root, "cache", "archives")
            for name in sorted(os.listdir(archives)):
                if name.endswith(".deb"):
                    must(["dpkg-deb", "-x", os.path.join(archives, name), root])
        return os.path.join(root, "usr")


def read_version(tree: str) -> str | None:
    """The version of an unpacked package: 'zlib (1:1.2.13.dfsg-1) ...'."""
    try:
        with open(os.path.join(tree, "debian/changelog"), encoding="utf-8") as file:
            match = re.match(r"\S+ \((.*?)\)", file.readline())
    except OSError:
        return None
    return match[1] if match else None
