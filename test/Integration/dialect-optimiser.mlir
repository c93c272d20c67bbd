// What LLVM's optimiser makes of exported checks: those of unknown callees stay,
// in both forms; a known right callee may become direct, a known wrong one traps.

// RUN: kcfi-opt --kcfi-lower-pipeline %s 2>%t.warnings | kcfi-translate --kcfi-to-llvmir | opt -passes='default<O2>' -S | FileCheck %s --check-prefixes=CHECK,BUNDLE
// RUN: kcfi-opt --kcfi-lower-pipeline=expand-all %s 2>/dev/null | kcfi-translate --kcfi-to-llvmir | opt -passes='default<O2>' -S | FileCheck %s --check-prefixes=CHECK,EXPANDED
// RUN: FileCheck %s --check-prefix=WARNING --input-file=%t.warnings
// WARNING: warning: call always traps: it expects type id {{.*}} ("_ZTSFjjE"), its callee @twice has 0x00050794 ("_ZTSFiiE")

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK-LABEL: define {{.*}}i32 @twice(
  func.func @twice(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    %r = arith.addi %x, %x : i32
    return %r : i32
  }
  // CHECK-LABEL: define {{.*}}i32 @apply(
  // BUNDLE-NEXT:   call i32 %0(i32 %1) [ "kcfi"(i32 329620) ]
  // EXPANDED-NOT:  329620
  // EXPANDED:      load i32
  // EXPANDED:      call i32 asm "", "=r,0"(i32 -329620)
  // EXPANDED:      icmp {{eq|ne}} i32
  // EXPANDED:      call void @llvm.trap()
  // EXPANDED:      call i32 %0(i32 %1)
  func.func @apply(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>} {
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }
  // BUNDLE-LABEL: define {{.*}}i32 @known(
  // BUNDLE-NOT:     call
  // BUNDLE:         shl i32 %0, 1
  func.func @known(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    %f = kcfi.address_of @twice : !kcfi.fnptr<(c.int) -> c.int>
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }
  // CHECK-LABEL: define {{.*}}i32 @known_wrong(
  // CHECK-NEXT:    call void @llvm.trap()
  // CHECK-NEXT:    unreachable
  func.func @known_wrong(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    %f = kcfi.address_of @twice : !kcfi.fnptr<(c.int) -> c.int>
    %g = kcfi.cast reinterpret %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<(c.uint) -> c.uint>
    %r = kcfi.call %g(%x) : !kcfi.fnptr<(c.uint) -> c.uint>, (i32) -> i32
    return %r : i32
  }
}
