// Classes that share an id: fewer entries, larger classes, within a limit.

// RUN: kcfi-opt %s --kcfi-place-entries="world=closed max-class-growth=100" --remarks-filter=kcfi -o %t.mlir 2>&1 | FileCheck %s --check-prefix=HUNDRED
// RUN: FileCheck %s < %t.mlir
// RUN: kcfi-opt %s --kcfi-place-entries="world=closed max-class-growth=0" --remarks-filter=kcfi -o /dev/null 2>&1 | FileCheck %s --check-prefix=ZERO
// RUN: kcfi-opt %s --kcfi-place-entries="world=closed max-class-growth=50" --remarks-filter=kcfi -o /dev/null 2>&1 | FileCheck %s --check-prefix=FIFTY
// RUN: kcfi-opt %s --kcfi-place-entries="world=closed" --remarks-filter=kcfi -o /dev/null 2>&1 | FileCheck %s --check-prefix=NEVER
// The ids hold through all that follows, and a later run finds nothing to do.
// RUN: kcfi-opt %t.mlir --kcfi-verify-level=level=L2 --kcfi-place-entries="world=closed max-class-growth=100" --remarks-filter=kcfi -o %t.again.mlir 2>&1 | FileCheck %s --check-prefix=AGAIN
// RUN: diff %t.mlir %t.again.mlir
// RUN: kcfi-opt %t.mlir --kcfi-assign-type-ids --kcfi-verify-level=level=L3 | FileCheck %s --check-prefix=IDS
// RUN: kcfi-opt %t.mlir --emit-bytecode | kcfi-opt --kcfi-assign-type-ids --kcfi-verify-level=level=L3 | FileCheck %s --check-prefix=IDS
// With a policy that makes none, merging may be the way out.
// RUN: kcfi-opt %s --kcfi-place-entries="policy=none world=closed max-class-growth=100" | FileCheck %s
// RUN: not kcfi-opt %s --kcfi-place-entries="policy=none world=closed max-class-growth=0" 2>&1 | FileCheck %s --check-prefix=NONE
// Others rely on the ids.
// RUN: not kcfi-opt %s --kcfi-place-entries="max-class-growth=0" 2>&1 | FileCheck %s --check-prefix=WORLD
// RUN: not kcfi-opt %s --kcfi-place-entries="world=closed policy=reify max-class-growth=0" 2>&1 | FileCheck %s --check-prefix=WORLD

// Calls of area() reach both functions, those of the pointer reached one: that
// doubles.
// HUNDRED: MergedClasses | Category:kcfi | EntriesSaved=1, From="fn(&dyn Named) -> i32", FromReached=1, Into="fn(&Square) -> i32", IntoReached=1, Reached=1
// HUNDRED: MergedClasses | Category:kcfi | EntriesSaved=1, From="fn(&Square) -> f64", FromReached=1, Into="fn(&dyn Shape) -> f64", IntoReached=2, Reached=2
// HUNDRED: Entries | Category:kcfi | Bound=2, ExtraEntries=0, Functions=3, Policy=minimal, Views=5
// FIFTY: MergedClasses | {{.*}}, Reached=1
// FIFTY-NOT: MergedClasses
// FIFTY: Bound=2, ExtraEntries=1
// ZERO: MergedClasses | {{.*}}, Reached=1
// ZERO-NOT: MergedClasses
// ZERO: Bound=2, ExtraEntries=1
// NEVER-NOT: MergedClasses
// NEVER: Bound=2, ExtraEntries=2
// AGAIN-NOT: MergedClasses
// AGAIN: Bound=0, ExtraEntries=0
// NONE: error: needs an extra entry, which policy 'none' does not make
// WORLD: error: 'max-class-growth' changes ids that other modules or the policy rely on: it needs 'world=closed' and policy 'minimal' or 'none'

// CHECK: module attributes {kcfi.merged_classes = {{\[\[}}
// CHECK-NOT: kcfi.entry

#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Named = #kcfi.rs.item<"shapes" "s1_" ["Named"]>
#Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
#Disc = #kcfi.rs.item<"shapes" "s1_" ["Disc"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible {
    kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
  }
  kcfi.trait @Named : !kcfi.rs.dyn<[trait #Named]> dyn_compatible {
    kcfi.method @id : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.i32> vtable_safe
  }
  // IDS: @square_area({{.*}}kcfi.type_id = #kcfi.type_id<[[AREA:0x[0-9a-f]+]],
  func.func @square_area(%s: !llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %side = llvm.load %s : !llvm.ptr -> f64
    return %side : f64
  }
  // IDS: @disc_area({{.*}}kcfi.type_id = #kcfi.type_id<[[AREA]],
  func.func @disc_area(%s: !llvm.ptr) -> f64 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Disc>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %side = llvm.load %s : !llvm.ptr -> f64
    return %side : f64
  }
  // Both classes reach this function only.
  // IDS: @square_id({{.*}}kcfi.type_id = #kcfi.type_id<[[ID:0x[0-9a-f]+]],
  func.func @square_id(%s: !llvm.ptr) -> i32 attributes {
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.i32>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Named]>, receiver rs.ref<rs.param<"Self">>>} {
    %id = llvm.load %s : !llvm.ptr -> i32
    return %id : i32
  }
  kcfi.vtable private @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 slots [@square_area]
  kcfi.vtable private @Disc.as.Shape : @Shape for !kcfi.rs.adt<#Disc> size 8 align 8 slots [@disc_area]
  kcfi.vtable private @Square.as.Named : @Named for !kcfi.rs.adt<#Square> size 8 align 8 slots [@square_id]
  // IDS: @call_area
  func.func @call_area(%s: !llvm.ptr) -> f64 {
    %f = kcfi.address_of @square_area : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    // IDS: kcfi.call {{.*}} id <[[AREA]],
    %r = kcfi.call %f(%s) : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>, (!llvm.ptr) -> f64
    return %r : f64
  }
  func.func @call_id(%s: !llvm.ptr, %vt: !llvm.ptr) -> i32 {
    %f = kcfi.address_of @square_id : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.i32>>
    // IDS: kcfi.call {{.*}} id <[[ID]],
    %r = kcfi.call %f(%s) : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.i32>>, (!llvm.ptr) -> i32
    // IDS: kcfi.call_virtual {{.*}} id <[[ID]],
    %v = kcfi.call_virtual %s, %vt[@Named::@id] () : (!llvm.ptr, !llvm.ptr) -> i32
    %sum = llvm.add %r, %v : i32
    return %sum : i32
  }
}
