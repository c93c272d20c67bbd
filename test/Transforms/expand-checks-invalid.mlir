// RUN: kcfi-opt --kcfi-expand-checks=all --split-input-file --verify-diagnostics %s

// expected-error @+1 {{type ids depend on the target, but the module has no attribute 'llvm.target_triple'}}
module {
  llvm.func @f(%f: !llvm.ptr) {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
}

// -----

module attributes {llvm.target_triple = "riscv64-unknown-linux-gnu", kcfi.codegen = #kcfi.codegen<patchable_prefix = 8>} {
  llvm.func @f(%f: !llvm.ptr) {
    // expected-error @+1 {{cannot expand this check: the size of the patchable prefix depends on the target features of the function, which has none; add 'target_features'}}
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
}

// -----

// A check needs blocks of the function.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f(%f: !llvm.ptr, %c: i1) {
    scf.if %c {
      // expected-error @+1 {{cannot expand this check: the call is nested in 'scf.if', convert the whole function to the LLVM dialect first}}
      llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    }
    llvm.return
  }
  func.func @g(%f: !llvm.ptr) {
    // expected-error @+1 {{cannot expand this check: the call is nested in 'func.func', convert}}
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    return
  }
}
