// Trait objects and closures in the LLVM dialect; layouts are rustc's.

// RUN: kcfi-opt --kcfi-assign-type-ids --convert-kcfi-to-llvm %s | FileCheck %s --implicit-check-not=kcfi.trait
// RUN: kcfi-opt --kcfi-assign-type-ids --convert-to-llvm %s | FileCheck %s
// RUN: kcfi-opt --kcfi-lower-pipeline %s | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=LLVM
// RUN: sed -e s/x86_64-unknown/i686-unknown/ %s | kcfi-opt --kcfi-lower-pipeline | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=LLVM32

#A = #kcfi.rs.item<"shapes" "s1_" ["A"]>
#B = #kcfi.rs.item<"shapes" "s1_" ["B"]>
#M = #kcfi.rs.item<"shapes" "s1_" ["M"]>
#D = #kcfi.rs.item<"shapes" "s1_" ["D"]>
#S = #kcfi.rs.item<"shapes" "s1_" ["S"]>
#Drop = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "drop", "Drop"]>
#clo = #kcfi.rs.item<"shapes" "s1_" [value "main", closure]>

!drop = !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
    kcfi.method @a : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.i32> vtable_safe
  }
  kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> dyn_compatible {
    kcfi.method @b : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.i32> vtable_safe
  }
  // No methods of its own.
  kcfi.trait @M : !kcfi.rs.dyn<[trait #M]> dyn_compatible supertraits [@B] {}
  kcfi.trait @D : !kcfi.rs.dyn<[trait #D]> dyn_compatible supertraits [@A, @M] drop !drop {
    kcfi.method @d : !kcfi.rs.fn<(rs.ref<mut rs.param<"Self">>, rs.i32) -> rs.array<8, rs.u64>> vtable_safe
  }
  func.func private @a(!llvm.ptr) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #A]>, receiver rs.ref<rs.param<"Self">>>}
  func.func private @b(!llvm.ptr) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #B]>, receiver rs.ref<rs.param<"Self">>>}
  func.func private @d(!llvm.ptr, !llvm.ptr, i32) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.adt<#S>>, rs.i32) -> rs.array<8, rs.u64>>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #D]>, receiver rs.ref<mut rs.param<"Self">>>}
  func.func private @glue(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#S>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>}

  // CHECK: llvm.mlir.global private unnamed_addr constant @S.B() {{.*}}: !llvm.struct<(ptr, i64, i64, ptr)> {
  // CHECK: llvm.mlir.zero : !llvm.ptr
  // CHECK: llvm.mlir.constant(24 : i64) : i64
  // CHECK: llvm.mlir.constant(8 : i64) : i64
  // CHECK: llvm.mlir.addressof @b : !llvm.ptr
  // CHECK: llvm.return
  // LLVM-DAG: @S.B = private unnamed_addr constant { ptr, i64, i64, ptr } { ptr null, i64 24, i64 8, ptr @b }
  // LLVM-DAG: @S.D = constant { ptr, i64, i64, ptr, ptr, ptr, ptr, ptr } { ptr @glue, i64 24, i64 8, ptr @a, ptr @b, ptr @S.B, ptr @S.M, ptr @d }
  // LLVM-DAG: @S.M = private unnamed_addr constant { ptr, i64, i64, ptr } { ptr null, i64 24, i64 8, ptr null }
  // LLVM32-DAG: @S.B = private unnamed_addr constant { ptr, i32, i32, ptr } { ptr null, i32 24, i32 8, ptr @b }
  kcfi.vtable private @S.B : @B for !kcfi.rs.adt<#S> size 24 align 8 slots [@b]
  kcfi.vtable private @S.M : @M for !kcfi.rs.adt<#S> size 24 align 8 slots [vacant]
  kcfi.vtable @S.D : @D for !kcfi.rs.adt<#S> size 24 align 8 drop @glue slots [@a, @b, @S.B, @S.M, @d]

  // CHECK-LABEL: llvm.func @address
  func.func @address() -> !llvm.ptr {
    // CHECK: llvm.mlir.addressof @S.D : !llvm.ptr
    %v = kcfi.vtable_address @S.D : !llvm.ptr
    return %v : !llvm.ptr
  }

  // CHECK-LABEL: llvm.func @upcasts(%arg0: !llvm.ptr)
  // LLVM-LABEL: @upcasts(
  func.func @upcasts(%v: !llvm.ptr) -> i1 {
    // The start of the layout.
    %a = kcfi.upcast %v : @D to @A
    // CHECK: %[[P:.*]] = llvm.getelementptr %arg0[6] : (!llvm.ptr) -> !llvm.ptr, !llvm.ptr
    // CHECK: %[[M:.*]] = llvm.load %[[P]] : !llvm.ptr -> !llvm.ptr
    %m = kcfi.upcast %v : @D to @M
    // CHECK: llvm.icmp "eq" %arg0, %[[M]]
    %r = llvm.icmp "eq" %a, %m : !llvm.ptr
    return %r : i1
  }

  // CHECK-LABEL: llvm.func @calls(%arg0: !llvm.ptr, %arg1: !llvm.ptr, %arg2: !llvm.ptr, %arg3: i32)
  func.func @calls(%o: !llvm.ptr, %v: !llvm.ptr, %result: !llvm.ptr, %x: i32) -> i32 {
    // The id is that of the trait that declares the method, the slot that of
    // the vtable's trait.
    // CHECK: llvm.getelementptr %arg1[4]
    // CHECK: llvm.call %{{.*}}(%arg0) {kcfi.type_id = #kcfi.type_id<0x[[#%x,]], "_ZTSFu3i32u3refIu3dynIu15NtCs1_6shapes1Bu6regionEEE">, note} : !llvm.ptr, (!llvm.ptr) -> i32
    %r = kcfi.call_virtual %o, %v of @D[@B::@b] () {note} : (!llvm.ptr, !llvm.ptr) -> i32
    // CHECK: llvm.getelementptr %arg1[7]
    // CHECK: llvm.call fastcc %{{.*}}(%arg2, %arg0, %arg3) {{.*}} : !llvm.ptr, (!llvm.ptr {llvm.sret = !llvm.array<8 x i64>}, !llvm.ptr, i32) -> ()
    kcfi.call_virtual %o, %v[@D::@d] (%result, %x) {indirect_result, CConv = #llvm.cconv<fastcc>, arg_attrs = [{llvm.sret = !llvm.array<8 x i64>}, {}, {}]} : (!llvm.ptr, !llvm.ptr, !llvm.ptr, i32) -> ()
    // CHECK: llvm.getelementptr %arg1[3]
    // CHECK: llvm.call %{{.*}}(%arg0) : !llvm.ptr, (!llvm.ptr) -> i32
    %s = kcfi.call_virtual unchecked %o, %v[@A::@a] () : (!llvm.ptr, !llvm.ptr) -> i32
    return %r : i32
  }

  // CHECK-LABEL: llvm.func @drop(%arg0: !llvm.ptr, %arg1: !llvm.ptr)
  func.func @drop(%o: !llvm.ptr, %v: !llvm.ptr) {
    // CHECK: %[[GLUE:.*]] = llvm.load %arg1 : !llvm.ptr -> !llvm.ptr
    // CHECK: %[[NULL:.*]] = llvm.mlir.zero : !llvm.ptr
    // CHECK: %[[IS:.*]] = llvm.icmp "eq" %[[GLUE]], %[[NULL]]
    // CHECK: llvm.cond_br %[[IS]], ^[[AFTER:bb[0-9]+]], ^[[CALL:bb[0-9]+]]
    // CHECK: ^[[CALL]]:
    // CHECK: llvm.call %[[GLUE]](%arg0) {kcfi.type_id = #kcfi.type_id<0xa0b3de1e, "_ZTSFvPu3dynIu39NtNtNtCsgEmfK2I1SDT_4core3ops4drop4Dropu6regionEE">}
    // CHECK: llvm.br ^[[AFTER]]
    // CHECK: ^[[AFTER]]:
    kcfi.drop_virtual %o, %v of @D
    // CHECK: llvm.call
    // CHECK-SAME: : !llvm.ptr, (!llvm.ptr) -> ()
    // CHECK-NOT: kcfi.type_id
    kcfi.drop_virtual unchecked %o, %v of @D
    // CHECK: llvm.return
    return
  }

  func.func private @body(!llvm.ptr, i32) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.u8, rs.i64]>>, rs.i32) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<closure>}
  // CHECK-LABEL: llvm.func @closure(%arg0: !llvm.ptr, %arg1: i8, %arg2: !llvm.ptr)
  func.func @closure(%p: !llvm.ptr, %k: i8, %f: !kcfi.fnptr<rs.fn<() -> rs.unit>>) -> !llvm.ptr {
    // CHECK: %[[P0:.*]] = llvm.getelementptr %arg0[0, 0] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i8, ptr)>
    // CHECK: llvm.store %arg1, %[[P0]]
    // CHECK: %[[P1:.*]] = llvm.getelementptr %arg0[0, 1] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i8, ptr)>
    // CHECK: llvm.store %arg2, %[[P1]]
    %c = kcfi.create_closure @body(%k, %f) in %p : i8, !kcfi.fnptr<rs.fn<() -> rs.unit>>
    // CHECK: llvm.getelementptr %arg0[0, 1] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i8, ptr)>
    %q = kcfi.capture_address %c[1] of (i8, !kcfi.fnptr<rs.fn<() -> rs.unit>>)
    return %q : !llvm.ptr
  }
}
