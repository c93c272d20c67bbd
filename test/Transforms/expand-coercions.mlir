// Functions and vtables behind closures, fn items and fn pointers.

// RUN: kcfi-opt --kcfi-expand-coercions %s | FileCheck %s
// RUN: kcfi-opt --kcfi-expand-coercions --kcfi-assign-type-ids --kcfi-verify-level=level=L3 %s -o %t.mlir
// RUN: FileCheck %s --check-prefix=IDS --input-file=%t.mlir
// RUN: kcfi-opt --kcfi-lower-pipeline %s | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=LLVM
// RUN: sed -e 's/drop @glue$/drop @glue.as.drop/' -e 's/^  func.func private @f(/kcfi.entry private @glue.as.drop of @glue : !drop\n&/' %s | kcfi-opt --kcfi-expand-coercions | FileCheck %s --check-prefix=ENTRY
// RUN: kcfi-opt %s --kcfi-expand-coercions --kcfi-place-entries=policy=all-virtual --kcfi-verify-level=level=L2 --kcfi-assign-type-ids --kcfi-verify-level=level=L3 -o /dev/null

// Drop glue with an extra entry: the vtable has the entry, calls go directly.
// ENTRY: call @glue(
// ENTRY: kcfi.vtable private @adder.as.Fn {{.*}} drop @glue.as.drop slots

#FnOnce = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "FnOnce"]>
#Output = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "FnOnce", "Output"]>
#FnMut = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "FnMut"]>
#Fn = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "Fn"]>
#Drop = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "drop", "Drop"]>
#clo = #kcfi.rs.item<"app" "s1_" [value "main", closure]>
#clo1 = #kcfi.rs.item<"app" "s1_" [value "main", closure(1)]>
#clo2 = #kcfi.rs.item<"app" "s1_" [value "main", closure(2)]>
#f = #kcfi.rs.item<"app" "s1_" [value "f"]>

