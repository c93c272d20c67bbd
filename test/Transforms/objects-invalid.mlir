// A vtable with a function that calls through the slot would not reach.

// RUN: kcfi-opt %s --kcfi-verify-level=level=L2 --split-input-file --verify-diagnostics
// RUN: kcfi-opt %s --kcfi-assign-type-ids --kcfi-verify-level=level=L3 --split-input-file --verify-diagnostics

#A = #kcfi.rs.item<"shapes" "s1_" ["A"]>
#S = #kcfi.rs.item<"shapes" "s1_" ["S"]>
#Drop = #kcfi.rs.item<"core" "sgEmfK2I1SDT_" ["ops", "drop", "Drop"]>
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  kcfi.trait @A : !kcfi.rs.dyn<[trait #A]> dyn_compatible drop !kcfi.rs.fn<(rs.ptr<mut rs.dyn<[trait #Drop]>>) -> rs.unit> {
    kcfi.method @a : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.i32> vtable_safe
    kcfi.method @b : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.i32> vtable_safe
    kcfi.method @c : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.i32> vtable_safe
  }
  // Not said to be a method.
  func.func private @a(!llvm.ptr) -> i32 attributes {kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.i32>}
  func.func private @b(!llvm.ptr) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<rs.adt<#S>>) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #A]>, receiver rs.ref<rs.param<"Self">>>}
  // Of another receiver.
  func.func private @c(!llvm.ptr) -> i32 attributes {
    kcfi.sig = !kcfi.rs.fn<(rs.ref<mut rs.adt<#S>>) -> rs.i32>,
    kcfi.callable = #kcfi.rs.callable<impl_method, object rs.dyn<[trait #A]>, receiver rs.ref<mut rs.param<"Self">>>}
  // expected-error @below {{violates level L2: slot 0 for '@A::@a' is called as 'fn(&Self) -> i32' with type id 0xf763da1e, its function '@a' is 'fn(&S) -> i32' with 0x8a2fb690}}
  // expected-error @below {{violates level L2: slot 2 for '@A::@c' is called as 'fn(&Self) -> i32' with type id 0xf763da1e, its function '@c' is 'fn(&mut S) -> i32' with 0x7d32dd19}}
  // expected-error @below {{violates level L2: the drop slot is called as 'fn(*mut dyn Drop)' with type id 0xa0b3de1e, its function '@b' is 'fn(&S) -> i32' with 0xf763da1e}}
  kcfi.vtable @S.A : @A for !kcfi.rs.adt<#S> size 8 align 8 drop @b slots [@a, @b, @c]
}
