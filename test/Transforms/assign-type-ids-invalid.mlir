// RUN: kcfi-opt --kcfi-assign-type-ids --split-input-file --verify-diagnostics %s

// expected-error @+1 {{type ids depend on the target, but the module has no attribute 'llvm.target_triple'}}
module {
  kcfi.signature @f : !kcfi.fn<() -> c.void>
}

// -----

// expected-error @+1 {{KCFI is not possible for target 'wasm32}}
module attributes {llvm.target_triple = "wasm32-unknown-unknown"} {
  kcfi.signature @f : !kcfi.fn<() -> c.void>
}

// -----

// A type that only a front end could encode.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error @+1 {{cannot compute the type id of}}
  func.func private @unnamed(!llvm.ptr) attributes {kcfi.sig = !kcfi.fn<(ptr<tag<struct unnamed>>) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-pc-windows-msvc"} {
  // expected-error @+1 {{cannot compute the type id of 'int (int)': target 'x86_64-pc-windows-msvc' uses the Microsoft mangling, which is not computed}}
  kcfi.signature @f : !kcfi.fn<(c.int) -> c.int>
  // The compiler's own string is taken as it is.
  kcfi.signature @g : !kcfi.encoded<"?6AHH@Z">
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error @+1 {{string "_ZTSFiiE.normalized" was made with other options than those of this module, whose strings end in neither '.normalized' nor '.generalized'}}
  kcfi.signature @f : !kcfi.encoded<"_ZTSFiiE.normalized">
}

// -----

module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64, normalize_integers>,
                   llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error @+1 {{string "_ZTSFiiE" was made with other options than those of this module, whose strings end in '.normalized'}}
  kcfi.signature @f : !kcfi.encoded<"_ZTSFiiE">
}

// -----

// An id that does not belong to the signature: on a function, a signature, a
// call and an invoke. All are reported.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error @+1 {{has type id 0x00000001, but that of its signature 'int (int)' is 0x00050794}}
  func.func private @function(i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00000001>}
  // expected-error @+1 {{has type id 0x00000002, but that of its signature 'int (int)' is 0x00050794}}
  kcfi.signature @signature : !kcfi.fn<(c.int) -> c.int> {kcfi.type_id = #kcfi.type_id<0x00000002>}
  func.func @call(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) {
    // expected-error @+1 {{has type id 0x00000003, but that of its signature 'int (int)' is 0x00050794}}
    %r = kcfi.call %f(%x) id <0x00000003> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    return
  }
  llvm.func @__gxx_personality_v0(...) -> i32
  llvm.func @invoke(%p: !llvm.ptr) attributes {personality = @__gxx_personality_v0} {
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
    // expected-error @+1 {{has type id 0x00000004, but that of its signature 'void (void)' is 0x}}
    kcfi.invoke %f() to ^ok unwind ^bad id <0x00000004> : !kcfi.fnptr<() -> c.void>, () -> ()
  ^ok:
    llvm.return
  ^bad:
    %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
    llvm.resume %lp : !llvm.struct<(ptr, i32)>
  }
}
