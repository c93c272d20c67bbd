// Each policy: the function's own id, the entries, and who uses which.

// RUN: kcfi-opt %s --kcfi-place-entries -o %t.mlir --remarks-filter=kcfi 2> %t.remarks
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: FileCheck %s --input-file=%t.remarks --check-prefix=REMARK
// RUN: kcfi-opt %t.mlir --kcfi-place-entries -o %t.twice.mlir
// RUN: diff %t.mlir %t.twice.mlir
// RUN: kcfi-opt %t.mlir --kcfi-verify-level=level=L2 --kcfi-assign-type-ids --kcfi-verify-level=level=L3 | FileCheck %s --check-prefix=IDS
// RUN: kcfi-opt %s --kcfi-coalesce-types=preset=unified --kcfi-place-entries --kcfi-coalesce-types=preset=unified --kcfi-verify-level=level=L2 --kcfi-assign-type-ids --kcfi-verify-level=level=L3 -o /dev/null
// RUN: kcfi-opt %s --kcfi-place-entries='policy=reify form=clone' -o %t.reify.mlir
// RUN: FileCheck %s --input-file=%t.reify.mlir --check-prefix=REIFY
// RUN: kcfi-opt %t.reify.mlir --kcfi-place-entries | FileCheck %s --check-prefix=AGAIN
// RUN: kcfi-opt %s --kcfi-place-entries=policy=vtable-subset --kcfi-verify-level=level=L2 | FileCheck %s --check-prefix=SUBSET
// RUN: kcfi-opt %s --kcfi-place-entries=policy=all-virtual --kcfi-verify-level=level=L2 | FileCheck %s --check-prefix=VIRTUAL
// RUN: not kcfi-opt %s --kcfi-place-entries=policy=none 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not kcfi-opt %s --kcfi-verify-level=level=L2 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: kcfi-opt %t.mlir --kcfi-report -o /dev/null 2>&1 | FileCheck %s --check-prefix=REPORT
// RUN: kcfi-opt %t.mlir --kcfi-report=format=json -o /dev/null 2>&1 | FileCheck %s --check-prefix=JSON
// RUN: kcfi-translate --kcfi-to-summary --unit=u %t.mlir | FileCheck %s --check-prefix=SUMMARY

#Shape = #kcfi.rs.item<"app" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"app" "s1_" ["Square"]>
#Drop = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "drop", "Drop"]>
#internal = #llvm.linkage<internal>

// MISSING: error: violates level L2: the view needs an entry with type id 0x{{[0-9a-f]+}}, the function has 0x

