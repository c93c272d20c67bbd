// What matters of a small Rust program for type ids: a signature for each
// function, with its kind where it may stand in a vtable. Bodies do not matter
// here, so all functions are declarations.

#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Send = #kcfi.rs.item<"core" "s2_" ["marker", "Send"]>
#Square = #kcfi.rs.item<"shapes" "s1_" ["Square"]>
#Circle = #kcfi.rs.item<"shapes" "s1_" ["Circle"]>
#Triangle = #kcfi.rs.item<"shapes" "s1_" ["Triangle"]>
#Canvas = #kcfi.rs.item<"shapes" "s1_" ["Canvas"]>
// #[repr(transparent)] struct Handle(*mut u8);
#Handle = #kcfi.rs.item<"shapes" "s1_" ["Handle"] transparent field rs.ptr<mut rs.u8>>
// struct Token;
#Token = #kcfi.rs.item<"shapes" "s1_" ["Token"]>
// #[repr(C)] struct Point { .. }, here and in another crate
#Point = #kcfi.rs.item<"shapes" "s1_" ["Point"] repr_c>
#LibPoint = #kcfi.rs.item<"geometry" "s3_" ["Point"] repr_c>
#c_void = #kcfi.rs.item<"core" "s2_" ["ffi", "c_void"] lang(c_void)>
#Drop = #kcfi.rs.item<"core" "s2_" ["ops", "drop", "Drop"]>
#Fn = #kcfi.rs.item<"core" "s2_" ["ops", "function", "Fn"] lang(fn)>
#FnMut = #kcfi.rs.item<"core" "s2_" ["ops", "function", "FnMut"] lang(fn_mut)>
#Output = #kcfi.rs.item<"core" "s2_" ["ops", "function", "FnOnce", "Output"]>
#Future = #kcfi.rs.item<"core" "s2_" ["future", "Future"]>
#FutureOutput = #kcfi.rs.item<"core" "s2_" ["future", "Future", "Output"]>
#c0 = #kcfi.rs.item<"shapes" "s1_" [value "main", closure]>
#c1 = #kcfi.rs.item<"shapes" "s1_" [value "main", closure(1)]>
#c2 = #kcfi.rs.item<"shapes" "s1_" [value "main", closure(2)]>
#c3 = #kcfi.rs.item<"shapes" "s1_" [value "main", closure(3)]>
#c4 = #kcfi.rs.item<"shapes" "s1_" [value "main", closure(4)]>
#a0 = #kcfi.rs.item<"shapes" "s1_" [value "load", closure]>
#a1 = #kcfi.rs.item<"shapes" "s1_" [value "save", closure]>
#a2 = #kcfi.rs.item<"shapes" "s1_" [value "sync", closure]>

