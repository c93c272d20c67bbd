//===- KCFIRustEnums.td - Enumerations of the Rust family -*- tablegen -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_IR_KCFIRUSTENUMS_TD
#define KCFI_IR_KCFIRUSTENUMS_TD

include "kcfi/IR/KCFIEnums.td"

// The numbers are part of the bytecode format: append only.

def KCFI_RustPrimitive : KCFI_I32Enum<"RustPrimitive", "primitive type of Rust", [
  I32EnumAttrCase<"Bool", 0, "bool">,
  I32EnumAttrCase<"Char", 1, "char">,
  I32EnumAttrCase<"Str", 2, "str">,
  I32EnumAttrCase<"Never", 3, "never">,
  I32EnumAttrCase<"I8", 4, "i8">,
  I32EnumAttrCase<"I16", 5, "i16">,
  I32EnumAttrCase<"I32", 6, "i32">,
  I32EnumAttrCase<"I64", 7, "i64">,
  I32EnumAttrCase<"I128", 8, "i128">,
  I32EnumAttrCase<"ISize", 9, "isize">,
  I32EnumAttrCase<"U8", 10, "u8">,
  I32EnumAttrCase<"U16", 11, "u16">,
  I32EnumAttrCase<"U32", 12, "u32">,
  I32EnumAttrCase<"U64", 13, "u64">,
  I32EnumAttrCase<"U128", 14, "u128">,
  I32EnumAttrCase<"USize", 15, "usize">,
  I32EnumAttrCase<"F16", 16, "f16">,
  I32EnumAttrCase<"F32", 17, "f32">,
  I32EnumAttrCase<"F64", 18, "f64">,
  I32EnumAttrCase<"F128", 19, "f128">
]>;

def KCFI_RustAbi : KCFI_I32Enum<"RustAbi", "ABI string of a Rust function", [
  I32EnumAttrCase<"Rust", 0, "Rust">,
  I32EnumAttrCase<"C", 1, "C">,
  I32EnumAttrCase<"CUnwind", 2, "C-unwind">,
  I32EnumAttrCase<"System", 3, "system">,
  I32EnumAttrCase<"SystemUnwind", 4, "system-unwind">,
  I32EnumAttrCase<"Cdecl", 5, "cdecl">,
  I32EnumAttrCase<"CdeclUnwind", 6, "cdecl-unwind">,
  I32EnumAttrCase<"SysV64", 7, "sysv64">,
  I32EnumAttrCase<"SysV64Unwind", 8, "sysv64-unwind">,
  I32EnumAttrCase<"Win64", 9, "win64">,
  I32EnumAttrCase<"Win64Unwind", 10, "win64-unwind">,
  I32EnumAttrCase<"Efi", 11, "efiapi">,
  I32EnumAttrCase<"Aapcs", 12, "aapcs">,
  I32EnumAttrCase<"AapcsUnwind", 13, "aapcs-unwind">,
  I32EnumAttrCase<"Stdcall", 14, "stdcall">,
  I32EnumAttrCase<"StdcallUnwind", 15, "stdcall-unwind">,
  I32EnumAttrCase<"Fastcall", 16, "fastcall">,
  I32EnumAttrCase<"FastcallUnwind", 17, "fastcall-unwind">,
  I32EnumAttrCase<"Thiscall", 18, "thiscall">,
  I32EnumAttrCase<"ThiscallUnwind", 19, "thiscall-unwind">,
  I32EnumAttrCase<"Vectorcall", 20, "vectorcall">,
  I32EnumAttrCase<"VectorcallUnwind", 21, "vectorcall-unwind">,
  I32EnumAttrCase<"RustCall", 22, "rust-call">,
  I32EnumAttrCase<"RustCold", 23, "rust-cold">,
  I32EnumAttrCase<"RustPreserveNone", 24, "rust-preserve-none">,
  I32EnumAttrCase<"Unadjusted", 25, "unadjusted">,
  I32EnumAttrCase<"Custom", 26, "custom">,
  I32EnumAttrCase<"CmseNonSecureCall", 27, "cmse-nonsecure-call">,
  I32EnumAttrCase<"CmseNonSecureEntry", 28, "cmse-nonsecure-entry">,
  I32EnumAttrCase<"AvrInterrupt", 29, "avr-interrupt">,
  I32EnumAttrCase<"AvrNonBlockingInterrupt", 30, "avr-non-blocking-interrupt">,
  I32EnumAttrCase<"Msp430Interrupt", 31, "msp430-interrupt">,
  I32EnumAttrCase<"RiscvInterruptM", 32, "riscv-interrupt-m">,
  I32EnumAttrCase<"RiscvInterruptS", 33, "riscv-interrupt-s">,
  I32EnumAttrCase<"X86Interrupt", 34, "x86-interrupt">,
  I32EnumAttrCase<"GpuKernel", 35, "gpu-kernel">,
  I32EnumAttrCase<"PtxKernel", 36, "ptx-kernel">
]>;

