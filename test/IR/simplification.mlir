// Stock simplifications keep every check and its id: two calls that differ only in
// their ids are not one call.

// RUN: kcfi-opt --canonicalize %s | FileCheck %s
// RUN: kcfi-opt --cse %s | FileCheck %s
// RUN: kcfi-opt --canonicalize=region-simplify=aggressive --cse %s | FileCheck %s
// RUN: kcfi-opt --kcfi-assign-type-ids --canonicalize=region-simplify=aggressive --cse --sccp --symbol-dce --canonicalize=region-simplify=aggressive %s | FileCheck %s --check-prefixes=CHECK,IDS

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {

// Two signatures, two branches.
// CHECK-LABEL: func.func @branches
// CHECK:         kcfi.call %{{[a-z0-9]+}}(%{{[a-z0-9]+}})
// IDS-SAME:        id <0x00050794, "_ZTSFiiE">
// CHECK-SAME:      <(c.int) -> c.int>
// CHECK:         kcfi.call %{{[a-z0-9]+}}(%{{[a-z0-9]+}})
// IDS-SAME:        id <0x{{[0-9a-f]+}}, "_ZTSFijE">
// CHECK-SAME:      <(c.uint) -> c.int>
// CHECK-NOT:     kcfi.call
// CHECK:       }
func.func @branches(%p: !llvm.ptr, %which: i1, %x: i32) -> i32 {
  cf.cond_br %which, ^left, ^right
^left:
  %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
  %left = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return %left : i32
^right:
  %g = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<(c.uint) -> c.int>
  %right = kcfi.call %g(%x) : !kcfi.fnptr<(c.uint) -> c.int>, (i32) -> i32
  return %right : i32
}

// One type, two ids: the value of the callee is of one type, so nothing but the
// attributes differ.
// CHECK-LABEL: func.func @ids
// CHECK-DAG:     kcfi.call %{{.*}}() id <0x00000001>
// CHECK-DAG:     kcfi.call %{{.*}}() id <0x00000002>
// CHECK:       }
func.func @ids(%f: !kcfi.fnptr<raw<0x1>>, %g: !kcfi.fnptr<raw<0x2>>, %which: i1) -> i32 {
  cf.cond_br %which, ^left, ^right
^left:
  %left = kcfi.call %f() id <0x1> : !kcfi.fnptr<raw<0x1>>, () -> i32
  return %left : i32
^right:
  %right = kcfi.call %g() id <0x2> : !kcfi.fnptr<raw<0x2>>, () -> i32
  return %right : i32
}

// A checked and an unchecked call.
// CHECK-LABEL: func.func @half_checked
// CHECK-DAG:     kcfi.call %{{.*}}()
// CHECK-DAG:     kcfi.call unchecked %{{.*}}()
// CHECK:       }
func.func @half_checked(%f: !kcfi.fnptr<() -> c.void>, %which: i1) {
  cf.cond_br %which, ^left, ^right
^left:
  kcfi.call %f() : !kcfi.fnptr<() -> c.void>, () -> ()
  return
^right:
  kcfi.call unchecked %f() : !kcfi.fnptr<() -> c.void>, () -> ()
  return
}

// A call whose result is not used has effects; two equal calls are two calls.
// CHECK-LABEL: func.func @effects
// CHECK-COUNT-2: kcfi.call
// CHECK-NOT:     kcfi.call
// CHECK:       }
func.func @effects(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
  %a = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  %b = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return
}

// Addresses and casts have no effects: equal ones are one, unused ones none.
func.func private @target() attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
// CHECK-LABEL: func.func @pure
// CHECK-COUNT-1: kcfi.address_of @target
// CHECK-NOT:     kcfi.address_of
// CHECK-NOT:     kcfi.cast
// CHECK:         kcfi.call
// CHECK:         kcfi.call
// CHECK:       }
func.func @pure(%p: !llvm.ptr) {
  %a = kcfi.address_of @target : !kcfi.fnptr<() -> c.void>
  kcfi.call %a() : !kcfi.fnptr<() -> c.void>, () -> ()
  kcfi.call %a() : !kcfi.fnptr<() -> c.void>, () -> ()
  %unused = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  return
}
}
