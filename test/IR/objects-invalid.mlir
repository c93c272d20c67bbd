// RUN: kcfi-opt %s --split-input-file --verify-diagnostics

// Traits:

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
#Send = #kcfi.rs.item<"core" "s_" ["marker", "Send"]>
// expected-error @below {{has an auto trait in the type of its object, 'dyn A + Send': vtables do not depend on these}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A, auto #Send]> {}

// -----

#Send = #kcfi.rs.item<"core" "s_" ["marker", "Send"]>
// expected-error @below {{has no trait in the type of its object, 'dyn '}}
kcfi.trait @A : !kcfi.rs.dyn<[]> {}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
// expected-error @below {{has the drop signature 'fn()': drop glue has one parameter}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> drop !kcfi.rs.fn<() -> rs.unit> {}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
// expected-error @below {{may contain 'kcfi.method' only}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> {
  // expected-note @below {{'kcfi.signature' is here}}
  kcfi.signature @f : !kcfi.rs.fn<() -> rs.unit>
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
// expected-error @below {{symbol '@B' is not defined}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> supertraits [@B] {}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
// expected-note @below {{symbol is here}}
kcfi.signature @B : !kcfi.rs.fn<() -> rs.unit>
// expected-error @below {{'@B' is not a trait}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> supertraits [@B] {}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
#B = #kcfi.rs.item<"a" "s1_" ["B"]>
// expected-note @below {{symbol is here}}
kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> {}
// expected-error @below {{is dyn-compatible, but its supertrait '@B' is not}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible supertraits [@B] {}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
#B = #kcfi.rs.item<"a" "s1_" ["B"]>
#C = #kcfi.rs.item<"a" "s1_" ["C"]>
// expected-error @below {{is a supertrait of its supertrait '@B'}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> supertraits [@B] {}
// expected-note @below {{symbol is here}}
kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> supertraits [@C] {}
kcfi.trait @C : !kcfi.rs.dyn<[trait #C]> supertraits [@C, @A] {}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
#B = #kcfi.rs.item<"a" "s1_" ["B"]>
#O = #kcfi.rs.item<"a" "s1_" ["B", "O"]>
// expected-note @below {{symbol is here}}
kcfi.trait @B : !kcfi.rs.dyn<[trait #B, projection #O = rs.u8]> {}
// expected-error @below {{lacks the associated type 'O' of its supertrait '@B' in the type of its object, 'dyn A'}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> supertraits [@B] {}

// -----

// Methods:

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> {
  // expected-error @below {{is 'vtable_safe', but its trait is not dyn-compatible and has no vtables}}
  kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  // expected-error @below {{is 'vtable_safe', but 'fn(u8)' has no receiver: its first parameter must contain 'rs.param<"Self">'}}
  kcfi.method @m : !kcfi.rs.fn<(rs.u8) -> rs.unit> vtable_safe
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  // expected-error @below {{is 'vtable_safe': its receiver is passed and must not be marked 'zst'}}
  kcfi.method @m : !kcfi.rs.fn<(zst rs.param<"Self">) -> rs.unit> vtable_safe
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  // expected-error @below {{is 'vtable_safe', but 'fn(&Self, &Self)' mentions 'Self' behind the receiver}}
  kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}

// -----

// Vtables:

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
// expected-note @below {{symbol is here}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> {}
// expected-error @below {{trait '@A' is not dyn-compatible, so it has no vtables}}
kcfi.vtable @v : @A for !kcfi.rs.u8 size 1 align 1 slots []

// -----

// expected-error @below {{slots are symbols or 'vacant', found 1 : i32}}
"kcfi.vtable"() {sym_name = "v", trait = @A, type = !kcfi.rs.u8, size = 1 : i64, align = 1 : i64, slots = [1 : i32]} : () -> ()

// -----

// expected-error @below {{is for a Rust type, found 'i8'}}
kcfi.vtable @v : @A for i8 size 1 align 1 slots []

// -----

// expected-error @below {{size -1 is negative}}
kcfi.vtable @v : @A for !kcfi.rs.u8 size -1 align 1 slots []

// -----

// expected-error @below {{alignment 3 is not a power of two}}
kcfi.vtable @v : @A for !kcfi.rs.u8 size 1 align 3 slots []

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
// expected-note @below {{symbol is here}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {}
func.func private @d(!llvm.ptr) attributes {kcfi.sig = !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit>}
// expected-error @below {{has drop glue, but trait '@A' does not say the signature that it is called with}}
kcfi.vtable @v : @A for !kcfi.rs.u8 size 1 align 1 drop @d slots []

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}
// expected-error @below {{has 0 slot(s), the layout of trait '@A' has 1}}
kcfi.vtable @v : @A for !kcfi.rs.u8 size 1 align 1 slots []

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}
// expected-note @below {{symbol is here}}
kcfi.vtable @v : @A for !kcfi.rs.u8 size 1 align 1 slots [vacant]
// expected-error @below {{slot 0 of '@w' is for method '@A::@m', '@v' is not a function}}
kcfi.vtable @w : @A for !kcfi.rs.u8 size 1 align 1 slots [@v]

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}
// expected-note @below {{symbol is here}}
func.func private @f(!llvm.ptr)
// expected-error @below {{function '@f' has no 'kcfi.sig': its signature is not known}}
kcfi.vtable @v : @A for !kcfi.rs.u8 size 1 align 1 slots [@f]

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
#B = #kcfi.rs.item<"a" "s1_" ["B"]>
#C = #kcfi.rs.item<"a" "s1_" ["C"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  kcfi.method @a : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}
kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> dyn_compatible {
  kcfi.method @b : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}
