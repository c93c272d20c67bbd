// A shim whose target is a shim: rustc makes none, but input may be anything. The
// outer one stays, since its target may go.

// RUN: kcfi-opt %s --kcfi-fold-shims --remarks-filter=kcfi -o %t.mlir 2>&1 | FileCheck %s
// CHECK-DAG: Fate=kept, Function="<m::S as m::T>::two::{shim:reify_fnptr#0}", Reason="its method is nowhere else in the module"
// CHECK-DAG: Fate=entry, Function="<m::S as m::T>::one::{shim:reify_fnptr#0}"
// CHECK: Entries=1, Kept=1, Retyped=0, SameId=0, Shims=2

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T3two11reify_fnptrB4_(%s: !llvm.ptr) attributes {kcfi.type_id = #kcfi.type_id<0x00000011>} {
    llvm.call @_RNSNvXCs1_1mNtB4_1SNtB4_1T3one11reify_fnptrB4_(%s) : (!llvm.ptr) -> ()
    llvm.return
  }
  llvm.func internal unnamed_addr @_RNSNvXCs1_1mNtB4_1SNtB4_1T3one11reify_fnptrB4_(%s: !llvm.ptr) attributes {kcfi.type_id = #kcfi.type_id<0x00000022>} {
    llvm.call @_RNvXCs1_1mNtB2_1SNtB2_1T3one(%s) : (!llvm.ptr) -> ()
    llvm.return
  }
  llvm.func @_RNvXCs1_1mNtB2_1SNtB2_1T3one(%s: !llvm.ptr) attributes {kcfi.type_id = #kcfi.type_id<0x00000033>} {
    llvm.return
  }
}
