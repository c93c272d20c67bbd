//===- KCFIEnums.td - Enumerations -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIENUMS_TD
#define KCFI_IR_KCFIENUMS_TD

include "kcfi/IR/KCFIDialect.td"

class KCFI_I32Enum<string name, string summary, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, summary, cases> {
  let cppNamespace = "::mlir::kcfi";
  let genSpecializedAttr = 0;
}

// The numbers are part of the bytecode format: append only.

def KCFI_HashKind : KCFI_I32Enum<"HashKind", "hash that turns a string into an id", [
  I32EnumAttrCase<"XXHash64", 0, "xxhash64">,
  I32EnumAttrCase<"FNV1a", 1, "fnv1a">
]>;

def KCFI_BuiltinKind : KCFI_I32Enum<"BuiltinKind", "builtin type of C or C++", [
  I32EnumAttrCase<"Void", 0, "void">,
  I32EnumAttrCase<"Bool", 1, "bool">,
  I32EnumAttrCase<"Char", 2, "char">,
  I32EnumAttrCase<"SChar", 3, "schar">,
  I32EnumAttrCase<"UChar", 4, "uchar">,
  I32EnumAttrCase<"Short", 5, "short">,
  I32EnumAttrCase<"UShort", 6, "ushort">,
  I32EnumAttrCase<"Int", 7, "int">,
  I32EnumAttrCase<"UInt", 8, "uint">,
  I32EnumAttrCase<"Long", 9, "long">,
  I32EnumAttrCase<"ULong", 10, "ulong">,
  I32EnumAttrCase<"LongLong", 11, "longlong">,
  I32EnumAttrCase<"ULongLong", 12, "ulonglong">,
  I32EnumAttrCase<"Int128", 13, "int128">,
  I32EnumAttrCase<"UInt128", 14, "uint128">,
  I32EnumAttrCase<"Float16", 15, "float16">,
  I32EnumAttrCase<"BF16", 16, "bf16">,
  I32EnumAttrCase<"Float", 17, "float">,
  I32EnumAttrCase<"Double", 18, "double">,
  I32EnumAttrCase<"LongDouble", 19, "longdouble">,
  I32EnumAttrCase<"Float128", 20, "float128">,
  I32EnumAttrCase<"NullPtr", 21, "nullptr">,
  I32EnumAttrCase<"WChar", 22, "wchar">,
  I32EnumAttrCase<"Char8", 23, "char8">,
  I32EnumAttrCase<"Char16", 24, "char16">,
  I32EnumAttrCase<"Char32", 25, "char32">,
  I32EnumAttrCase<"VaList", 26, "va_list">,
  I32EnumAttrCase<"Half", 27, "fp16">,
  I32EnumAttrCase<"MFloat8", 28, "mfloat8">,
  I32EnumAttrCase<"Ibm128", 29, "ibm128">
]>;

def KCFI_TagKind : KCFI_I32Enum<"TagKind", "keyword of a tagged type", [
  I32EnumAttrCase<"Struct", 0, "struct">,
  I32EnumAttrCase<"Union", 1, "union">,
  I32EnumAttrCase<"Enum", 2, "enum">,
  I32EnumAttrCase<"Class", 3, "class">
]>;

def KCFI_VectorFlavor : KCFI_I32Enum<"VectorFlavor", "attribute that made a vector type", [
  I32EnumAttrCase<"GCC", 0, "gcc">,
  I32EnumAttrCase<"Ext", 1, "ext">,
  I32EnumAttrCase<"Neon", 2, "neon">,
  I32EnumAttrCase<"NeonPoly", 3, "neon_poly">,
  I32EnumAttrCase<"AltiVec", 4, "altivec">,
  I32EnumAttrCase<"AltiVecBool", 5, "altivec_bool">,
  I32EnumAttrCase<"AltiVecPixel", 6, "altivec_pixel">
]>;

def KCFI_SizelessFamily : KCFI_I32Enum<"SizelessFamily", "family of scalable vector types", [
  I32EnumAttrCase<"SVE", 0, "sve">,
  I32EnumAttrCase<"RVV", 1, "rvv">
]>;

