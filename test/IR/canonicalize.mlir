// RUN: kcfi-opt --canonicalize %s | FileCheck %s

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @take(!kcfi.fnptr<() -> c.int>)
  func.func private @take_other(!kcfi.fnptr<() -> c.long>)
  func.func private @take_pointer(!llvm.ptr)

  // CHECK-LABEL: func.func @there_and_back
  // CHECK-SAME: (%[[F:.*]]: !kcfi.fnptr<() -> c.int>, %[[P:.*]]: !llvm.ptr)
  // CHECK-NEXT: call @take(%[[F]])
  // CHECK-NEXT: call @take(%[[F]])
  // CHECK-NEXT: call @take(%[[F]])
  // CHECK-NEXT: call @take_pointer(%[[P]])
  // CHECK-NEXT: return
  func.func @there_and_back(%f: !kcfi.fnptr<() -> c.int>, %p: !llvm.ptr) {
    %same = kcfi.cast reinterpret %f : !kcfi.fnptr<() -> c.int> to !kcfi.fnptr<() -> c.int>
    call @take(%same) : (!kcfi.fnptr<() -> c.int>) -> ()
    %other = kcfi.cast reinterpret %f : !kcfi.fnptr<() -> c.int> to !kcfi.fnptr<() -> c.long>
    %back = kcfi.cast reinterpret %other : !kcfi.fnptr<() -> c.long> to !kcfi.fnptr<() -> c.int>
    call @take(%back) : (!kcfi.fnptr<() -> c.int>) -> ()
    %data = kcfi.cast unchecked %f : !kcfi.fnptr<() -> c.int> to !llvm.ptr
    %again = kcfi.cast launder %data : !llvm.ptr to !kcfi.fnptr<() -> c.int>
    call @take(%again) : (!kcfi.fnptr<() -> c.int>) -> ()
    %typed = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.int>
    %untyped = kcfi.cast unchecked %typed : !kcfi.fnptr<() -> c.int> to !llvm.ptr
    call @take_pointer(%untyped) : (!llvm.ptr) -> ()
    return
  }

  // A launder keeps its mark where the type is another one; two casts between
  // function pointers are one, which claims no more than both.
  // CHECK-LABEL: func.func @chains
  // CHECK-SAME: (%[[F:.*]]: !kcfi.fnptr<(c.int) -> c.int>)
  // CHECK-DAG: %[[A:.*]] = kcfi.cast reinterpret %[[F]] : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<() -> c.int>
  // CHECK-DAG: %[[U:.*]] = kcfi.cast unchecked %[[F]]
  // CHECK-DAG: %[[L:.*]] = kcfi.cast launder %[[U]]
  // CHECK-DAG: call @take(%[[A]])
  // CHECK-DAG: call @take_other(%[[L]])
  func.func @chains(%f: !kcfi.fnptr<(c.int) -> c.int>) {
    %0 = kcfi.cast coalesced %f : !kcfi.fnptr<(c.int) -> c.int> to !kcfi.fnptr<(c.long) -> c.int>
    %1 = kcfi.cast reinterpret %0 : !kcfi.fnptr<(c.long) -> c.int> to !kcfi.fnptr<() -> c.int>
    call @take(%1) : (!kcfi.fnptr<() -> c.int>) -> ()
    %2 = kcfi.cast unchecked %f : !kcfi.fnptr<(c.int) -> c.int> to !llvm.ptr
    %3 = kcfi.cast launder %2 : !llvm.ptr to !kcfi.fnptr<() -> c.long>
    call @take_other(%3) : (!kcfi.fnptr<() -> c.long>) -> ()
    return
  }

  func.func @inc(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    return %x : i32
  }
  llvm.func internal @dec(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    llvm.return %x : i32
  }
  func.func @weak(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>, llvm.linkage = #llvm.linkage<weak>} {
    return %x : i32
  }
  func.func private @declared(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}
  func.func @long(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.uint>} {
    return %x : i32
  }
  func.func @numbered(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00000001>} {
    return %x : i32
  }

  // A known function of this signature is called directly.
  // CHECK-LABEL: func.func @known
  // CHECK-NEXT: call @inc(%{{.*}}) : (i32) -> i32
  // CHECK-NEXT: llvm.call @dec(%{{.*}}) : (i32) -> i32
  // CHECK-NEXT: call @inc(
  // CHECK-NEXT: return
  func.func @known(%x: i32) -> i32 {
    %inc = kcfi.address_of @inc : !kcfi.fnptr<(c.int) -> c.int>
    %0 = kcfi.call %inc(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %dec = kcfi.address_of @dec : !kcfi.fnptr<(c.int) -> c.int>
    %1 = kcfi.call %dec(%0) id <0x00050794, "_ZTSFiiE"> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %2 = kcfi.call unchecked %inc(%1) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %2 : i32
  }

  // The check stays where it may trap: the function that runs is not known, has
  // another signature or another id, or something is said of the call.
  // CHECK-LABEL: func.func @unknown
  // CHECK-COUNT-5: kcfi.call
  // CHECK-NEXT: return
  func.func @unknown(%x: i32) {
    %weak = kcfi.address_of @weak : !kcfi.fnptr<(c.int) -> c.int>
    %0 = kcfi.call %weak(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %declared = kcfi.address_of @declared : !kcfi.fnptr<(c.int) -> c.int>
    %1 = kcfi.call %declared(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %long = kcfi.address_of @long : !kcfi.fnptr<(c.int) -> c.uint>
    %lied = kcfi.cast reinterpret %long : !kcfi.fnptr<(c.int) -> c.uint> to !kcfi.fnptr<(c.int) -> c.int>
    %2 = kcfi.call %lied(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %numbered = kcfi.address_of @numbered : !kcfi.fnptr<(c.int) -> c.int>
    %3 = kcfi.call %numbered(%x) id <0x00050794, "_ZTSFiiE"> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %inc = kcfi.address_of @inc : !kcfi.fnptr<(c.int) -> c.int>
    %4 = kcfi.call %inc(%x) {kcfi.source_sig = !kcfi.fn<(c.int) -> c.int>} : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return
  }
}
