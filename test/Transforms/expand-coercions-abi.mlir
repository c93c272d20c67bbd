// Functions made from others keep their calling convention and attributes of
// parameters; the address for the result stays in front of the object.

// RUN: kcfi-opt --kcfi-expand-coercions %s | FileCheck %s
// RUN: kcfi-opt --kcfi-lower-pipeline %s | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=LLVM

#FnOnce = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "FnOnce"]>
#FnMut = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "FnMut"]>
#big = #kcfi.rs.item<"app" "s1_" [value "main", closure]>
#none = #kcfi.rs.item<"app" "s1_" [value "main", closure(1)]>

module attributes {llvm.target_triple = "aarch64-unknown-linux-gnu"} {
  kcfi.trait @FnOnceBig : !kcfi.rs.dyn<[trait #FnOnce args [rs.tuple<rs.u8>]]> dyn_compatible {
    kcfi.method @call_once : !kcfi.rs.fn<(rs.param<"Self">, rs.u8) -> rs.array<64, rs.u8>> vtable_safe
  }
  kcfi.trait @FnOnce : !kcfi.rs.dyn<[trait #FnOnce args [rs.unit]]> dyn_compatible {
    kcfi.method @call_once : !kcfi.rs.fn<(rs.param<"Self">) -> rs.unit> vtable_safe
  }
  kcfi.trait @FnMut : !kcfi.rs.dyn<[trait #FnMut args [rs.unit]]> dyn_compatible supertraits [@FnOnce] {
    kcfi.method @call_mut : !kcfi.rs.fn<(rs.ref<mut rs.param<"Self">>) -> rs.unit> vtable_safe
  }

  llvm.func fastcc @big(!llvm.ptr {llvm.sret = !llvm.array<64 x i8>}, !llvm.ptr, i8 {llvm.zeroext}) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.closure<fn_mut #big, signature rs.fn<(rs.tuple<rs.u8>) -> rs.array<64, rs.u8> abi("rust-call")>, captures []>>, rs.u8) -> rs.array<64, rs.u8>>,
    kcfi.callable = #kcfi.rs.callable<closure>}
  // Not passed the closure, which has no size.
  func.func private @none() attributes {
    kcfi.sig = !kcfi.rs.fn<(zst rs.closure<fn_once #none, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures []>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<closure>}

  func.func @uses() -> !kcfi.fnptr<rs.fn<(rs.u8) -> rs.array<64, rs.u8>>> {
    %v0 = kcfi.as_fn_object @big as @FnOnceBig for !kcfi.rs.closure<fn_mut #big, signature rs.fn<(rs.tuple<rs.u8>) -> rs.array<64, rs.u8> abi("rust-call")>, captures []>
    %p = kcfi.closure_as_fn @big : !kcfi.fnptr<rs.fn<(rs.u8) -> rs.array<64, rs.u8>>>
    %q = kcfi.closure_as_fn @none : !kcfi.fnptr<rs.fn<() -> rs.unit>>
    %v1 = kcfi.as_fn_object @none as @FnOnce for !kcfi.rs.closure<fn_once #none, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures []>
    return %p : !kcfi.fnptr<rs.fn<(rs.u8) -> rs.array<64, rs.u8>>>
  }

  // CHECK-LABEL: llvm.func internal fastcc @big.FnOnceBig.call_once(
  // CHECK-SAME: %[[RESULT:.*]]: !llvm.ptr {llvm.sret = !llvm.array<64 x i8>}, %[[SELF:.*]]: !llvm.ptr, %[[X:.*]]: i8 {llvm.zeroext})
  // CHECK-NEXT: llvm.call fastcc @big(%[[RESULT]], %[[SELF]], %[[X]]) : (!llvm.ptr {llvm.sret = !llvm.array<64 x i8>}, !llvm.ptr, i8 {llvm.zeroext}) -> ()
  // CHECK-NEXT: llvm.return
  // CHECK-LABEL: llvm.func internal fastcc @big.closure_once_shim(
  // CHECK-SAME: %[[RESULT:.*]]: !llvm.ptr {llvm.sret = !llvm.array<64 x i8>}, %[[X:.*]]: i8 {llvm.zeroext})
  // CHECK: %[[SELF:.*]] = llvm.alloca
  // CHECK-NEXT: llvm.call fastcc @big(%[[RESULT]], %[[SELF]], %[[X]])
  // CHECK-LABEL: func.func private @none.closure_once_shim()
  // CHECK-NEXT: call @none() : () -> ()
  // CHECK-NEXT: return
  // CHECK-LABEL: func.func private @none.FnOnce.call_once(
  // CHECK-SAME: !llvm.ptr)
  // CHECK-NEXT: call @none() : () -> ()

  // LLVM: define internal fastcc void @big.FnOnceBig.call_once(ptr sret([64 x i8]) %0, ptr %1, i8 zeroext %2)
  // LLVM: call fastcc void @big(ptr sret([64 x i8]) %0, ptr %1, i8 zeroext %2)
}
