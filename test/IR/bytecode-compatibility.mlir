// Bytecode that version 1.0 of the dialect wrote is read for ever. The frozen
// file was made from this module with `kcfi-opt --allow-unregistered-dialect
// --strip-debuginfo --emit-bytecode`; it is never made again, a new version adds a file.

// RUN: kcfi-opt --allow-unregistered-dialect %s -o %t.text.mlir
// RUN: kcfi-opt --allow-unregistered-dialect %S/Inputs/version-1.0.mlirbc -o %t.frozen.mlir
// RUN: diff %t.text.mlir %t.frozen.mlir
// RUN: FileCheck %s < %t.frozen.mlir

// The same file from a later version is refused.
// RUN: %python %S/Inputs/replace_bytes.py 07050301 07050501 %S/Inputs/version-1.0.mlirbc %t.major.mlirbc
// RUN: not kcfi-opt %t.major.mlirbc 2>&1 | FileCheck %s --check-prefix=MAJOR
// MAJOR:     error: bytecode of dialect 'kcfi' has version 2.0, this reader knows versions up to 1.3
// MAJOR-NOT: error:
// RUN: %python %S/Inputs/replace_bytes.py 07050301 07050309 %S/Inputs/version-1.0.mlirbc %t.minor.mlirbc
// RUN: not kcfi-opt %t.minor.mlirbc 2>&1 | FileCheck %s --check-prefix=MINOR
// MINOR:     error: bytecode of dialect 'kcfi' has version 1.4, this reader knows versions up to 1.3
// MINOR-NOT: error:

// CHECK: module @frozen
module @frozen attributes {
  kcfi.encoding = #kcfi.encoding<hash = fnv1a, normalize_integers, generalize_pointers>,
  kcfi.codegen = #kcfi.codegen<patchable_prefix = 11, patchable_entry = 5, arity>,
  llvm.target_triple = "x86_64-unknown-linux-gnu",
  test.parts = [#kcfi.scope<"ns">, #kcfi.scope<anonymous>, #kcfi.value<c.int, "-7">, #kcfi.pack<c.int, c.char>, #kcfi.template<"Box" in ["ns"]>, #kcfi.cast_reason<launder>, #kcfi.type_id<0x1>]
} {
  kcfi.signature @builtins : !kcfi.fn<(c.bool, c.char, c.schar, c.uchar, c.short, c.ushort, c.int, c.uint, c.long, c.ulong, c.longlong, c.ulonglong, c.int128, c.uint128, c.float16, c.bf16, c.float, c.double, c.longdouble, c.float128, c.nullptr, c.wchar, c.char8, c.char16, c.char32, c.va_list) -> c.void>
  kcfi.signature @modifiers : !kcfi.fn<(c.int, ...) -> c.void const volatile rvalue noexcept noreturn cfi_unchecked_callee no_caller_saved_registers cc(sysv_abi) sme(5) regparm(2) salt("pepper")>
  kcfi.signature @unprototyped : !kcfi.fn<() -> c.void unprototyped>
  kcfi.signature @lvalue : !kcfi.fn<() -> c.void lvalue cc(pascal)>
  kcfi.signature @pointers : !kcfi.fn<(ptr<qual<const volatile addrspace(3) c.int>>, qual<restrict noescape ptr<c.void>>, c.block<fn<() -> c.void>>, lref<c.int>, rref<c.int>, memptr<tag<struct "S">, c.int>) -> c.void>
  kcfi.signature @tags : !kcfi.fn<(tag<struct "S">, tag<union "U" in ["ns", anonymous, "C" args [c.int]]>, tag<enum unnamed(3) cxx in ["Nest"]>, tag<class "L" function "f">, tag<class "T" args [c.int, value<c.long, "5">, pack<>, pack<c.char>, template<"Box">]>) -> c.void>
  kcfi.signature @derived : !kcfi.fn<(ptr<c.array<10, c.int>>, ptr<c.array<?, c.int>>, ptr<c.array<*, c.int>>, c.vector<4, c.int>, c.vector<2, c.float, ext>, c.vector<2, c.float, neon>, c.vector<8, c.uchar, neon_poly>, c.matrix<2, 3, c.int>, c.complex<c.double>, c.atomic<c.int>, c.bitint<7>, c.bitint<9, unsigned>, c.sizeless<sve "__SVInt32_t">, c.sizeless<rvv "__rvv_int32m1_t", 128>, c.typedef<"size_t", c.ulong>) -> c.void>
  kcfi.signature @encoded : !kcfi.encoded<"_ZTSFiiE.normalized.generalized">
  kcfi.signature @raw : !kcfi.raw<0xfedcba98> {kcfi.type_id = #kcfi.type_id<0xfedcba98>}

  func.func private @inc(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>, kcfi.address_taken, kcfi.no_check}
  llvm.func @method(!llvm.ptr) attributes {kcfi.sig = !kcfi.fn<() -> c.void>, kcfi.implicit_object}
  func.func @uses(%p: !llvm.ptr, %x: i32) {
    %f = kcfi.address_of @inc : !kcfi.fnptr<(c.int) -> c.int>
    %c = kcfi.cast coalesced %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<(c.int) -> c.int noexcept>
    %r = kcfi.cast reinterpret %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<(c.int, ...) -> c.int>
    %l = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<raw<0x1>>
    %u = kcfi.cast unchecked %f : !kcfi.fnptr<(c.int) -> c.int> to !llvm.ptr
    %0 = kcfi.call %f(%x) id <0x12345678, "_ZTSFu3i32S_E.normalized.generalized"> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %1 = kcfi.call %r(%x, %x) fixed(1) {TailCallKind = #llvm.tailcallkind<tail>, CConv = #llvm.cconv<fastcc>, arg_attrs = [{}, {}], res_attrs = [{}]} : !kcfi.fnptr<(c.int, ...) -> c.int>, (i32, i32) -> i32
    %2 = kcfi.call unchecked %f(%p, %x) {implicit_object} : !kcfi.fnptr<(c.int) -> c.int>, (!llvm.ptr, i32) -> i32
    return
  }
  llvm.func @personality(...) -> i32
  llvm.func @invokes(%p: !llvm.ptr, %x: i32) attributes {personality = @personality} {
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
    %0 = kcfi.invoke %f(%x) to ^ok(%x : i32) unwind ^bad : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  ^ok(%a: i32):
    llvm.return
  ^bad:
    %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
    llvm.resume %lp : !llvm.struct<(ptr, i32)>
  }
}
