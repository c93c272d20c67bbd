# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of run-corpus."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from types import FrameType

from kcfi_utils.arguments import add_jobs, positive
from kcfi_utils.corpus.build import compile_preload
from kcfi_utils.corpus.configurations import CONFIGURATIONS, Recipe
from kcfi_utils.corpus.corpora import Corpus, find_corpus
from kcfi_utils.corpus.fetch import Fetcher
from kcfi_utils.corpus.linux.main import main as linux_main
from kcfi_utils.corpus.report import (
    Result,
    Results,
    print_details,
    print_table,
    summarize,
    summarize_failure,
)
from kcfi_utils.corpus.settings import Settings
from kcfi_utils.corpus.tools import Tools
from kcfi_utils.paths import LLVM_TOOLS
from kcfi_utils.tools import ToolError


def parse_arguments(description: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("corpora", nargs="+", metavar="PACKAGE[=VERSION]|FOLDER|FILE")
    add(
        "--configurations",
        default=",".join(CONFIGURATIONS),
        help=f"of {', '.join(CONFIGURATIONS)}; all by default",
    )
    add("--kcfi-tools", help="directory of kcfi-opt and kcfi-translate")
    add("--llvm-tools", default=LLVM_TOOLS)
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
    add(
        "--level",
        choices=["O0", "O1", "O2", "O3"],
        default="O2",
        help="optimization of bitcode that does not tell it; default: %(default)s",
    )
    add_jobs(parser)
    add("--timeout", type=positive, default=600, help="seconds for one test")
    add("--json", help="file for all numbers, replaced after each configuration")
    add("--work", help="working directory; a temporary one by default")
    add("--keep", action="store_true", help="keep bitcode, modules and objects")
    return parser.parse_args()


def find_recipe(options: argparse.Namespace) -> Recipe:
    recipe: Recipe = {}
    if options.build is not None:
        recipe["build"] = options.build
    if options.test is not None:
        recipe["test"] = options.test
    if options.program is not None:
        recipe["program"] = options.program
    return recipe


def find_configurations(text: str) -> list[str]:
    configurations = text.split(",")
    for name in configurations:
        if name not in CONFIGURATIONS:
            raise ToolError(
                f"unknown configuration '{name}': there are {', '.join(CONFIGURATIONS)}"
            )
    return configurations


def interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(description: str | None) -> int:
    if sys.argv[1:2] == ["linux"]:
        try:
            return linux_main(sys.argv[2:])
        except ToolError as error:
            print(f"run-corpus: error: {error}", file=sys.stderr)
            return 2
    options = parse_arguments(description)
    signal.signal(signal.SIGTERM, interrupt)
    try:
        configurations = find_configurations(options.configurations)
        corpora = [find_corpus(text) for text in options.corpora]
        tools = Tools(options.llvm_tools, options.kcfi_tools)
        results = Results(options.json)
    except ToolError as error:
        print(f"run-corpus: error: {error}", file=sys.stderr)
        return 2
    work = os.path.realpath(options.work or tempfile.mkdtemp(prefix="kcfi-corpus-"))
    end = ""
    status = 0
    try:
        os.makedirs(work, exist_ok=True)
        settings = make_settings(options, tools, work)
        fetcher = Fetcher(work)
        for number, corpus in enumerate(corpora):
            place = os.path.join(work, f"{number}-{corpus.file_name}")
            run_corpus(corpus, configurations, settings, place, fetcher, results)
    except KeyboardInterrupt:
        end, status = "interrupted", 130
    except (ToolError, OSError) as error:
        end, status = f"error: {error}", 2
    finally:
        if options.keep:
            print(f"run-corpus: kept in {work}", file=sys.stderr)
        elif not options.work:
            shutil.rmtree(work, ignore_errors=True)
    if results.items:
        problems = print_results(results.items)
        status = status or (1 if problems else 0)
    if end:
        print(f"run-corpus: {end}: the rest was not run", file=sys.stderr)
    return status


def make_settings(options: argparse.Namespace, tools: Tools, work: str) -> Settings:
    return Settings(
        tools=tools,
        passes=options.passes,
        import_options=options.import_options,
        recipe=find_recipe(options),
        cflags=options.cflags,
        level=options.level,
        jobs=options.jobs,
        timeout=options.timeout,
        keep=options.keep,
        preload=compile_preload(tools, work),
    )


def print_results(results: Sequence[Result]) -> int:
    """Returns the number of problems."""
    print_table(results)
    for result in results:
        print_details(result)
    problems = sum(len(result["problems"]) for result in results)
    print(f"\n{problems} problem(s)", flush=True)
    return problems


def run_corpus(
    corpus: Corpus,
    configurations: list[str],
    settings: Settings,
    work: str,
    fetcher: Fetcher,
    results: Results,
) -> None:
    """Adds the results of all configurations, also when it is interrupted."""
    try:
        corpus.prepare(fetcher, work)
    except (ToolError, OSError) as error:
        print(f"run-corpus: {error}", file=sys.stderr)
        results.add([summarize_failure(corpus.name, str(error))])
        return
    for configuration in corpus.select(configurations):
        print(f"run-corpus: {corpus.describe(configuration)}", file=sys.stderr)
        place = os.path.join(work, configuration)
        if os.path.isdir(place):
            shutil.rmtree(place)
        os.makedirs(place)
        build = corpus.make_build(settings, configuration, place)
        try:
            build.run()
        except KeyboardInterrupt:
            build.problems.append("interrupted: not all of it was done")
            raise
        except (ToolError, OSError) as error:
            build.problems.append(str(error))
        finally:
            results.add(summarize(build))
