// From any level to the LLVM dialect.
// RUN: kcfi-opt --kcfi-lower-pipeline %s | FileCheck %s --check-prefixes=CHECK,BUNDLE
// RUN: kcfi-opt --kcfi-lower-pipeline=expand-all %s | FileCheck %s --check-prefixes=CHECK,EXPANDED --implicit-check-not='"kcfi"('
// RUN: sed s/x86_64/loongarch64/ %s | kcfi-opt --kcfi-lower-pipeline | FileCheck %s --check-prefixes=CHECK,EXPANDED --implicit-check-not='"kcfi"('
// A module that went through some of the passes before gives the same.
// RUN: kcfi-opt --kcfi-lower-pipeline %s -o %t.at-once
// RUN: kcfi-opt --kcfi-assign-type-ids %s | kcfi-opt --kcfi-lower-pipeline -o %t.in-steps
// RUN: diff %t.at-once %t.in-steps
// RUN: kcfi-opt --kcfi-assign-type-ids --convert-kcfi-to-llvm %s | kcfi-opt --kcfi-lower-pipeline -o %t.from-llvm
// RUN: diff %t.at-once %t.from-llvm
// A module without function pointers, without a target.
// RUN: echo 'module {}' | kcfi-opt --kcfi-lower-pipeline | FileCheck %s --check-prefix=EMPTY
// EMPTY: module {

// CHECK: module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK: kcfi.signature @handler {{.*}}kcfi.type_id
  kcfi.signature @handler : !kcfi.fn<(c.int) -> c.int>
  // CHECK: llvm.func @twice(%arg0: i32) -> i32 attributes {{.*}}kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  func.func @twice(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    %r = arith.addi %x, %x : i32
    return %r : i32
  }
  // CHECK-LABEL: llvm.func @apply(%arg0: !llvm.ptr, %arg1: i32) -> i32
  // BUNDLE:      llvm.call %arg0(%arg1) ["kcfi"(%{{.*}} : i32)] : !llvm.ptr, (i32) -> i32
  // EXPANDED:    llvm.intr.trap
  // EXPANDED:    llvm.call %arg0(%arg1) {kcfi.checked = #kcfi.type_id<0x00050794, "_ZTSFiiE">} : !llvm.ptr, (i32) -> i32
  func.func @apply(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>} {
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }
  // CHECK-LABEL: llvm.func @exempt
  // CHECK-NEXT:  llvm.call %arg0(%arg1) : !llvm.ptr, (i32) -> i32
  func.func @exempt(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>, kcfi.no_check} {
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }
  // A block that no one reaches is lowered as well.
  // CHECK-LABEL: llvm.func @unreachable
  // CHECK-NEXT:  llvm.return
  // BUNDLE:      llvm.call %arg0() ["kcfi"(
  // EXPANDED:    llvm.call %arg0() {kcfi.checked = #kcfi.type_id<0xa540670c, "_ZTSFvvE">}
  // CHECK-NEXT:  llvm.br
  llvm.func @unreachable(%p: !llvm.ptr) {
    llvm.return
  ^dead:
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
    kcfi.call %f() : !kcfi.fnptr<() -> c.void>, () -> ()
    llvm.br ^dead
  }
  // A private function that is only called.
  // CHECK-LABEL: llvm.func @private
  // CHECK-SAME:  kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  func.func private @private(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    return %x : i32
  }
}