def KCFI_RustFnFlags : KCFI_BitEnum<"RustFnFlags", "flags of a Rust function type", [
  I32BitEnumCaseNone<"None", "none">,
  I32BitEnumCaseBit<"Variadic", 0, "variadic">,
  I32BitEnumCaseBit<"Unsafe", 1, "unsafe">
]>;

def KCFI_RustPathTag : KCFI_I32Enum<"RustPathTag", "namespace of a path segment", [
  I32EnumAttrCase<"Type", 0, "type">,
  I32EnumAttrCase<"Value", 1, "value">,
  I32EnumAttrCase<"Impl", 2, "impl">,
  I32EnumAttrCase<"ForeignMod", 3, "extern">,
  I32EnumAttrCase<"Closure", 4, "closure">,
  I32EnumAttrCase<"Constructor", 5, "constructor">,
  I32EnumAttrCase<"Constant", 6, "constant">,
  I32EnumAttrCase<"Opaque", 7, "opaque">,
  I32EnumAttrCase<"Synthetic", 8, "synthetic">,
  I32EnumAttrCase<"Nested", 9, "nested">
]>;

def KCFI_RustRepr : KCFI_I32Enum<"RustRepr", "representation of a Rust type", [
  I32EnumAttrCase<"Rust", 0, "rust">,
  I32EnumAttrCase<"C", 1, "repr_c">,
  I32EnumAttrCase<"Transparent", 2, "transparent">
]>;

def KCFI_RustLangItem : KCFI_I32Enum<"RustLangItem", "Rust item that the compiler knows by itself", [
  I32EnumAttrCase<"None", 0, "none">,
  I32EnumAttrCase<"CVoid", 1, "c_void">,
  I32EnumAttrCase<"FnTrait", 2, "fn">,
  I32EnumAttrCase<"FnMutTrait", 3, "fn_mut">,
  I32EnumAttrCase<"FnOnceTrait", 4, "fn_once">
]>;

def KCFI_RustRegionKind : KCFI_I32Enum<"RustRegionKind", "kind of a Rust region", [
  I32EnumAttrCase<"Erased", 0, "erased">,
  I32EnumAttrCase<"Bound", 1, "bound">,
  I32EnumAttrCase<"Static", 2, "static">,
  I32EnumAttrCase<"Param", 3, "param">
]>;

def KCFI_RustPredicateKind : KCFI_I32Enum<"RustPredicateKind", "kind of a predicate of a trait object", [
  I32EnumAttrCase<"Trait", 0, "trait">,
  I32EnumAttrCase<"Projection", 1, "projection">,
  I32EnumAttrCase<"Auto", 2, "auto">
]>;

def KCFI_RustClosureKind : KCFI_I32Enum<"RustClosureKind", "how a closure uses its captures", [
  I32EnumAttrCase<"Fn", 0, "fn">,
  I32EnumAttrCase<"FnMut", 1, "fn_mut">,
  I32EnumAttrCase<"FnOnce", 2, "fn_once">
]>;

def KCFI_RustCoroutineKind : KCFI_I32Enum<"RustCoroutineKind", "kind of a coroutine type", [
  I32EnumAttrCase<"Coroutine", 0, "coroutine">,
  I32EnumAttrCase<"Async", 1, "async">,
  I32EnumAttrCase<"Gen", 2, "gen">,
  I32EnumAttrCase<"AsyncGen", 3, "async_gen">,
  I32EnumAttrCase<"AsyncClosure", 4, "async_closure">
]>;

//===----------------------------------------------------------------------===//
// Callables and equivalences
//===----------------------------------------------------------------------===//

