// Signatures that contradict the machine types of their function.

// RUN: kcfi-opt --split-input-file --verify-diagnostics %s

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{signature 'void (int)' has 1 parameter(s), the function has 0}}
  func.func private @f() attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{signature 'void (int)' has 1 parameter(s), the function has 2}}
  func.func private @f(i32, i32) attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{signature 'void (int, ...)' has 1 parameter(s), the function has 2}}
  func.func private @f(i32, i32) attributes {kcfi.sig = !kcfi.fn<(c.int, ...) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i64' of parameter #0 does not fit 'int' of signature 'void (int)'}}
  func.func private @f(i64) attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'f32' of parameter #1 does not fit 'double' of signature}}
  func.func private @f(i32, f32) attributes {kcfi.sig = !kcfi.fn<(c.int, c.double) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'f32' of parameter #0 does not fit 'int'}}
  func.func private @f(f32) attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type '!llvm.ptr' of parameter #0 does not fit 'int'}}
  func.func private @f(!llvm.ptr) attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type '!llvm.ptr' of parameter #0 does not fit 'float'}}
  func.func private @f(!llvm.ptr) attributes {kcfi.sig = !kcfi.fn<(c.float) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i64' of parameter #0 does not fit 'int *'}}
  func.func private @f(i64) attributes {kcfi.sig = !kcfi.fn<(ptr<c.int>) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'f64' of parameter #0 does not fit 'int *'}}
  func.func private @f(f64) attributes {kcfi.sig = !kcfi.fn<(ptr<c.int>) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i32' of parameter #0 does not fit 'long'}}
  func.func private @f(i32) attributes {kcfi.sig = !kcfi.fn<(c.long) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "i386-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i64' of parameter #0 does not fit 'long'}}
  func.func private @f(i64) attributes {kcfi.sig = !kcfi.fn<(c.long) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i16' of parameter #0 does not fit 'bool'}}
  func.func private @f(i16) attributes {kcfi.sig = !kcfi.fn<(c.bool) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i16' of parameter #0 does not fit 'wchar_t'}}
  func.func private @f(i16) attributes {kcfi.sig = !kcfi.fn<(c.wchar) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'f32' of parameter #0 does not fit 'enum E'}}
  func.func private @f(f32) attributes {kcfi.sig = !kcfi.fn<(tag<enum "E">) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i64' of parameter #0 does not fit 'u32' of signature 'void (u32)'}}
  func.func private @f(i64) attributes {kcfi.sig = !kcfi.fn<(c.typedef<"u32", c.uint>) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i64' of parameter #0 does not fit '_Atomic(int)'}}
  func.func private @f(i64) attributes {kcfi.sig = !kcfi.fn<(c.atomic<c.int>) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{does not fit 'int (*)(void)' of signature}}
  func.func private @f(!kcfi.fnptr<() -> c.void>) attributes {kcfi.sig = !kcfi.fn<(ptr<fn<() -> c.int>>) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{does not fit 'void *' of signature}}
  func.func private @f(!kcfi.fnptr<() -> c.void>) attributes {kcfi.sig = !kcfi.fn<(ptr<c.void>) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{missing result does not fit 'int' of signature 'int (void)'}}
  func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.int>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i32' of the result does not fit 'void' of signature 'void (void)'}}
  func.func private @f() -> i32 attributes {kcfi.sig = !kcfi.fn<() -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{machine type 'i64' of the result does not fit 'int' of signature 'int (void)'}}
  func.func private @f() -> i64 attributes {kcfi.sig = !kcfi.fn<() -> c.int>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{more than one machine result does not fit 'int' of signature 'int (void)'}}
  func.func private @f() -> (i32, i32) attributes {kcfi.sig = !kcfi.fn<() -> c.int>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{'implicit_object' needs a pointer as first parameter}}
  func.func private @f(i32, i32) attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void>, kcfi.implicit_object}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{'implicit_object' needs a pointer as first parameter}}
  func.func private @f() attributes {kcfi.sig = !kcfi.fn<() -> c.void>, kcfi.implicit_object}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{signature 'void (int)' has 1 parameter(s), the function has 0}}
  func.func private @f(!llvm.ptr) attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void>, kcfi.implicit_object}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{function is variadic, its signature 'void (int)' is not}}
  llvm.func @f(i32, ...) attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{signature 'void (int, ...)' is variadic, the function is not}}
  llvm.func @f(i32) attributes {kcfi.sig = !kcfi.fn<(c.int, ...) -> c.void>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error@+1 {{missing result does not fit 'int'}}
  llvm.func @f() attributes {kcfi.sig = !kcfi.fn<() -> c.int>}
}

// -----

// A function whose own type is none is refused as such, before signatures are
// compared with it.
// expected-error@+1 {{'llvm.func' op attribute 'function_type' failed to satisfy constraint}}
"llvm.func"() <{function_type = i32, linkage = #llvm.linkage<external>, sym_name = "f"}> ({}) {kcfi.sig = !kcfi.fn<() -> c.void>} : () -> ()

// -----

// expected-error@+1 {{'func.func' op attribute 'function_type' failed to satisfy constraint}}
"func.func"() <{function_type = i32, sym_name = "f", sym_visibility = "private"}> ({}) {kcfi.sig = !kcfi.fn<() -> c.void>} : () -> ()

// -----

// expected-error@+1 {{'kcfi.source_filename' belongs on a module, not on 'func.func'}}
func.func private @f() attributes {kcfi.source_filename = "a.c"}

// -----

// expected-error@+1 {{'kcfi.source_filename' must be a string, found 1 : i64}}
module attributes {kcfi.source_filename = 1} {}

// -----

#T = #kcfi.rs.item<"app" "s1_" ["T"]>
// expected-error@+1 {{'kcfi.encoding' belongs on a module, not on 'kcfi.trait'}}
kcfi.trait @T : !kcfi.rs.dyn<[trait #T]> dyn_compatible attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a>} {}
