// A class that others have gone into goes into a third one: all views have the id
// of the last.

// RUN: kcfi-opt %s --kcfi-place-entries="world=closed max-class-growth=100" --remarks-filter=kcfi -o %t.mlir 2>&1 | FileCheck %s
// RUN: kcfi-opt %t.mlir --kcfi-assign-type-ids --kcfi-verify-level=level=L3 | FileCheck %s --check-prefix=IDS

// CHECK:      MergedClasses | {{.*}}EntriesSaved=2, {{.*}}Into="fn(&dyn [[MIDDLE:[AB]]]) -> f64"
// CHECK:      MergedClasses | {{.*}}EntriesSaved=1, From="fn(&dyn [[MIDDLE]]) -> f64", {{.*}}Into="fn(&dyn C) -> f64"
// CHECK-NOT:  MergedClasses
// CHECK:      Entries | {{.*}}ExtraEntries=0, Functions=4, {{.*}}Views=7

#A = #kcfi.rs.item<"app" "s1_" ["A"]>
#B = #kcfi.rs.item<"app" "s1_" ["B"]>
#C = #kcfi.rs.item<"app" "s1_" ["C"]>
#S = #kcfi.rs.item<"app" "s1_" ["S"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
    kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
  }
  kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> dyn_compatible {
    kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
  }
  kcfi.trait @C : !kcfi.rs.dyn<[trait #C]> dyn_compatible {
    kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
  }
  // IDS: @f1({{.*}}kcfi.type_id = #kcfi.type_id<[[ID:0x[0-9a-f]+]],
  func.func @f1(%s: !llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #A]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.load %s : !llvm.ptr -> f64
    return %r : f64
  }
  // IDS: @f2({{.*}}kcfi.type_id = #kcfi.type_id<[[ID]],
  func.func @f2(%s: !llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #A]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.load %s : !llvm.ptr -> f64
    return %r : f64
  }
  // IDS: @f3({{.*}}kcfi.type_id = #kcfi.type_id<[[ID]],
  func.func @f3(%s: !llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #C]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.load %s : !llvm.ptr -> f64
    return %r : f64
  }
  // IDS: @f4({{.*}}kcfi.type_id = #kcfi.type_id<[[ID]],
  func.func @f4(%s: !llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #C]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.load %s : !llvm.ptr -> f64
    return %r : f64
  }
  kcfi.vtable private @f1.as.A : @A for !kcfi.rs.adt<#S> size 8 align 8 slots [@f1]
  kcfi.vtable private @f1.as.B : @B for !kcfi.rs.adt<#S> size 8 align 8 slots [@f1]
  kcfi.vtable private @f1.as.C : @C for !kcfi.rs.adt<#S> size 8 align 8 slots [@f1]
  kcfi.vtable private @f2.as.A : @A for !kcfi.rs.adt<#S> size 8 align 8 slots [@f2]
  kcfi.vtable private @f2.as.B : @B for !kcfi.rs.adt<#S> size 8 align 8 slots [@f2]
  kcfi.vtable private @f3.as.C : @C for !kcfi.rs.adt<#S> size 8 align 8 slots [@f3]
  kcfi.vtable private @f4.as.C : @C for !kcfi.rs.adt<#S> size 8 align 8 slots [@f4]
}
