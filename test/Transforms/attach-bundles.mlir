// RUN: kcfi-opt --kcfi-attach-bundles --split-input-file %s | FileCheck %s

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK-LABEL: llvm.func @plain
  // CHECK-NEXT:  %[[ID:.*]] = llvm.mlir.constant(329620 : i32) : i32
  // CHECK-NEXT:  llvm.call %arg0(%arg1) ["kcfi"(%[[ID]] : i32)] : !llvm.ptr, (i32) -> i32
  llvm.func @plain(%f: !llvm.ptr, %x: i32) -> i32 {
    %r = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
    llvm.return %r : i32
  }
  // CHECK-LABEL: llvm.func @large_id
  // CHECK-NEXT:  llvm.mlir.constant(-1 : i32) : i32
  llvm.func @large_id(%f: !llvm.ptr) {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0xffffffff>} : !llvm.ptr, () -> ()
    llvm.return
  }
  // Other bundles stay, a right one of ours is kept.
  // CHECK-LABEL: llvm.func @bundles
  // CHECK:       llvm.call %arg0() ["deopt"(%arg1 : i32), "kcfi"(%{{.*}} : i32)] : !llvm.ptr, () -> ()
  // CHECK:       llvm.call %arg0() ["kcfi"(%{{.*}} : i32)] : !llvm.ptr, () -> ()
  llvm.func @bundles(%f: !llvm.ptr, %x: i32) {
    llvm.call %f() ["deopt"(%x : i32)] {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    %id = llvm.mlir.constant(329620 : i32) : i32
    llvm.call %f() ["kcfi"(%id : i32)] {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  // A direct call, too, keeps what it expects.
  // CHECK-LABEL: llvm.func @direct
  // CHECK:       llvm.call @plain(%arg0, %arg1) ["kcfi"(%{{.*}} : i32)]
  llvm.func @direct(%f: !llvm.ptr, %x: i32) -> i32 {
    %r = llvm.call @plain(%f, %x) {kcfi.type_id = #kcfi.type_id<0x00000007>} : (!llvm.ptr, i32) -> i32
    llvm.return %r : i32
  }
  // CHECK-LABEL: llvm.func @unchecked
  // CHECK-NEXT:  llvm.call %arg0() : !llvm.ptr, () -> ()
  // CHECK-NEXT:  llvm.call %arg0() {kcfi.checked
  llvm.func @unchecked(%f: !llvm.ptr) {
    llvm.call %f() : !llvm.ptr, () -> ()
    llvm.call %f() {kcfi.checked = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
}

// -----

module attributes {llvm.target_triple = "aarch64-unknown-linux-gnu"} {
  llvm.func @__gxx_personality_v0(...) -> i32
  // CHECK-LABEL: llvm.func @invoke
  // CHECK:       llvm.invoke %arg0(%arg1) to ^{{.*}}(%arg1 : i32) unwind ^{{.*}} ["kcfi"(%{{.*}} : i32)] : !llvm.ptr, (i32) -> ()
  llvm.func @invoke(%f: !llvm.ptr, %x: i32) attributes {personality = @__gxx_personality_v0} {
    llvm.invoke %f(%x) to ^ok(%x : i32) unwind ^bad {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> ()
  ^ok(%y: i32):
    llvm.return
  ^bad:
    %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
    llvm.resume %lp : !llvm.struct<(ptr, i32)>
  }
}

// -----

// The prefix of all definitions, also without any check in the module.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu",
                   kcfi.codegen = #kcfi.codegen<patchable_prefix = 11, patchable_entry = 5, arity>} {
  // CHECK: llvm.func @declared(){{$}}
  llvm.func @declared()
  // CHECK: llvm.func @defined() attributes {passthrough = {{\[}}["patchable-function-prefix", "11"], ["patchable-function-entry", "5"]]}
  llvm.func @defined() {
    llvm.return
  }
  // CHECK: llvm.func @others() attributes {passthrough = ["noinline", ["patchable-function-entry", "5"], ["patchable-function-prefix", "11"]]}
  llvm.func @others() attributes {passthrough = ["noinline", ["patchable-function-entry", "5"]]} {
    llvm.return
  }
  // The NOPs behind the entry are the function's own business.
  // CHECK: llvm.func @entry() attributes {passthrough = {{\[}}["patchable-function-prefix", "11"], ["patchable-function-entry", "0"]]}
  llvm.func @entry() attributes {passthrough = [["patchable-function-prefix", "11"], ["patchable-function-entry", "0"]]} {
    llvm.return
  }
}

// -----

// Nothing to do, no target needed.
// CHECK: {{^}}module {
module {
  // CHECK: llvm.call %arg0() : !llvm.ptr, () -> ()
  llvm.func @f(%f: !llvm.ptr) {
    llvm.call %f() : !llvm.ptr, () -> ()
    llvm.return
  }
}
