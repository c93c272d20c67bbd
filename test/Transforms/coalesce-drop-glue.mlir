// Which drop glue 'narrow_drop_glue' tells apart, and which stays in the class of
// 'dyn Drop' because code outside of the module may call it or make more of it.

// RUN: kcfi-opt %s --split-input-file --kcfi-coalesce-types='equivalences=+narrow_drop_glue' --kcfi-assign-type-ids --kcfi-verify-level=level=L3 -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: kcfi-opt %t.mlir --split-input-file --kcfi-coalesce-types='equivalences=+narrow_drop_glue' | diff %t.mlir -
// RUN: kcfi-opt %s --split-input-file --kcfi-coalesce-types='equivalences=+narrow_drop_glue,-drop_glue' | FileCheck %s --check-prefix=CONCRETE
// RUN: kcfi-opt %s --split-input-file --kcfi-coalesce-types='equivalences=+narrow_drop_glue' --kcfi-report 2>&1 >/dev/null | FileCheck %s --check-prefix=REPORT

// Glue in vtables of two traits joins them; a supertrait is joined as well. The
// name is that of the first.
// CHECK-LABEL: module @joined
// CHECK: kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> dyn_compatible drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #A]>>) -> rs.unit> attributes {kcfi.source_sig = !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit>
// CHECK: kcfi.trait @C : !kcfi.rs.dyn<[trait #C]> dyn_compatible supertraits [@B] drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #A]>>) -> rs.unit>
// CHECK: kcfi.trait @Other {{.*}} drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Other]>>) -> rs.unit>
// CHECK: @drop_one({{.*}}kcfi.entry_sig = !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #A]>>) -> rs.unit>
// CHECK: @drop_two({{.*}}kcfi.entry_sig = !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #A]>>) -> rs.unit>
// CHECK: @drop_three({{.*}}kcfi.entry_sig = !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Other]>>) -> rs.unit>
// CHECK: kcfi.drop_virtual {{.*}} of @C id <0x[[ID:[0-9a-f]+]],
// CONCRETE-LABEL: module @joined
// CONCRETE: kcfi.trait @B {{.*}} drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>)
// CONCRETE: @drop_one({{.*}}kcfi.entry_sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#One>>) -> rs.unit>
// REPORT: without narrow_drop_glue {{ *}}1 {{ *}}3
// REPORT: fn(*mut One)  because of drop_glue, narrow_drop_glue
#A = #kcfi.rs.item<"app" "s1_" ["A"]>
#B = #kcfi.rs.item<"app" "s1_" ["B"]>
#C = #kcfi.rs.item<"app" "s1_" ["C"]>
#Other = #kcfi.rs.item<"app" "s1_" ["Other"]>
#Drop = #kcfi.rs.item<"core" "s1_" ["ops", "drop", "Drop"]>
#One = #kcfi.rs.item<"app" "s1_" ["One"]>
#Two = #kcfi.rs.item<"app" "s1_" ["Two"]>
#Three = #kcfi.rs.item<"app" "s1_" ["Three"]>
!drop = !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit>
#glue = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>
module @joined attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible drop !drop attributes {sym_visibility = "private"} {}
  kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> dyn_compatible drop !drop attributes {sym_visibility = "private"} {}
  kcfi.trait @C : !kcfi.rs.dyn<[trait #C]> dyn_compatible supertraits [@B] drop !drop attributes {sym_visibility = "private"} {}
  kcfi.trait @Other : !kcfi.rs.dyn<[trait #Other]> dyn_compatible drop !drop attributes {sym_visibility = "private"} {}
  kcfi.vtable private @One.as.A : @A for !kcfi.rs.adt<#One> size 8 align 8 drop @drop_one slots []
  kcfi.vtable private @One.as.B : @B for !kcfi.rs.adt<#One> size 8 align 8 drop @drop_one slots []
  kcfi.vtable private @Two.as.C : @C for !kcfi.rs.adt<#Two> size 8 align 8 drop @drop_two slots []
  kcfi.vtable private @Three.as.Other : @Other for !kcfi.rs.adt<#Three> size 8 align 8 drop @drop_three slots []
  llvm.func internal @drop_one(%x: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#One>>) -> rs.unit>, kcfi.callable = #glue} {
    llvm.return
  }
  llvm.func internal @drop_two(%x: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Two>>) -> rs.unit>, kcfi.callable = #glue} {
    llvm.return
  }
  llvm.func internal @drop_three(%x: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Three>>) -> rs.unit>, kcfi.callable = #glue} {
    llvm.return
  }
  llvm.func internal @use(%data: !llvm.ptr, %vt: !llvm.ptr) {
    kcfi.drop_virtual %data, %vt of @C
    llvm.return
  }
}

// -----

// CHECK-LABEL: module @open
// CHECK-NOT: mut rs.dyn<[trait #A]>
// CHECK-NOT: mut rs.dyn<[trait #B]>
// CHECK-NOT: mut rs.dyn<[trait #C]>
// CHECK-NOT: mut rs.dyn<[trait #Other]>
#A = #kcfi.rs.item<"app" "s1_" ["A"]>
#B = #kcfi.rs.item<"app" "s1_" ["B"]>
#C = #kcfi.rs.item<"app" "s1_" ["C"]>
#Other = #kcfi.rs.item<"app" "s1_" ["Other"]>
#Drop = #kcfi.rs.item<"core" "s1_" ["ops", "drop", "Drop"]>
#One = #kcfi.rs.item<"app" "s1_" ["One"]>
!drop = !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit>
#glue = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>
module @open attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // A trait that others see.
  kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible drop !drop {}
  kcfi.vtable private @One.as.A : @A for !kcfi.rs.adt<#One> size 8 align 8 drop @local slots []
  llvm.func internal @local(%x: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#One>>) -> rs.unit>, kcfi.callable = #glue} {
    llvm.return
  }
  // A vtable that others see.
  kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> dyn_compatible drop !drop attributes {sym_visibility = "private"} {}
  kcfi.vtable @One.as.B : @B for !kcfi.rs.adt<#One> size 8 align 8 drop @local_b slots []
  llvm.func internal @local_b(%x: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#One>>) -> rs.unit>, kcfi.callable = #glue} {
    llvm.return
  }
  // Glue that others see.
  kcfi.trait @C : !kcfi.rs.dyn<[trait #C]> dyn_compatible drop !drop attributes {sym_visibility = "private"} {}
  kcfi.vtable private @One.as.C : @C for !kcfi.rs.adt<#One> size 8 align 8 drop @external slots []
  llvm.func @external(%x: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#One>>) -> rs.unit>, kcfi.callable = #glue} {
    llvm.return
  }
  // Glue that is used other than by a vtable.
  kcfi.trait @Other : !kcfi.rs.dyn<[trait #Other]> dyn_compatible drop !drop attributes {sym_visibility = "private"} {}
  kcfi.vtable private @One.as.Other : @Other for !kcfi.rs.adt<#One> size 8 align 8 drop @taken slots []
  llvm.func internal @taken(%x: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#One>>) -> rs.unit>, kcfi.callable = #glue} {
    llvm.return
  }
  llvm.func @use() -> !llvm.ptr {
    %f = llvm.mlir.addressof @taken : !llvm.ptr
    llvm.return %f : !llvm.ptr
  }
}
