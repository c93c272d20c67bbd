// RUN: kcfi-opt %s --convert-kcfi-to-llvm --split-input-file --verify-diagnostics

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {
  kcfi.method @m : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.unit> vtable_safe
}
func.func @f(%d: !llvm.ptr, %v: !llvm.ptr) {
  // expected-error @below {{'kcfi.call_virtual' op has no type id: run 'kcfi-assign-type-ids' before the conversion to LLVM}}
  // expected-error @below {{failed to legalize operation 'kcfi.call_virtual'}}
  kcfi.call_virtual %d, %v[@A::@m] () : (!llvm.ptr, !llvm.ptr) -> ()
  return
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible drop !kcfi.rs.fn<(rs.ptr<mut rs.u8>) -> rs.unit> {}
func.func @f(%d: !llvm.ptr, %v: !llvm.ptr, %c: i1) {
  scf.if %c {
    // expected-error @below {{needs blocks of its own, but is in a region of 'scf.if': lower that to branches before}}
    // expected-error @below {{failed to legalize operation 'kcfi.drop_virtual'}}
    kcfi.drop_virtual %d, %v of @A id <1>
  }
  return
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
module attributes {llvm.target_triple = "armv7a-unknown-linux-gnueabi"} {
  kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {}
  // expected-error @below {{is for a type that does not fit into the memory of the target: its size and alignment are 32-bit numbers}}
  // expected-error @below {{failed to legalize operation 'kcfi.vtable'}}
  kcfi.vtable @v : @A for !kcfi.rs.array<4294967296, rs.u8> size 4294967296 align 1 slots []
}

// -----

#A = #kcfi.rs.item<"a" "s1_" ["A"]>
kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible {}
func.func @f() {
  // expected-error @below {{'kcfi.as_fn_object' op is left: run 'kcfi-expand-coercions' before the conversion to LLVM}}
  // expected-error @below {{failed to legalize operation 'kcfi.as_fn_object'}}
  %v = kcfi.as_fn_object as @A for !kcfi.rs.fn<() -> rs.unit> : () -> ()
  return
}
