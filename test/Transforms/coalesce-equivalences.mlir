// Each equivalence joins a pair of functions and keeps a third one out, or takes
// a pair apart and keeps another one together.

// RUN: %python %S/Inputs/check_pairs.py kcfi-opt %kcfi_src/include/kcfi/IR/Rust/KCFIRustEnums.td %s

// PAIR transparent_wrappers
// PAIR c_void
// PAIR normalized_integers
// PAIR generalized_pointers
// PAIR c_names
// PAIR ignored_zsts
// PAIR erased_self
// PAIR by_value_self with erased_self
// PAIR auto_traits
// PAIR abstract_closures
// PAIR abstract_coroutines
// PAIR drop_glue
// PAIR closure_kinds with abstract_closures
// PAIR moved_coroutines with abstract_coroutines
// PAIR declared_shims with abstract_closures
// PAIR unified_callables with abstract_closures
// SPLIT distinct_receivers with erased_self
// SPLIT narrow_drop_glue with drop_glue

#Handle = #kcfi.rs.item<"app" "s1_" ["Handle"] transparent field rs.ptr<mut rs.u8>>
#Named = #kcfi.rs.item<"app" "s1_" ["Named"] transparent cfi_encoding("8c_handle") field rs.ptr<mut rs.u8>>
#void = #kcfi.rs.item<"core" "s1_" ["ffi", "c_void"] lang(c_void)>
#own_void = #kcfi.rs.item<"app" "s1_" ["c_void"]>
#Token = #kcfi.rs.item<"app" "s1_" ["Token"]>
#Point = #kcfi.rs.item<"app" "s1_" ["Point"] repr_c>
#OtherPoint = #kcfi.rs.item<"lib" "s2_" ["geometry", "Point"] repr_c>
#RustPoint = #kcfi.rs.item<"app" "s1_" ["plain", "Point"]>
#Shape = #kcfi.rs.item<"app" "s1_" ["Shape"]>
#Solid = #kcfi.rs.item<"app" "s1_" ["Solid"]>
#Send = #kcfi.rs.item<"core" "s1_" ["marker", "Send"]>
#Square = #kcfi.rs.item<"app" "s1_" ["Square"]>
#Circle = #kcfi.rs.item<"app" "s1_" ["Circle"]>
#Drop = #kcfi.rs.item<"core" "s1_" ["ops", "drop", "Drop"]>
#Fn = #kcfi.rs.item<"core" "s1_" ["ops", "function", "Fn"] lang(fn)>
#FnMut = #kcfi.rs.item<"core" "s1_" ["ops", "function", "FnMut"] lang(fn_mut)>
#Output = #kcfi.rs.item<"core" "s1_" ["ops", "function", "FnOnce", "Output"]>
#Future = #kcfi.rs.item<"core" "s1_" ["future", "Future"]>
#FutureOutput = #kcfi.rs.item<"core" "s1_" ["future", "Future", "Output"]>
#one = #kcfi.rs.item<"app" "s1_" [value "main", closure]>
#two = #kcfi.rs.item<"app" "s1_" [value "main", closure(1)]>
!one = !kcfi.rs.closure<fn #one, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>
!two = !kcfi.rs.closure<fn #two, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>>
!mutating = !kcfi.rs.closure<fn_mut #two, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>>
!dyn_fn = !kcfi.rs.dyn<[trait #Fn args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!dyn_fn_mut = !kcfi.rs.dyn<[trait #FnMut args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!dyn_fn_u32 = !kcfi.rs.dyn<[trait #Fn args [rs.tuple<rs.u32>], projection #Output args [rs.tuple<rs.u32>] = rs.i32]>
!body = !kcfi.rs.coroutine<async #one>
!other_body = !kcfi.rs.coroutine<async #two>
!dyn_future = !kcfi.rs.dyn<[trait #Future, projection #FutureOutput = rs.i32]>

#by_ref = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>
#closure = #kcfi.rs.callable<closure, object !dyn_fn, receiver rs.ref<rs.param<"Self">>>
#closure_mut = #kcfi.rs.callable<closure, object !dyn_fn_mut, receiver rs.ref<mut rs.param<"Self">>>
#closure_u32 = #kcfi.rs.callable<closure, object !dyn_fn_u32, receiver rs.ref<rs.param<"Self">>>
#moved = #kcfi.rs.callable<by_move_coroutine, object !dyn_future, receiver rs.ref<mut rs.param<"Self">>>
#glue = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>
#coroutine = #kcfi.rs.callable<coroutine, object !dyn_future, receiver rs.ref<mut rs.param<"Self">>>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  func.func private @transparent_wrappers_a(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Handle>) -> rs.unit>}
  func.func private @transparent_wrappers_b(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>}
  func.func private @transparent_wrappers_c(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Named>) -> rs.unit>}
  func.func private @c_void_a(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#void>>) -> rs.unit>}
  func.func private @c_void_b(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.unit>) -> rs.unit>}
  func.func private @c_void_c(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#own_void>>) -> rs.unit>}
  func.func private @normalized_integers_a(i64) attributes {kcfi.sig = !kcfi.rs.fn<(rs.usize) -> rs.unit>}
  func.func private @normalized_integers_b(i64) attributes {kcfi.sig = !kcfi.rs.fn<(rs.u64) -> rs.unit>}
  func.func private @normalized_integers_c(i64) attributes {kcfi.sig = !kcfi.rs.fn<(rs.i64) -> rs.unit>}
  func.func private @generalized_pointers_a(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.i32>) -> rs.unit>}
  func.func private @generalized_pointers_b(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.u8>) -> rs.unit>}
  func.func private @generalized_pointers_c(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.i32>) -> rs.unit>}
  func.func private @c_names_a(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Point>) -> rs.unit abi("C")>}
  func.func private @c_names_b(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#OtherPoint>) -> rs.unit abi("C")>}
  func.func private @c_names_c(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#RustPoint>) -> rs.unit abi("C")>}
  func.func private @ignored_zsts_a(i32) attributes {kcfi.sig = !kcfi.rs.fn<(zst rs.adt<#Token>, rs.i32) -> rs.unit>}
  func.func private @ignored_zsts_b(i32) attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.unit>}
  func.func private @ignored_zsts_c(!llvm.ptr, i32) attributes {kcfi.sig = !kcfi.rs.fn<(zst rs.adt<#Token>, rs.i32) -> rs.unit abi("win64")>}
  func.func private @erased_self_a(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.unit>, kcfi.callable = #by_ref}
  func.func private @erased_self_b(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Circle>>) -> rs.unit>, kcfi.callable = #by_ref}
  func.func private @erased_self_c(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Circle>>) -> rs.unit>, kcfi.callable = #kcfi.rs.callable<impl_method>}
  func.func private @by_value_self_a(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Square>) -> rs.unit>, kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.param<"Self">>}
  func.func private @by_value_self_b(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Square>) -> rs.unit>, kcfi.callable = #kcfi.rs.callable<vtable_shim, object rs.dyn<[trait #Shape]>, receiver rs.param<"Self">>}
  func.func private @by_value_self_c(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Square>) -> rs.unit>, kcfi.callable = #kcfi.rs.callable<impl_method>}
  func.func private @auto_traits_a(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.unit>, kcfi.callable = #kcfi.rs.callable<virtual_method, object rs.dyn<[trait #Shape, auto #Send]>, receiver rs.ref<rs.param<"Self">>>}
  func.func private @auto_traits_b(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.unit>, kcfi.callable = #kcfi.rs.callable<virtual_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>}
  func.func private @auto_traits_c(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.unit>, kcfi.callable = #kcfi.rs.callable<virtual_method, object rs.dyn<[trait #Solid]>, receiver rs.ref<rs.param<"Self">>>}
  func.func private @abstract_closures_a(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<!one>, rs.i32) -> rs.i32>, kcfi.callable = #closure}
  func.func private @abstract_closures_b(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<!two>, rs.i32) -> rs.i32>, kcfi.callable = #closure}
  func.func private @abstract_closures_c(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut !mutating>, rs.i32) -> rs.i32>, kcfi.callable = #closure_mut}
  func.func private @abstract_coroutines_a(!llvm.ptr, !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut !body>, rs.ref<mut rs.i32>) -> rs.unit>, kcfi.callable = #coroutine}
  func.func private @abstract_coroutines_b(!llvm.ptr, !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut !other_body>, rs.ref<mut rs.i32>) -> rs.unit>, kcfi.callable = #coroutine}
  func.func private @abstract_coroutines_c(!llvm.ptr, !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut !body>, rs.ref<mut rs.i32>) -> rs.unit>}
  func.func private @drop_glue_a(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Square>>) -> rs.unit>, kcfi.callable = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>}
  func.func private @drop_glue_b(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Circle>>) -> rs.unit>, kcfi.callable = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>}
  func.func private @drop_glue_c(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Circle>>) -> rs.unit>}
  func.func private @closure_kinds_a(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<!one>, rs.i32) -> rs.i32>, kcfi.callable = #closure}
  func.func private @closure_kinds_b(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut !mutating>, rs.i32) -> rs.i32>, kcfi.callable = #closure_mut}
  func.func private @closure_kinds_c(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<!one>, rs.u32) -> rs.i32>, kcfi.callable = #closure_u32}
  func.func private @moved_coroutines_a(!llvm.ptr, !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut !body>, rs.ref<mut rs.i32>) -> rs.unit>, kcfi.callable = #coroutine}
  func.func private @moved_coroutines_b(!llvm.ptr, !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut !body>, rs.ref<mut rs.i32>) -> rs.unit>, kcfi.callable = #moved}
  func.func private @moved_coroutines_c(!llvm.ptr, !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut !body>, rs.ref<mut rs.u32>) -> rs.unit>, kcfi.callable = #moved}
  func.func private @declared_shims_a(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<!one>, rs.i32) -> rs.i32>, kcfi.callable = #closure}
  func.func private @declared_shims_b(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<!two>, rs.i32) -> rs.i32>, kcfi.callable = #kcfi.rs.callable<declared_reify_shim, object !dyn_fn, receiver rs.ref<rs.param<"Self">>>}
  func.func private @declared_shims_c(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<!two>, rs.i32) -> rs.i32>, kcfi.callable = #kcfi.rs.callable<reify_fn_ptr_shim>}
  func.func private @unified_callables_a(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<!one>, rs.i32) -> rs.i32>, kcfi.callable = #closure}
  func.func private @unified_callables_b(i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>}
  func.func private @unified_callables_c(i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.u32) -> rs.i32>}
  func.func private @distinct_receivers_a(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.unit>, kcfi.callable = #by_ref}
  func.func private @distinct_receivers_b(!llvm.ptr, !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.dyn<[trait #Shape]>>) -> rs.unit>}
  func.func private @distinct_receivers_c(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Circle>>) -> rs.unit>, kcfi.callable = #by_ref}

  // Squares and circles are shapes, a drum is an instrument.
  kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible
      drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit> attributes {sym_visibility = "private"} {}
  kcfi.trait @Solid : !kcfi.rs.dyn<[trait #Solid]> dyn_compatible
      drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit> attributes {sym_visibility = "private"} {}
  kcfi.vtable private @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 drop @narrow_drop_glue_a slots []
  kcfi.vtable private @Circle.as.Shape : @Shape for !kcfi.rs.adt<#Circle> size 8 align 8 drop @narrow_drop_glue_c slots []
  kcfi.vtable private @Handle.as.Solid : @Solid for !kcfi.rs.adt<#Handle> size 8 align 8 drop @narrow_drop_glue_b slots []
  llvm.func internal @narrow_drop_glue_a(%x: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Square>>) -> rs.unit>, kcfi.callable = #glue} {
    llvm.return
  }
  llvm.func internal @narrow_drop_glue_b(%x: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Handle>>) -> rs.unit>, kcfi.callable = #glue} {
    llvm.return
  }
  llvm.func internal @narrow_drop_glue_c(%x: !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Circle>>) -> rs.unit>, kcfi.callable = #glue} {
    llvm.return
  }
}
