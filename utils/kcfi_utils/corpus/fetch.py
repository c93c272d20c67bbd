#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fetches the sources of packages and of the Rust library."""

import os
import re

from kcfi_utils.corpus.tools import Failure, need, run


def source_entries():
    """The system's package sources as deb822 stanzas, with those of sources."""
    parts = "/etc/apt/sources.list.d"
    stanzas = []
    files = [os.path.join(parts, name) for name in sorted(os.listdir(parts))]
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
        raise Failure("apt has no package sources on this system")
    return "\n\n".join(stanzas) + "\n"


class Fetcher:
    """apt with a configuration of its own: needs no root, changes nothing."""

    def __init__(self, work):
        self.root = os.path.join(work, "apt")
        self.is_ready = False

    def apt(self, *arguments, **options):
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
        return run(["apt-get", "-q", *words, *arguments], **options)

    def update(self):
        need("apt-get", "apt, or give a folder with the sources")
        need("dpkg-source", "dpkg-dev")
        if not self.is_ready:
            for name in ("lists/partial", "cache/archives/partial", "sources"):
                os.makedirs(os.path.join(self.root, name), exist_ok=True)
            with open(os.path.join(self.root, "sources/src.sources"), "w") as file:
                file.write(source_entries())
            self.apt("update")
            self.is_ready = True

    def fetch(self, package, directory):
        """Returns the unpacked source tree."""
        self.update()
        os.makedirs(directory, exist_ok=True)
        self.apt("source", "--only-source", package, cwd=directory)
        trees = [entry.path for entry in os.scandir(directory) if entry.is_dir()]
        if len(trees) != 1:
            raise Failure("the source package %s has no single tree" % package)
        return trees[0]

    def fetch_rust(self):
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
                    run(["dpkg-deb", "-x", os.path.join(archives, name), root])
        return os.path.join(root, "usr")
