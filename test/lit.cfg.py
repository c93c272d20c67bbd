# -*- Python -*-
#
# lit configuration of the KCFI regression tests. The values that depend on the
# build come from lit.site.cfg.py, which CMake writes into the build tree.

import os
import platform
import shutil
import subprocess
import sys

import lit.formats
from lit.llvm import llvm_config
from lit.llvm.subst import ToolSubst

if not hasattr(config, "kcfi_obj_root"):
    lit_config.fatal("run lit on the test directory of the build tree")

config.name = "KCFI"
# Bash, because some tests use the shell's own control flow; LIT_USE_INTERNAL_SHELL
# in the environment selects lit's own shell.
config.test_format = lit.formats.ShTest(not llvm_config.use_lit_shell)
config.suffixes = [".mlir", ".ll", ".c", ".cpp", ".test", ".py"]
config.excludes = [
    "Inputs",
    "lib",
    "CMakeLists.txt",
    "lit.cfg.py",
    "lit.local.cfg.py",
    "lit.site.cfg.py",
]
config.test_source_root = os.path.dirname(os.path.abspath(__file__))
config.test_exec_root = os.path.join(config.kcfi_obj_root, "test")

llvm_config.with_system_environment(
    ["HOME", "TMP", "TEMP", "TMPDIR", "CARGO_HOME", "RUSTUP_HOME"]
)
# A missing Rust toolchain is a missing feature, not a reason to download one.
llvm_config.with_environment("RUSTUP_AUTO_INSTALL", "0")
llvm_config.with_environment(
    "FILECHECK_OPTS", "-enable-var-scope --dump-input-filter=error"
)
llvm_config.with_environment("PATH", config.llvm_tools_dir, append_path=True)
if config.kcfi_tools_dir:
    llvm_config.with_environment("PATH", config.kcfi_tools_dir, append_path=True)

# --- Tools ------------------------------------------------------------------

python = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
utils = os.path.join(config.kcfi_src_root, "utils")
runtime = os.path.join(config.test_source_root, "Integration", "Inputs")


def quote(path):
    return '"%s"' % path


config.substitutions.append((r"%python\b", quote(python)))
config.substitutions.append((r"%utils\b", utils))
config.substitutions.append((r"%kcfi_src\b", config.kcfi_src_root))
config.substitutions.append((r"%llvm_bin\b", config.llvm_tools_dir))
config.substitutions.append((r"%kcfi_tools_dir\b", config.kcfi_tools_dir))
config.substitutions.append(
    (r"%capi_library\b", os.path.join(config.kcfi_obj_root, "lib", "libKCFI-C.so"))
)
config.substitutions.append(
    (r"%capi\b", os.path.join(config.kcfi_obj_root, "test", "CAPI", "bin"))
)
config.substitutions.append(
    (r"%expect_exit\b", quote(python) + " " + quote(os.path.join(utils, "expect-exit")))
)
config.substitutions.append(
    (r"%start\b", quote(os.path.join(runtime, "start.c")))
)

# Examples are built against an installation, which tests share.
examples = os.path.join(config.kcfi_src_root, "examples")
config.substitutions += [
    (
        r"%%build_example %s\b" % name,
        " ".join(
            [
                os.path.join(utils, "build-example"),
                config.kcfi_obj_root,
                os.path.join(examples, name),
            ]
        ),
    )
    for name in ("consumer", "mint")
]
config.substitutions.append(
    (r"%installed\b", os.path.join(config.test_exec_root, "installed"))
)
config.substitutions.append(
    (r"%built_examples\b", os.path.join(config.test_exec_root, "examples"))
)
config.substitutions.append((r"%mint_programs\b", os.path.join(examples, "mint", "programs")))
config.substitutions.append(
    (r"%mint\b", os.path.join(config.test_exec_root, "examples", "mint", "mint"))
)

# Every LLVM tool is named by its full path: a test must never pick up another
# LLVM version from PATH.
llvm_tools = [
    "FileCheck",
    "count",
    "not",
    "llc",
    "lli",
    "llvm-as",
    "llvm-bcanalyzer",
    "llvm-dis",
    "llvm-link",
    "llvm-lto2",
    "llvm-mc",
    "llvm-nm",
    "llvm-objcopy",
    "llvm-objdump",
    "llvm-profdata",
    "llvm-readelf",
    "llvm-readobj",
    "llvm-tblgen",
    "mlir-opt",
    "mlir-translate",
    "opt",
    "split-file",
]
llvm_config.add_tool_substitutions(
    [ToolSubst(name, unresolved="fatal") for name in llvm_tools],
    [config.llvm_tools_dir],
)
# The project's own tools: their absence is an error as soon as there is a build.
llvm_config.add_tool_substitutions(
    [
        ToolSubst(name, unresolved="fatal" if config.kcfi_require_tools else "ignore")
        for name in ["kcfi-lsp-server", "kcfi-opt", "kcfi-report", "kcfi-translate", "kcfi-target-facts"]
    ],
    [config.kcfi_tools_dir],
)

