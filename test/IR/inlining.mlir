// The stock inliner takes the operations of the dialect along, and checks stay
// what they are: it does not move a call between functions of which one has
// 'kcfi.no_check'.

// RUN: kcfi-opt --inline %s | FileCheck %s --check-prefixes=CHECK,TYPED
// RUN: kcfi-opt --kcfi-assign-type-ids --inline %s | FileCheck %s --check-prefixes=CHECK,IDS

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {

func.func private @target(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}

func.func private @checked(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 {
  %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return %r : i32
}

func.func private @marked(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 {
  %r = kcfi.call unchecked %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return %r : i32
}

func.func private @exempt(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 attributes {kcfi.no_check} {
  %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return %r : i32
}

func.func private @views(%p: !llvm.ptr) -> !kcfi.fnptr<(c.int) -> c.int> {
  %a = kcfi.address_of @target : !kcfi.fnptr<(c.int) -> c.int>
  %b = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
  %x = arith.constant 7 : i32
  %r = kcfi.call %b(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return %a : !kcfi.fnptr<(c.int) -> c.int>
}

// A check goes on being a check.
// CHECK-LABEL: func.func @checked_in_checked
// CHECK-NOT:     func.call
// CHECK-NOT:     call @
// CHECK:         kcfi.call %{{[^(]*}}(%{{[^)]*}})
// IDS-SAME:        id <0x00050794, "_ZTSFiiE">
// CHECK-NEXT:    return
func.func @checked_in_checked(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 {
  %r = call @checked(%f, %x) : (!kcfi.fnptr<(c.int) -> c.int>, i32) -> i32
  return %r : i32
}

// A call that says itself that it is not checked may go anywhere.
// CHECK-LABEL: func.func @unchecked_in_checked
// CHECK-NEXT:    kcfi.call unchecked %{{.*}}
// CHECK-NEXT:    return
func.func @unchecked_in_checked(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 {
  %r = call @marked(%f, %x) : (!kcfi.fnptr<(c.int) -> c.int>, i32) -> i32
  return %r : i32
}

// Once the calls have ids, those of exempt functions say so themselves.
// CHECK-LABEL: func.func @exempt_in_checked
// TYPED-NEXT:    call @exempt
// IDS-NEXT:      kcfi.call unchecked %{{.*}}
func.func @exempt_in_checked(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 {
  %r = call @exempt(%f, %x) : (!kcfi.fnptr<(c.int) -> c.int>, i32) -> i32
  return %r : i32
}

// CHECK-LABEL: func.func @checked_in_exempt
// CHECK-NEXT:    call @checked
func.func @checked_in_exempt(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 attributes {kcfi.no_check} {
  %r = call @checked(%f, %x) : (!kcfi.fnptr<(c.int) -> c.int>, i32) -> i32
  return %r : i32
}

// CHECK-LABEL: func.func @exempt_in_exempt
// CHECK-NEXT:    kcfi.call
// IDS-SAME:        unchecked
// CHECK-NEXT:    return
func.func @exempt_in_exempt(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 attributes {kcfi.no_check} {
  %r = call @exempt(%f, %x) : (!kcfi.fnptr<(c.int) -> c.int>, i32) -> i32
  return %r : i32
}

// CHECK-LABEL: func.func @views_inlined
// CHECK-NOT:     call @views
// CHECK-DAG:     kcfi.address_of @target
// CHECK-DAG:     kcfi.cast launder
// CHECK:         kcfi.call
// IDS-SAME:        id <0x00050794, "_ZTSFiiE">
// CHECK:         return
func.func @views_inlined(%p: !llvm.ptr) -> !kcfi.fnptr<(c.int) -> c.int> {
  %r = call @views(%p) : (!llvm.ptr) -> !kcfi.fnptr<(c.int) -> c.int>
  return %r : !kcfi.fnptr<(c.int) -> c.int>
}
}
