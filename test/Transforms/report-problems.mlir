// RUN: kcfi-opt --kcfi-report %s -o /dev/null 2>&1 | FileCheck %s
// RUN: not kcfi-opt --allow-unregistered-dialect --kcfi-report %S/Inputs/unregistered.mlir -o /dev/null 2>&1 | FileCheck %s --check-prefix=UNREGISTERED
// UNREGISTERED: error: references to functions cannot be enumerated

// What cannot be encoded is a warning, the rest is reported as usual; strings are
// demangled where no type is known.
// CHECK: report-problems.mlir:[[#@LINE+5]]:3: warning: not encoded: 'struct (unnamed)' has no name
// CHECK-DAG: class 0x{{.*}}: 0 function(s), 1 call(s): int (long) [_ZTSFilE]
// CHECK-DAG: class 0x{{.*}}: 0 function(s), 1 call(s): unknown type [no_mangling]
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // A tag that only a front end can name.
  func.func private @unnamed(!llvm.ptr) attributes {kcfi.sig = !kcfi.fn<(ptr<tag<struct unnamed>>) -> c.void>}
  func.func @calls(%f: !kcfi.fnptr<encoded<"_ZTSFilE">>, %g: !kcfi.fnptr<encoded<"no_mangling">>, %x: i64) {
    %r = kcfi.call %f(%x) : !kcfi.fnptr<encoded<"_ZTSFilE">>, (i64) -> i32
    kcfi.call %g() : !kcfi.fnptr<encoded<"no_mangling">>, () -> ()
    return
  }
}
