// Bytecode that version 1.1 of the dialect wrote, the first with Rust types, is
// read for ever. The frozen file was made from this module with `kcfi-opt
// --strip-debuginfo --emit-bytecode`; it is never made again.

// RUN: kcfi-opt %s -o %t.text.mlir
// RUN: kcfi-opt %S/Inputs/version-1.1.mlirbc -o %t.frozen.mlir
// RUN: diff %t.text.mlir %t.frozen.mlir
// RUN: FileCheck %s < %t.frozen.mlir
// CHECK: kcfi.signature @o01

#Plain = #kcfi.rs.item<"app" "s_" ["Plain"]>
#Wrapper = #kcfi.rs.item<"app" "s1Zz_" ["m", "Wrapper"] generics ["'a", "T", "N"] transparent field rs.ref<param("'a") rs.tuple<rs.param<"T">, rs.array<param("N"), rs.u8>>>>
#Node = #kcfi.rs.item<"app" "s1_" ["Node"] transparent field rs.ptr<const rs.adt<#kcfi.rs.item<"app" "s1_" ["Node"] recursive>>>>
#Token = #kcfi.rs.item<"app" "s1_" ["Token"(2)] transparent>
#Point = #kcfi.rs.item<"app" "s1_" ["Point"] repr_c>
#CInt = #kcfi.rs.item<"app" "s1_" ["CInt"] cfi_encoding("i") transparent field rs.i32>
#void = #kcfi.rs.item<"core" "s1_" ["ffi", "c_void"] lang(c_void)>
#FILE = #kcfi.rs.item<"app" "s1_" [extern, "FILE"]>
#twice = #kcfi.rs.item<"app" "s1_" [value "twice"]>
#method = #kcfi.rs.item<"app" "s1_" [impl(3), value "method"]>
#body = #kcfi.rs.item<"app" "s1_" [value "main", closure(1)]>
#Const = #kcfi.rs.item<"app" "s1_" ["Const"]>
#odd = #kcfi.rs.item<"app" "s1_" [constructor, constant, opaque, synthetic, nested]>
#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Out = #kcfi.rs.item<"shapes" "s1_" ["Shape", "Out"]>
#Send = #kcfi.rs.item<"core" "s1_" ["marker", "Send"]>
kcfi.signature @f01 : !kcfi.rs.fn<() -> rs.unit>
kcfi.signature @f02 : !kcfi.rs.fn<(zst rs.tuple<>, rs.i32, zst rs.adt<#Token>) -> rs.never>
kcfi.signature @f03 : !kcfi.rs.fn<(rs.i32, ...) -> rs.i32 abi("C-unwind") unsafe>
kcfi.signature @f04 : !kcfi.rs.fn<(...) -> rs.unit abi("C")>
kcfi.signature @f05 : !kcfi.rs.fn<(rs.fn<(rs.ref<bound(0, 0) rs.str>) -> rs.unit unsafe>) -> rs.fn<() -> rs.unit abi("system")>>
func.func private @f06(!kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>>)
kcfi.signature @p01 : !kcfi.rs.fn<(rs.bool, rs.char, rs.i8, rs.i16, rs.i32, rs.i64, rs.i128, rs.isize, rs.u8, rs.u16, rs.u32, rs.u64, rs.u128, rs.usize, rs.f16, rs.f32, rs.f64, rs.f128, rs.ref<rs.str>) -> rs.never>
kcfi.signature @r01 : !kcfi.rs.fn<(rs.ref<erased rs.i32>, rs.ref<mut rs.i32>, rs.ref<static rs.unit>, rs.ref<static mut rs.unit>, rs.ptr<const rs.i32>, rs.ptr<mut rs.i32>) -> rs.unit>
kcfi.signature @c01 : !kcfi.rs.fn<(rs.ref<rs.slice<rs.u8>>, rs.array<18446744073709551615, rs.unit>, rs.tuple<rs.u8>, rs.tuple<rs.u8, rs.bool>, rs.pat<rs.isize, "(isize::MIN..=-1 | 1..)">) -> rs.unit>
kcfi.signature @d01 : !kcfi.rs.fn<(rs.adt<#Plain>, rs.adt<#Wrapper, [erased, rs.i32, const<rs.usize, "4">]>, rs.adt<#Node>, rs.adt<#Token>, rs.adt<#Point>, rs.adt<#CInt>, rs.ptr<mut rs.adt<#void>>, rs.ptr<mut rs.foreign<#FILE>>) -> rs.unit>
kcfi.signature @d02 : !kcfi.rs.fn<(rs.fn<(rs.adt<#Wrapper, [bound(0, 1), rs.i32, const<rs.usize, "0">]>) -> rs.unit>) -> rs.unit>
kcfi.signature @d03 : !kcfi.rs.fn<(rs.adt<#Const, [const<rs.i8, "-128">, const<rs.bool, "true">, const<rs.char, "120">, const<rs.u8, param("N")>]>) -> rs.unit>
kcfi.signature @g01 : !kcfi.rs.fn<(rs.ref<rs.fn_item<#twice, [rs.u8]>>, rs.ref<rs.fn_item<#method>>, rs.ref<rs.fn_item<#odd>>) -> rs.unit>
kcfi.signature @g02 : !kcfi.rs.fn<(rs.closure<fn #body, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>>, rs.closure<fn_mut #body, args [rs.u8], signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32, rs.ref<mut rs.u8>]>, rs.closure<fn_once #body, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures [rs.u8]>) -> rs.unit>
kcfi.signature @g03 : !kcfi.rs.fn<(rs.coroutine<coroutine #body>, rs.coroutine<async #body, [rs.u8]>, rs.coroutine<gen #body>, rs.coroutine<async_gen #body>, rs.coroutine<async_closure #body>) -> rs.unit>
kcfi.signature @o01 : !kcfi.rs.fn<(rs.ref<rs.dyn<[]>>, rs.ref<rs.dyn<[trait #Shape]>>, rs.fn<(rs.ref<bound(0, 0) rs.dyn<[trait #Shape args [bound(1, 0), rs.u8], projection #Out args [rs.u8] = rs.i32, projection #Out = const<rs.usize, "3">, auto #Send], bound(0, 0)>>) -> rs.unit>) -> rs.unit>
module attributes {test.parts = [#kcfi.rs.segment<value "f"(1)>, #kcfi.rs.region<erased>, #kcfi.rs.region<bound(1, 2)>, #kcfi.rs.region<param("'a")>, #kcfi.rs.const<rs.u8, "7">, #kcfi.rs.predicate<auto #Send>]} {}
func.func private @k01() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>, kcfi.callable = #kcfi.rs.callable<item>}
func.func private @k02(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Plain>>) -> rs.unit>, kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>}
