# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The compiler that packages are built with.

utils/run-corpus is also $CC. For every unit it writes bitcode into the store
and makes the object with llc. In the second build it takes the object from the
store that was made of the bitcode after the round trip.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from kcfi_utils.corpus.configurations import CONFIG_VARIABLE, SOURCE_SUFFIXES

# The names that utils/run-corpus has as a compiler or as the linker.
COMPILERS = ("cc", "c++", "rust-linker")

Config = dict[str, Any]

# What build systems call the files of their probes and the folders of those.
PROBE = re.compile(
    r"conftest\d*(\.|$)|_configtest|\.conf_check_"  # autoconf, Python's distutils, waf
    r"|CMakeScratch$|CMakeTmp$|CompilerId[A-Z]|cmTC_"
    r"|meson-private$|sanitycheckc"
)

# Options whose value is the next word.
WITH_VALUE = frozenset(
    "-D -I -L -MF -MQ -MT -T -U -Xassembler -Xclang -Xlinker -Xpreprocessor -arch "
    "-idirafter -imacros -include -iprefix -iquote -isysroot -isystem -iwithprefix -l "
    "-mllvm -target -u -x -z --param".split()
)

NO_OBJECT = frozenset(("-E", "-S", "-M", "-MM", "-fsyntax-only"))

NO_PROGRAM = frozenset(("-shared", "-r", "-nostdlib", "-nostartfiles", "-static"))

# What the configuration decides, and what needs the linker's help.
DROPPED = re.compile(
    r"-O|-g($|\d|gdb|dwarf)|-f(no-)?lto|-f(no-)?sanitize|-s$|-save-temps$"
)

OF_LINKER = re.compile(r"-[lLzT]|-u$|-Wl,|-Xlinker$")


@dataclasses.dataclass
class Command:
    """The words of a compiler's command line."""

    output: str | None = None
    sources: list[str] = dataclasses.field(default_factory=list)
    # Objects, libraries and files of more words.
    inputs: list[str] = dataclasses.field(default_factory=list)
    # Each with its value.
    options: list[list[str]] = dataclasses.field(default_factory=list)

    @classmethod
    def parse(cls, arguments: Iterable[str]) -> Command:
        command = cls()
        words = iter(arguments)
        for word in words:
            if word == "-o":
                command.output = next(words, None)
            elif re.match("-o(?!bjc).", word):
                command.output = word[2:]
            elif word in WITH_VALUE:
                command.options.append([word, *[v for v in [next(words, None)] if v]])
            elif word.startswith("-") and word != "-":
                command.options.append([word])
            elif word.endswith(SOURCE_SUFFIXES):
                command.sources.append(word)
            else:
                command.inputs.append(word)
        return command

    def has(self, names: Iterable[str]) -> bool:
        return any(option[0] in names for option in self.options)

    def words(self, *, linking: bool) -> list[str]:
        return [
            word
            for option in self.options
            if option[0] != "-c" and (linking or not OF_LINKER.match(option[0]))
            for word in option
        ]


def in_probe(config: Config, paths: Iterable[str]) -> bool:
    """Build systems compile probes, which are no units of the package."""
    tree = config["tree"] + os.sep
    return any(
        PROBE.match(part)
        for path in paths
        for part in os.path.abspath(path).removeprefix(tree).split(os.sep)
    )


def make_object(config: Config, bitcode: str, output: str) -> int:
    command = [config["llc"], *config["llc_flags"], bitcode, "-o", output]
    return subprocess.call(command)


def find_dependencies(arguments: Sequence[str], output: str) -> str | None:
    """Where the rules of make expect the dependencies of a unit."""
    for word in arguments:
        if match := re.match(r"-Wp,-MM?D,(.*)", word):
            return match[1]
    if "-MD" not in arguments and "-MMD" not in arguments:
        return None
    if "-MF" in arguments:
        return arguments[arguments.index("-MF") + 1]
    return os.path.splitext(output)[0] + ".d"


