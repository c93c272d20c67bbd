// With the option, arithmetic is converted together with functions; without it
// the stock conversion does that.
// RUN: kcfi-opt --convert-kcfi-to-llvm=arithmetic=true %s | FileCheck %s
// RUN: kcfi-opt --convert-kcfi-to-llvm %s | FileCheck %s --check-prefix=WITHOUT
// RUN: kcfi-opt --convert-kcfi-to-llvm=arithmetic=true --mlir-disable-threading %s | FileCheck %s

// An argument that is a function pointer changes its type; nothing is left
// between it and its uses.
// CHECK-LABEL: llvm.func @apply
// CHECK-SAME: (%[[F:.*]]: !llvm.ptr, %[[X:.*]]: i32)
// CHECK-NEXT: %[[Y:.*]] = llvm.add %[[X]], %[[X]]
// CHECK-NEXT: %[[R:.*]] = llvm.call %[[F]](%[[Y]]) {kcfi.type_id
// CHECK-NEXT: llvm.return %[[R]]
// WITHOUT-LABEL: llvm.func @apply
// WITHOUT: arith.addi
func.func @apply(%f: !kcfi.fnptr<(c.int) -> c.int>, %x: i32) -> i32 {
  %y = arith.addi %x, %x : i32
  %r = kcfi.call %f(%y) id <0x00050794, "_ZTSFiiE"> : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
  return %r : i32
}

// A cast that was there before the pass stays.
// CHECK-LABEL: llvm.func @casts
// CHECK: builtin.unrealized_conversion_cast
llvm.func @casts(%x: i32) -> i32 {
  %0 = builtin.unrealized_conversion_cast %x : i32 to index
  %1 = builtin.unrealized_conversion_cast %0 : index to i32
  llvm.return %1 : i32
}

// What declares a function is left for the stock conversion, which sees the
// whole module.
// CHECK-LABEL: llvm.func @asserts
// CHECK: cf.assert
func.func @asserts(%x: i1) {
  cf.assert %x, "x"
  return
}
