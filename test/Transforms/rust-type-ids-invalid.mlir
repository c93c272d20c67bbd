// Rust signatures without a type id.

// RUN: kcfi-opt --kcfi-assign-type-ids --split-input-file --verify-diagnostics %s

#A = #kcfi.rs.item<"a" "s_" ["A"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{cannot compute the type id of 'fn(A<120>)': a constant of type 'char' has an encoding with normalized integers only}}
  kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#A, [const<rs.char, "120">]>) -> rs.unit>
}

// -----

#A = #kcfi.rs.item<"a" "s_" ["A"]>
module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64, normalize_integers>, llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#A, [const<rs.char, "120">]>) -> rs.unit>
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{cannot compute the type id of 'fn(A)': 'A' is marked as recursive, but not inside of its definition}}
  kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#kcfi.rs.item<"a" "s_" ["A"] recursive>>) -> rs.unit>
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{there are two different definitions of 'A'}}
  kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#kcfi.rs.item<"a" "s_" ["A"]>>, rs.adt<#kcfi.rs.item<"a" "s_" ["A"] repr_c>>) -> rs.unit>
}

// -----

#A = #kcfi.rs.item<"a" "s_" ["A"] transparent field rs.param<"T">>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{the definition of 'A' mentions 'T', for which there is no argument of that kind}}
  kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#A>) -> rs.unit>
}

// -----

#A = #kcfi.rs.item<"a" "s_" ["A"] generics ["N"] transparent field rs.array<param("N"), rs.u8>>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{'-1' is not the size of an array}}
  kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#A, [const<rs.i8, "-1">]>) -> rs.unit>
}

// -----

#Vec = #kcfi.rs.item<"alloc" "s_" ["vec", "Vec"]>
#V = #kcfi.rs.item<"a" "s_" ["V"] transparent field rs.adt<#Vec, [rs.fn<(rs.adt<#kcfi.rs.item<"a" "s_" ["V"] recursive>>) -> rs.unit>]>>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{the type is nested more than 256 levels deep, or contains itself without end}}
  kcfi.signature @f : !kcfi.rs.fn<(rs.adt<#V>) -> rs.unit>
}

// -----

#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
#Box = #kcfi.rs.item<"alloc" "s1_" ["boxed", "Box"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{the receiver 'Box<Self>' is not a pointer and has no field that is one}}
  func.func private @f(!llvm.ptr) attributes {kcfi.address_taken,
    kcfi.sig = !kcfi.rs.fn<(rs.adt<#Box, [rs.u8]>) -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.adt<#Box, [rs.param<"Self">]>>}
}

// -----

#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{'fn()' has no parameter that could be 'self'}}
  func.func private @f() attributes {kcfi.address_taken,
    kcfi.sig = !kcfi.rs.fn<() -> rs.unit>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #Shape]>, receiver rs.ref<rs.param<"Self">>>}
}
