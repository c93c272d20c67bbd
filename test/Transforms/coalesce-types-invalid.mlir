// RUN: kcfi-opt %s --split-input-file --kcfi-coalesce-types --verify-diagnostics
// RUN: not kcfi-opt %S/Inputs/coalesce-one.mlir --kcfi-coalesce-types=equivalences=+abstract_nonsense 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not kcfi-opt %S/Inputs/coalesce-one.mlir --kcfi-coalesce-types=equivalences=c_void 2>&1 | FileCheck %s --check-prefix=SIGN
// RUN: not kcfi-opt %S/Inputs/coalesce-one.mlir --kcfi-coalesce-types=preset=rustc-1.0 2>&1 | FileCheck %s --check-prefix=PRESET
// RUN: not kcfi-opt %S/Inputs/coalesce-one.mlir --kcfi-coalesce-types=preset=none --kcfi-coalesce-types 2>&1 | FileCheck %s --check-prefix=TWICE

// RUN: not kcfi-opt %S/Inputs/coalesce-no-output.mlir --kcfi-coalesce-types=preset=unified 2>&1 | FileCheck %s --check-prefix=OUTPUT
// RUN: not kcfi-opt %S/Inputs/coalesce-no-output.mlir --kcfi-coalesce-types=preset=rustc-fixed 2>&1 | FileCheck %s --check-prefix=OUTPUT
// RUN: not kcfi-opt %S/Inputs/coalesce-no-tuple.mlir --kcfi-coalesce-types=preset=unified 2>&1 | FileCheck %s --check-prefix=TUPLE

// OUTPUT: coalesce-no-output.mlir:4:3: error: 'fn(&i32)' has no class: 'dyn Fn<()>' does not say its 'Output'
// TUPLE: coalesce-no-tuple.mlir:5:3: error: 'fn(&i32)' has no class: the arguments of 'dyn Fn<i32, Output = i32>' are not a tuple
// UNKNOWN: coalesce-one.mlir:1:1: error: unknown equivalence 'abstract_nonsense'
// SIGN: coalesce-one.mlir:1:1: error: expected '+' or '-' in front of the equivalence 'c_void'
// PRESET: Cannot find option named 'rustc-1.0'
// TWICE: coalesce-one.mlir:1:1: error: types were coalesced with #kcfi.equivalences<[]>, not with #kcfi.equivalences<[transparent_wrappers,

// expected-error@+1 {{type ids depend on the target, but the module has no attribute 'llvm.target_triple'}}
module {
  func.func private @f() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>}
}

// -----

// The ids were those of another set.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{has type id 0x00000001, but that of its class 'fn()' is 0xa540670c; coalesce types before ids are assigned}}
  func.func private @f() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>, kcfi.type_id = #kcfi.type_id<0x00000001>}
  // An id whose type is not known is no class of anything.
  func.func private @raw() attributes {kcfi.sig = !kcfi.raw<0x00000007>, kcfi.type_id = #kcfi.type_id<0x00000007>}
}

// -----

#V = #kcfi.rs.item<"app" "s1_" ["V"] recursive>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{'fn(V)' has no class: 'V' is marked as recursive, but not inside of its definition}}
  func.func private @f(i32) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#V>) -> rs.unit>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{'fn(i32)' has no class: the receiver 'i32' is not a pointer and has no field that is one}}
  func.func private @f(i32) attributes {kcfi.sig = !kcfi.rs.fn<(rs.i32) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[]>, receiver rs.i32>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{has no class}}
  func.func private @tag(i32) attributes {kcfi.sig = !kcfi.fn<(tag<struct unnamed>) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.adt @A #kcfi.rs.item<"app" "s1_" ["A"] transparent field rs.u8>
  // expected-error@+1 {{'kcfi.adt' op there are two different definitions of 'A'}}
  kcfi.adt @B #kcfi.rs.item<"app" "s1_" ["A"] transparent field rs.u16>
  func.func private @f() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>}
}

// -----

// A mention that contradicts the definition.
#A = #kcfi.rs.item<"app" "s1_" ["A"] transparent field rs.u8>
#B = #kcfi.rs.item<"app" "s1_" ["B"] transparent field rs.adt<#kcfi.rs.item<"app" "s1_" ["A"]>>>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.adt @A #kcfi.rs.item<"app" "s1_" ["A"] transparent field rs.u16>
  // expected-error@+1 {{'fn(A, B)' has no class: there are two different definitions of 'A'}}
  func.func private @f(i8, i8) attributes {kcfi.sig = !kcfi.rs.fn<(rs.adt<#A>, rs.adt<#B>) -> rs.unit>}
}

