#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the configurations and the known packages of the corpus are."""

from __future__ import annotations

import os
from typing import TypedDict

from kcfi_utils.paths import UTILS

CONFIG_VARIABLE = "KCFI_CORPUS_CONFIG"

CORPUS = os.path.join(UTILS, "corpus")

SOURCE_SUFFIXES = (".c", ".i", ".cc", ".cpp", ".cxx", ".C")

MODULE_SUFFIXES = (".ll", ".bc")

CONFIGURATIONS = {
    "O0": ["-O0"],
    "O2": ["-O2"],
    "normalized": [
        "-O2",
        "-g",
        "-fsanitize-cfi-icall-experimental-normalize-integers",
    ],
}

# The flags that the package's own rules give the compiler.
DEBIAN_CFLAGS = (
    "CFLAGS=\"$(printf 'include debian/rules\\nkcfi-cflags:\\n"
    "\\t@echo $(CFLAGS)\\n' | make -s -f - kcfi-cflags)\"; export CFLAGS; "
)


class Recipe(TypedDict, total=False):
    build: str
    test: str
    program: str
    traps: list[str]


# Packages for which building as their build system says is not enough, or whose
# test is known. In commands $CC is the compiler, $BUILD_CC a compiler without
# checks for programs that run during the build, and $CORPUS the folder of tests.
# 'program' is what makes the deliberately wrong call; 'traps' are functions in the
# program that its test calls through pointers of another type.
RECIPES: dict[str, Recipe] = {
    "lua5.4": {
        "build": 'echo "#define DEB_HOST_MULTIARCH \\"$(dpkg-architecture '
        '-qDEB_HOST_MULTIARCH)\\"" > src/lua5.4-deb-multiarch.h; cd src; '
        "ls *.c | grep -v '^luac.c$' | xargs -P$JOBS -I{} "
        "$CC -std=gnu99 -DLUA_COMPAT_5_3 -DLUA_USE_LINUX -c {}; "
        "$CC -o ../lua *.o -lm -ldl -Wl,-E",
        "test": "./lua $CORPUS/lua5.4.lua",
        "program": "lua",
    },
    "sqlite3": {
        "build": DEBIAN_CFLAGS
        + "./configure --disable-tcl --disable-readline --enable-threadsafe "
        "--enable-load-extension --enable-json --enable-fts4 --enable-fts5 "
        "--disable-amalgamation --disable-shared --enable-static; "
        # The tools that run during the build are not part of the program, and
        # the rules forget what needs the generated header.
        'export CROSS_BUILDING=yes; make BCC="$BUILD_CC" sqlite3.h; '
        'make -j$JOBS BCC="$BUILD_CC" sqlite3',
        "test": "rm -f run-corpus.db*; ./sqlite3 :memory: < $CORPUS/sqlite3.sql 2>&1",
        "program": "sqlite3",
        "traps": [
            "agginfoFree",
            "jsonParseFree",
            "sqlite3ExprDelete",
            "sqlite3WithDelete",
        ],
    },
    "zlib": {
        "build": "./configure --static; make -j$JOBS static",
        "test": "./example run-corpus.gz && "
        "./minigzip -c < ChangeLog | ./minigzip -d | cksum && "
        "cksum < ChangeLog",
        "program": "minigzip",
    },
}