!dyn_fn = !kcfi.rs.dyn<[trait #Fn args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!dyn_fn_mut = !kcfi.rs.dyn<[trait #FnMut args [rs.tuple<rs.i32>], projection #Output args [rs.tuple<rs.i32>] = rs.i32]>
!dyn_future = !kcfi.rs.dyn<[trait #Future, projection #FutureOutput = rs.i32]>
!c0 = !kcfi.rs.closure<fn #c0, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>
!c1 = !kcfi.rs.closure<fn #c1, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>
!c2 = !kcfi.rs.closure<fn #c2, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>>
!c3 = !kcfi.rs.closure<fn_mut #c3, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>
!c4 = !kcfi.rs.closure<fn_mut #c4, signature rs.fn<(rs.tuple<rs.i32>) -> rs.i32 abi("rust-call")>, captures [rs.i32]>

#by_ref = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>
#by_ref_send = #kcfi.rs.callable<virtual_method, object rs.dyn<[trait #Shape, auto #Send]>, receiver rs.ref<rs.param<"Self">>>
#by_mut = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<mut rs.param<"Self">>>
#glue = #kcfi.rs.callable<drop_glue, object rs.dyn<[trait #Drop]>, receiver rs.ptr<mut rs.param<"Self">>>
#closure = #kcfi.rs.callable<closure, object !dyn_fn, receiver rs.ref<rs.param<"Self">>>
#closure_mut = #kcfi.rs.callable<closure, object !dyn_fn_mut, receiver rs.ref<mut rs.param<"Self">>>
#coroutine = #kcfi.rs.callable<coroutine, object !dyn_future, receiver rs.ref<mut rs.param<"Self">>>
#moved = #kcfi.rs.callable<by_move_coroutine, object !dyn_future, receiver rs.ref<mut rs.param<"Self">>>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // trait Shape { fn area(&self) -> f64; fn scale(&mut self, k: f64); }
  func.func private @square_area(!llvm.ptr) -> f64 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>, kcfi.callable = #by_ref}
  func.func private @circle_area(!llvm.ptr) -> f64 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Circle>>) -> rs.f64>, kcfi.callable = #by_ref}
  func.func private @triangle_area(!llvm.ptr) -> f64 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Triangle>>) -> rs.f64>, kcfi.callable = #by_ref}
  func.func private @square_scale(!llvm.ptr, f64) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.adt<#Square>>, rs.f64) -> rs.unit>, kcfi.callable = #by_mut}
  func.func private @circle_scale(!llvm.ptr, f64) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.adt<#Circle>>, rs.f64) -> rs.unit>, kcfi.callable = #by_mut}
  func.func private @triangle_scale(!llvm.ptr, f64) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.adt<#Triangle>>, rs.f64) -> rs.unit>, kcfi.callable = #by_mut}
  // <dyn Shape + Send>::area as a value
  func.func private @shape_area(!llvm.ptr) -> f64 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>, kcfi.callable = #by_ref_send}

  // What drops a value behind a trait object
  func.func private @drop_square(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Square>>) -> rs.unit>, kcfi.callable = #glue}
  func.func private @drop_circle(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Circle>>) -> rs.unit>, kcfi.callable = #glue}
  func.func private @drop_triangle(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Triangle>>) -> rs.unit>, kcfi.callable = #glue}
  func.func private @drop_canvas(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#Canvas>>) -> rs.unit>, kcfi.callable = #glue}

  // Fn(i32) -> i32 three times, FnMut(i32) -> i32 twice
  func.func private @closure_0(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<!c0>, rs.i32) -> rs.i32>, kcfi.callable = #closure}
  func.func private @closure_1(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<!c1>, rs.i32) -> rs.i32>, kcfi.callable = #closure}
  func.func private @closure_2(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<!c2>, rs.i32) -> rs.i32>, kcfi.callable = #closure}
  func.func private @closure_3(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut !c3>, rs.i32) -> rs.i32>, kcfi.callable = #closure_mut}
  func.func private @closure_4(!llvm.ptr, i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut !c4>, rs.i32) -> rs.i32>, kcfi.callable = #closure_mut}
  // fn(i32) -> i32
  func.func private @double(i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>}
  func.func private @negate(i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>}
  // fn(Token, i32) -> i32
  func.func private @with_token(i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(zst rs.adt<#Token>, rs.i32) -> rs.i32>}

  // Bodies of async blocks, and of an async closure that is called by value
  func.func private @load(!llvm.ptr, !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.coroutine<async #a0>>, rs.ref<mut rs.i32>) -> rs.unit>, kcfi.callable = #coroutine}
  func.func private @save(!llvm.ptr, !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.coroutine<async #a1>>, rs.ref<mut rs.i32>) -> rs.unit>, kcfi.callable = #coroutine}
  func.func private @sync(!llvm.ptr, !llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.coroutine<async #a2>>, rs.ref<mut rs.i32>) -> rs.unit>, kcfi.callable = #moved}

  // fn(Handle) and fn(*mut u8)
  func.func private @close_handle(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Handle>) -> rs.unit>}
  func.func private @flush_handle(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Handle>) -> rs.unit>}
  func.func private @close_raw(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>}
  // extern "C" fn(*mut c_void) and extern "C" fn(*mut ())
  func.func private @c_free(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.adt<#c_void>>) -> rs.unit abi("C")>}
  func.func private @c_release(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.unit>) -> rs.unit abi("C")>}
  // extern "C" fn(Point), the point of either crate
  func.func private @c_plot(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#Point>) -> rs.unit abi("C")>}
  func.func private @c_lib_plot(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#LibPoint>) -> rs.unit abi("C")>}
}
