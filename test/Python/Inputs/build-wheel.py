# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds the wheel, looks into it, and uses it in a fresh virtual environment.

    build-wheel.py SOURCE DIRECTORY PYTHON

PYTHON has the build requirements. The interpreter that builds has them by
PYTHONPATH only, as in the isolated builds of pip, but no network is needed. The
build tree is kept next to DIRECTORY, for the compiler cache and for the next run.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

# What every wheel contains, apart from generated files.
EXPECTED = (
    r"mlir_kcfi/__init__\.py",
    r"mlir_kcfi/_kcfi\.[\w-]+\.so",
    r"mlir_kcfi/_kcfi\.pyi",
    r"mlir_kcfi/dialects/_kcfi_kinds_gen\.py",
    r"mlir_kcfi/dialects/_(arith|cf|func|kcfi|llvm)_ops_gen\.pyi?",
    r"mlir_kcfi/dialects/kcfi\.py",
    r"mlir_kcfi/libKCFI-C\.so",
    r"mlir_kcfi/py\.typed",
)
# Nothing else than the package and what describes it.
ALLOWED = r"mlir_kcfi/|mlir_kcfi-[\d.]+\.dist-info/"

PROGRAM = """
import mlir_kcfi
from mlir_kcfi import ir, passmanager
assert mlir_kcfi.encode("!kcfi.fn<(c.int) -> c.int>") == ("_ZTSFiiE", 0x00050794)
with ir.Context():
    module = ir.Module.parseFile(r"@EXAMPLE@")
    passmanager.PassManager.parse("builtin.module(kcfi-lower-pipeline)").run(module)
    assert "329620" in mlir_kcfi.export_llvm_ir(module)
print(mlir_kcfi.__file__)
"""


def run(*command, **options):
    print("$", *command, flush=True)
    return subprocess.run([str(word) for word in command], check=True, **options)


def main():
    source, directory, python = sys.argv[1:]
    source, directory = pathlib.Path(source), pathlib.Path(directory)
    build = directory.with_name("wheel-build")
    settings = [
        f"--config-settings=build-dir={build}",
        "--config-settings=cmake.build-type=Debug",
        "--config-settings=cmake.define.CMAKE_CXX_FLAGS_DEBUG=-O0 -g0",
    ]
    if shutil.which("ccache"):
        settings += [
            f"--config-settings=cmake.define.CMAKE_{language}_COMPILER_LAUNCHER=ccache"
            for language in ("C", "CXX")
        ]
    venv = directory / "venv"
    run(python, "-m", "venv", venv)
    requirements = subprocess.check_output(
        [python, "-c", "import nanobind, os; print(os.path.dirname(nanobind.__path__[0]))"],
        text=True,
    ).strip()
    run(venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "wheel",
        "--no-deps", "--no-build-isolation", *settings, "-w", directory, source,
        env={**os.environ, "PYTHONPATH": requirements})
    (wheel,) = directory.glob("mlir_kcfi-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    print(f"{wheel.name}: {wheel.stat().st_size} bytes, {len(names)} files")
    for pattern in EXPECTED:
        assert any(re.fullmatch(pattern, name) for name in names), pattern
    strange = [name for name in names if not re.match(ALLOWED, name)]
    assert not strange, strange

    run(venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check",
        "install", "--no-index", wheel)
    example = source / "examples" / "quickstart" / "dispatch.mlir"
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = run(venv / "bin" / "python", "-I", "-c",
               PROGRAM.replace("@EXAMPLE@", str(example)), cwd=directory, env=clean,
               stdout=subprocess.PIPE, text=True)
    assert str(venv) in done.stdout, done.stdout


if __name__ == "__main__":
    main()
