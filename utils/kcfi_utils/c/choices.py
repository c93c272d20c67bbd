#
# Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
# See the LICENSE file for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the generator of C and C++ types chooses from."""

from kcfi_utils.c.preamble import ANONYMOUS, C_PREAMBLE, CXX_PREAMBLE

# Templates with one type parameter.
TEMPLATES = [
    ((), "Box"),
    (("ns",), "Box"),
    (("ns", "deep"), "Box"),
    (("Outer",), "MT"),
    (("std",), "allocator"),
    (("std",), "char_traits"),
    (("std",), "function"),
    (("ns", "std"), "allocator"),
    ((ANONYMOUS,), "HBox"),
]

INTEGERS = [
    "bool",
    "char",
    "signed char",
    "unsigned char",
    "short",
    "unsigned short",
    "int",
    "unsigned int",
    "long",
    "unsigned long",
    "long long",
    "unsigned long long",
]

VALUE_RANGES = {
    "bool": (0, 1),
    "char": (0, 127),
    "signed char": (-128, 127),
    "unsigned char": (0, 255),
    "short": (-(2**15), 2**15 - 1),
    "int": (-(2**31), 2**31 - 1),
    "unsigned int": (0, 2**32 - 1),
    "long": (-(2**31), 2**31 - 1),
    "unsigned long": (0, 2**32 - 1),
    "long long": (-(2**63), 2**63 - 1),
    "unsigned long long": (0, 2**64 - 1),
    "wchar_t": (0, 2**15),
    "char16_t": (0, 2**16 - 1),
}

SVE = [
    "__SVInt8_t",
    "__SVInt32_t",
    "__SVUint64_t",
    "__SVFloat16_t",
    "__SVFloat64_t",
    "__SVBfloat16_t",
    "__SVBool_t",
    "__SVCount_t",
    "__clang_svint32x2_t",
    "__clang_svuint8x4_t",
    "__clang_svfloat64x3_t",
    "__clang_svbfloat16x2_t",
    "__clang_svboolx2_t",
    "__clang_svboolx4_t",
    "__SVMfloat8_t",
    "__clang_svmfloat8x3_t",
]

RVV = [
    "__rvv_int8m1_t",
    "__rvv_int32m1_t",
    "__rvv_uint64m8_t",
    "__rvv_float32mf2_t",
    "__rvv_bool8_t",
    "__rvv_int32m1x2_t",
    "__rvv_float16m1_t",
    "__rvv_uint8mf8x8_t",
    "__rvv_bfloat16m1_t",
]

# Attribute of a parameter and the convention that it needs.
PARAMETER_ATTRIBUTES = {
    "noescape": None,
    "swift_context": "swiftcall",
    "swift_async_context": "swiftasynccall",
    "swift_indirect_result": "swiftcall",
}

# Conventions that variadic functions may have.
ANY_VARIADIC = ("ms_abi", "sysv_abi", "aapcs", "aapcs_vfp")

CONVENTIONS = [
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
]

ATTRIBUTES = [
    "noreturn",
    "cfi_unchecked_callee",
    "no_caller_saved_registers",
    "nocf_check",
    "cmse_nonsecure_call",
]

ALTIVEC = (
    [
        ("altivec", name, lanes)
        for name, lanes in (
            ("signed char", 16),
            ("unsigned short", 8),
            ("int", 4),
            ("unsigned int", 4),
            ("long long", 2),
            ("float", 4),
            ("double", 2),
        )
    ]
    + [
        ("altivec_bool", name, lanes)
        for name, lanes in (
            ("unsigned char", 16),
            ("unsigned short", 8),
            ("unsigned int", 4),
            ("unsigned long long", 2),
        )
    ]
    + [("altivec_pixel", "unsigned short", 8)]
)

FIXED = [
    ("sve", "__SVInt32_t", 512),
    ("sve", "__SVUint8_t", 512),
    ("sve", "__SVBool_t", 512),
    ("sve", "__SVFloat64_t", 512),
    ("sve", "__SVBfloat16_t", 512),
    ("rvv", "__rvv_int32m1_t", 256),
    ("rvv", "__rvv_uint8m2_t", 512),
    ("rvv", "__rvv_float32mf2_t", 128),
    ("rvv", "__rvv_bool8_t", 32),
    ("rvv", "__rvv_bool64_t", 4),
]

NEON = [
    ("signed char", 8),
    ("signed char", 16),
    ("unsigned char", 8),
    ("short", 4),
    ("unsigned short", 8),
    ("int", 2),
    ("int", 4),
    ("unsigned int", 4),
    ("float", 2),
    ("float", 4),
    ("_Float16", 4),
    ("__bf16", 8),
    ("long", 1),
    ("long", 2),
    ("unsigned long", 2),
    ("long long", 2),
    ("unsigned long long", 1),
    ("double", 1),
    ("double", 2),
    ("__fp16", 4),
    ("__fp16", 8),
    ("__mfp8", 8),
    ("__mfp8", 16),
]

NEON_POLY = [
    ("unsigned char", 8),
    ("unsigned char", 16),
    ("signed char", 16),
    ("unsigned short", 4),
    ("short", 8),
    ("unsigned long", 1),
    ("unsigned long", 2),
    ("unsigned long long", 2),
]

OTHER_BUILTINS = [
    "__int128",
    "unsigned __int128",
    "_Float16",
    "__bf16",
    "float",
    "double",
    "long double",
    "__float128",
    "nullptr_t",
    "__fp16",
    "__mfp8",
    "__ibm128",
]

CXX_BUILTINS = ["wchar_t", "char8_t", "char16_t", "char32_t"]


def preamble(language):
    if language == "c":
        return (
            "#if __STDC_VERSION__ >= 202311L\n"
            "typedef __typeof__(nullptr) nullptr_type;\n#endif\n" + C_PREAMBLE
        )
    return "typedef decltype(nullptr) nullptr_type;\n" + CXX_PREAMBLE
