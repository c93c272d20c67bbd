// What calls say besides callee and arguments survives raising and lowering.

// RUN: kcfi-opt --kcfi-raise-from-llvm %s -o %t.raised.mlir
// RUN: FileCheck %s < %t.raised.mlir
// RUN: kcfi-opt --convert-kcfi-to-llvm %t.raised.mlir -o %t.lowered.mlir
// RUN: FileCheck %s --check-prefix=BACK < %t.lowered.mlir
// RUN: sed 's/kcfi.sig = !kcfi.raw<0x[0-9a-f]*>, //' %t.lowered.mlir > %t.untyped.mlir
// RUN: kcfi-opt %s | diff - %t.untyped.mlir

// Bytecode keeps the attributes.
// RUN: kcfi-opt --emit-bytecode %t.raised.mlir | kcfi-opt | diff %t.raised.mlir -

// CHECK-NOT: llvm.call %
// CHECK-NOT: llvm.invoke %
// BACK-NOT: kcfi.call
// BACK-NOT: kcfi.invoke
// BACK-NOT: kcfi.cast

#domain = #llvm.alias_scope_domain<id = distinct[0]<>>
#scope = #llvm.alias_scope<id = distinct[1]<>, domain = #domain>
#group = #llvm.access_group<id = distinct[2]<>>
#root = #llvm.tbaa_root<id = "root">
#char = #llvm.tbaa_type_desc<id = "char", members = {<#root, 0>}>
#tag = #llvm.tbaa_tag<base_type = #char, access_type = #char, offset = 0>

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @__gxx_personality_v0(...) -> i32

  llvm.func @f(f32) -> f32 attributes {kcfi.type_id = #kcfi.type_id<0x00001234>}

  // CHECK-LABEL: llvm.func @calls
  llvm.func @calls(%f: !llvm.ptr, %x: f32, %p: !llvm.ptr) -> f32 {
    // CHECK: kcfi.call
    // CHECK-SAME: kcfi.llvm_properties = {fastmathFlags = #llvm.fastmath<nnan, contract>}
    %0 = llvm.call %f(%x) {fastmathFlags = #llvm.fastmath<nnan, contract>, kcfi.type_id = #kcfi.type_id<0x00001234>} : !llvm.ptr, (f32) -> f32
    // CHECK: kcfi.call
    // CHECK-SAME: CConv = #llvm.cconv<fastcc>, TailCallKind = #llvm.tailcallkind<tail>
    %1 = llvm.call fastcc tail %f(%x) {kcfi.type_id = #kcfi.type_id<0x00001234>} : !llvm.ptr, (f32) -> f32
    // CHECK: kcfi.call
    // CHECK-SAME: arg_attrs = [{llvm.noundef}]
    // CHECK-SAME: convergent
    // CHECK-SAME: memory_effects
    // CHECK-SAME: no_unwind
    // CHECK-SAME: will_return
    // CHECK-SAME: res_attrs = [{llvm.noundef}]
    %2 = llvm.call %f(%x) {convergent, no_unwind, will_return, memory_effects = #llvm.memory_effects<other = none, argMem = read, inaccessibleMem = none, errnoMem = none, targetMem0 = none, targetMem1 = none>, kcfi.type_id = #kcfi.type_id<0x00001234>} : !llvm.ptr, (f32 {llvm.noundef}) -> (f32 {llvm.noundef})
    // CHECK: kcfi.call
    // CHECK-SAME: access_groups
    // CHECK-SAME: alias_scopes
    // CHECK-SAME: noalias_scopes
    // CHECK-SAME: tbaa
    %3 = llvm.call %f(%x) {access_groups = [#group], alias_scopes = [#scope], noalias_scopes = [#scope], tbaa = [#tag], kcfi.type_id = #kcfi.type_id<0x00001234>} : !llvm.ptr, (f32) -> f32
    // Attributes that no one here knows.
    // CHECK: kcfi.call
    // CHECK-SAME: llvm.something = 1 : i32
    %4 = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00001234>, llvm.something = 1 : i32} : !llvm.ptr, (f32) -> f32
    // CHECK: kcfi.call {{.*}} fixed(1)
    // CHECK-SAME: var_callee_type = !llvm.func<f32 (f32, ...)>
    %5 = llvm.call %f(%x, %p) vararg(!llvm.func<f32 (f32, ...)>) {kcfi.type_id = #kcfi.type_id<0x00001234>} : !llvm.ptr, (f32, !llvm.ptr) -> f32
    // A block that cannot be reached keeps its check.
    // CHECK: llvm.return
    // CHECK: kcfi.call
    llvm.return %0 : f32
  ^bb1:
    %6 = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00001234>} : !llvm.ptr, (f32) -> f32
    llvm.return %6 : f32
  }

  // CHECK-LABEL: llvm.func @invokes
  llvm.func @invokes(%f: !llvm.ptr, %x: f32) -> f32 attributes {personality = @__gxx_personality_v0} {
    %n = llvm.mlir.constant(1 : i32) : i32
    // CHECK: kcfi.invoke {{.*}} to ^bb1(%{{.*}} : i32) unwind ^bb2(%{{.*}} : i32)
    // CHECK-SAME: CConv = #llvm.cconv<fastcc>
    // CHECK-SAME: kcfi.llvm_properties = {branch_weights = array<i32: 9, 1>}
    %0 = llvm.invoke fastcc %f(%x) to ^ok(%n : i32) unwind ^bad(%n : i32) {branch_weights = array<i32: 9, 1>, kcfi.type_id = #kcfi.type_id<0x00001234>} : !llvm.ptr, (f32) -> f32
  ^ok(%a: i32):
    llvm.return %0 : f32
  ^bad(%b: i32):
    %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
    llvm.resume %lp : !llvm.struct<(ptr, i32)>
  }

  // CHECK-LABEL: llvm.func @address
  llvm.func @address() -> !llvm.ptr {
    // CHECK: kcfi.address_of @f
    %0 = llvm.mlir.addressof @f : !llvm.ptr
    llvm.return %0 : !llvm.ptr
  }
}
