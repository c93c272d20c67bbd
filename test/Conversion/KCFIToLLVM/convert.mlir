// The conversion's own pass and MLIR's stock one give the same.
// RUN: kcfi-opt --kcfi-assign-type-ids --convert-kcfi-to-llvm --convert-to-llvm --reconcile-unrealized-casts %s -o %t.own
// RUN: kcfi-opt --kcfi-assign-type-ids --convert-to-llvm --reconcile-unrealized-casts %s -o %t.stock
// RUN: FileCheck %s --input-file=%t.own --implicit-check-not=unrealized --implicit-check-not=fnptr
// RUN: FileCheck %s --input-file=%t.stock --implicit-check-not=unrealized --implicit-check-not=fnptr

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK: kcfi.signature @named
  kcfi.signature @named : !kcfi.fn<() -> c.void>

  // CHECK: llvm.func @declared(i32) -> i32 attributes {{.*}}kcfi.sig = {{.*}}kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  func.func private @declared(i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>}

  // CHECK-LABEL: llvm.func @call(%arg0: !llvm.ptr, %arg1: i32) -> i32
  // CHECK-NEXT:  %[[R:.*]] = llvm.call %arg0(%arg1) {kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">} : !llvm.ptr, (i32) -> i32
  // CHECK-NEXT:  llvm.return %[[R]]
  func.func @call(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 {
    %r = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return %r : i32
  }
  // CHECK-LABEL: llvm.func @unchecked
  // CHECK-NEXT:  llvm.call %arg0() : !llvm.ptr, () -> ()
  func.func @unchecked(%f: !kcfi.fnptr<() -> c.void>) {
    kcfi.call unchecked %f() : !kcfi.fnptr<() -> c.void>, () -> ()
    return
  }
  // CHECK-LABEL: llvm.func @address() -> !llvm.ptr
  // CHECK-NEXT:  llvm.mlir.addressof @declared : !llvm.ptr
  func.func @address() -> !kcfi.fnptr<(c.int) -> c.int> {
    %f = kcfi.address_of @declared : !kcfi.fnptr<(c.int) -> c.int>
    return %f : !kcfi.fnptr<(c.int) -> c.int>
  }
  // The callee's own type stands at variadic calls.
  // CHECK-LABEL: llvm.func @variadic
  // CHECK:       llvm.call %arg0(%arg1, %arg2) vararg(!llvm.func<i32 (ptr, ...)>) {{{.*}}kcfi.type_id{{.*}}"_ZTSFiPKczE">} : !llvm.ptr, (!llvm.ptr, i32) -> i32
  // CHECK:       llvm.call %arg0(%arg2) vararg(!llvm.func<void (i32, ...)>) {{.*}} : !llvm.ptr, (i32) -> ()
  // CHECK:       llvm.call %arg0() vararg(!llvm.func<void (...)>) {{.*}} : !llvm.ptr, () -> ()
  func.func @variadic(%f: !kcfi.fnptr<(ptr<qual<const c.char>>, ...) -> c.int>, %s: !llvm.ptr, %x: i32) {
    %r = kcfi.call %f(%s, %x) : !kcfi.fnptr<(ptr<qual<const c.char>>, ...) -> c.int>, (!llvm.ptr, i32) -> i32
    %g = kcfi.cast reinterpret %f : !kcfi.fnptr<(ptr<qual<const c.char>>, ...) -> c.int> to !kcfi.fnptr<raw<0x12345678>>
    kcfi.call %g(%x) fixed(1) : !kcfi.fnptr<raw<0x12345678>>, (i32) -> ()
    %h = kcfi.cast reinterpret %f : !kcfi.fnptr<(ptr<qual<const c.char>>, ...) -> c.int> to !kcfi.fnptr<(...) -> c.void>
    kcfi.call %h() : !kcfi.fnptr<(...) -> c.void>, () -> ()
    return
  }
  // Casts: nothing between pointers of one address space, else the LLVM ones.
  // CHECK-LABEL: llvm.func @casts
  // CHECK-DAG:   llvm.ptrtoint %arg0 : !llvm.ptr to i64
  // CHECK-DAG:   llvm.inttoptr %arg1 : i64 to !llvm.ptr
  // CHECK-DAG:   llvm.ptrtoint %arg0 : !llvm.ptr to i32
  // CHECK-DAG:   llvm.addrspacecast %arg2 : !llvm.ptr<1> to !llvm.ptr
  // CHECK-DAG:   llvm.addrspacecast %arg0 : !llvm.ptr to !llvm.ptr<1>
  // CHECK:       llvm.return
  func.func @casts(%f: !kcfi.fnptr<() -> c.void>, %n: i64, %q: !llvm.ptr<1>) {
    %p = kcfi.cast unchecked %f : !kcfi.fnptr<() -> c.void> to !llvm.ptr
    %i = kcfi.cast unchecked %f : !kcfi.fnptr<() -> c.void> to i64
    %x = kcfi.cast unchecked %f : !kcfi.fnptr<() -> c.void> to index
    %j = kcfi.cast unchecked %f : !kcfi.fnptr<() -> c.void> to i32
    %s = kcfi.cast unchecked %f : !kcfi.fnptr<() -> c.void> to !llvm.ptr<1>
    %a = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
    %b = kcfi.cast launder %n : i64 to !kcfi.fnptr<() -> c.void>
    %c = kcfi.cast launder %q : !llvm.ptr<1> to !kcfi.fnptr<() -> c.void>
    %d = kcfi.cast launder %x : index to !kcfi.fnptr<() -> c.void>
    %e = kcfi.cast coalesced %a : !kcfi.fnptr<() -> c.void> to !kcfi.fnptr<encoded<"_ZTSFvvE">>
    %g = kcfi.cast reinterpret %a : !kcfi.fnptr<() -> c.void> to !kcfi.fnptr<(c.int) -> c.void>
    return
  }
  // What the call says besides stays.
  // CHECK-LABEL: llvm.func @attributes
  // CHECK:       llvm.call fastcc tail %arg0(%arg1) {kcfi.type_id = #kcfi.type_id<{{.*}}>, llvm.note = 7 : i64} : !llvm.ptr, (!llvm.ptr {llvm.nest}) -> (i32 {llvm.noundef})
  func.func @attributes(%f: !kcfi.fnptr<(ptr<c.void>) -> c.int>, %p: !llvm.ptr) {
    %r = kcfi.call %f(%p) {CConv = #llvm.cconv<fastcc>, TailCallKind = #llvm.tailcallkind<tail>, arg_attrs = [{llvm.nest}], res_attrs = [{llvm.noundef}], llvm.note = 7} : !kcfi.fnptr<(ptr<c.void>) -> c.int>, (!llvm.ptr) -> i32
    return
  }
  // Function pointers in blocks, selects, direct calls and results.
  // CHECK-LABEL: llvm.func @flow(%arg0: !llvm.ptr, %arg1: !llvm.ptr, %arg2: i1) -> !llvm.ptr
  // CHECK:       llvm.select %arg2, %arg0, %arg1 : i1, !llvm.ptr
  // CHECK:       llvm.cond_br %arg2, ^[[A:bb[0-9]+]](%{{.*}} : !llvm.ptr), ^[[B:bb[0-9]+]]
  // CHECK:       ^[[A]](%{{.*}}: !llvm.ptr):
  // CHECK:       llvm.call @flow(%{{.*}}, %arg1, %arg2) : (!llvm.ptr, !llvm.ptr, i1) -> !llvm.ptr
  func.func @flow(%f: !kcfi.fnptr<() -> c.void>, %g: !kcfi.fnptr<() -> c.void>, %c: i1) -> !kcfi.fnptr<() -> c.void> {
    %s = arith.select %c, %f, %g : !kcfi.fnptr<() -> c.void>
    cf.cond_br %c, ^a(%s : !kcfi.fnptr<() -> c.void>), ^b
  ^a(%h: !kcfi.fnptr<() -> c.void>):
    %r = func.call @flow(%h, %g, %c) : (!kcfi.fnptr<() -> c.void>, !kcfi.fnptr<() -> c.void>, i1) -> !kcfi.fnptr<() -> c.void>
    return %r : !kcfi.fnptr<() -> c.void>
  ^b:
    return %g : !kcfi.fnptr<() -> c.void>
  }
  llvm.func @__gxx_personality_v0(...) -> i32
  // CHECK-LABEL: llvm.func @invoke
  // CHECK:       %[[R:.*]] = llvm.invoke %arg0(%arg1) to ^[[OK:bb[0-9]+]](%arg1 : i32) unwind ^[[BAD:bb[0-9]+]] {kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">} : !llvm.ptr, (i32) -> i32
  // CHECK:       ^[[OK]](%{{.*}}: i32):
  // CHECK:       llvm.invoke %arg0(%arg1, %arg1) to ^{{.*}} unwind ^{{.*}} vararg(!llvm.func<void (i32, ...)>) {kcfi.type_id = {{.*}}} : !llvm.ptr, (i32, i32) -> ()
  // CHECK:       ^[[BAD]]:
  llvm.func @invoke(%p: !llvm.ptr, %x: i32) -> i32 attributes {personality = @__gxx_personality_v0} {
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
    %g = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<(c.int, ...) -> c.void>
    %r = kcfi.invoke %f(%x) to ^ok(%x : i32) unwind ^bad : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  ^ok(%y: i32):
    kcfi.invoke %g(%x, %x) to ^end unwind ^bad : !kcfi.fnptr<(c.int, ...) -> c.void>, (i32, i32) -> ()
  ^end:
    llvm.return %r : i32
  ^bad:
    %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
    llvm.resume %lp : !llvm.struct<(ptr, i32)>
  }
}
