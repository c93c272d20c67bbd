// RUN: kcfi-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{unknown equivalence 'cvoid'}}
module attributes {test.set = #kcfi.equivalences<[cvoid]>} {}

// -----

// expected-error@+1 {{equivalences stand in the order of their numbers, each once at most}}
module attributes {test.set = #kcfi.equivalences<[c_void, transparent_wrappers]>} {}

// -----

// expected-error@+1 {{equivalences stand in the order of their numbers, each once at most}}
module attributes {test.set = #kcfi.equivalences<[c_void, c_void]>} {}

// -----

// expected-error@+1 {{'normalized_integers' is said by '#kcfi.encoding'}}
module attributes {test.set = #kcfi.equivalences<[normalized_integers]>} {}

// -----

// expected-error@+1 {{'kcfi.equivalences' must be a '#kcfi.equivalences', found "unified"}}
module attributes {kcfi.equivalences = "unified"} {}

// -----

// expected-note@+1 {{enclosing module is here}}
module attributes {kcfi.equivalences = #kcfi.equivalences<[]>} {
  // expected-error@+1 {{mixed equivalences: #kcfi.equivalences<[c_void]> in a module with #kcfi.equivalences<[]>}}
  module attributes {kcfi.equivalences = #kcfi.equivalences<[c_void]>} {}
}

// -----

// expected-error@+1 {{a receiver is an 'rs.ref' or 'rs.ptr', found '!kcfi.rs.i32'}}
kcfi.signature @f : !kcfi.rs.fn<(rs.receiver<rs.i32>) -> rs.unit>

// -----

// expected-error@+1 {{'kcfi.adt' op defines an item that is marked as the mention of another definition}}
kcfi.adt @A #kcfi.rs.item<"app" "s1_" ["A"] recursive>

// -----

// expected-error@+1 {{'kcfi.entry_sig' needs 'kcfi.sig'}}
func.func private @f() attributes {kcfi.entry_sig = !kcfi.rs.fn<() -> rs.unit>}

// -----

// expected-error@+1 {{'kcfi.entry_sig' must be a '!kcfi.fn', '!kcfi.rs.fn', '!kcfi.encoded' or '!kcfi.raw' type, found 1 : i32}}
func.func private @f() attributes {kcfi.sig = !kcfi.rs.fn<() -> rs.unit>, kcfi.callable = #kcfi.rs.callable<item>, kcfi.entry_sig = 1 : i32}

// -----

// expected-error@+1 {{'kcfi.source_sig' belongs on a function, a call, 'kcfi.signature', 'kcfi.entry' or 'kcfi.trait', not on 'builtin.module'}}
module attributes {kcfi.source_sig = !kcfi.rs.fn<() -> rs.unit>} {}

// -----

// expected-error@+1 {{'kcfi.source_sig' must be a '!kcfi.fn', '!kcfi.rs.fn', '!kcfi.encoded' or '!kcfi.raw' type, found unit}}
func.func private @f() attributes {kcfi.source_sig}
