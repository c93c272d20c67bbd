// RUN: kcfi-opt %s --kcfi-expand-coercions --split-input-file --verify-diagnostics

#Fn = #kcfi.rs.item<"a" "s1_" ["Fn"]>
#f = #kcfi.rs.item<"a" "s1_" [value "f"]>
kcfi.trait @Fn : !kcfi.rs.dyn<[trait #Fn]> dyn_compatible {}
emitc.func private @f() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>, specifiers = ["extern"]}
func.func @g() {
  // expected-error @below {{needs a 'func.func' or 'llvm.func' to make one like it, found 'emitc.func'}}
  %v = kcfi.as_fn_object @f as @Fn for !kcfi.rs.fn_item<#f>
  return
}

// -----

#Fn = #kcfi.rs.item<"a" "s1_" ["Fn"]>
#f = #kcfi.rs.item<"a" "s1_" [value "f"]>
kcfi.trait @Fn : !kcfi.rs.dyn<[trait #Fn]> dyn_compatible {}
func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
func.func @g() {
  // expected-error @below {{needs a function with an 'rs.fn' as signature}}
  %v = kcfi.as_fn_object @f as @Fn for !kcfi.rs.fn_item<#f>
  return
}

// -----

#clo = #kcfi.rs.item<"a" "s1_" [value "main", closure]>
func.func private @body() attributes {
  kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures []>>) -> rs.unit>,
  kcfi.callable = #kcfi.rs.callable<closure>}
func.func @g() {
  // expected-error @below {{needs a body that takes the address of its captures}}
  %v = kcfi.closure_as_fn @body : !kcfi.fnptr<rs.fn<() -> rs.unit>>
  return
}

// -----

#Fn = #kcfi.rs.item<"a" "s1_" ["Fn"]>
kcfi.trait @Fn : !kcfi.rs.dyn<[trait #Fn]> dyn_compatible {}
func.func @g() {
  // expected-error @below {{is for a fn pointer whose result is passed by address, 'fn() -> [u8; 64]': make a function that calls it}}
  %v = kcfi.as_fn_object as @Fn for !kcfi.rs.fn<() -> rs.array<64, rs.u8>> : (!llvm.ptr) -> ()
  return
}

// -----

#FnOnce = #kcfi.rs.item<"a" "s1_" ["FnOnce"]>
#clo = #kcfi.rs.item<"a" "s1_" [value "main", closure]>
kcfi.trait @FnOnce : !kcfi.rs.dyn<[trait #FnOnce]> dyn_compatible drop !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit> {}
func.func private @body(!llvm.ptr) attributes {
  kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures [rs.u8]>>) -> rs.unit>,
  kcfi.callable = #kcfi.rs.callable<closure>}
func.func private @drop() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>}
func.func @g() {
  // expected-error @below {{needs drop glue with one parameter, an '!llvm.ptr'}}
  %v = kcfi.as_fn_object @body as @FnOnce for !kcfi.rs.closure<fn #clo, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures [rs.u8]> size 1 align 1 drop @drop
  return
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
#B = #kcfi.rs.item<"a" "s1_" ["B"]>
#C = #kcfi.rs.item<"a" "s1_" ["C"]>
#f = #kcfi.rs.item<"a" "s1_" [value "f"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  kcfi.method @a : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}
// expected-note @below {{symbol is here}}
kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> dyn_compatible {
  kcfi.method @b : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}
kcfi.trait @C : !kcfi.rs.dyn<[trait #C]> dyn_compatible supertraits [@A, @B] {}
func.func private @f() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>}
func.func @g() {
  // expected-error @below {{trait '@C' is not like 'Fn': its vtables contain the address of one for '@B'}}
  %v = kcfi.as_fn_object @f as @C for !kcfi.rs.fn_item<#f>
  return
}

// -----

#Fn = #kcfi.rs.item<"a" "s1_" ["Fn"]>
#f = #kcfi.rs.item<"a" "s1_" [value "f"]>
kcfi.trait @Fn : !kcfi.rs.dyn<[trait #Fn]> dyn_compatible {
  // expected-note @below {{symbol is here}}
  kcfi.method @call : !kcfi.rs.fn<(rs.ptr<mut rs.param<"Self">>) -> rs.unit> vtable_safe
}
func.func private @f() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>}
func.func @g() {
  // expected-error @below {{the receiver of '@Fn::@call', '*mut Self', is neither 'self' nor a reference to it}}
  %v = kcfi.as_fn_object @f as @Fn for !kcfi.rs.fn_item<#f>
  return
}

// -----

#Fn = #kcfi.rs.item<"a" "s1_" ["Fn"]>
#f = #kcfi.rs.item<"a" "s1_" [value "f"]>
kcfi.trait @Fn : !kcfi.rs.dyn<[trait #Fn]> dyn_compatible {
  // expected-note @below {{symbol is here}}
  kcfi.method @call : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.u8) -> rs.unit> vtable_safe
}
func.func private @f(i16) attributes {kcfi.sig = !kcfi.rs.fn<(rs.u16) -> rs.unit>}
func.func @g() {
  // expected-error @below {{'@Fn::@call' is 'fn(&Self, u8)', which does not fit what is called, 'fn(u16)'}}
  %v = kcfi.as_fn_object @f as @Fn for !kcfi.rs.fn_item<#f>
  return
}

// -----

#Fn = #kcfi.rs.item<"a" "s1_" ["Fn"]>
#clo = #kcfi.rs.item<"a" "s1_" [value "main", closure]>
kcfi.trait @Fn : !kcfi.rs.dyn<[trait #Fn]> dyn_compatible {
  // expected-note @below {{symbol is here}}
  kcfi.method @call : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}
func.func private @body(!llvm.ptr) attributes {
  kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.closure<fn_mut #clo, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures []>>) -> rs.unit>,
  kcfi.callable = #kcfi.rs.callable<closure>}
func.func @g() {
  // expected-error @below {{a closure of kind 'fn_mut' cannot be called by '@Fn::@call' with '&Self'}}
  %v = kcfi.as_fn_object @body as @Fn for !kcfi.rs.closure<fn_mut #clo, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures []>
  return
}
