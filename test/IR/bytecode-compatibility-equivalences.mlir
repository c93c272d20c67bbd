// Bytecode that version 1.2 of the dialect wrote, the first with sets of
// equivalences, is read for ever. The frozen file was made from this module with
// `kcfi-opt --strip-debuginfo --emit-bytecode`; it is never made again.

// RUN: kcfi-opt %s -o %t.text.mlir
// RUN: kcfi-opt %S/Inputs/version-1.2.mlirbc -o %t.frozen.mlir
// RUN: diff %t.text.mlir %t.frozen.mlir
// RUN: FileCheck %s < %t.frozen.mlir
// CHECK: kcfi.signature @receiver

#Shape = #kcfi.rs.item<"app" "s1_" ["Shape"]>
#Fn = #kcfi.rs.item<"core" "s1_" ["ops", "Fn"] lang(fn)>
#FnMut = #kcfi.rs.item<"core" "s1_" ["ops", "FnMut"] lang(fn_mut)>
#FnOnce = #kcfi.rs.item<"core" "s1_" ["ops", "FnOnce"] lang(fn_once)>
module attributes {kcfi.equivalences = #kcfi.equivalences<[transparent_wrappers, c_void, c_names, ignored_zsts, erased_self, by_value_self, auto_traits, abstract_closures, abstract_coroutines, drop_glue, closure_kinds, moved_coroutines, declared_shims, unified_callables, narrow_drop_glue, distinct_receivers]>,
                   test.none = #kcfi.equivalences<[]>} {
  kcfi.signature @receiver : !kcfi.rs.fn<(rs.receiver<rs.ref<rs.dyn<[trait #Shape]>>>, rs.ref<rs.dyn<[trait #Fn]>>, rs.ref<rs.dyn<[trait #FnMut]>>, rs.ref<rs.dyn<[trait #FnOnce]>>) -> rs.unit>
  func.func private @f(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.i32>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<declared_reify_shim, object rs.dyn<[trait #Fn]>, receiver rs.ref<rs.param<"Self">>>}
}
