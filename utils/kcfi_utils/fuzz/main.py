#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line of fuzz-input."""

import argparse
import concurrent.futures
import os
import random
import sys
import tempfile
import time

from kcfi_utils.arguments import add_jobs, add_kcfi_opt
from kcfi_utils.fuzz.mutate import MODES, mutate_bytecode, mutate_text
from kcfi_utils.fuzz.run import judge, read_corpus, run, run_all


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzz-input")
    add_kcfi_opt(parser)
    parser.add_argument("--iterations", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=0, help="0: no limit")
    parser.add_argument("--seed", type=int, default=1)
    add_jobs(parser)
    parser.add_argument("--timeout", type=float, default=5)
    parser.add_argument("--keep")
    parser.add_argument("corpus", nargs="+")
    options = parser.parse_args()

    tool = os.path.basename(options.kcfi_opt)
    corpus = read_corpus(options.corpus)
    if not corpus:
        sys.exit("fuzz-input: no module in the corpus")
    # Each file counts alike, however many modules it has.
    texts = list(corpus.values())
    valid = [m for name, m in corpus.items() if "invalid" not in name]
    rng = random.Random(options.seed)
    deadline = time.monotonic() + options.seconds if options.seconds else None
    bad = []

    with tempfile.TemporaryDirectory() as directory:
        # Some of the modules as bytecode; those that are invalid have none.
        bytecodes = []
        for index, modules in enumerate(rng.sample(valid, min(len(valid), 24))):
            text = rng.choice(modules)
            source = os.path.join(directory, "seed%d.mlir" % index)
            target = source + "bc"
            with open(source, "wb") as file:
                file.write(text)
            code, _ = run(
                [options.kcfi_opt, "--allow-unregistered-dialect", source]
                + ["--emit-bytecode", "-o", target],
                options.timeout,
            )
            if code == 0:
                with open(target, "rb") as bytecode:
                    bytecodes.append(bytecode.read())
        if not bytecodes:
            sys.exit("fuzz-input: no module of the corpus is valid")

        def attempt(number, data):
            path = os.path.join(directory, "%d.mlir" % number)
            with open(path, "wb") as file:
                file.write(data)
            mode = MODES[number % len(MODES)]
            is_bytecode = data.startswith(b"ML\xefR")
            command = [options.kcfi_opt, "--allow-unregistered-dialect", path] + mode
            code, stderr = run(command, options.timeout)
            os.unlink(path)
            return (
                number,
                data,
                mode,
                code,
                judge(tool, is_bytecode, code, stderr),
                stderr,
            )

        def inputs():
            for number in range(options.iterations):
                if deadline and time.monotonic() > deadline:
                    return
                if rng.randrange(3):
                    text = rng.choice(rng.choice(texts))
                    yield number, mutate_text(text, rng)
                else:
                    yield number, mutate_bytecode(rng.choice(bytecodes), rng)

        accepted = refused = known = 0
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for end in run_all(pool, attempt, inputs()):
                number, data, mode, code, problem, stderr = end
                if not problem:
                    accepted += code == 0
                    refused += code == 1
                    continue
                if problem == "known":
                    known += 1
                    continue
                bad.append(number)
                print("input %d %s: %s" % (number, " ".join(mode), problem))
                if options.keep:
                    os.makedirs(options.keep, exist_ok=True)
                    name = os.path.join(options.keep, "%d-%d" % (options.seed, number))
                    with open(name + ".mlir", "wb") as file:
                        file.write(data)
                    with open(name + ".txt", "w", encoding="utf-8") as report:
                        report.write("kcfi-opt %s\n%s\n" % (" ".join(mode), stderr))

    print(
        "%d inputs: %d accepted, %d refused, %d not read by MLIR, %d bad"
        % (accepted + refused + known + len(bad), accepted, refused, known, len(bad))
    )
    # Changes that spare everything or destroy everything test nothing, nor does
    # a program that refuses whatever it gets.
    total = accepted + refused
    if total >= 100 and min(accepted, refused) * 50 < total:
        print("fuzz-input: the inputs are too much alike")
        return 1
    return 1 if bad else 0
