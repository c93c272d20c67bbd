// What kcfi-coalesce-types leaves in a module, in text and in bytecode.

// RUN: kcfi-opt %s | kcfi-opt | FileCheck %s
// RUN: kcfi-opt %s --mlir-print-op-generic | kcfi-opt | FileCheck %s
// RUN: kcfi-opt %s --emit-bytecode | kcfi-opt | FileCheck %s

// CHECK: #Handle = #kcfi.rs.item<"app" "s1_" ["Handle"]>
// CHECK: #Transparent = #kcfi.rs.item<"app" "s1_" ["Transparent"] transparent field rs.ptr<mut rs.adt<#Handle>>>
#Handle = #kcfi.rs.item<"app" "s1_" ["Handle"]>
#Shape = #kcfi.rs.item<"app" "s1_" ["Shape"]>
#Fn = #kcfi.rs.item<"core" "s1_" ["ops", "Fn"] lang(fn)>
#FnMut = #kcfi.rs.item<"core" "s1_" ["ops", "FnMut"] lang(fn_mut)>
#FnOnce = #kcfi.rs.item<"core" "s1_" ["ops", "FnOnce"] lang(fn_once)>

// CHECK: module attributes {kcfi.equivalences = #kcfi.equivalences<[transparent_wrappers, erased_self, unified_callables]>
// CHECK-SAME: test.none = #kcfi.equivalences<[]>
module attributes {kcfi.equivalences = #kcfi.equivalences<[transparent_wrappers, erased_self, unified_callables]>,
                   test.none = #kcfi.equivalences<[]>} {
  // CHECK: kcfi.adt @Transparent #Transparent
  kcfi.adt @Transparent #kcfi.rs.item<"app" "s1_" ["Transparent"] transparent field rs.ptr<mut rs.adt<#Handle>>>
  // CHECK: kcfi.adt @Handle #Handle
  kcfi.adt @Handle #Handle
  // CHECK: kcfi.signature @f : !kcfi.rs.fn<(rs.receiver<rs.ref<rs.dyn<[trait #Shape]>>>) -> rs.unit> {kcfi.source_sig = !kcfi.rs.fn<() -> rs.unit>}
  kcfi.signature @f : !kcfi.rs.fn<(rs.receiver<rs.ref<rs.dyn<[trait #Shape]>>>) -> rs.unit> {kcfi.source_sig = !kcfi.rs.fn<() -> rs.unit>}
  // CHECK: @g(!llvm.ptr) attributes {kcfi.callable = #kcfi.rs.callable<by_move_coroutine, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>, kcfi.entry_sig = !kcfi.rs.fn<() -> rs.unit>,
  func.func private @g(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.receiver<rs.ptr<mut rs.i32>>) -> rs.unit>, kcfi.entry_sig = !kcfi.rs.fn<() -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<by_move_coroutine, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>}
  // A method without a slot: its trait has objects all the same.
  // CHECK: @sized(!llvm.ptr) attributes {kcfi.callable = #kcfi.rs.callable<provided_method, object rs.dyn<[trait #Shape]>>, kcfi.sig
  func.func private @sized(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.i32>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<provided_method, object rs.dyn<[trait #Shape]>>}
  // CHECK: @h(!llvm.ptr) attributes {kcfi.callable = #kcfi.rs.callable<declared_reify_shim, object rs.dyn<[trait #Fn]>
  func.func private @h(!llvm.ptr) attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.dyn<[trait #FnMut]>>, rs.ref<rs.dyn<[trait #FnOnce]>>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<declared_reify_shim, object rs.dyn<[trait #Fn]>, receiver rs.ref<rs.param<"Self">>>}
}
