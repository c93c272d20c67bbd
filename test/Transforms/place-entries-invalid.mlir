// RUN: kcfi-opt %s --kcfi-place-entries=policy=none --split-input-file --verify-diagnostics

// What has no place for an entry is not changed; everything is reported.
#Shape = #kcfi.rs.item<"app" "s1_" ["Shape"]>
#Square = #kcfi.rs.item<"app" "s1_" ["Square"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible {
    kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
  }
  // expected-error@+2 {{needs an extra entry, which policy 'none' does not make: it is called as 'fn(&Square) -> f64' and as 'fn(&dyn Shape) -> f64'}}
  // expected-note@+1 {{the other view: symbol '@area': it is defined elsewhere}}
  func.func private @area(!llvm.ptr) -> f64 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>}
  func.func @get() {
    // expected-note@+1 {{one view: fn pointer 'fn(&Square) -> f64' in '@get'}}
    %f = kcfi.address_of @area : !kcfi.fnptr<rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>>
    return
  }
  // expected-error@+1 {{needs an extra entry}}
  func.func private @late(!llvm.ptr) -> f64 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#Square>>) -> rs.f64>, kcfi.address_taken}
  // expected-note@+2 {{one view: slot '@Shape::@area' of '@Square.as.Shape'}}
  // expected-note@-3 {{the other view: symbol '@late': it is defined elsewhere}}
  kcfi.vtable private @Square.as.Shape : @Shape for !kcfi.rs.adt<#Square> size 8 align 8 slots [@late]
}

// -----

#Fn = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "function", "Fn"]>
#f = #kcfi.rs.item<"app" "s1_" [value "f"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @Fn : !kcfi.rs.dyn<[trait #Fn args [rs.tuple<rs.i32>]]> dyn_compatible {
    kcfi.method @call : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.i32> vtable_safe
  }
  func.func private @f(i32) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.i32>}
  func.func @get() -> !llvm.ptr {
    // expected-error@+1 {{'kcfi.as_fn_object' op hides views of functions; run 'kcfi-expand-coercions' before entries are placed}}
    %vt = kcfi.as_fn_object @f as @Fn for !kcfi.rs.fn_item<#f>
    return %vt : !llvm.ptr
  }
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // Nothing can call this one through a pointer.
  llvm.func internal @local(%x: i32) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#kcfi.rs.item<"app" "s1_" ["Handle"] transparent field rs.param<"T">>>) -> rs.unit>} {
    llvm.return
  }
  // expected-error@+1 {{'fn(Handle)' has no class: }}
  func.func private @f(i32) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#kcfi.rs.item<"app" "s1_" ["Handle"] transparent field rs.param<"T">>>) -> rs.unit>}
}

// -----

// expected-error@+1 {{llvm.target_triple}}
module {
  func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
}
