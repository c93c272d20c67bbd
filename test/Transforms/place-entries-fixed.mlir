// A class keeps its id where something else relies on it; two such classes are
// not merged, even if they reach the same functions.

// RUN: kcfi-opt %s -split-input-file --kcfi-place-entries="world=closed max-class-growth=1000" --remarks-filter=kcfi -o /dev/null 2>&1 | FileCheck %s

#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
// CHECK: MergedClasses | Category:kcfi | EntriesSaved=1, From="fn(&dyn Shape) -> f64", FromReached=1, Into="fn(&Square) -> f64", IntoReached=1, Reached=1
// CHECK: ExtraEntries=0
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible {
    kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
  }
  func.func @area(%s: !llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %side = llvm.load %s : !llvm.ptr -> f64
    return %side : f64
  }
  kcfi.vtable private @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 slots [@area]
  // It may call what it is given.
  func.func private @elsewhere(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>) -> rs.unit>}
  func.func @give() {
    %f = kcfi.address_of @area : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    %p = kcfi.cast unchecked %f : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>> to !llvm.ptr
    call @elsewhere(%p) : (!llvm.ptr) -> ()
    return
  }
}

// -----

#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
// Both ids are known outside.
// CHECK-NOT: MergedClasses
// CHECK: ExtraEntries=1
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible {
    kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
  }
  func.func @area(%s: !llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %side = llvm.load %s : !llvm.ptr -> f64
    return %side : f64
  }
  kcfi.vtable private @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 slots [@area]
  kcfi.signature @pointer : !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>
  kcfi.signature @method : !kcfi.rs.fn<(rs.ref<rs.dyn<[trait #Shape]>>) -> rs.f64>
  func.func @get() -> !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>> {
    %f = kcfi.address_of @area : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    return %f : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
  }
}
