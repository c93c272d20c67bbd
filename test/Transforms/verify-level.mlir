// Every level that holds, after each step of the lowering.
// RUN: kcfi-opt %s --kcfi-verify-level=level=L0 --kcfi-verify-level=level=L1 --kcfi-verify-level=level=L2 -o /dev/null
// RUN: kcfi-opt %s --kcfi-assign-type-ids --kcfi-verify-level=level=L2 --kcfi-verify-level=level=L3 -o /dev/null
// RUN: kcfi-opt %s --kcfi-lower-pipeline=verify=false --kcfi-verify-level=level=L4 -o /dev/null
// RUN: kcfi-opt %s --kcfi-lower-pipeline="verify=false expand-all" --kcfi-verify-level=level=L4 -o /dev/null
// A level that does not hold yet.
// RUN: not kcfi-opt %s --kcfi-verify-level=level=L3 -o /dev/null 2>&1 | FileCheck %s --check-prefix=L3
// RUN: not kcfi-opt %s --kcfi-assign-type-ids --kcfi-verify-level=level=L4 -o /dev/null 2>&1 | FileCheck %s --check-prefix=L4
// L3-COUNT-6: error: violates level L3:
// L3-NOT:     error:
// L4-COUNT-6: error: violates level L4: 'kcfi.{{(call|cast|address_of)}}' is left
// L4-NOT:     error:
// Without signatures and ids, no target is needed on any level.
// RUN: echo 'module { func.func private @f() }' | kcfi-opt --kcfi-verify-level=level=L1 --kcfi-verify-level=level=L3 --kcfi-verify-level=level=L4 -o /dev/null
// The pass changes nothing.
// RUN: kcfi-opt %s -o %t.plain
// RUN: kcfi-opt %s --kcfi-verify-level -o %t.verified
// RUN: diff %t.plain %t.verified

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.signature @named : !kcfi.fn<(c.int) -> c.int>
  func.func private @declared(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
  llvm.func internal @local(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    llvm.return %x : i32
  }
  func.func @calls(%h: !kcfi.fnptr<encoded<"_ZTSFiiE">>, %x: i32) {
    %f = kcfi.address_of @declared : !kcfi.fnptr<(c.int) -> c.int>
    %g = kcfi.cast coalesced %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<encoded<"_ZTSFiiE">>
    %o = kcfi.cast reinterpret %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<(c.uint) -> c.int>
    %r = kcfi.call %g(%x) : !kcfi.fnptr<encoded<"_ZTSFiiE">>, (i32) -> i32
    %s = kcfi.call unchecked %o(%x) : !kcfi.fnptr<(c.uint) -> c.int>, (i32) -> i32
    %t = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return
  }
  func.func private @other(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
  func.func private @another(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
}