def KCFI_CallConv : KCFI_I32Enum<"CallConv", "calling convention as part of a type", [
  I32EnumAttrCase<"Default", 0, "default">,
  I32EnumAttrCase<"MSABI", 1, "ms_abi">,
  I32EnumAttrCase<"SysVABI", 2, "sysv_abi">,
  I32EnumAttrCase<"VectorCall", 3, "vectorcall">,
  I32EnumAttrCase<"RegCall", 4, "regcall">,
  I32EnumAttrCase<"PreserveMost", 5, "preserve_most">,
  I32EnumAttrCase<"PreserveAll", 6, "preserve_all">,
  I32EnumAttrCase<"PreserveNone", 7, "preserve_none">,
  I32EnumAttrCase<"Swift", 8, "swiftcall">,
  I32EnumAttrCase<"SwiftAsync", 9, "swiftasynccall">,
  I32EnumAttrCase<"AArch64VectorPCS", 10, "aarch64_vector_pcs">,
  I32EnumAttrCase<"AArch64SVEPCS", 11, "aarch64_sve_pcs">,
  I32EnumAttrCase<"RISCVVector", 12, "riscv_vector_cc">,
  I32EnumAttrCase<"AAPCS", 13, "aapcs">,
  I32EnumAttrCase<"AAPCSVFP", 14, "aapcs_vfp">,
  I32EnumAttrCase<"StdCall", 15, "stdcall">,
  I32EnumAttrCase<"FastCall", 16, "fastcall">,
  I32EnumAttrCase<"ThisCall", 17, "thiscall">,
  I32EnumAttrCase<"Pascal", 18, "pascal">
]>;

def KCFI_CastReason : KCFI_I32Enum<"CastReason", "why a function pointer changes its type", [
  I32EnumAttrCase<"Coalesced", 0, "coalesced">,
  I32EnumAttrCase<"Reinterpret", 1, "reinterpret">,
  I32EnumAttrCase<"Launder", 2, "launder">,
  I32EnumAttrCase<"Unchecked", 3, "unchecked">
]>;
def KCFI_CastReasonAttr : EnumAttr<KCFI_Dialect, KCFI_CastReason, "cast_reason"> {
  let summary = "reason of a kcfi.cast";
  let description = [{
    Example: `#kcfi.cast_reason<launder>`. The reasons are explained at
    `kcfi.cast`.
  }];
  let assemblyFormat = "`<` $value `>`";
}

class KCFI_BitEnum<string name, string summary, list<BitEnumCaseBase> cases>
    : I32BitEnum<name, summary, cases> {
  let cppNamespace = "::mlir::kcfi";
}

def KCFI_Qualifiers : KCFI_BitEnum<"Qualifiers", "qualifiers of a type or parameter", [
  I32BitEnumCaseNone<"None", "none">,
  I32BitEnumCaseBit<"Const", 0, "const">,
  I32BitEnumCaseBit<"Volatile", 1, "volatile">,
  I32BitEnumCaseBit<"Restrict", 2, "restrict">,
  // Of parameters only; kParameterQualifiers.
  I32BitEnumCaseBit<"NoEscape", 3, "noescape">,
  I32BitEnumCaseBit<"SwiftContext", 4, "swift_context">,
  I32BitEnumCaseBit<"SwiftAsyncContext", 5, "swift_async_context">,
  I32BitEnumCaseBit<"SwiftErrorResult", 6, "swift_error_result">,
  I32BitEnumCaseBit<"SwiftIndirectResult", 7, "swift_indirect_result">
]>;

def KCFI_FnFlags : KCFI_BitEnum<"FnFlags", "flags of a function type", [
  I32BitEnumCaseNone<"None", "none">,
  I32BitEnumCaseBit<"Variadic", 0, "variadic">,
  I32BitEnumCaseBit<"Unprototyped", 1, "unprototyped">,
  I32BitEnumCaseBit<"Const", 2, "const">,
  I32BitEnumCaseBit<"Volatile", 3, "volatile">,
  I32BitEnumCaseBit<"LValueRef", 4, "lvalue">,
  I32BitEnumCaseBit<"RValueRef", 5, "rvalue">,
  I32BitEnumCaseBit<"NoExcept", 6, "noexcept">,
  I32BitEnumCaseBit<"NoReturn", 7, "noreturn">,
  I32BitEnumCaseBit<"CfiUncheckedCallee", 8, "cfi_unchecked_callee">,
  I32BitEnumCaseBit<"NoCallerSavedRegisters", 9, "no_caller_saved_registers">,
  I32BitEnumCaseBit<"Restrict", 10, "restrict">,
  I32BitEnumCaseBit<"NoCfCheck", 11, "nocf_check">,
  I32BitEnumCaseBit<"CmseNonSecureCall", 12, "cmse_nonsecure_call">
]>;

// An attribute of an operation, not a part of a type or attribute.
def KCFI_EntryForm : I32EnumAttr<"EntryForm", "form of an extra entry", [
  I32EnumAttrCase<"Auto", 0, "auto">,
  I32EnumAttrCase<"Jump", 1, "jump">,
  I32EnumAttrCase<"Clone", 2, "clone">,
  I32EnumAttrCase<"Fallthrough", 3, "fallthrough">,
  I32EnumAttrCase<"Adjacent", 4, "adjacent">
]> {
  let cppNamespace = "::mlir::kcfi";
}

#endif // KCFI_IR_KCFIENUMS_TD
