#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The compiler that packages are built with.

utils/run-corpus is also $CC. For every unit it writes bitcode into the store
and makes the object with llc. In the second build it takes the object from the
store that was made of the bitcode after the round trip.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

from kcfi_utils.corpus.configurations import CONFIG_VARIABLE, SOURCE_SUFFIXES

# This file is also $CC. For every unit it writes bitcode into the store and makes
# the object with llc; in the second build it takes the object from the store that
# was made of the bitcode after the round trip.


def in_probe(words):
    """Build systems compile probes, which are no units of the package."""
    return any(
        re.search(r"(^|/)conftest|CMakeScratch|CMakeTmp|meson-private", word)
        for word in words
    )


def drop_options(arguments):
    """What the configuration decides, and what needs the linker's help."""
    return [
        word
        for word in arguments
        if not re.match(r"-O|-g($|\d|gdb|dwarf)|-f(no-)?lto|-f(no-)?sanitize", word)
        and word not in ("-flto-partition=none", "-s", "-save-temps")
    ]


def make_object(config, bitcode, output):
    command = [config["llc"], *config["llc_flags"], bitcode, "-o", output]
    return subprocess.run(command).returncode


def compile_unit(config, arguments, source, output, compiler):
    """`arguments` have neither -c, -o nor a source."""
    output = os.path.abspath(output)
    identity = "\0".join([os.getcwd(), source, output, *arguments])
    base = os.path.join(
        config["store"], hashlib.sha256(identity.encode()).hexdigest()[:24]
    )
    # Where make's rules expect the dependencies.
    depends = None
    if "-MD" in arguments or "-MMD" in arguments:
        depends = os.path.splitext(output)[0] + ".d"
        if "-MF" in arguments:
            depends = arguments[arguments.index("-MF") + 1]
    if config["replace"] and os.path.exists(base + ".rt.o"):
        shutil.copyfile(base + ".rt.o", output)
        if depends and os.path.exists(base + ".d"):
            shutil.copyfile(base + ".d", depends)
        with open(os.path.join(config["store"], "replaced"), "a") as file:
            file.write(base + "\n")
        return 0
    command = [compiler, *arguments, *config["flags"]]
    if depends:
        command += ["-MT", output, "-MF", depends]
    status = subprocess.run(
        [*command, "-c", "-emit-llvm", source, "-o", base + ".bc"]
    ).returncode
    if status == 0:
        status = make_object(config, base + ".bc", output)
    if status != 0 or config["replace"]:
        return status
    if depends:
        shutil.copyfile(depends, base + ".d")
    with open(base + ".json", "w") as file:
        json.dump({"source": os.path.abspath(source), "output": output}, file)
    return 0


def linker_main(config, arguments):
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
    return subprocess.run([config["cc"], *arguments]).returncode


def compiler_main(arguments):
    with open(os.environ[CONFIG_VARIABLE]) as file:
        config = json.load(file)
    if os.path.basename(sys.argv[0]) == "rust-linker":
        return linker_main(config, arguments)
    compiler = config["cxx" if os.path.basename(sys.argv[0]) == "c++" else "cc"]
    arguments = drop_options(arguments)
    output = None
    sources, others = [], []
    words = iter(arguments)
    with_value = {"-I", "-D", "-U", "-L", "-l", "-include", "-isystem", "-x"}
    with_value |= {"-MF", "-MT", "-MQ", "-iquote", "-idirafter", "-Xlinker", "-z"}
    for word in words:
        if word == "-o":
            output = next(words, None)
        elif word in with_value:
            others += [word, next(words, "")]
        elif not word.startswith("-") and word.endswith(SOURCE_SUFFIXES):
            sources.append(word)
        else:
            others.append(word)
    no_link = {"-E", "-S", "-M", "-MM", "-fsyntax-only"} & set(others)
    if no_link or in_probe(arguments) or "-x" in others:
        kcfi = [] if no_link else config["flags"]
        os.execv(compiler, [compiler, *arguments, *kcfi])
    compile_only = "-c" in others
    if compile_only:
        others.remove("-c")
    if compile_only and not sources:
        os.execv(compiler, [compiler, *arguments])
    # Compiling and linking in one step: objects get a name of their own, since
    # the same source may be in several programs.
    objects = []
    for source in sources:
        name = os.path.splitext(os.path.basename(source))[0] + ".o"
        if compile_only and output:
            name = output
        elif not compile_only:
            name = "%s-%s" % (os.path.basename(output or "a.out"), name)
        flags = [word for word in others if not re.match(r"-[lLz]|-Wl,", word)]
        if not compile_only:
            flags = [word for word in flags if not os.path.isfile(word)]
        status = compile_unit(config, flags, source, name, compiler)
        if status != 0:
            return status
        objects.append(name)
    if compile_only:
        return 0
    libraries = {"-shared", "-r", "-nostdlib", "-nostartfiles", "-static"}
    if not libraries & set(others) and config["wrong_call"]:
        replaced = ".rt.o" if config["replace"] else ".o"
        objects.append(config["wrong_call"] + replaced)
    command = [compiler, *objects, *others]
    if output:
        command += ["-o", output]
    return subprocess.run(command).returncode