def KCFI_RustCallableKind : KCFI_I32Enum<"RustCallableKind", "what a Rust function is", [
  I32EnumAttrCase<"Item", 0, "item">,
  I32EnumAttrCase<"Constructor", 1, "constructor">,
  I32EnumAttrCase<"InherentMethod", 2, "inherent_method">,
  I32EnumAttrCase<"ImplMethod", 3, "impl_method">,
  I32EnumAttrCase<"ProvidedMethod", 4, "provided_method">,
  I32EnumAttrCase<"Closure", 5, "closure">,
  I32EnumAttrCase<"Coroutine", 6, "coroutine">,
  I32EnumAttrCase<"ByMoveCoroutine", 7, "by_move_coroutine">,
  I32EnumAttrCase<"AsyncClosure", 8, "async_closure">,
  I32EnumAttrCase<"AsyncClosureShim", 9, "async_closure_shim">,
  I32EnumAttrCase<"DropGlue", 10, "drop_glue">,
  I32EnumAttrCase<"VirtualMethod", 11, "virtual_method">,
  I32EnumAttrCase<"VTableShim", 12, "vtable_shim">,
  I32EnumAttrCase<"FnPtrShim", 13, "fn_ptr_shim">,
  I32EnumAttrCase<"ClosureOnceShim", 14, "closure_once_shim">,
  I32EnumAttrCase<"CloneShim", 15, "clone_shim">,
  I32EnumAttrCase<"ReifyFnPtrShim", 16, "reify_fn_ptr_shim">,
  I32EnumAttrCase<"ReifyVTableShim", 17, "reify_vtable_shim">,
  I32EnumAttrCase<"ThreadLocalShim", 18, "thread_local_shim">,
  I32EnumAttrCase<"Intrinsic", 19, "intrinsic">,
  I32EnumAttrCase<"Foreign", 20, "foreign">,
  I32EnumAttrCase<"DeclaredReifyShim", 21, "declared_reify_shim">
]>;

// docs/Equivalences.md explains each, with an example.
def KCFI_Equivalence : KCFI_I32Enum<"Equivalence", "rule that makes Rust signatures equal", [
  // Of types.
  I32EnumAttrCase<"TransparentWrappers", 0, "transparent_wrappers">,
  I32EnumAttrCase<"CVoid", 1, "c_void">,
  I32EnumAttrCase<"NormalizedIntegers", 2, "normalized_integers">,
  I32EnumAttrCase<"GeneralizedPointers", 3, "generalized_pointers">,
  I32EnumAttrCase<"CNames", 4, "c_names">,
  I32EnumAttrCase<"IgnoredZsts", 5, "ignored_zsts">,
  // Of callables.
  I32EnumAttrCase<"ErasedSelf", 6, "erased_self">,
  I32EnumAttrCase<"ByValueSelf", 7, "by_value_self">,
  I32EnumAttrCase<"AutoTraits", 8, "auto_traits">,
  I32EnumAttrCase<"AbstractClosures", 9, "abstract_closures">,
  I32EnumAttrCase<"AbstractCoroutines", 10, "abstract_coroutines">,
  I32EnumAttrCase<"DropGlue", 11, "drop_glue">,
  // Of callables, not in rustc.
  I32EnumAttrCase<"ClosureKinds", 12, "closure_kinds">,
  I32EnumAttrCase<"MovedCoroutines", 13, "moved_coroutines">,
  I32EnumAttrCase<"DeclaredShims", 14, "declared_shims">,
  I32EnumAttrCase<"UnifiedCallables", 15, "unified_callables">,
  I32EnumAttrCase<"NarrowDropGlue", 16, "narrow_drop_glue">,
  I32EnumAttrCase<"DistinctReceivers", 17, "distinct_receivers">
]>;

def KCFI_EquivalencePreset : KCFI_I32Enum<"EquivalencePreset", "named list of equivalences", [
  I32EnumAttrCase<"None", 0, "none">,
  I32EnumAttrCase<"Rustc195", 1, "rustc-1.95">,
  I32EnumAttrCase<"Rustc197", 2, "rustc-1.97">,
  I32EnumAttrCase<"Clang", 3, "clang">,
  I32EnumAttrCase<"RustcFixed", 4, "rustc-fixed">,
  I32EnumAttrCase<"Unified", 5, "unified">
]>;

#endif // KCFI_IR_KCFIRUSTENUMS_TD
