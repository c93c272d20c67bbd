// What is said about a function, on the function operations of several dialects.

// RUN: kcfi-opt --verify-roundtrip %s | FileCheck %s
// RUN: kcfi-opt %s | kcfi-opt | FileCheck %s
// RUN: kcfi-opt --mlir-print-op-generic %s | kcfi-opt | FileCheck %s
// RUN: kcfi-opt --emit-bytecode %s -o %t.mlirbc
// RUN: kcfi-opt %t.mlirbc | FileCheck %s

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {

// CHECK: func.func private @declared(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
func.func private @declared(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}

// CHECK: func.func @defined(
// CHECK-SAME: attributes {kcfi.address_taken, kcfi.no_check, kcfi.sig = !kcfi.fn<() -> c.void>, kcfi.type_id = #kcfi.type_id<0x12345678>}
func.func @defined() attributes {kcfi.sig = !kcfi.fn<() -> c.void>, kcfi.address_taken, kcfi.no_check, kcfi.type_id = #kcfi.type_id<0x12345678>} {
  return
}

// CHECK: llvm.func @llvm_function(i32, ...) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int, ...) -> c.int>}
llvm.func @llvm_function(i32, ...) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int, ...) -> c.int>}

// CHECK: llvm.func @unprototyped(...) attributes {kcfi.sig = !kcfi.fn<() -> c.void unprototyped>}
llvm.func @unprototyped(...) attributes {kcfi.sig = !kcfi.fn<() -> c.void unprototyped>}

// CHECK: llvm.func @method(!llvm.ptr, i32) attributes {kcfi.implicit_object, kcfi.sig = !kcfi.fn<(c.int) -> c.void const>}
llvm.func @method(!llvm.ptr, i32) attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void const>, kcfi.implicit_object}

// CHECK: func.func private @raw(i64) attributes {kcfi.sig = !kcfi.raw<0x00050794>, kcfi.type_id = #kcfi.type_id<0x00050794>}
func.func private @raw(i64) attributes {kcfi.sig = !kcfi.raw<0x00050794>, kcfi.type_id = #kcfi.type_id<0x00050794>}

// CHECK: func.func private @encoded(i64) attributes {kcfi.sig = !kcfi.encoded<"_ZTSFiiE">}
func.func private @encoded(i64) attributes {kcfi.sig = !kcfi.encoded<"_ZTSFiiE">}

// --- Machine types that fit
// CHECK-LABEL: @scalars
llvm.func @scalars(i1, i8, i8, i16, i32, i64, i64, f32, f64, !llvm.ptr) -> i8 attributes {
  kcfi.sig = !kcfi.fn<(c.bool, c.bool, c.schar, c.ushort, c.char32, c.ulong, c.longlong, c.float, c.double, c.nullptr) -> c.char8>}
// CHECK-LABEL: @pointers
func.func private @pointers(!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, memref<?xi32>) attributes {
  kcfi.sig = !kcfi.fn<(ptr<c.int>, c.block<fn<() -> c.void>>, lref<c.int>, rref<c.int>, c.array<3, c.int>, fn<() -> c.void>, ptr<c.int>) -> c.void>}
// CHECK-LABEL: @typed_pointers
func.func private @typed_pointers(!kcfi.fnptr<() -> c.void>, !kcfi.fnptr<() -> c.void>, !kcfi.fnptr<() -> c.void>, !kcfi.fnptr<() -> c.void>, !kcfi.fnptr<raw<0x1>>) attributes {
  kcfi.sig = !kcfi.fn<(ptr<fn<() -> c.void>>, lref<fn<() -> c.void>>, rref<fn<() -> c.void>>, c.typedef<"F", ptr<c.typedef<"f", fn<() -> c.void>>>>, ptr<c.void>) -> c.void>}
// CHECK-LABEL: @sugar
func.func private @sugar(i64, i32, i32, i32) -> i32 attributes {
  kcfi.sig = !kcfi.fn<(c.typedef<"size_t", c.ulong>, qual<const c.int>, c.atomic<c.int>, tag<enum "E">) -> c.wchar>}
// An enumeration may have any integer type, and other dialects any type.
// CHECK-LABEL: @enumeration
func.func private @enumeration(i8, index) attributes {kcfi.sig = !kcfi.fn<(tag<enum "E">, c.long) -> c.void>}
// The ABI decides how these are passed.
// CHECK-LABEL: @by_abi
func.func private @by_abi(i64, i64, f64, f64) attributes {
  kcfi.sig = !kcfi.fn<(tag<struct "S">, c.int128, c.complex<c.double>, c.bitint<65>, c.longdouble, memptr<tag<struct "S">, c.int>, c.vector<4, c.int>, c.matrix<2, 2, c.float>, c.sizeless<sve "__SVInt32_t">, c.va_list, c.float16, c.bf16, c.float128) -> tag<struct "S">>}
}

// Without a target, widths that depend on it are not known.
// CHECK-LABEL: @target_unknown
func.func private @target_unknown(i16, i128, i16) attributes {kcfi.sig = !kcfi.fn<(c.int, c.long, c.wchar) -> c.void>}

// A 16-bit target.
module attributes {llvm.target_triple = "msp430-unknown-unknown-elf"} {
// CHECK-LABEL: @other_target
func.func private @other_target(i64) attributes {kcfi.sig = !kcfi.fn<(c.longlong) -> c.void>}
}

// --- On operations of the LLVM dialect, between conversion and translation.
// CHECK-LABEL: llvm.func @lowered
llvm.func @lowered(%f: !llvm.ptr, %x: i32) -> i32 attributes {personality = @personality} {
  // CHECK: llvm.call %{{.*}} {kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">} : !llvm.ptr, (i32) -> i32
  %a = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">} : !llvm.ptr, (i32) -> i32
  // CHECK: llvm.call %{{.*}} {kcfi.checked = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
  %b = llvm.call %f(%a) {kcfi.checked = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
  // CHECK: llvm.invoke %{{.*}} {kcfi.checked = #kcfi.type_id<0x00000002>, kcfi.type_id = #kcfi.type_id<0x00000001>} : !llvm.ptr, (i32) -> i32
  %c = llvm.invoke %f(%b) to ^ok unwind ^bad {kcfi.type_id = #kcfi.type_id<0x1>, kcfi.checked = #kcfi.type_id<0x2>} : !llvm.ptr, (i32) -> i32
^ok:
  llvm.return %c : i32
^bad:
  %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
  llvm.resume %lp : !llvm.struct<(ptr, i32)>
}
llvm.func @personality(...) -> i32
