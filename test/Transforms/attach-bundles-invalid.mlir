// RUN: kcfi-opt --kcfi-attach-bundles --split-input-file --verify-diagnostics %s

// expected-error @+1 {{type ids depend on the target}}
module {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<0x00050794>}
}

// -----

module attributes {llvm.target_triple = "loongarch64-unknown-linux-gnu"} {
  llvm.func @f(%f: !llvm.ptr) {
    // expected-error @+1 {{this check cannot be an operand bundle: LLVM has no native lowering of kcfi operand bundles for}}
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f(%f: !llvm.ptr, %d: i64, %v: i32) {
    // expected-error @+1 {{this check cannot be an operand bundle: LLVM's x86-64 check overwrites %r10, which passes the nest argument; run 'kcfi-expand-checks' first}}
    llvm.call %f(%f) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (!llvm.ptr {llvm.nest}) -> ()
    %key = llvm.mlir.constant(0 : i32) : i32
    // expected-error @+1 {{a call with a "ptrauth" bundle cannot be checked: LLVM makes the check before it authenticates the pointer}}
    llvm.call %f() ["ptrauth"(%key, %d : i32, i64)] {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    // expected-error @+1 {{has a "kcfi" bundle that is not the constant 0x00050794 of its type id}}
    llvm.call %f() ["kcfi"(%key : i32)] {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    // expected-error @+1 {{has a "kcfi" bundle that is not the constant}}
    llvm.call %f() ["kcfi"(%v : i32)] {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    %wide = llvm.mlir.constant(329620 : i64) : i64
    // expected-error @+1 {{has a "kcfi" bundle that is not the constant}}
    llvm.call %f() ["kcfi"(%wide : i64)] {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    %right = llvm.mlir.constant(329620 : i32) : i32
    // expected-error @+1 {{has a "kcfi" bundle that is not the constant}}
    llvm.call %f() ["kcfi"(%right, %right : i32, i32)] {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu", kcfi.codegen = #kcfi.codegen<patchable_prefix = 11>} {
  // expected-error @+1 {{has "patchable-function-prefix"="4", but 'kcfi.codegen' of the module says 11: checks look for the id in front of the caller's prefix}}
  llvm.func @f() attributes {passthrough = [["patchable-function-prefix", "4"]]} {
    llvm.return
  }
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // expected-error @+1 {{has "patchable-function-prefix"="4", but 'kcfi.codegen' of the module says 0}}
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<0x00050794>, passthrough = [["patchable-function-prefix", "4"]]} {
    llvm.return
  }
}

// -----

// expected-error @+1 {{patchable prefixes do not work together with KCFI on ARM}}
module attributes {llvm.target_triple = "armv7a-unknown-linux-gnueabi", kcfi.codegen = #kcfi.codegen<patchable_prefix = 4>} {
}

// -----

// expected-error @+1 {{KCFI arity has no meaning on aarch64}}
module attributes {llvm.target_triple = "aarch64-unknown-linux-gnu", kcfi.codegen = #kcfi.codegen<arity>} {
}
