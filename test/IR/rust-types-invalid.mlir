// Types of the Rust family that cannot exist, and spellings that are none.

// RUN: kcfi-opt --split-input-file --verify-diagnostics %s

// expected-error@+1 {{cannot be a part of a Rust signature; write 'rs.fn<...>' instead of 'fnptr<...>'}}
kcfi.signature @f : !kcfi.rs.fn<(fnptr<rs.fn<() -> rs.unit>>) -> rs.unit>

// -----

// expected-error@+1 {{parameter type '!kcfi.c.int' cannot be a part of a Rust signature; a C type has another Rust type for each use}}
kcfi.signature @f : !kcfi.rs.fn<(c.int) -> rs.unit>

// -----

// expected-error@+1 {{result type 'i32' cannot be a part of a Rust signature}}
kcfi.signature @f : !kcfi.rs.fn<() -> i32>

// -----

// expected-error@+1 {{parameter type '!kcfi.rs.i32' cannot be a part of a signature of C or C++; Rust types are parts of 'rs.fn'}}
kcfi.signature @f : !kcfi.fn<(rs.i32) -> c.void>

// -----

// expected-error@+1 {{parameter type has a 'zst' parameter, which only the signature of a function can have}}
kcfi.signature @f : !kcfi.rs.fn<(rs.fn<(zst rs.unit) -> rs.unit>) -> rs.unit>

// -----

// expected-error@+1 {{unknown type 'rs.i31' in dialect 'kcfi'}}
kcfi.signature @f : !kcfi.rs.fn<(rs.i31) -> rs.unit>

// -----

// expected-error@+1 {{'...' must be the last parameter}}
kcfi.signature @f : !kcfi.rs.fn<(..., rs.i32) -> rs.unit abi("C")>

// -----

// expected-error@+1 {{a function of ABI "Rust" cannot be variadic}}
kcfi.signature @f : !kcfi.rs.fn<(...) -> rs.unit>

// -----

// expected-error@+1 {{unknown ABI "fastest", expected 'Rust', 'C', 'C-unwind'}}
kcfi.signature @f : !kcfi.rs.fn<() -> rs.unit abi("fastest")>

// -----

// expected-error@+1 {{expected 'const' or 'mut'}}
kcfi.signature @f : !kcfi.rs.fn<(rs.ptr<rs.i32>) -> rs.unit>

// -----

// expected-error@+1 {{expected a '#kcfi.rs.item', found 1 : i64}}
kcfi.signature @f : !kcfi.rs.fn<(rs.adt<1>) -> rs.unit>

// -----

#W = #kcfi.rs.item<"a" "s_" ["W"] generics ["T"] transparent field rs.param<"T">>
// expected-error@+1 {{'W' has 1 parameter(s), got 0 argument(s)}}
kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#W>) -> rs.unit>

// -----

#W = #kcfi.rs.item<"a" "s_" ["W"]>
// expected-error@+1 {{generic argument '!kcfi.c.int' cannot be a part of a Rust signature}}
kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#W, [c.int]>) -> rs.unit>

// -----

// expected-error@+1 {{unknown kind of closure 'fun'}}
kcfi.signature @f : !kcfi.rs.fn<(rs.closure<fun>) -> rs.unit>

// -----