kcfi.trait @C : !kcfi.rs.dyn<[trait #C]> dyn_compatible supertraits [@A, @B] {}
kcfi.vtable @u8.as.A : @A for !kcfi.rs.u8 size 1 align 1 slots [vacant]
// expected-error @below {{slot 2 of '@v' is for the vtable of 'u8' for trait '@B', found @u8.as.A}}
kcfi.vtable @v : @C for !kcfi.rs.u8 size 1 align 1 slots [vacant, vacant, @u8.as.A]

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
// expected-note @below {{symbol is here}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {}
func.func @f() {
  // expected-error @below {{'@A' is not a vtable}}
  %v = kcfi.vtable_address @A : !llvm.ptr
  return
}

// -----

// Upcasts and calls:

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
#B = #kcfi.rs.item<"a" "s1_" ["B"]>
// expected-note @below {{symbol is here}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {}
kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> dyn_compatible supertraits [@A] {}
func.func @f(%v: !llvm.ptr) {
  // expected-error @below {{trait '@B' is not a supertrait of '@A'}}
  %w = kcfi.upcast %v : @A to @B
  return
}

// -----

func.func @f(%d: !llvm.ptr, %v: !llvm.ptr) {
  // expected-error @below {{needs a method as '@Trait::@method', found @A}}
  kcfi.call_virtual %d, %v[@A] () : (!llvm.ptr, !llvm.ptr) -> ()
  return
}

// -----

func.func @f(%d: !llvm.ptr, %v: !llvm.ptr) {
  // expected-error @below {{'kcfi.call_virtual' op is unchecked and has a type id}}
  kcfi.call_virtual unchecked %d, %v[@A::@m] () id <1> : (!llvm.ptr, !llvm.ptr) -> ()
  return
}

// -----

func.func @f(%d: !llvm.ptr, %v: !llvm.ptr) {
  // expected-error @below {{'kcfi.call_virtual' op has more than one result}}
  %r:2 = kcfi.call_virtual %d, %v[@A::@m] () : (!llvm.ptr, !llvm.ptr) -> (i32, i32)
  return
}

// -----

func.func @f(%d: !llvm.ptr, %v: !llvm.ptr, %x: i32) {
  // expected-error @below {{'indirect_result' needs a pointer as first argument}}
  kcfi.call_virtual %d, %v[@A::@m] (%x) {indirect_result} : (!llvm.ptr, !llvm.ptr, i32) -> ()
  return
}

// -----

func.func @f(%d: !llvm.ptr, %v: !llvm.ptr) {
  // expected-error @below {{'kcfi.call_virtual' op has 2 attribute dictionaries for 1 argument(s)}}
  kcfi.call_virtual %d, %v[@A::@m] () {arg_attrs = [{}, {}]} : (!llvm.ptr, !llvm.ptr) -> ()
  return
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  // expected-note @below {{symbol is here}}
  kcfi.method @m : !kcfi.rs.fn<() -> rs.unit>
}
func.func @f(%d: !llvm.ptr, %v: !llvm.ptr) {
  // expected-error @below {{method '@m' is not 'vtable_safe': it has no slot}}
  kcfi.call_virtual %d, %v[@A::@m] () : (!llvm.ptr, !llvm.ptr) -> ()
  return
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
#B = #kcfi.rs.item<"a" "s1_" ["B"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}
// expected-note @below {{symbol is here}}
kcfi.trait @B : !kcfi.rs.dyn<[trait #B]> dyn_compatible {}
func.func @f(%d: !llvm.ptr, %v: !llvm.ptr) {
  // expected-error @below {{vtables for '@B' have no slot for a method of '@A'}}
  kcfi.call_virtual %d, %v of @B[@A::@m] () : (!llvm.ptr, !llvm.ptr) -> ()
  return
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>, rs.i32) -> rs.f64> vtable_safe
}
func.func @f(%d: !llvm.ptr, %v: !llvm.ptr, %x: i64) {
  // expected-error @below {{machine type 'i64' of parameter #0 does not fit 'i32' of signature 'fn(&Self, i32) -> f64'}}
  %r = kcfi.call_virtual %d, %v[@A::@m] (%x) : (!llvm.ptr, !llvm.ptr, i64) -> f64
  return
}

// -----

func.func @f(%d: !llvm.ptr, %v: !llvm.ptr) {
  // expected-error @below {{'kcfi.drop_virtual' op is unchecked and has a type id}}
  kcfi.drop_virtual unchecked %d, %v of @A id <1>
  return
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
// expected-note @below {{symbol is here}}
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {}
func.func @f(%d: !llvm.ptr, %v: !llvm.ptr) {
  // expected-error @below {{trait '@A' has no 'drop' signature to call drop glue with}}
  kcfi.drop_virtual %d, %v of @A
  return
}

// -----

// Closures:

// expected-note @below {{symbol is here}}
func.func private @g(i32) attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.unit>}
func.func @f(%s: !llvm.ptr) {
  // expected-error @below {{function '@g' is not the body of a closure: it has no 'kcfi.callable' of kind 'closure', or its first parameter is no closure}}
  %c = kcfi.create_closure @g() in %s
  return
}

// -----

#clo = #kcfi.rs.item<"a" "s1_" [value "main", closure]>
// expected-note @below {{symbol is here}}
func.func private @g(!llvm.ptr) attributes {
  kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures []>>) -> rs.unit>,
  kcfi.callable = #kcfi.rs.callable<closure>}
func.func @f(%s: !llvm.ptr, %x: i32) {
  // expected-error @below {{has 1 capture(s), the type of the closure has 0}}
  %c = kcfi.create_closure @g(%x) in %s : i32
  return
}

// -----

func.func @f(%s: !llvm.ptr) {
  // expected-error @below {{takes capture 1 of 1}}
  %c = kcfi.capture_address %s[1] of (i32)
  return
}

// -----

#clo = #kcfi.rs.item<"a" "s1_" [value "main", closure]>
// expected-note @below {{symbol is here}}
func.func private @g(!llvm.ptr) attributes {
  kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures [rs.u8]>>) -> rs.unit>,
  kcfi.callable = #kcfi.rs.callable<closure>}
func.func @f() {
  // expected-error @below {{a closure with captures cannot be a fn pointer}}
  %c = kcfi.closure_as_fn @g : !kcfi.fnptr<rs.fn<() -> rs.unit>>
  return
}

// -----

#clo = #kcfi.rs.item<"a" "s1_" [value "main", closure]>
// expected-note @below {{symbol is here}}
func.func private @g(!llvm.ptr) attributes {
  kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures []>>) -> rs.unit>,
  kcfi.callable = #kcfi.rs.callable<closure>}
func.func @f() {
  // expected-error @below {{, the result points to 'fn(u8)'}}
  %c = kcfi.closure_as_fn @g : !kcfi.fnptr<rs.fn<(rs.u8) -> rs.unit>>
  return
}

// -----

func.func @f() {
  // expected-error @below {{is for an 'rs.closure', 'rs.fn_item' or 'rs.fn', found '!kcfi.rs.u8'}}
  %c = kcfi.as_fn_object @g as @Fn for !kcfi.rs.u8
  return
}

// -----

func.func @f() {
  // expected-error @below {{has a function, but the type is that of a fn pointer}}
  %c = kcfi.as_fn_object @g as @Fn for !kcfi.rs.fn<() -> rs.unit>
  return
}

// -----

#g = #kcfi.rs.item<"a" "s1_" [value "g"]>
func.func @f() {
  // expected-error @below {{needs the function behind the type}}
  %c = kcfi.as_fn_object as @Fn for !kcfi.rs.fn_item<#g>
  return
}

// -----

func.func @f() {
  // expected-error @below {{'size' and 'align' are needed for a closure with captures, which may have 'drop', and for nothing else}}
  %c = kcfi.as_fn_object as @Fn for !kcfi.rs.fn<() -> rs.unit> size 8 : () -> ()
  return
}

// -----

func.func @f() {
  // expected-error @below {{needs the machine type of the fn pointer}}
  %c = kcfi.as_fn_object as @Fn for !kcfi.rs.fn<() -> rs.unit>
  return
}

// -----

#g = #kcfi.rs.item<"a" "s1_" [value "g"]>
func.func @f() {
  // expected-error @below {{has a machine type, which follows from the function}}
  %c = kcfi.as_fn_object @g as @Fn for !kcfi.rs.fn_item<#g> : () -> ()
  return
}

// -----

#Fn = #kcfi.rs.item<"a" "s1_" ["Fn"]>
#clo = #kcfi.rs.item<"a" "s1_" [value "main", closure]>
#clo1 = #kcfi.rs.item<"a" "s1_" [value "main", closure(1)]>
kcfi.trait @Fn : !kcfi.rs.dyn<[trait #Fn]> dyn_compatible {}
// expected-note @below {{symbol is here}}
func.func private @g(!llvm.ptr) attributes {
  kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.closure<fn #clo, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures []>>) -> rs.unit>,
  kcfi.callable = #kcfi.rs.callable<closure>}
func.func @f() {
  // expected-error @below {{is for '{closure#1 of main}', the function is the body of}}
  %c = kcfi.as_fn_object @g as @Fn for !kcfi.rs.closure<fn #clo1, signature rs.fn<(rs.unit) -> rs.unit abi("rust-call")>, captures []>
  return
}

// -----

// expected-error @below {{expected attribute value}}
kcfi.vtable @v : @A for !kcfi.rs.u8 size 1 align 1 slots [,]
