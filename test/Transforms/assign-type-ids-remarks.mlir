// RUN: kcfi-opt --kcfi-assign-type-ids --remarks-filter='kcfi.*' %s -o /dev/null 2>&1 | FileCheck %s
// RUN: kcfi-opt --kcfi-assign-type-ids %s -o /dev/null 2>&1 | count 0

// CHECK: remark: [Analysis] TypeIds | Category:kcfi | CheckedCalls=2, ExtraEntries=1, Functions=3, UncheckedCalls=2
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @declared(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
  llvm.func internal @local(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    llvm.return %x : i32
  }
  func.func @calls(%f: !kcfi.fnptr<() -> c.void>) attributes {kcfi.sig = !kcfi.fn<(ptr<fn<() -> c.void>>) -> c.void>} {
    kcfi.call %f() : !kcfi.fnptr<() -> c.void>, () -> ()
    kcfi.call %f() : !kcfi.fnptr<() -> c.void>, () -> ()
    kcfi.call unchecked %f() : !kcfi.fnptr<() -> c.void>, () -> ()
    return
  }
  kcfi.entry private @declared.as.raw of @declared : !kcfi.raw<0x7>
  func.func @exempt(%f: !kcfi.fnptr<() -> c.void>)
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<() -> c.void>>) -> c.void>, kcfi.no_check} {
    kcfi.call %f() : !kcfi.fnptr<() -> c.void>, () -> ()
    return
  }
}
