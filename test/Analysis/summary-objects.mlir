// Vtables are views of the functions in them, with the same places before and
// after the pipeline; calls through them are checked calls.

// RUN: kcfi-translate --kcfi-to-summary --unit=u %s | FileCheck %s --check-prefixes=CHECK,BEFORE
// RUN: kcfi-opt --kcfi-lower-pipeline %s -o %t.mlir
// RUN: kcfi-translate --kcfi-to-summary --unit=u %t.mlir | FileCheck %s --check-prefixes=CHECK,AFTER

// The method @b is not the function @b.
// CHECK-DAG: {"kind":"function","unit":"u","name":"a","defined":true,"local":true,"taken":true,"id":"0xb367dc69"
// CHECK-DAG: {"kind":"function","unit":"u","name":"b","defined":true,"local":true,"location"
// CHECK-DAG: {"kind":"function","unit":"u","name":"glue","defined":true,"local":true,"taken":true,"id":"0xa0b3de1e"
// CHECK-DAG: {"kind":"global","unit":"u","name":"private","local":true}
// CHECK-DAG: {"kind":"global","unit":"u","name":"public"}
// BEFORE-DAG: {"kind":"site","unit":"u","caller":"b","index":0,"state":"checked","id":"0xb367dc69"
// BEFORE-DAG: {"kind":"site","unit":"u","caller":"b","index":1,"state":"checked","id":"0xa0b3de1e"
// BEFORE-DAG: {"kind":"site","unit":"u","caller":"b","index":2,"state":"unchecked"
// AFTER-DAG: {"kind":"site","unit":"u","caller":"b","index":0,"state":"bundle","id":"0xb367dc69"
// AFTER-DAG: {"kind":"site","unit":"u","caller":"b","index":1,"state":"bundle","id":"0xa0b3de1e"
// AFTER-DAG: {"kind":"site","unit":"u","caller":"b","index":2,"state":"unchecked"
// CHECK-DAG: {"kind":"view","unit":"u","function":"a","place":"global:private+24"
// CHECK-DAG: {"kind":"view","unit":"u","function":"a","place":"global:public+24"
// CHECK-DAG: {"kind":"view","unit":"u","function":"a","place":"global:public+32"
// CHECK-DAG: {"kind":"view","unit":"u","function":"glue","place":"global:public+0"

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
#B = #kcfi.rs.item<"a" "s1_" ["B"]>
#Drop = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "drop", "Drop"]>
#is_a = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #A]>, receiver rs.ref<rs.param<"Self">>>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
    kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  kcfi.trait @B : !kcfi.rs.dyn<[trait #A]> dyn_compatible drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit> {
    kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
    kcfi.method @b : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
  }
  llvm.func internal @a(%self: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.u8>) -> rs.unit>, kcfi.callable = #is_a} {
    llvm.return
  }
  llvm.func internal @glue(%self: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>,
      kcfi.callable = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>} {
    llvm.return
  }
  kcfi.vtable private @private : @A for !kcfi.rs.u8 size 1 align 1 slots [@a]
  kcfi.vtable @public : @B for !kcfi.rs.u8 size 1 align 1 drop @glue slots [@a, @a]
  llvm.func internal @b(%data: !llvm.ptr, %vt: !llvm.ptr) {
    kcfi.call_virtual %data, %vt[@B::@b] () : (!llvm.ptr, !llvm.ptr) -> ()
    kcfi.drop_virtual %data, %vt of @B
    kcfi.call_virtual unchecked %data, %vt[@B::@b] () : (!llvm.ptr, !llvm.ptr) -> ()
    llvm.return
  }
}
