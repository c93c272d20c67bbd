// RUN: kcfi-opt %s | kcfi-opt | FileCheck %s
// RUN: kcfi-opt %s --mlir-print-op-generic | kcfi-opt | FileCheck %s
// RUN: kcfi-opt %s --emit-bytecode | kcfi-opt | FileCheck %s

func.func private @f(i32) attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.void>}
// CHECK: kcfi.entry @f.as.uint of @f : !kcfi.fn<(c.uint) -> c.void>{{$}}
kcfi.entry @f.as.uint of @f : !kcfi.fn<(c.uint) -> c.void>
// CHECK: kcfi.entry private @f.as.long of @f : !kcfi.raw<0x00000007> form jump because ["a call", "a table"] {kcfi.type_id = #kcfi.type_id<0x00000007>}
kcfi.entry private @f.as.long of @f : !kcfi.raw<0x7> form jump because ["a call", "a table"] {kcfi.type_id = #kcfi.type_id<0x7>}
// CHECK: form clone
kcfi.entry @c of @f : !kcfi.fn<() -> c.void> form clone
// CHECK: form fallthrough
kcfi.entry @t of @f : !kcfi.fn<() -> c.void> form fallthrough
// CHECK: form adjacent
kcfi.entry @a of @f : !kcfi.fn<() -> c.void> form adjacent
func.func @get() -> !kcfi.fnptr<(c.uint) -> c.void> {
  // CHECK: kcfi.address_of @f.as.uint : !kcfi.fnptr<(c.uint) -> c.void>
  %f = kcfi.address_of @f.as.uint : !kcfi.fnptr<(c.uint) -> c.void>
  return %f : !kcfi.fnptr<(c.uint) -> c.void>
}

// Slots of vtables.
#Shape = #kcfi.rs.item<"shapes" "s1_" ["Shape"]>
kcfi.trait @Shape : !kcfi.rs.dyn<[trait #Shape]> dyn_compatible drop !kcfi.rs.fn<(rs.ptr<mut rs.unit>) -> rs.unit> {
  kcfi.method @area : !kcfi.rs.fn<(rs.ref<rs.param<"Self">>) -> rs.f64> vtable_safe
}
kcfi.vtable private @v : @Shape for !kcfi.rs.i32 size 4 align 4 drop @a slots [@t]
// CHECK: kcfi.entry @aligned of @f : !kcfi.fn<() -> c.void> form jump align 64 because ["a", "b"]{{$}}
kcfi.entry @aligned of @f : !kcfi.fn<() -> c.void> form jump align 64 because ["a", "b"]
// CHECK: kcfi.entry @unaligned of @f : !kcfi.fn<() -> c.void>{{$}}
kcfi.entry @unaligned of @f : !kcfi.fn<() -> c.void> align 1
