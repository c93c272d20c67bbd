#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The targets, languages and options that clang is asked for."""

TARGETS = """
x86_64-linux-gnu aarch64-linux-gnu riscv64-linux-gnu riscv32-linux-gnu
armv7a-linux-gnueabihf i686-linux-gnu loongarch64-linux-gnu
powerpc64le-linux-gnu s390x-linux-gnu mips64-linux-gnuabi64 x86_64-w64-mingw32
arm64-apple-macos13 x86_64-apple-macos13 aarch64-linux-android
x86_64-linux-android x86_64-linux-gnux32 aarch64_be-linux-gnu
armv7k-apple-watchos arm-none-eabi powerpc-linux-gnu sparcv9-linux-gnu
hexagon-linux-musl m68k-linux-gnu mips-linux-gnu x86_64-unknown-freebsd thumbv8m.main-none-eabi
""".split()

TARGET_FLAGS = {
    "riscv64": ["-march=rv64gcv_zvfh_zvfbfmin", "-mrvv-vector-bits=256"],
    "aarch64": ["-march=armv9-a+sme2+bf16+fp16+fp8", "-msve-vector-bits=512"],
    "aarch64_be": ["-march=armv8-a+bf16+fp16"],
    "armv7a": ["-mfpu=neon-fp-armv8", "-mfloat-abi=hard"],
    "thumbv8m.main": ["-mcmse"],
    "powerpc64le": ["-mcpu=pwr10"],
    "x86_64": ["-fcf-protection=branch"],
    "i686": ["-fcf-protection=branch"],
    "s390x": ["-mzvector", "-march=z15"],
}

LANGUAGES = {
    "c": ("c", ("gnu17", "gnu23")),
    "c++": ("c++", ("gnu++20", "gnu++17", "gnu++14")),
}

CLANG_OPTIONS = {
    "default": [],
    "norm": ["-fsanitize-cfi-icall-experimental-normalize-integers"],
    "gen": ["-fsanitize-cfi-icall-generalize-pointers"],
    "norm+gen": [
        "-fsanitize-cfi-icall-experimental-normalize-integers",
        "-fsanitize-cfi-icall-generalize-pointers",
    ],
}

CLANG_HASHES = {"xxhash64": [], "fnv1a": ["-Xclang", "-fsanitize-kcfi-hash=FNV-1a"]}

BATCH_SIZE = 300