# --- Features ---------------------------------------------------------------

# Each feature with what its absence costs, so that a run on a machine without
# it says what has not been tested.
known_features = {}


def feature(name, present, cost):
    known_features[name] = cost
    if present:
        config.available_features.add(name)
    else:
        lit_config.note("feature '%s' is absent: %s" % (name, cost))


def find_llvm_tool(name):
    return shutil.which(name, path=config.llvm_tools_dir)


def output(command):
    """What a command prints, or None if it does not work."""
    try:
        done = subprocess.run(
            command,
            env=config.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def first_line(command):
    """First line of the output of a command, or None if it does not work."""
    return next(iter((output(command) or "").splitlines()), None)


clang = find_llvm_tool("clang")
lld = find_llvm_tool("ld.lld")
feature("clang", clang, "nothing is compiled from C, and no program is run")
feature("lld", lld, "no program is linked or run")
config.substitutions.append((r"%clang\b", quote(clang or "clang-is-absent")))
config.substitutions.append((r"%lld\b", quote(lld or "ld.lld-is-absent")))

plugin = os.path.join(config.kcfi_libs_dir, "KCFIPlugin.so")
# A stock tool has no run time of sanitizers.
feature(
    "plugin",
    os.path.exists(plugin) and not config.llvm_use_sanitizer,
    "the plugin is not loaded into stock tools",
)
config.substitutions.append((r"%kcfi_plugin\b", plugin))
clang_plugin = os.path.join(config.kcfi_libs_dir, "KCFIClangPlugin.so")
feature(
    "clang-plugin",
    clang and os.path.exists(clang_plugin) and not config.llvm_use_sanitizer,
    "the plugin is not loaded into compilers",
)
config.substitutions.append(
    (r"%clang_plugin\b", "-fplugin=%s -fpass-plugin=%s" % (clang_plugin, clang_plugin))
)
config.substitutions.append((r"%clang_plugin_file\b", clang_plugin))

native_x86_64 = platform.system() == "Linux" and platform.machine() == "x86_64"
feature("native-x86_64", native_x86_64, "no x86-64 program is run on the processor")

# Architecture: what clang needs to compile for it, and how its programs are run.
# 'qemu' names the emulator; x86-64 runs natively where it can.
freestanding = (
    "-nostdlib -static -fuse-ld=lld -ffreestanding -fno-stack-protector "
    "-Wno-unused-command-line-argument -Wno-override-module -I" + quote(runtime)
)
architectures = {
    "x86_64": ("--target=x86_64-unknown-linux-gnu", "qemu-x86_64"),
    "i386": ("--target=i686-unknown-linux-gnu", "qemu-i386"),
    "aarch64": ("--target=aarch64-unknown-linux-gnu", "qemu-aarch64"),
    "riscv64": (
        "--target=riscv64-unknown-linux-gnu -march=rv64gc -mabi=lp64d",
        "qemu-riscv64",
    ),
    "riscv32": (
        "--target=riscv32-unknown-linux-gnu -march=rv32gc -mabi=ilp32d",
        "qemu-riscv32",
    ),
    "arm": ("--target=armv7a-unknown-linux-gnueabi -marm", "qemu-arm"),
    "thumb": ("--target=armv7a-unknown-linux-gnueabi -mthumb", "qemu-arm"),
    "thumb1": ("--target=armv6-unknown-linux-gnueabi -mthumb", "qemu-arm"),
    "loongarch64": ("--target=loongarch64-unknown-linux-gnu", "qemu-loongarch64"),
}
emulators = {}
for arch, (flags, emulator) in architectures.items():
    if emulator not in emulators:
        emulators[emulator] = shutil.which(emulator)
        if arch != "x86_64" or not native_x86_64:
            feature(
                emulator, emulators[emulator], "no %s program is run" % emulator[5:]
            )
    native = arch == "x86_64" and native_x86_64
    runner = "" if native else (emulators[emulator] or emulator + "-is-absent")
    config.substitutions.append(
        (
            r"%%clang_%s\b" % arch,
            "%s %s %s" % (quote(clang or "clang-is-absent"), flags, freestanding),
        )
    )
    config.substitutions.append((r"%%run_%s\b" % arch, runner))
    known_features["run-" + arch] = "programs of this architecture are built and run"
    if clang and lld and (native or emulators[emulator]):
        config.available_features.add("run-" + arch)

feature(
    "apt",
    shutil.which("apt-get") and os.path.isdir("/etc/apt/sources.list.d"),
    "no package is fetched by run-corpus",
)

rustc = shutil.which("rustc", path=config.environment["PATH"])
nightly_command = [rustc or "rustc", "+nightly"]
nightly_version = first_line(nightly_command + ["--version"]) if rustc else None
feature(
    "rustc",
    rustc,
    "ids are not compared with those of the Rust compiler, its merged functions not audited",
)
feature(
    "rustc-nightly",
    nightly_version and "nightly" in nightly_version,
    "no Rust code is compiled with KCFI",
)
feature(
    "cargo",
    rustc and shutil.which("cargo", path=config.environment["PATH"]),
    "the shims of real crates are not folded",
)
config.substitutions.append((r"%rustc_nightly\b", " ".join(nightly_command)))
config.substitutions.append((r"%rustc\b", quote(rustc or "rustc-is-absent")))

# A compiler of Rust that is linked with libLLVM.so of the system, as Debian's is,
# loads LLVM's plugins. Those of rustup have an LLVM of their own.
system_rustc = "/usr/bin/rustc" if os.path.exists("/usr/bin/rustc") else None
feature(
    "rustc-system-llvm",
    "clang-plugin" in config.available_features
    and system_rustc
    and "LLVM version: 22." in (output([system_rustc, "-vV"]) or ""),
    "the plugin is not loaded into a compiler of Rust",
)
config.substitutions.append((r"%rustc_system_llvm\b", quote(system_rustc or "absent")))

# Hours of work: only on request.
kernel_work = os.environ.get("KCFI_TEST_LINUX", "")
feature(
    "linux-kernel",
    kernel_work,
    "no Linux kernel is built, linked and booted: KCFI_TEST_LINUX names no directory",
)
config.substitutions.append((r"%kernel_work\b", quote(os.path.abspath(kernel_work))))

# The package in the build tree, for the interpreter that it is built for.
kcfi_python = getattr(config, "kcfi_python", "")
feature(
    "python-package",
    kcfi_python,
    "the Python package is not built, and not tested",
)
feature(
    "python-notebooks",
    kcfi_python
    and first_line(
        [kcfi_python, "-c", "import ipykernel, matplotlib, nbclient, pandas; print(1)"]
    ),
    "no notebook is run: python/requirements-notebooks.txt is not installed",
)
package_dir = os.path.join(config.kcfi_obj_root, "python")
package_python = "env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=%s %s" % (
    quote(package_dir),
    quote(kcfi_python or "python-is-absent"),
)
config.substitutions.append((r"%package_python\b", package_python))
config.substitutions.append(
    (r"%pytest\b", package_python + " -m pytest -q -p no:cacheprovider")
)
config.substitutions.append((r"%venv_python\b", quote(kcfi_python or "absent")))
config.substitutions.append(
    (
        r"%cmake_compilers\b",
        "CC=%s CXX=%s" % getattr(config, "kcfi_compilers", ("cc", "c++")),
    )
)

# What checks Python code: in PATH, or in the environment of the package.
for name in ("mypy", "ruff"):
    checker = shutil.which(name, path=config.environment["PATH"])
    beside = os.path.join(os.path.dirname(kcfi_python), name)
    if not checker and kcfi_python and os.path.exists(beside):
        checker = beside
    feature(name, checker, "python/requirements-dev.txt: utils are not checked by it")
    config.substitutions.append((r"%%%s\b" % name, quote(checker or name + "-is-absent")))

# --- Nothing may be skipped silently ----------------------------------------

known_features.update(
    {name: "set by lit" for name in config.available_features}
)
# The source tree stays as it is, and may be read-only.
sys.dont_write_bytecode = True
sys.path.insert(0, utils)

from kcfi_utils.lit import policy

for problem in policy.problems(
    config.test_source_root, config.suffixes, config.excludes, known_features
):
    lit_config.error(problem)
