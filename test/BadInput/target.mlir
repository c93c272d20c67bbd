// Nothing is encoded for a target that is missing or cannot be used.

// RUN: kcfi-opt --split-input-file --verify-diagnostics --kcfi-assign-type-ids %s
// RUN: kcfi-opt --split-input-file --verify-diagnostics --kcfi-lower-pipeline %s

// expected-error@+1 {{type ids depend on the target, but the module has no attribute 'llvm.target_triple'}}
module {
  kcfi.signature @f : !kcfi.fn<() -> c.void>
}

// -----

// expected-error@+1 {{type ids depend on the target, but the module has no attribute 'llvm.target_triple'}}
module attributes {llvm.target_triple = ""} {
  kcfi.signature @f : !kcfi.fn<() -> c.void>
}

// -----

// expected-error@+1 {{KCFI is not possible for target 'nonsense': LLVM does not know the architecture of this triple; check the spelling of the triple}}
module attributes {llvm.target_triple = "nonsense"} {
  kcfi.signature @f : !kcfi.fn<() -> c.void>
}

// -----

// expected-error@+1 {{KCFI is not possible for target 'wasm32-unknown-unknown': a WebAssembly function pointer is a table index}}
module attributes {llvm.target_triple = "wasm32-unknown-unknown"} {
  kcfi.signature @f : !kcfi.fn<() -> c.void>
}

// -----

// A module without anything that needs an id needs no target.
module {
  func.func private @f()
}

// -----

// A type that cannot be encoded.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{cannot compute the type id of 'void (struct (unnamed))': 'struct (unnamed)' has no name; its encoding depends on the order in which the compiler of the translation unit meets such types: give the name that it invents, e.g. "$_0"}}
  kcfi.signature @f : !kcfi.fn<(tag<struct unnamed>) -> c.void>
}

// -----

module attributes {llvm.target_triple = "i386-unknown-linux-gnu"} {
  // expected-error@+1 {{cannot compute the type id of 'void (__int128)': target 'i386-unknown-linux-gnu' has no type '__int128'}}
  kcfi.signature @f : !kcfi.fn<(c.int128) -> c.void>
}

// -----

module attributes {llvm.target_triple = "aarch64-unknown-linux-gnu"} {
  // expected-error@+1 {{target 'aarch64-unknown-linux-gnu' has no type '__float128'}}
  kcfi.signature @f : !kcfi.fn<(c.float128) -> c.void>
}

// -----

module attributes {llvm.target_triple = "aarch64-unknown-linux-gnu"} {
  // expected-error@+1 {{'double __attribute__((neon(3)))' is not a NEON vector}}
  kcfi.signature @f : !kcfi.fn<(c.vector<3, c.double, neon>) -> c.void>
}

// -----

module attributes {llvm.target_triple = "x86_64-pc-windows-msvc"} {
  // expected-error@+1 {{target 'x86_64-pc-windows-msvc' uses the Microsoft mangling, which is not computed: give the compiler's string as '!kcfi.encoded<"...">'}}
  kcfi.signature @f : !kcfi.fn<() -> c.void>
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{string "_ZTSFvvE.normalized" was made with other options than those of this module, whose strings end in neither '.normalized' nor '.generalized'}}
  kcfi.signature @f : !kcfi.encoded<"_ZTSFvvE.normalized">
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu", kcfi.encoding = #kcfi.encoding<hash = xxhash64, generalize_pointers>} {
  // expected-error@+1 {{string "_ZTSFvvE" was made with other options than those of this module, whose strings end in '.generalized'}}
  kcfi.signature @f : !kcfi.encoded<"_ZTSFvvE">
}

// -----

// An id that is not that of the signature.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{has type id 0x00000001, but that of its signature 'int (int)' is 0x00050794}}
  kcfi.signature @f : !kcfi.fn<(c.int) -> c.int> {kcfi.type_id = #kcfi.type_id<0x1>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{'S[abi:x' is not a name with ABI tags}}
  kcfi.signature @f : !kcfi.fn<(tag<struct "S[abi:x">) -> c.void>
}

// -----

// A string and a salt that FNV-1a turns into 0.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu", kcfi.encoding = #kcfi.encoding<hash = fnv1a>} {
  // expected-error@+1 {{type id 0x00000000 of 'void (void) __attribute__((cfi_salt("gpYONE")))' cannot be used: id 0 means 'no type' to LLVM: a call with it is not checked}}
  kcfi.signature @f : !kcfi.fn<() -> c.void salt("gpYONE")>
  // expected-error@+1 {{type id 0x00000000 of 'function of type "_ZTSFvvE.gpYONE"' cannot be used: id 0}}
  kcfi.signature @g : !kcfi.encoded<"_ZTSFvvE.gpYONE">
}
