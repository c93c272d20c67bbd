#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Configures, builds and links a kernel, and changes its bitcode objects."""

import os
import re
import shutil

from kcfi_utils.corpus.configurations import CORPUS
from kcfi_utils.corpus.linux.process import must_measured
from kcfi_utils.tools import ToolError

FILES = os.path.join(CORPUS, "linux")

# Configuration: the kernel's own target that it starts from, and what is added.
CONFIGURATIONS = {
    "tiny": ("tinyconfig", ["tiny.config"]),
    "tiny-permissive": ("tinyconfig", ["tiny.config", "permissive.config"]),
    "defconfig-like": (
        "x86_64_defconfig",
        ["defconfig-like.config", "permissive.config"],
    ),
}

BITCODE = b"BC\xc0\xde"

# What is kept of a link.
IMAGE = "arch/x86/boot/bzImage"
PRODUCTS = ("vmlinux.o", "vmlinux", IMAGE, "System.map", "usr/gen_init_cpio")

MODULE = "kcfi_probe"


class Kernel:
    """One build tree, with the tree of the module that belongs to it."""

    def __init__(self, tools, source, configuration, work, jobs):
        self.tools = tools
        self.source = source
        self.configuration = configuration
        self.work = work
        self.tree = os.path.join(work, "build")
        self.module_tree = os.path.join(work, "module")
        self.jobs = jobs
        os.makedirs(self.tree, exist_ok=True)

    def make(self, log, *arguments):
        command = ["make", "-C", self.source, "O=" + self.tree, "ARCH=x86"]
        command += ["LLVM=%s/" % self.tools.llvm, "-j%d" % self.jobs]
        # Two links of the same objects are the same.
        command += ["KBUILD_BUILD_USER=kcfi", "KBUILD_BUILD_HOST=corpus"]
        command += ["KBUILD_BUILD_VERSION=1", "KBUILD_BUILD_TIMESTAMP=@0"]
        command += ["LOCALVERSION="]
        environment = dict(os.environ, LC_ALL="C", KCONFIG_NOTIMESTAMP="1")
        path = os.path.join(self.work, log + ".log")
        return must_measured([*command, *arguments], path, env=environment)

    def configure(self):
        config = os.path.join(self.tree, ".config")
        target, names = CONFIGURATIONS[self.configuration]
        fragment = ""
        for name in names:
            with open(os.path.join(FILES, name)) as file:
                fragment += file.read()
        if not os.path.exists(config) or missing_options(config, fragment):
            self.make("configure", target)
            with open(config, "a") as file:
                file.write(fragment)
            self.make("configure", "olddefconfig")
        missing = missing_options(config, fragment)
        if missing:
            raise ToolError(
                "this kernel has no configuration %s: it leaves out %s"
                % (self.configuration, ", ".join(missing))
            )

    def has_option(self, name):
        with open(os.path.join(self.tree, ".config")) as file:
            return name + "=y\n" in file

    def build(self, log):
        return self.make(log)

    def build_module(self, log):
        """The module is of several files: one alone would not stay bitcode."""
        os.makedirs(self.module_tree, exist_ok=True)
        folder = os.path.join(FILES, "module")
        for name in os.listdir(folder):
            path = os.path.join(self.module_tree, name)
            # What has not changed keeps its time, and is not compiled again.
            if read(path) != read(os.path.join(folder, name)):
                shutil.copyfile(os.path.join(folder, name), path)
        return self.make(log, "M=" + self.module_tree, "modules")

    def keep(self, place):
        """Keeps what the last links made."""
        os.makedirs(place, exist_ok=True)
        for name in PRODUCTS:
            shutil.copy2(
                os.path.join(self.tree, name),
                os.path.join(place, os.path.basename(name)),
            )
        name = MODULE + ".ko"
        shutil.copy2(os.path.join(self.module_tree, name), os.path.join(place, name))

    def find_bitcode(self):
        """The bitcode objects below the working directory."""
        found = []
        roots = (self.tree, ("scripts", "tools")), (self.module_tree, ())
        for root, skipped in roots:
            for directory, subdirectories, names in os.walk(root):
                if directory == root:
                    subdirectories[:] = [n for n in subdirectories if n not in skipped]
                for name in names:
                    path = os.path.join(directory, name)
                    if name.endswith(".o") and not os.path.islink(path):
                        with open(path, "rb") as file:
                            if file.read(4) == BITCODE:
                                found.append(os.path.relpath(path, self.work))
        if not found:
            raise ToolError("the build of the kernel made no bitcode")
        return sorted(found)

    def read(self, unit):
        return read(os.path.join(self.work, unit))

    def replace(self, unit, content):
        """Writes an object anew unless it is so already; make sees that it is new."""
        path = os.path.join(self.work, unit)
        if read(path) != content:
            with open(path + ".new", "wb") as file:
                file.write(content)
            os.replace(path + ".new", path)


def missing_options(config, fragment):
    with open(config) as file:
        lines = set(file.read().splitlines())
    missing = []
    for line in fragment.splitlines():
        unset = re.fullmatch(r"# (CONFIG_\w+) is not set", line)
        if unset:
            # An option that depends on something else may not appear at all.
            name = unset.group(1) + "="
            missing += [line] if any(text.startswith(name) for text in lines) else []
        elif line.startswith("CONFIG_") and line not in lines:
            missing.append(line)
    return missing


def read(path):
    """The content of a file, or None if there is none."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
