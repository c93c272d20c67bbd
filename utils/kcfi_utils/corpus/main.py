#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of run-corpus."""

import argparse
import json
import os
import re
import shlex
import shutil
import sys
import tempfile

from kcfi_utils.corpus.build import Build, compile_preload
from kcfi_utils.corpus.configurations import (
    CONFIGURATIONS,
    CORPUS,
    SOURCE_SUFFIXES,
)
from kcfi_utils.corpus.fetch import Fetcher
from kcfi_utils.corpus.folder import Folder
from kcfi_utils.corpus.report import print_details, print_table, summarize
from kcfi_utils.corpus.rust import RustBuild
from kcfi_utils.corpus.tools import Failure, Tools
from kcfi_utils.corpus.wrap import compiler_main


def parse_arguments(description):
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("corpora", nargs="+", metavar="PACKAGE|FOLDER")
    add(
        "--configurations",
        default=",".join(CONFIGURATIONS),
        help="of %s; all by default" % ", ".join(CONFIGURATIONS),
    )
    add("--kcfi-tools", help="directory of kcfi-opt and kcfi-translate")
    add("--llvm-tools", default="/usr/lib/llvm-22/bin")
    add(
        "--passes",
        type=shlex.split,
        default=["--kcfi-roundtrip-pipeline"],
        help="options of kcfi-opt between import and export",
    )
    add(
        "--import-options",
        type=shlex.split,
        default=[],
        help="more options of kcfi-translate --import-llvm-ir",
    )
    add("--build", help="shell command that builds, with $CC, $CXX, $CFLAGS, $JOBS")
    add("--test", help="shell command whose status and output are compared")
    add("--program", help="built program for the deliberately wrong call")
    add("--cflags", default="", help="more flags of the compiler, as $CFLAGS")
    add("--jobs", type=int, default=os.cpu_count() or 1)
    add("--timeout", type=int, default=600, help="seconds for one test")
    add("--json", help="file for all numbers")
    add("--work", help="working directory; a temporary one by default")
    add("--keep", action="store_true", help="keep bitcode, modules and objects")
    return parser.parse_args()


def main(description):
    options = parse_arguments(description)
    configurations = options.configurations.split(",")
    for name in configurations:
        if name not in CONFIGURATIONS:
            raise Failure(
                "unknown configuration '%s': there are %s"
                % (name, ", ".join(CONFIGURATIONS))
            )
    if options.jobs < 1:
        raise Failure("--jobs must be positive")
    tools = Tools(options)
    work = os.path.realpath(options.work or tempfile.mkdtemp(prefix="kcfi-corpus-"))
    os.makedirs(work, exist_ok=True)
    fetcher = Fetcher(work)
    results = []
    try:
        preload = compile_preload(tools, work)
        for corpus in options.corpora:
            results += run_corpus(
                corpus, configurations, tools, options, work, fetcher, preload
            )
    finally:
        if not options.work and not options.keep:
            shutil.rmtree(work)
    print_table(results)
    for result in results:
        print_details(result)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=1)
            file.write("\n")
    problems = sum(len(result["problems"]) for result in results)
    print("\n%d problem(s)" % problems)
    return 1 if problems else 0


def run_corpus(corpus, configurations, tools, options, work, fetcher, preload):
    kind = Build
    toolchain = None
    if corpus == "rust":
        corpus = os.path.join(CORPUS, "rust")
    if os.path.isfile(os.path.join(corpus, "Cargo.toml")):
        kind = RustBuild
        tree = os.path.realpath(corpus)
        name = os.path.basename(tree)
        toolchain = fetcher.fetch_rust()
    elif os.path.isdir(corpus):
        tree = os.path.realpath(corpus)
        name = os.path.basename(tree)
        suffixes = {
            os.path.splitext(entry)[1]
            for _, _, names in os.walk(tree)
            for entry in names
        }
        if not suffixes & set(SOURCE_SUFFIXES) and suffixes & {".ll", ".bc"}:
            kind = Folder
            # What is compiled already has no configuration.
            configurations = configurations[:1]
    elif "/" in corpus or not re.fullmatch(r"[a-z0-9][a-z0-9+.-]*", corpus):
        raise Failure("'%s' is neither a folder nor the name of a package" % corpus)
    else:
        name = corpus
        directory = os.path.join(work, name, "source")
        if os.path.isdir(directory):
            shutil.rmtree(directory)
        tree = fetcher.fetch(corpus, directory)
    results = []
    for configuration in configurations:
        place = os.path.join(work, name, configuration)
        if os.path.isdir(place):
            shutil.rmtree(place)
        build = kind(tools, options, name, configuration, tree, place)
        build.toolchain = toolchain
        try:
            build.run(preload)
        except Failure as failure:
            build.problems.append(str(failure))
        results.append(summarize(build))
    return results


def program(description):
    """Is the compiler or the linker where it is called by their names."""
    if os.path.basename(sys.argv[0]) in ("cc", "c++", "rust-linker"):
        return compiler_main(sys.argv[1:])
    try:
        return main(description)
    except Failure as failure:
        print("run-corpus: %s" % failure, file=sys.stderr)
        return 2
