// Attributes of the dialect. In its custom form an attribute has one spelling.

// RUN: kcfi-opt --allow-unregistered-dialect --verify-roundtrip %s | FileCheck %s
// RUN: kcfi-opt --allow-unregistered-dialect %s | kcfi-opt --allow-unregistered-dialect | FileCheck %s
// RUN: kcfi-opt --allow-unregistered-dialect --mlir-print-op-generic %s | kcfi-opt --allow-unregistered-dialect | FileCheck %s
// RUN: kcfi-opt --allow-unregistered-dialect --emit-bytecode %s -o %t.mlirbc
// RUN: kcfi-opt --allow-unregistered-dialect %t.mlirbc | FileCheck %s

// CHECK-LABEL: module @hashes
// CHECK-SAME:    kcfi.encoding = #kcfi.encoding<hash = fnv1a>
module @hashes attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a>} {}

// CHECK-LABEL: module @normalized
// CHECK-SAME:    kcfi.encoding = #kcfi.encoding<hash = xxhash64, normalize_integers>
module @normalized attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64, normalize_integers>} {}

// CHECK-LABEL: module @generalized
// CHECK-SAME:    kcfi.encoding = #kcfi.encoding<hash = xxhash64, generalize_pointers>
module @generalized attributes {kcfi.encoding = #kcfi.encoding<hash = xxhash64, generalize_pointers>} {}

// CHECK-LABEL: module @both
// CHECK-SAME:    kcfi.encoding = #kcfi.encoding<hash = fnv1a, normalize_integers, generalize_pointers>
module @both attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a, generalize_pointers, normalize_integers>} {}

// CHECK-LABEL: module @no_codegen
// CHECK-SAME:    kcfi.codegen = #kcfi.codegen<>
module @no_codegen attributes {kcfi.codegen = #kcfi.codegen<>} {}

// CHECK-LABEL: module @zeros
// CHECK-SAME:    kcfi.codegen = #kcfi.codegen<>
module @zeros attributes {kcfi.codegen = #kcfi.codegen<patchable_prefix = 0, patchable_entry = 0>} {}

// CHECK-LABEL: module @prefix
// CHECK-SAME:    kcfi.codegen = #kcfi.codegen<patchable_prefix = 11>
module @prefix attributes {kcfi.codegen = #kcfi.codegen<patchable_prefix = 11>} {}

// CHECK-LABEL: module @entry
// CHECK-SAME:    kcfi.codegen = #kcfi.codegen<patchable_entry = 5>
module @entry attributes {kcfi.codegen = #kcfi.codegen<patchable_entry = 0x5>} {}

// CHECK-LABEL: module @arity
// CHECK-SAME:    kcfi.codegen = #kcfi.codegen<arity>
module @arity attributes {kcfi.codegen = #kcfi.codegen<arity>} {}

// CHECK-LABEL: module @all
// CHECK-SAME:    kcfi.codegen = #kcfi.codegen<patchable_prefix = 11, patchable_entry = 4294967295, arity>
module @all attributes {kcfi.codegen = #kcfi.codegen<arity, patchable_entry = 4294967295, patchable_prefix = 11>} {}

// An inner module may repeat the options of the outer one.
// CHECK-LABEL: module @outer
// CHECK-SAME:    kcfi.codegen = #kcfi.codegen<arity>
// CHECK-SAME:    kcfi.encoding = #kcfi.encoding<hash = fnv1a>
// CHECK:         module @inner
// CHECK-SAME:      kcfi.codegen = #kcfi.codegen<arity>
// CHECK-SAME:      kcfi.encoding = #kcfi.encoding<hash = fnv1a>
module @outer attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a>, kcfi.codegen = #kcfi.codegen<arity>} {
  module @inner attributes {kcfi.encoding = #kcfi.encoding<hash = fnv1a>, kcfi.codegen = #kcfi.codegen<arity>} {}
}

// CHECK-LABEL: module @parts
// CHECK-SAME:    test.anonymous = #kcfi.scope<anonymous>
// CHECK-SAME:    test.cast = #kcfi.cast_reason<launder>
// CHECK-SAME:    test.id = #kcfi.type_id<0x00050794>
// CHECK-SAME:    test.id_with_string = #kcfi.type_id<0xffffffff, "_ZTSFiiE">
// CHECK-SAME:    test.pack = #kcfi.pack<c.int, value<c.long, "-1">, pack<>, template<"Box">>
// CHECK-SAME:    test.scope = #kcfi.scope<"ns">
// CHECK-SAME:    test.specialisation = #kcfi.scope<"Outer" args [c.int]>
// CHECK-SAME:    test.template = #kcfi.template<"Box" in ["a", anonymous, "b" args [c.char]]>
// CHECK-SAME:    test.value = #kcfi.value<c.int, "7">
module @parts attributes {
  test.id = #kcfi.type_id<329620>,
  test.id_with_string = #kcfi.type_id<0xFFFFFFFF, "_ZTSFiiE">,
  test.cast = #kcfi.cast_reason<launder>,
  test.scope = #kcfi.scope<"ns">,
  test.anonymous = #kcfi.scope<anonymous>,
  test.specialisation = #kcfi.scope<"Outer" args [c.int]>,
  test.value = #kcfi.value<c.int, "7">,
  test.pack = #kcfi.pack<c.int, value<c.long, "-1">, pack<>, template<"Box">>,
  test.template = #kcfi.template<"Box" in ["a", anonymous, "b" args [c.char]]>
} {}