#B = #kcfi.rs.item<"a" "s_" [closure]>
// expected-error@+1 {{the signature of a closure is an 'rs.fn' of ABI "rust-call" with one tuple}}
kcfi.signature @f : !kcfi.rs.fn<(rs.closure<fn #B, signature rs.fn<() -> rs.unit>>) -> rs.unit>

// -----

// expected-error@+1 {{unknown kind of coroutine 'sync'}}
kcfi.signature @f : !kcfi.rs.fn<(rs.coroutine<sync>) -> rs.unit>

// -----

// expected-error@+1 {{unknown kind of predicate 'maybe'}}
kcfi.signature @f : !kcfi.rs.fn<(rs.dyn<[maybe]>) -> rs.unit>

// -----

#T = #kcfi.rs.item<"a" "s_" ["T"]>
// expected-error@+1 {{a projection needs '= T'}}
kcfi.signature @f : !kcfi.rs.fn<(rs.dyn<[projection #T]>) -> rs.unit>

// -----

#T = #kcfi.rs.item<"a" "s_" ["T"]>
// expected-error@+1 {{only a projection is equal to something}}
kcfi.signature @f : !kcfi.rs.fn<(rs.dyn<[auto #T = rs.u8]>) -> rs.unit>

// -----

#T = #kcfi.rs.item<"a" "s_" ["T"]>
// expected-error@+1 {{an auto trait has no arguments}}
kcfi.signature @f : !kcfi.rs.fn<(rs.dyn<[auto #T args [rs.u8]]>) -> rs.unit>

// -----

#T = #kcfi.rs.item<"a" "s_" ["T"]>
// expected-error@+1 {{a projection is equal to a type or a constant, found #kcfi.rs.region<erased>}}
kcfi.signature @f : !kcfi.rs.fn<(rs.dyn<[projection #T = erased]>) -> rs.unit>

// -----

#T = #kcfi.rs.item<"a" "s_" ["T"]>
// expected-error@+1 {{a trait object has one principal trait at most, then projections, then auto traits}}
kcfi.signature @f : !kcfi.rs.fn<(rs.dyn<[auto #T, trait #T]>) -> rs.unit>

// -----

// expected-error@+1 {{expected the region of a trait object}}
kcfi.signature @f : !kcfi.rs.fn<(rs.dyn<[], rs.u8>) -> rs.unit>

// -----

#T = #kcfi.rs.item<"a" "s_" ["T"]>
// expected-error@+1 {{"-1" is not a value of type '!kcfi.rs.u8'}}
kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#T, [const<rs.u8, "-1">]>) -> rs.unit>

// -----

#T = #kcfi.rs.item<"a" "s_" ["T"]>
// expected-error@+1 {{a constant has an integer type, 'rs.bool' or 'rs.char', found '!kcfi.rs.str'}}
kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#T, [const<rs.str, "x">]>) -> rs.unit>

// -----

// expected-error@+1 {{pattern must not be empty}}
kcfi.signature @f : !kcfi.rs.fn<(rs.pat<rs.u8, "">) -> rs.unit>

// -----

// expected-error@+1 {{name of a parameter must not be empty}}
kcfi.signature @f : !kcfi.rs.fn<(rs.param<"">) -> rs.unit>

// -----

// expected-error@+1 {{name of a region must not be empty}}
kcfi.signature @f : !kcfi.rs.fn<(rs.ref<param("") rs.u8>) -> rs.unit>

// -----

// expected-error@+1 {{expected 'erased', 'bound', 'static' or 'param'}}
module attributes {test.attr = #kcfi.rs.region<free>} {}

// -----

// expected-error@+1 {{name of a crate must not be empty}}
module attributes {test.attr = #kcfi.rs.item<"" "s_" ["T"]>} {}

// -----

// expected-error@+1 {{disambiguator "x_" of a crate is not 's', base-62 digits, '_'}}
module attributes {test.attr = #kcfi.rs.item<"a" "x_" ["T"]>} {}

// -----

// expected-error@+1 {{the path of an item must not be empty}}
module attributes {test.attr = #kcfi.rs.item<"a" "s_" []>} {}

// -----

// expected-error@+1 {{unknown kind of path segment 'module'}}
module attributes {test.attr = #kcfi.rs.item<"a" "s_" [module]>} {}

// -----

// expected-error@+1 {{name in a path must not be empty}}
module attributes {test.attr = #kcfi.rs.item<"a" "s_" [""]>} {}

// -----

// expected-error@+1 {{unknown part 'packed' of an item}}
module attributes {test.attr = #kcfi.rs.item<"a" "s_" ["T"] packed>} {}

// -----

// expected-error@+1 {{an item has one representation at most}}
module attributes {test.attr = #kcfi.rs.item<"a" "s_" ["T"] repr_c transparent>} {}

// -----

// expected-error@+1 {{unknown lang item 'box'}}
module attributes {test.attr = #kcfi.rs.item<"a" "s_" ["T"] lang(box)>} {}

// -----

// expected-error@+1 {{cfi_encoding must not be empty}}
module attributes {test.attr = #kcfi.rs.item<"a" "s_" ["T"] cfi_encoding("")>} {}

// -----

// expected-error@+1 {{a recursive item has its path only; the rest is said by the definition around it}}
module attributes {test.attr = #kcfi.rs.item<"a" "s_" ["T"] repr_c recursive>} {}

// -----

// expected-error@+1 {{field '!kcfi.c.int' cannot be a part of a Rust signature}}
module attributes {test.attr = #kcfi.rs.item<"a" "s_" ["T"] field c.int>} {}

// -----

// expected-error@+1 {{unknown kind of callable 'macro'}}
module attributes {test.attr = #kcfi.rs.callable<macro>} {}

// -----

// expected-error@+1 {{a callable of kind 'item' is never called through a trait object}}
module attributes {test.attr = #kcfi.rs.callable<item, object rs.dyn<[]>, receiver rs.param<"Self">>} {}

// -----

// expected-error@+1 {{the object of a callable is an 'rs.dyn', found '!kcfi.rs.u8'}}
module attributes {test.attr = #kcfi.rs.callable<impl_method, object rs.u8, receiver rs.param<"Self">>} {}

// -----

// expected-error@+1 {{'kcfi.callable' belongs on a function, not on 'builtin.module'}}
module attributes {kcfi.callable = #kcfi.rs.callable<item>} {}

// -----

// expected-error@+1 {{'kcfi.callable' must be a '#kcfi.rs.callable', found 1 : i64}}
func.func private @f() attributes {kcfi.callable = 1}

// -----

// expected-error@+1 {{'kcfi.callable' needs a '!kcfi.rs.fn' as signature}}
func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>, kcfi.callable = #kcfi.rs.callable<item>}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i64' of parameter #0 does not fit 'i32' of signature 'fn(i32)'}}
  func.func private @f(i64) attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.unit>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i32' of parameter #0 does not fit 'usize' of signature 'fn((), usize)'}}
  func.func private @f(i32) attributes {kcfi.sig = !kcfi.rs.fn<(zst rs.unit, rs.usize) -> rs.unit>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i64' of parameter #1 does not fit 'fn()' of signature 'fn(&i32, fn()) -> f64'}}
  func.func private @f(!llvm.ptr, i64) -> f64 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.i32>, rs.fn<() -> rs.unit>) -> rs.f64>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{does not fit 'fn(i32)' of signature 'fn(fn(i32))'}}
  func.func private @f(!kcfi.fnptr<rs.fn<(rs.u32) -> rs.unit>>) attributes {kcfi.sig = !kcfi.rs.fn<(rs.fn<(rs.i32) -> rs.unit>) -> rs.unit>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i32' of the result does not fit '!' of signature 'fn() -> !'}}
  func.func private @f() -> i32 attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.never>}
}

// -----

// expected-error@+1 {{a trait object needs a receiver and the other way round}}
module attributes {test.attr = #kcfi.rs.callable<closure, object rs.dyn<[]>>} {}
