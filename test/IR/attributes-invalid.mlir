// Attributes that cannot exist, and attributes at the wrong place.

// RUN: kcfi-opt --split-input-file --verify-diagnostics %s

// expected-error@+1 {{unknown hash 'md5', expected 'xxhash64' or 'fnv1a'}}
module attributes {kcfi.encoding = #kcfi.encoding<hash = md5>} {}

// -----

// expected-error@+1 {{expected 'hash'}}
module attributes {kcfi.encoding = #kcfi.encoding<xxhash64>} {}

// -----

// expected-error@+1 {{expected 'hash'}}
module attributes {kcfi.encoding = #kcfi.encoding<>} {}

// -----

// expected-error@+1 {{unknown encoding option 'normalise', expected 'normalize_integers' or 'generalize_pointers'}}
module attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a, normalise>} {}

// -----

// expected-error@+1 {{encoding option 'normalize_integers' is given twice}}
module attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a, normalize_integers, normalize_integers>} {}

// -----

// expected-error@+1 {{encoding option 'generalize_pointers' is given twice}}
module attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a, generalize_pointers, generalize_pointers>} {}

// -----

// expected-error@+1 {{unknown codegen option 'prefix', expected 'patchable_prefix', 'patchable_entry' or 'arity'}}
module attributes {kcfi.codegen = #kcfi.codegen<prefix = 3>} {}

// -----

// expected-error@+1 {{codegen option 'arity' is given twice}}
module attributes {kcfi.codegen = #kcfi.codegen<arity, arity>} {}

// -----

// expected-error@+1 {{codegen option 'patchable_prefix' is given twice}}
module attributes {kcfi.codegen = #kcfi.codegen<patchable_prefix = 1, patchable_prefix = 1>} {}

// -----

// expected-error@+1 {{expected a number of at most 32 bits}}
module attributes {kcfi.codegen = #kcfi.codegen<patchable_prefix = 4294967296>} {}

// -----

// expected-error@+1 {{expected a number of at most 32 bits}}
module attributes {kcfi.codegen = #kcfi.codegen<patchable_entry = -1>} {}

// -----

// expected-error@+1 {{type id 0 is reserved: it means "no type" and would disable the check}}
module attributes {test.id = #kcfi.type_id<0>} {}

// -----

// expected-error@+1 {{expected a number of at most 32 bits}}
module attributes {test.id = #kcfi.type_id<0x100000000>} {}

// -----

// expected-error@+1 {{expected string}}
module attributes {test.id = #kcfi.type_id<0x1, _ZTS>} {}

// -----

// expected-error@+1 {{unknown attribute `fnord` in dialect `kcfi`}}
module attributes {test.x = #kcfi.fnord<0>} {}

// -----

// expected-error@+1 {{expected string}}
module attributes {test.x = #kcfi.scope<>} {}

// -----

// expected-error@+1 {{expected '>'}}
module attributes {test.x = #kcfi.scope<anonymous args [c.int]>} {}

// -----

// expected-error@+1 {{template argument 'i8' cannot be a part of a signature}}
module attributes {test.x = #kcfi.pack<i8>} {}

// -----

// expected-error@+1 {{template value "1.5" is not a decimal number}}
module attributes {test.x = #kcfi.value<c.int, "1.5">} {}

// -----

// expected-error@+1 {{expected string}}
module attributes {test.x = #kcfi.template<>} {}

// -----

// expected-error@+2 {{expected valid keyword or string}}
// expected-error@+1 {{failed to parse KCFI_CastReasonAttr parameter 'value'}}
module attributes {test.x = #kcfi.cast_reason<>} {}

// -----

// expected-error@+1 {{unknown attribute 'kcfi.unknown' of dialect 'kcfi'}}
func.func private @f() attributes {kcfi.unknown}

// -----

// expected-error@+1 {{'kcfi.sig' belongs on a function, not on 'builtin.module'}}
module attributes {kcfi.sig = !kcfi.fn<() -> c.void>} {}

// -----

// expected-error@+1 {{'kcfi.sig' must be a '!kcfi.fn', '!kcfi.rs.fn', '!kcfi.encoded' or '!kcfi.raw' type, found "int ()"}}
func.func private @f() attributes {kcfi.sig = "int ()"}

// -----

// expected-error@+1 {{'kcfi.sig' must be a '!kcfi.fn', '!kcfi.rs.fn', '!kcfi.encoded' or '!kcfi.raw' type, found !kcfi.c.int}}
func.func private @f() attributes {kcfi.sig = !kcfi.c.int}

// -----

// expected-error@+1 {{'kcfi.sig' must be a '!kcfi.fn'}}
func.func private @f() attributes {kcfi.sig = !kcfi.fnptr<() -> c.void>}

// -----

// expected-error@+1 {{'kcfi.type_id' belongs on a function, 'llvm.call', 'llvm.invoke', 'kcfi.signature' or 'kcfi.entry', not on 'builtin.module'}}
module attributes {kcfi.type_id = #kcfi.type_id<0x1>} {}

// -----

// expected-error@+1 {{'kcfi.type_id' must be a '#kcfi.type_id', found 1 : i32}}
func.func private @f() attributes {kcfi.type_id = 1 : i32}

// -----

// expected-error@+1 {{'kcfi.type_id' must be a '#kcfi.type_id', found 1 : i32}}
kcfi.signature @f : !kcfi.raw<0x1> {kcfi.type_id = 1 : i32}

// -----

// expected-error@+1 {{'kcfi.type_id' 0x00000001 contradicts the signature '!kcfi.raw<0x00000002>'}}
func.func private @f() attributes {kcfi.sig = !kcfi.raw<0x2>, kcfi.type_id = #kcfi.type_id<0x1>}

// -----

// expected-error@+1 {{'kcfi.checked' belongs on 'llvm.call' or 'llvm.invoke', not on 'func.func'}}
func.func private @f() attributes {kcfi.checked = #kcfi.type_id<0x1>}

// -----

llvm.func @f(%f: !llvm.ptr) {
  // expected-error@+1 {{'kcfi.checked' must be a '#kcfi.type_id', found 1 : i32}}
  llvm.call %f() {kcfi.checked = 1 : i32} : !llvm.ptr, () -> ()
  llvm.return
}

// -----

// expected-error@+1 {{'kcfi.address_taken' belongs on a function, not on 'builtin.module'}}
module attributes {kcfi.address_taken} {}

// -----

// expected-error@+1 {{'kcfi.address_taken' must be a unit attribute}}
func.func private @f() attributes {kcfi.address_taken = true}

// -----

// expected-error@+1 {{'kcfi.no_check' belongs on a function, not on 'builtin.module'}}
module attributes {kcfi.no_check} {}

// -----

// expected-error@+1 {{'kcfi.no_check' must be a unit attribute}}
func.func private @f() attributes {kcfi.no_check = true}

// -----

// expected-error@+1 {{'kcfi.implicit_object' belongs on a function, not on 'builtin.module'}}
module attributes {kcfi.implicit_object} {}

// -----

// expected-error@+1 {{'kcfi.implicit_object' must be a unit attribute}}
func.func private @f() attributes {kcfi.implicit_object = true}

// -----

// expected-error@+1 {{'kcfi.encoding' belongs on a module, not on 'func.func'}}
func.func private @f() attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a>}

// -----

// expected-error@+1 {{'kcfi.codegen' belongs on a module, not on 'func.func'}}
func.func private @f() attributes {kcfi.codegen = #kcfi.codegen<arity>}

// -----

// expected-error@+1 {{'kcfi.encoding' must be a '#kcfi.encoding', found "fnv1a"}}
module attributes {kcfi.encoding = "fnv1a"} {}

// -----

// expected-error@+1 {{'kcfi.codegen' must be a '#kcfi.codegen', found 11 : i32}}
module attributes {kcfi.codegen = 11 : i32} {}

// -----

// expected-note@+1 {{enclosing module is here}}
module attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a>} {
  // expected-error@+1 {{mixed encodings: #kcfi.encoding<hash = xxhash64> in a module with #kcfi.encoding<hash = fnv1a>}}
  module attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64>} {}
}

// -----

// expected-note@+1 {{enclosing module is here}}
module attributes {kcfi.codegen = #kcfi.codegen<patchable_prefix = 3>} {
  module {
    // expected-error@+1 {{mixed patchable prefixes or arities: #kcfi.codegen<patchable_prefix = 2> in a module with #kcfi.codegen<patchable_prefix = 3>}}
    module attributes {kcfi.codegen = #kcfi.codegen<patchable_prefix = 2>} {}
  }
}

// -----

// expected-error@+1 {{'kcfi.sig' belongs on the function, not on argument #1}}
func.func private @f(i32, i32 {kcfi.sig = !kcfi.c.int})

// -----

// expected-error@+1 {{'kcfi.no_check' belongs on the function, not on result #0}}
func.func private @f() -> (i32 {kcfi.no_check})

// -----

// expected-error@+1 {{'kcfi.foreign_sigs' belongs on a function, not on 'builtin.module'}}
module attributes {kcfi.foreign_sigs = []} {}

// -----

// expected-error@+1 {{'kcfi.foreign_sigs' must be an array of '!kcfi.fn', '!kcfi.rs.fn', '!kcfi.encoded' or '!kcfi.raw' types, found [!kcfi.c.int]}}
func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>, kcfi.foreign_sigs = [!kcfi.c.int]}

// -----

// expected-error@+1 {{'kcfi.foreign_sigs' must be an array of}}
func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>, kcfi.foreign_sigs = !kcfi.fn<() -> c.void>}

// -----

// expected-error@+1 {{'kcfi.foreign_sigs' needs a 'kcfi.sig', the signature in the function's own language}}
func.func private @f() attributes {kcfi.foreign_sigs = [!kcfi.rs.fn<() -> rs.unit abi("C")>]}

// -----

// The machine types are those of all languages.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{does not fit 'i64'}}
  func.func private @f(i32) attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void>, kcfi.foreign_sigs = [!kcfi.rs.fn<(rs.i64) -> rs.unit abi("C")>]}
}

// -----

// expected-error@+1 {{'kcfi.weight' belongs on 'kcfi.address_of' or 'kcfi.vtable', not on 'func.func'}}
func.func private @f() attributes {kcfi.weight = 1 : i64}

// -----

func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
func.func @g() {
  // expected-error@+1 {{'kcfi.weight' must be a 64-bit number that is not negative, found -1 : i64}}
  %f = kcfi.address_of @f {kcfi.weight = -1 : i64} : !kcfi.fnptr<() -> c.void>
  return
}

// -----

// expected-error@+1 {{'kcfi.merged_classes' belongs on a module, not on 'func.func'}}
func.func private @f() attributes {kcfi.merged_classes = []}

// -----

// expected-error@+1 {{'kcfi.merged_classes' must be an array of pairs of signatures, found}}
module attributes {kcfi.merged_classes = [[!kcfi.fn<() -> c.void>]]} {}
