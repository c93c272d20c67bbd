// Ids of Rust signatures, in a module that has C signatures, too. The values
// are those of rustc 1.95 and clang 22.

// RUN: kcfi-opt --kcfi-assign-type-ids %s | FileCheck %s
// RUN: kcfi-opt --kcfi-assign-type-ids --kcfi-verify-level=level=L3 %s -o /dev/null
// RUN: kcfi-opt --kcfi-lower-pipeline %s | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=LLVM

#Point = #kcfi.rs.item<"a" "s_" ["Point"] repr_c>
#Rect = #kcfi.rs.item<"a" "s_" ["Rect"] repr_c>
#CInt = #kcfi.rs.item<"a" "s_" ["CInt"] transparent field rs.i32 cfi_encoding("i")>
#void = #kcfi.rs.item<"core" "s_" ["ffi", "c_void"] lang(c_void)>
#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // --- The same function in C and in Rust
  // CHECK: @c_point {{.*}}#kcfi.type_id<0xfda70f55, "_ZTSFP5PointS0_PKS_E">
  kcfi.signature @c_point : !kcfi.fn<(ptr<tag<struct "Point">>, ptr<qual<const tag<struct "Point">>>) -> ptr<tag<struct "Point">>>
  // CHECK: @rs_point {{.*}}#kcfi.type_id<0xfda70f55, "_ZTSFP5PointS0_PKS_E">
  kcfi.signature @rs_point : !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Point>>, rs.ptr<const rs.adt<#Point>>) -> rs.ptr<mut rs.adt<#Point>> abi("C")>
  // CHECK: @c_int {{.*}}#kcfi.type_id<0x00050794, "_ZTSFiiE">
  kcfi.signature @c_int : !kcfi.fn<(c.int) -> c.int>
  // CHECK: @rs_int {{.*}}#kcfi.type_id<0x00050794, "_ZTSFiiE">
  kcfi.signature @rs_int : !kcfi.rs.fn<(rs.adt<#CInt>) -> rs.adt<#CInt>>
  // CHECK: @rs_void {{.*}}#kcfi.type_id<0xa488ebfc, "_ZTSFvPvE">
  kcfi.signature @rs_void : !kcfi.rs.fn<(rs.ptr<mut rs.adt<#void>>) -> rs.unit abi("C")>
  // CHECK: @rs_none {{.*}}#kcfi.type_id<0xa540670c, "_ZTSFvvE">
  kcfi.signature @rs_none : !kcfi.rs.fn<() -> rs.unit>

  // --- C names are those of functions with C's convention, but of fn pointers
  // with C's ABI
  // CHECK: @names {{.*}}"_ZTSFv5PointPFvu12NtCs_1a4RectEE"
  kcfi.signature @names : !kcfi.rs.fn<(rs.adt<#Point>, rs.fn<(rs.adt<#Rect>) -> rs.unit abi("system")>) -> rs.unit abi("system")>
  // CHECK: @no_names {{.*}}"_ZTSFvu{{[0-9]+}}NtCs_1a5PointE"
  kcfi.signature @no_names : !kcfi.rs.fn<(rs.adt<#Point>) -> rs.unit abi("sysv64")>

  // --- Substitution is by identity
  // CHECK: @identity {{.*}}"_ZTSFvPFu3i32S_EPFS_S_EE"
  kcfi.signature @identity : !kcfi.rs.fn<(rs.fn<(rs.i32) -> rs.i32 unsafe>, rs.fn<(rs.i32) -> rs.i32>) -> rs.unit>
  // CHECK: @regions {{.*}}"_ZTSFvPFvu3refIu3i32Eu3refIS_EEE"
  kcfi.signature @regions : !kcfi.rs.fn<(rs.fn<(rs.ref<bound(0, 0) rs.i32>, rs.ref<bound(0, 1) rs.i32>) -> rs.unit>) -> rs.unit>
  // Arguments that a C name left out are entered when they are written.
  // CHECK: @parts {{.*}}"_ZTSFvP5PointPFvS0_ES1_E"
  kcfi.signature @parts : !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Point, [rs.i64]>>, rs.fn<(rs.ptr<mut rs.adt<#Point, [rs.i64]>>) -> rs.unit>, rs.i64) -> rs.unit abi("C")>

  // --- A method has the id of the call through its trait
  // CHECK: @area({{.*}}#kcfi.type_id<0x453f5402, "_ZTSFdu3refIu3dynIu19NtCs1_6shapes5Shapeu6regionEEE">
  // LLVM: define double @area(ptr {{.*}}) {{.*}}!kcfi_type [[AREA:![0-9]+]]
  func.func @area(%self: !llvm.ptr) -> f64 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>
  } {
    %r = arith.constant 1.0 : f64
    return %r : f64
  }
  // CHECK: kcfi.call {{.*}} id <0x453f5402,
  // LLVM: call double %{{.*}}(ptr %{{.*}}) [ "kcfi"(i32 1161778178) ]
  func.func @call_area(%object: !llvm.ptr, %slot: !llvm.ptr) -> f64 {
    %f = kcfi.cast launder %slot : !llvm.ptr to !kcfi.fnptr<rs.fn<(rs.ref<rs.dyn<[trait #Shape]>>) -> rs.f64>>
    %r = kcfi.call %f(%object) : !kcfi.fnptr<rs.fn<(rs.ref<rs.dyn<[trait #Shape]>>) -> rs.f64>>, (!llvm.ptr) -> f64
    return %r : f64
  }
  // LLVM: [[AREA]] = !{i32 1161778178}
}
