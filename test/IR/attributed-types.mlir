// Attributes of parameters and functions that are a part of the type.
// RUN: kcfi-opt %s -split-input-file -verify-diagnostics | FileCheck %s
// RUN: sed -e '/^.. -----$/,$d' %s | kcfi-opt -emit-bytecode | kcfi-opt | FileCheck %s

// CHECK: kcfi.signature @a0 : !kcfi.fn<(qual<noescape const ptr<c.int>>, qual<swift_context ptr<c.void>>) -> c.void cc(swiftcall)>
kcfi.signature @a0 : !kcfi.fn<(qual<const noescape ptr<c.int>>, qual<swift_context ptr<c.void>>) -> c.void cc(swiftcall)>
// CHECK: kcfi.signature @a1 : !kcfi.fn<() -> c.int restrict nocf_check cmse_nonsecure_call regparm(0) salt("x")>
kcfi.signature @a1 : !kcfi.fn<() -> c.int salt("x") regparm(0) cmse_nonsecure_call nocf_check restrict>
// CHECK: kcfi.signature @a2 : !kcfi.fn<(ptr<c.fp16>, c.mfloat8, c.ibm128) -> c.void>
kcfi.signature @a2 : !kcfi.fn<(ptr<c.fp16>, c.mfloat8, c.ibm128) -> c.void>
// CHECK: kcfi.signature @a3 : !kcfi.fn<(c.vector<4, c.int, altivec>, c.vector<4, c.uint, altivec_bool>, c.vector<8, c.ushort, altivec_pixel>) -> c.void>
kcfi.signature @a3 : !kcfi.fn<(c.vector<4, c.int, altivec>, c.vector<4, c.uint, altivec_bool>, c.vector<8, c.ushort, altivec_pixel>) -> c.void>
// CHECK: kcfi.signature @a4 : !kcfi.fn<(c.sizeless<sve "__SVBool_t", 512>) -> c.void>
kcfi.signature @a4 : !kcfi.fn<(c.sizeless<sve "__SVBool_t", 512>) -> c.void>

// -----

// expected-error@+1 {{pointee has 'noescape', which only a parameter itself can have}}
kcfi.signature @e0 : !kcfi.fn<(ptr<qual<noescape ptr<c.int>>>) -> c.void>

// -----

// expected-error@+1 {{result type has 'swift_context', which only a parameter itself can have}}
kcfi.signature @e1 : !kcfi.fn<() -> qual<swift_context ptr<c.int>>>

// -----

// expected-error@+1 {{i386 has 3 registers to pass parameters in}}
kcfi.signature @e2 : !kcfi.fn<(c.int) -> c.void regparm(4)>

// -----

// expected-error@+1 {{a vector has at least one element}}
kcfi.signature @e3 : !kcfi.fn<(c.sizeless<sve "__SVBool_t", 0>) -> c.void>