def compile_unit(
    config: Config, arguments: Sequence[str], source: str, output: str, compiler: str
) -> int:
    """`arguments` have neither -c, -o nor a source."""
    output = os.path.abspath(output)
    identity = "\0".join([os.getcwd(), source, output, *arguments])
    base = os.path.join(
        config["store"], hashlib.sha256(identity.encode()).hexdigest()[:24]
    )
    depends = find_dependencies(arguments, output)
    if config["replace"] and os.path.exists(base + ".rt.o"):
        shutil.copyfile(base + ".rt.o", output)
        if depends and os.path.exists(base + ".d"):
            shutil.copyfile(base + ".d", depends)
        with open(os.path.join(config["store"], "replaced"), "a") as file:
            file.write(base + "\n")
        return 0
    command = [compiler, *arguments, *config["flags"]]
    if depends:
        # Otherwise clang names the bitcode in them, and them after it.
        command += ["-MT", output, "-MF", depends]
    status = subprocess.call([*command, "-c", "-emit-llvm", source, "-o", base + ".bc"])
    if status == 0:
        status = make_object(config, base + ".bc", output)
    if status != 0 or config["replace"]:
        return status
    if depends and os.path.exists(depends):
        shutil.copyfile(depends, base + ".d")
    with open(base + ".json", "w") as file:
        json.dump({"source": os.path.abspath(source), "output": output}, file)
    return 0


def linker_main(config: Config, arguments: list[str]) -> int:
    """Links for rustc, and records how, with copies of temporary objects."""
    output = arguments[arguments.index("-o") + 1]
    arguments.append(config["wrong_call"] + ".o")
    for number, word in enumerate(arguments):
        if (
            word.endswith(".o")
            and os.path.isfile(word)
            and "-o" != arguments[number - 1]
        ):
            copy = os.path.join(config["store"], os.path.basename(word))
            if os.path.realpath(word) != os.path.realpath(copy):
                shutil.copyfile(word, copy)
            arguments[number] = copy
    record = {"arguments": arguments, "output": output, "directory": os.getcwd()}
    with open(os.path.join(config["store"], "link.json"), "w") as file:
        json.dump(record, file)
    return subprocess.call([config["cc"], *arguments])


def compiler_main(arguments: list[str]) -> int:
    with open(os.environ[CONFIG_VARIABLE]) as file:
        config: Config = json.load(file)
    called_as = os.path.basename(sys.argv[0])
    if called_as == "rust-linker":
        return linker_main(config, arguments)
    compiler = config["cxx" if called_as == "c++" else "cc"]
    arguments = [word for word in arguments if not DROPPED.match(word)]
    command = Command.parse(arguments)
    if command.has(NO_OBJECT) or not (command.sources or command.inputs):
        os.execv(compiler, [compiler, *arguments])
    places = [os.getcwd(), command.output or "", *command.sources, *command.inputs]
    has_language = any(option[0].startswith("-x") for option in command.options)
    if has_language or in_probe(config, filter(None, places)):
        os.execv(compiler, [compiler, *arguments, *config["flags"]])
    compile_only = command.has(["-c"])
    if compile_only and not command.sources:
        os.execv(compiler, [compiler, *arguments])
    # Compiling and linking in one step: objects get a name of their own, since
    # the same source may be in several programs.
    objects = []
    for source in command.sources:
        name = os.path.splitext(os.path.basename(source))[0] + ".o"
        if compile_only and command.output:
            name = command.output
        elif not compile_only:
            name = f"{os.path.basename(command.output or 'a.out')}-{name}"
        flags = command.words(linking=False)
        flags += [word for word in command.inputs if word.startswith("@")]
        status = compile_unit(config, flags, source, name, compiler)
        if status != 0:
            return status
        objects.append(name)
    if compile_only:
        return 0
    if not command.has(NO_PROGRAM) and config["wrong_call"]:
        replaced = ".rt.o" if config["replace"] else ".o"
        objects.append(config["wrong_call"] + replaced)
    # The order of objects and libraries matters.
    rest = [word for word in arguments if word not in ("-c", *command.sources)]
    return subprocess.call([compiler, *objects, *rest])
