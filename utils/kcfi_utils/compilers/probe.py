#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Finds the language features that a clang has for a target."""

from kcfi_utils.c.choices import (
    ALTIVEC,
    ATTRIBUTES,
    CONVENTIONS,
    CXX_BUILTINS,
    FIXED,
    NEON,
    NEON_POLY,
    OTHER_BUILTINS,
    PARAMETER_ATTRIBUTES,
    RVV,
    SVE,
)
from kcfi_utils.c.nodes import builtin
from kcfi_utils.c.speller import Speller
from kcfi_utils.compilers.clang import Case
from kcfi_utils.tools import ToolError


def probe(clang, language):
    """Names of the features that clang has."""
    candidates = {}

    def add(name, text):
        candidates[name] = text

    for name in OTHER_BUILTINS + CXX_BUILTINS:
        spelled = "nullptr_type" if name == "nullptr_t" else name
        add("builtin " + name, f"extern {spelled} *@(void);")
        add("by value " + name, f"void @({spelled});")
    for name in CONVENTIONS:
        spelled = {"aapcs": 'pcs("aapcs")', "aapcs_vfp": 'pcs("aapcs-vfp")'}.get(
            name, name
        )
        add("cc " + name, f"void @(void) __attribute__(({spelled}));")
    for name in ATTRIBUTES:
        add("attr " + name, f"void @(void (*)(void) __attribute__(({name})));")
    for kind, items, attribute in (
        ("neon", NEON, "neon_vector_type"),
        ("poly", NEON_POLY, "neon_polyvector_type"),
    ):
        for vector in items:
            add(
                f"{kind} {vector}",
                f"typedef {vector[0]} V@ __attribute__(({attribute}({vector[1]})));"
                f" void @(V@);",
            )
    for name in SVE + RVV:
        add("type " + name, f"void @({name});")
    for family, type_name, bits in FIXED:
        name = {"sve": "arm_sve", "rvv": "riscv_rvv"}[family]
        add(
            f"fixed {(family, type_name, bits)}",
            f"typedef {type_name} X@ __attribute__(("
            f"{name}_vector_bits({bits}))); void @(X@);",
        )
    for item in ALTIVEC:
        text = Speller("", language == "c++").spell(
            {
                "kind": "vector",
                "flavor": item[0],
                "of": builtin(item[1]),
                "lanes": item[2],
            }
        )
        add(f"altivec {item}", f"void @({text});")
    for name, convention in PARAMETER_ATTRIBUTES.items():
        suffix = f" __attribute__(({convention}))" if convention else ""
        add("param " + name, f"void @(int * __attribute__(({name}))){suffix};")
    add("regparm", "void @(int (*)(int) __attribute__((regparm(2))));")
    add("salt", 'void @(void) __attribute__((cfi_salt("x")));')
    add("sme", "void @(void (*)(void) __arm_streaming);")
    add("bitint", "void @(_BitInt(33));")
    add("blocks", "void @(void (^)(int));")
    add("matrix", "typedef int M@ __attribute__((matrix_type(2, 2))); void @(M@);")
    add(
        "bool vectors",
        (
            "typedef bool B@ __attribute__((ext_vector_type(8))); void @(B@);"
            if language == "c++"
            else "typedef _Bool B@ __attribute__((ext_vector_type(8))); void @(B@);"
        ),
    )
    add("vectors", "typedef int W@ __attribute__((vector_size(16))); void @(W@);")
    if language == "c":
        add(
            "unprototyped",
            "void @(); char a@[_Generic(&@, void (*)(void): 1,"
            ' default: 1)]; _Static_assert(__STDC_VERSION__ < 202311L, "");',
        )
        add("variadic alone", "void @(...);")
    else:
        add("auto", 'void @(Var<int>); static_assert(__cplusplus >= 201703L, "");')
        add("noexcept", 'void @(int); static_assert(__cplusplus >= 201703L, "");')

    numbers = {f"f{number}": name for number, name in enumerate(candidates)}
    linkage = 'extern "C" ' if language == "c++" else ""

    def declare(name, text):
        text = text.replace("@", name)
        # Linkage belongs to the function, which stands last but for checks.
        head, separator, tail = text.rpartition("typedef ")
        if separator:
            typedef, _, rest = tail.partition(";")
            return f"typedef {typedef}; {linkage}{rest.strip()}"
        return (linkage + text).replace('extern "C" extern', 'extern "C"')

    cases = [
        Case(name, {}, declare(name, candidates[feature]))
        for name, feature in numbers.items()
    ]
    ids, rejected = clang.compile(cases, [], pedantic=True)
    if not ids:
        raise ToolError(
            "clang accepts no declaration for this target: "
            + next(iter(rejected.values()))
        )
    return {numbers[name] for name in ids}