// REMARK: [[@LINE+114]]:{{[0-9]+}}: remark: [Passed] ExtraEntry | Category:kcfi | Function=area | Entry=area.as.fn, Form=auto, Other="slot '@Shape::@area' of '@Square.as.Shape'", Type="fn(&Square) -> f64", View="fn pointer 'fn(&Square) -> f64' in '@pointers'"
// REMARK: Function=hot | Entry=hot.as.Shape.scale, Form=auto, Other="fn pointer 'fn(&Square) -> f64' in '@pointers'"
// REMARK: remark: [Analysis] Entries | Category:kcfi | Bound=2, ExtraEntries=2, Functions=7, Policy=minimal, Views=9
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible
      drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit> {
    kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
    kcfi.method @scale : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
    kcfi.method @name : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
    kcfi.method @plain : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.f64> vtable_safe
  }

  // In the vtable and as a fn pointer: as likely, so the own id stays.
  // CHECK: @area({{.*}}{kcfi.callable = {{[^{]*}}, kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>, llvm.linkage = {{.*}}} {
  // CHECK: kcfi.entry private @area.as.fn of @area : !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64> because ["fn pointer 'fn(&Square) -> f64' in '@pointers'", "slot '@Shape::@area' of '@Square.as.Shape'"]
  // IDS: @area({{.*}}kcfi.type_id = #kcfi.type_id<0x[[#%.8x,SLOT:]],
  // IDS: kcfi.entry private @area.as.fn {{.*}}kcfi.type_id = #kcfi.type_id<0x[[#%.8x,FN:]],
  // REIFY: kcfi.entry private @area.as.fn of @area : {{.*}} form clone because ["fn pointer {{.*}}", "slot '@Shape::@area' of '@Square.as.Shape'"]
  // SUBSET: @area({{.*}}kcfi.entry_sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>
  // SUBSET: kcfi.entry private @area.as.Shape.area of @area : !kcfi.rs.fn<(rs.ref<rs.dyn<[trait #Shape]>>) -> rs.f64>
  // VIRTUAL: kcfi.entry private @area.as.Shape.area of @area
  // NONE: error: needs an extra entry, which policy 'none' does not make: it is called as 'fn(&Square) -> f64' and as 'fn(&dyn Shape) -> f64'
  // NONE: note: one view: fn pointer 'fn(&Square) -> f64' in '@pointers'
  // NONE: note: the other view: slot '@Shape::@area' of '@Square.as.Shape'
  func.func private @area(%self: !llvm.ptr) -> f64 attributes {llvm.linkage = #internal,
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.mlir.constant(1.0 : f64) : f64
    return %r : f64
  }

  // The fn pointer weighs more: it is the function itself.
  // CHECK: @hot({{.*}}kcfi.entry_sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>
  // CHECK: kcfi.entry private @hot.as.Shape.scale of @hot : !kcfi.rs.fn<(rs.ref<rs.dyn<[trait #Shape]>>) -> rs.f64> because ["slot '@Shape::@scale' of '@Square.as.Shape'", "fn pointer 'fn(&Square) -> f64' in '@pointers'"]
  // IDS: @hot({{.*}}kcfi.type_id = #kcfi.type_id<0x[[#FN]],
  // IDS: @hot.as.Shape.scale {{.*}}kcfi.type_id = #kcfi.type_id<0x[[#SLOT]],
  // REIFY: kcfi.entry private @hot.as.fn of @hot
  // AGAIN: kcfi.entry private @area.as.fn of {{.*}} form clone
  // AGAIN-NOT: @hot.as.fn
  // AGAIN: kcfi.entry private @hot.as.Shape.scale
  // AGAIN-NOT: kcfi.entry private
  func.func private @hot(%self: !llvm.ptr) -> f64 attributes {llvm.linkage = #internal,
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.mlir.constant(1.0 : f64) : f64
    return %r : f64
  }

  // As a fn pointer only: it gets the id of that, and no entry.
  // CHECK: @lone({{.*}}kcfi.entry_sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>
  // CHECK-NOT: kcfi.entry private
  // REIFY: kcfi.entry private @lone.as.fn of @lone : {{.*}} because ["fn pointer 'fn(&Square) -> f64' in '@pointers'", "policy 'reify'"]
  // SUBSET-NOT: @lone.as
  func.func private @lone(%self: !llvm.ptr) -> f64 attributes {llvm.linkage = #internal,
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.mlir.constant(1.0 : f64) : f64
    return %r : f64
  }

  // A method without a slot in a trait with objects: rustc makes a shim with the
  // id that the method has already.
  // REIFY: kcfi.entry private @sized.as.fn of @sized : !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64> form clone because ["fn pointer 'fn(&Square) -> f64' in '@pointers'", "policy 'reify'"]
  // CHECK: @sized({{.*}}callable<impl_method, object rs.dyn<[trait #Shape]>>
  func.func private @sized(%self: !llvm.ptr) -> f64 attributes {llvm.linkage = #internal,
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>>} {
    %r = llvm.mlir.constant(1.0 : f64) : f64
    return %r : f64
  }

  // In the vtable only.
  // VIRTUAL: kcfi.entry private @name.as.Shape.name of @name
  // REIFY-NOT: @name.as
  func.func private @name(%self: !llvm.ptr) -> f64 attributes {llvm.linkage = #internal,
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
      kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>} {
    %r = llvm.mlir.constant(1.0 : f64) : f64
    return %r : f64
  }

  // Its type is that of the slot, although no callable says so. An entry for
  // the slot is needless, but that policy makes one.
  // VIRTUAL: kcfi.entry private @plain.as.Shape.plain of @plain : {{.*}} because ["slot '@Shape::@plain' of '@Square.as.Shape'", "policy 'all-virtual'"]
  // SUBSET-NOT: @plain.as
  func.func private @plain(%self: !llvm.ptr, %x: i32) -> f64 attributes {llvm.linkage = #internal,
      kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.dyn<[trait #Shape]>>, rs.i32) -> rs.f64>} {
    %r = llvm.mlir.constant(1.0 : f64) : f64
    return %r : f64
  }

  // Without a callable, and another type than the slot's: it gets that id.
  // CHECK: @drop({{.*}}kcfi.entry_sig = !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit>
  // SUBSET: kcfi.entry private @drop.as.drop of @drop
  // REIFY: kcfi.entry private @drop.as.drop of @drop {{.*}} because ["drop slot of '@Square.as.Shape'", "policy 'reify'"]
  func.func private @drop(%self: !llvm.ptr) attributes {llvm.linkage = #internal,
      kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Square>>) -> rs.unit>} {
    return
  }

  // CHECK: kcfi.vtable private @Square.as.Shape {{.*}} drop @drop slots [@area, @hot.as.Shape.scale, @name, @plain]
  // REIFY: drop @drop.as.drop slots [@area, @hot, @name, @plain]
  // AGAIN: drop @drop slots [@area, @hot.as.Shape.scale, @name, @plain]
  // SUBSET: drop @drop.as.drop slots [@area.as.Shape.area, @hot.as.Shape.scale, @name.as.Shape.name, @plain]
  // VIRTUAL: drop @drop.as.drop slots [@area.as.Shape.area, @hot.as.Shape.scale, @name.as.Shape.name, @plain.as.Shape.plain]
  kcfi.vtable private @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 drop @drop slots [@area, @hot, @name, @plain]

  // CHECK-LABEL: func.func @pointers
  // REIFY-LABEL: func.func @pointers
  // SUBSET-LABEL: func.func @pointers
  func.func @pointers() {
    // CHECK: kcfi.address_of @area.as.fn
    // REIFY: kcfi.address_of @area.as.fn
    // SUBSET: kcfi.address_of @area :
    %a = kcfi.address_of @area : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    // CHECK: kcfi.address_of @hot {kcfi.weight
    // REIFY: kcfi.address_of @hot.as.fn
    %b = kcfi.address_of @hot {kcfi.weight = 10 : i64} : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    // CHECK: kcfi.address_of @lone :
    %c = kcfi.address_of @lone : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    // CHECK: kcfi.address_of @sized :
    %d = kcfi.address_of @sized : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    return
  }
}

// An entry in a drop slot.
// RUN: kcfi-opt %t.reify.mlir --kcfi-coalesce-types=preset=rustc-fixed --kcfi-report -o /dev/null 2>&1 | FileCheck %s --check-prefix=DROP
// DROP: function @drop.as.drop address-taken extra entry of @drop

// REPORT: function @area.as.fn address-taken extra entry of @area
// REPORT: function @hot.as.Shape.scale address-taken extra entry of @hot
// JSON: "entry_of": "area"

// The vtable refers to the function, the code to the entry.
// SUMMARY: {"kind":"function","unit":"u","name":"area.as.fn","defined":true,"local":true,"taken":true,"id":"0x{{[0-9a-f]+}}","entry_of":"area","location":
// SUMMARY: {"kind":"view","unit":"u","function":"area","place":"global:Square.as.Shape+24",
// SUMMARY-NOT: {"kind":"view","unit":"u","function":"area",
// SUMMARY: {"kind":"view","unit":"u","function":"area.as.fn","place":"elsewhere",