!fn_once = !kcfi.rs.dyn<[trait #FnOnce args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!fn_mut = !kcfi.rs.dyn<[trait #FnMut args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!fn = !kcfi.rs.dyn<[trait #Fn args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!drop = !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit>
!adder = !kcfi.rs.closure<fn #clo, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>
!plain = !kcfi.rs.closure<fn #clo1, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures []>
!once = !kcfi.rs.closure<fn_once #clo2, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>
!ptr_type = !kcfi.rs.fn<(rs.i32) -> rs.i32>

#callable_fn = #kcfi.rs.callable<closure, object rs.dyn<[trait #Fn args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>, receiver rs.ref<rs.param<"Self">>>
#callable_once = #kcfi.rs.callable<closure, object rs.dyn<[trait #FnOnce args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>, receiver rs.param<"Self">>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @FnOnce : !fn_once dyn_compatible drop !drop {
    kcfi.method @call_once : !kcfi.rs.fn<(rs.param<"Self">, rs.i32) -> rs.i32> vtable_safe
  }
  kcfi.trait @FnMut : !fn_mut dyn_compatible supertraits [@FnOnce] drop !drop {
    kcfi.method @call_mut : !kcfi.rs.fn<(rs.ref<mut rs.param<"Self">>, rs.i32) -> rs.i32> vtable_safe
  }
  kcfi.trait @Fn : !fn dyn_compatible supertraits [@FnMut] drop !drop {
    kcfi.method @call : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.i32> vtable_safe
  }

  func.func private @adder(!llvm.ptr, i32) -> i32 attributes {kcfi.callable = #callable_fn,
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>>, rs.i32) -> rs.i32>}
  func.func private @plain(!llvm.ptr, i32) -> i32 attributes {kcfi.callable = #callable_fn,
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo1, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures []>>, rs.i32) -> rs.i32>}
  llvm.func @once(!llvm.ptr, i32) -> i32 attributes {kcfi.callable = #callable_once,
    kcfi.sig = !kcfi.rs.fn<(rs.closure<fn_once #clo2, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>, rs.i32) -> rs.i32>}
  func.func private @f(i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>}
  func.func private @glue(!llvm.ptr) attributes {
    kcfi.callable = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>,
    kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.closure<fn #clo, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>>) -> rs.unit>}

  // CHECK-LABEL: func.func @uses
  func.func @uses(%x: i32) -> i32 {
    // CHECK: kcfi.vtable_address @adder.as.Fn
    %v0 = kcfi.as_fn_object @adder as @Fn for !adder size 4 align 4 drop @glue
    // CHECK: kcfi.vtable_address @adder.as.Fn
    %v1 = kcfi.as_fn_object @adder as @Fn for !adder size 4 align 4 drop @glue
    // CHECK: kcfi.vtable_address @adder.as.FnMut
    %v2 = kcfi.as_fn_object @adder as @FnMut for !adder size 4 align 4 drop @glue
    // CHECK: kcfi.vtable_address @plain.as.Fn
    %v3 = kcfi.as_fn_object @plain as @Fn for !plain
    // CHECK: kcfi.vtable_address @f.as.Fn
    %v4 = kcfi.as_fn_object @f as @Fn for !kcfi.rs.fn_item<#f>
    // CHECK: kcfi.vtable_address @fn_ptr.as.Fn
    %v5 = kcfi.as_fn_object as @Fn for !ptr_type : (i32) -> i32
    // CHECK: kcfi.vtable_address @once.as.FnOnce
    %v6 = kcfi.as_fn_object @once as @FnOnce for !once size 4 align 4 drop @glue
    // CHECK: kcfi.address_of @plain.closure_once_shim
    %p = kcfi.closure_as_fn @plain : !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>>
    // CHECK: kcfi.address_of @plain.closure_once_shim
    %q = kcfi.closure_as_fn @plain : !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>>
    %r = kcfi.call %q(%x) : !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>>, (i32) -> i32
    return %r : i32
  }

  // The closure is dropped behind the call.
  // CHECK-LABEL: func.func private @adder.FnOnce.call_once(
  // CHECK-SAME: %[[SELF:.*]]: !llvm.ptr, %[[X:.*]]: i32) -> i32 attributes {
  // CHECK-SAME: callable<vtable_shim, object rs.dyn<[trait #FnOnce args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>, receiver rs.param<"Self">>
  // CHECK-SAME: kcfi.sig = !kcfi.rs.fn<(rs.closure<fn #main, {{.*}}, rs.i32) -> rs.i32>, llvm.linkage = #llvm.linkage<internal>}
  // CHECK-NEXT: %[[R:.*]] = call @adder(%[[SELF]], %[[X]]) : (!llvm.ptr, i32) -> i32
  // CHECK-NEXT: call @glue(%[[SELF]]) : (!llvm.ptr) -> ()
  // CHECK-NEXT: return %[[R]]

  // CHECK-LABEL: func.func private @adder.FnMut.call_mut(
  // CHECK-SAME: callable<reify_vtable_shim, object rs.dyn<[trait #FnMut
  // CHECK-SAME: receiver rs.ref<mut rs.param<"Self">>>
  // CHECK-SAME: kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.closure<fn #main
  // CHECK-NEXT: call @adder(

  // CHECK: kcfi.vtable private @adder.as.Fn : @Fn for !kcfi.rs.closure<fn #main, {{.*}} size 4 align 4 drop @glue slots [@adder.FnOnce.call_once, @adder.FnMut.call_mut, @adder]
  // CHECK: kcfi.vtable private @adder.as.FnMut : @FnMut for {{.*}} size 4 align 4 drop @glue slots [@adder.FnOnce.call_once, @adder.FnMut.call_mut]
  // CHECK: kcfi.vtable private @plain.as.Fn : @Fn for {{.*}} size 0 align 1 slots [@plain.FnOnce.call_once, @plain.FnMut.call_mut, @plain]

  // CHECK-LABEL: func.func private @f.FnOnce.call_once(
  // CHECK-SAME: callable<vtable_shim
  // CHECK-LABEL: func.func private @f.Fn.call(
  // CHECK-SAME: %{{.*}}: !llvm.ptr, %[[X:.*]]: i32) -> i32 attributes {
  // CHECK-SAME: callable<fn_ptr_shim, object rs.dyn<[trait #Fn
  // CHECK-SAME: kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.fn_item<#f>>, rs.i32) -> rs.i32>
  // CHECK-NEXT: call @f(%[[X]]) : (i32) -> i32
  // CHECK: kcfi.vtable private @f.as.Fn : @Fn for !kcfi.rs.fn_item<#f> size 0 align 1 slots [@f.FnOnce.call_once, @f.FnMut.call_mut, @f.Fn.call]

  // CHECK-LABEL: func.func private @fn_ptr.Fn.call(
  // CHECK-SAME: %[[SELF:.*]]: !llvm.ptr, %[[X:.*]]: i32) -> i32 attributes {
  // CHECK-SAME: callable<fn_ptr_shim
  // CHECK-SAME: kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.fn<(rs.i32) -> rs.i32>>, rs.i32) -> rs.i32>
  // CHECK-NEXT: %[[P:.*]] = llvm.load %[[SELF]] : !llvm.ptr -> !llvm.ptr
  // CHECK-NEXT: %[[F:.*]] = kcfi.cast launder %[[P]] : !llvm.ptr to !kcfi.fnptr<rs.fn<(rs.i32) -> rs.i32>>
  // CHECK-NEXT: kcfi.call %[[F]](%[[X]])
  // CHECK: kcfi.vtable private @fn_ptr.as.Fn : @Fn for !kcfi.rs.fn<(rs.i32) -> rs.i32> size 8 align 8 slots [

  // The body uses the closure up.
  // CHECK-LABEL: llvm.func internal @once.FnOnce.call_once(
  // CHECK-NEXT: llvm.call @once(
  // CHECK-NEXT: llvm.return
  // CHECK: kcfi.vtable private @once.as.FnOnce : @FnOnce for {{.*}} size 4 align 4 drop @glue slots [@once.FnOnce.call_once]

  // CHECK-LABEL: func.func private @plain.closure_once_shim(
  // CHECK-SAME: callable<closure_once_shim>, kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>
  // CHECK: %[[SELF:.*]] = llvm.alloca %{{.*}} x !llvm.struct<()>
  // CHECK: call @plain(%[[SELF]], %arg0)

  // All that a dyn Fn calls has one id.
  // IDS: @adder({{.*}}kcfi.type_id = #kcfi.type_id<[[FN:0x[0-9a-f]+]],
  // IDS: @adder.FnOnce.call_once({{.*}}kcfi.type_id = #kcfi.type_id<[[ONCE:0x[0-9a-f]+]],
  // IDS: @adder.FnMut.call_mut({{.*}}kcfi.type_id = #kcfi.type_id<[[MUT:0x[0-9a-f]+]],
  // IDS: @f.FnOnce.call_once({{.*}}kcfi.type_id = #kcfi.type_id<[[ONCE]],
  // IDS: @f.FnMut.call_mut({{.*}}kcfi.type_id = #kcfi.type_id<[[MUT]],
  // IDS: @f.Fn.call({{.*}}kcfi.type_id = #kcfi.type_id<[[FN]],
  // IDS: @fn_ptr.Fn.call({{.*}}kcfi.type_id = #kcfi.type_id<[[FN]],
  // IDS: @once.FnOnce.call_once({{.*}}kcfi.type_id = #kcfi.type_id<[[ONCE]],

  // LLVM: @adder.as.Fn = private unnamed_addr constant { ptr, i64, i64, ptr, ptr, ptr } { ptr @glue, i64 4, i64 4, ptr @adder.FnOnce.call_once, ptr @adder.FnMut.call_mut, ptr @adder }
  // LLVM: define internal i32 @adder.FnOnce.call_once(
}
