// Attributes that the import and kcfi-raise-from-llvm make.

// RUN: kcfi-opt --split-input-file --verify-diagnostics %s

// expected-error@+1 {{'kcfi.debug_sig' must be a '!kcfi.fn' type, or a string that says why there is none, found 1 : i32}}
llvm.func @f() attributes {kcfi.debug_sig = 1 : i32}

// -----

// expected-error@+1 {{'kcfi.debug_sig' must be a '!kcfi.fn' type, or a string that says why there is none, found !kcfi.raw<0x00000001>}}
llvm.func @f() attributes {kcfi.debug_sig = !kcfi.raw<0x1>}

// -----

// expected-error@+1 {{'kcfi.debug_sig' belongs on a function, not on 'builtin.module'}}
module attributes {kcfi.debug_sig = "no types"} {}

// -----

// expected-error@+1 {{'kcfi.debug_types' belongs on a module, not on 'llvm.func'}}
llvm.func @f() attributes {kcfi.debug_types = []}

// -----

// expected-error@+1 {{'kcfi.debug_types' must be an array of '!kcfi.fn' types}}
module attributes {kcfi.debug_types = [!kcfi.raw<0x1>]} {}

// -----

// expected-error@+1 {{'kcfi.type_metadata' belongs on a function or 'llvm.mlir.global', not on 'builtin.module'}}
module attributes {kcfi.type_metadata = []} {}

// -----

// expected-error@+1 {{'kcfi.type_metadata' must be an array of pairs, each a 64-bit offset and a string}}
llvm.func @f() attributes {kcfi.type_metadata = [0]}

// -----

// expected-error@+1 {{'kcfi.type_metadata' must be an array of pairs, each a 64-bit offset and a string}}
llvm.func @f() attributes {kcfi.type_metadata = [[0 : i32, "_ZTSFvvE"]]}

// -----

// expected-error@+1 {{'kcfi.llvm_properties' belongs on 'kcfi.call' or 'kcfi.invoke', not on 'llvm.func'}}
llvm.func @f() attributes {kcfi.llvm_properties = {}}

// -----

llvm.func @f(%p: !llvm.ptr) {
  %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  // expected-error@+1 {{'kcfi.llvm_properties' must be a dictionary, found 1 : i64}}
  kcfi.call %f() {kcfi.llvm_properties = 1} : !kcfi.fnptr<() -> c.void>, () -> ()
  llvm.return
}

// -----

llvm.func @f(%p: !llvm.ptr) {
  %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  // expected-error@+1 {{'kcfi.llvm_properties' has 'no_such_thing', which is not a property of 'llvm.call' that can stand there}}
  kcfi.call %f() {kcfi.llvm_properties = {no_such_thing}} : !kcfi.fnptr<() -> c.void>, () -> ()
  llvm.return
}

// -----

llvm.func @f(%p: !llvm.ptr) {
  %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  // expected-error@+1 {{'kcfi.llvm_properties' has 'CConv', which is not a property of 'llvm.call' that can stand there}}
  kcfi.call %f() {kcfi.llvm_properties = {CConv = #llvm.cconv<fastcc>}} : !kcfi.fnptr<() -> c.void>, () -> ()
  llvm.return
}

// -----

llvm.func @f(%p: !llvm.ptr) {
  %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  // expected-error@+1 {{no_unwind}}
  kcfi.call %f() {kcfi.llvm_properties = {no_unwind = 3}} : !kcfi.fnptr<() -> c.void>, () -> ()
  llvm.return
}
