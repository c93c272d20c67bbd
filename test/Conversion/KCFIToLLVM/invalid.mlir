// RUN: kcfi-opt --convert-kcfi-to-llvm --split-input-file --verify-diagnostics %s
// RUN: kcfi-opt --convert-to-llvm --split-input-file --verify-diagnostics %s

func.func @call(%f: !kcfi.fnptr<() -> c.void>) {
  // expected-error @+2 {{'kcfi.call' op has no type id: run 'kcfi-assign-type-ids' before the conversion to LLVM}}
  // expected-error @+1 {{failed to legalize operation 'kcfi.call'}}
  kcfi.call %f() : !kcfi.fnptr<() -> c.void>, () -> ()
  return
}

// -----

llvm.func @__gxx_personality_v0(...) -> i32
llvm.func @invoke(%p: !llvm.ptr) attributes {personality = @__gxx_personality_v0} {
  %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<() -> c.void>
  // expected-error @+2 {{'kcfi.invoke' op has no type id: run 'kcfi-assign-type-ids' before the conversion to LLVM}}
  // expected-error @+1 {{failed to legalize operation 'kcfi.invoke'}}
  kcfi.invoke %f() to ^ok unwind ^bad : !kcfi.fnptr<() -> c.void>, () -> ()
^ok:
  llvm.return
^bad:
  %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
  llvm.resume %lp : !llvm.struct<(ptr, i32)>
}

// -----

// A type that becomes neither a pointer nor an integer.
func.func @cast(%p: !llvm.struct<(ptr)>) {
  // expected-error @+1 {{failed to legalize operation 'kcfi.cast'}}
  %f = kcfi.cast launder %p : !llvm.struct<(ptr)> to !kcfi.fnptr<() -> c.void>
  kcfi.call unchecked %f() : !kcfi.fnptr<() -> c.void>, () -> ()
  return
}
