// Without a target nothing can be encoded: ids stay numbers, and the round trip
// works all the same.

// RUN: kcfi-opt --kcfi-raise-from-llvm --remarks-filter='kcfi.*' %s -o %t.mlir 2> %t.txt
// RUN: FileCheck %s < %t.mlir
// RUN: FileCheck %s --check-prefix=REMARK < %t.txt
// RUN: kcfi-opt --convert-kcfi-to-llvm %t.mlir | FileCheck %s --check-prefix=BACK

// CHECK: kcfi.sig = !kcfi.raw<0x00050794>
// CHECK: kcfi.call %{{.*}} id <0x00050794> {{.*}} !kcfi.fnptr<raw<0x00050794>>
// REMARK: Function=f {{.*}}the target is not known
// BACK-NOT: kcfi.call
// BACK: llvm.call %{{.*}} {kcfi.type_id = #kcfi.type_id<0x00050794>}
llvm.func @f(%p: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.debug_sig = !kcfi.fn<(c.int) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00050794>} {
  %0 = llvm.call %p(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
  llvm.return %0 : i32
}
