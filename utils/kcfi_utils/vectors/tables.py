#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The words that golden vectors may have: options, builtins, conventions."""

HASHES = ("xxhash64", "fnv1a")

# Name of an option set in the vector files -> parameters of #kcfi.encoding.
OPTION_SETS = {
    "default": (),
    "norm": ("normalize_integers",),
    "gen": ("generalize_pointers",),
    "norm+gen": ("normalize_integers", "generalize_pointers"),
}

BUILTINS = {
    "void": "c.void",
    "bool": "c.bool",
    "char": "c.char",
    "signed char": "c.schar",
    "unsigned char": "c.uchar",
    "short": "c.short",
    "unsigned short": "c.ushort",
    "int": "c.int",
    "unsigned int": "c.uint",
    "long": "c.long",
    "unsigned long": "c.ulong",
    "long long": "c.longlong",
    "unsigned long long": "c.ulonglong",
    "__int128": "c.int128",
    "unsigned __int128": "c.uint128",
    "_Float16": "c.float16",
    "__bf16": "c.bf16",
    "float": "c.float",
    "double": "c.double",
    "long double": "c.longdouble",
    "__float128": "c.float128",
    "nullptr_t": "c.nullptr",
    "wchar_t": "c.wchar",
    "char8_t": "c.char8",
    "char16_t": "c.char16",
    "char32_t": "c.char32",
}

CALLING_CONVENTIONS = frozenset(
    (
        "ms_abi",
        "sysv_abi",
        "vectorcall",
        "regcall",
        "preserve_most",
        "preserve_all",
        "preserve_none",
        "swiftcall",
        "swiftasynccall",
        "aarch64_vector_pcs",
        "aarch64_sve_pcs",
        "riscv_vector_cc",
        "aapcs",
        "aapcs_vfp",
        "stdcall",
        "fastcall",
        "thiscall",
        "pascal",
    )
)

# In the order in which the dialect's syntax wants them.
FUNCTION_ATTRIBUTES = ("noreturn", "cfi_unchecked_callee", "no_caller_saved_registers")

QUALIFIERS = ("const", "volatile", "restrict")

MEMBER_FUNCTION_QUALIFIERS = ("const", "volatile")

VECTOR_FLAVORS = {
    "gcc": "",
    "ext": ", ext",
    "neon": ", neon",
    "neon_poly": ", neon_poly",
}

SME_STATES = {"in": 1, "out": 2, "inout": 3, "preserves": 4}
