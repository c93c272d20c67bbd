// RUN: split-file %s %t
// RUN: kcfi-opt %t/x86_64.mlir --convert-kcfi-to-llvm | FileCheck %t/x86_64.mlir
// RUN: kcfi-opt %t/aligned.mlir --convert-kcfi-to-llvm | FileCheck %t/aligned.mlir
// RUN: kcfi-opt %t/auto.mlir --convert-kcfi-to-llvm --split-input-file --remarks-filter="kcfi.*" -o /dev/null 2>&1 | FileCheck %t/auto.mlir
// RUN: kcfi-opt %t/riscv64.mlir --convert-kcfi-to-llvm | FileCheck %t/riscv64.mlir

//--- x86_64.mlir
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // A jump has what callers see of the function, and nothing else of it.
  // CHECK: llvm.func @declared(!llvm.ptr {llvm.sret = !llvm.array<9 x i8>}, i8 {llvm.zeroext}) attributes {kcfi.type_id = #kcfi.type_id<0x00000001>, passthrough = ["naked", ["a", "b"], "nounwind"], section = ".init.text", uwtable_kind = #llvm.uwtableKind<async>}
  llvm.func @declared(!llvm.ptr {llvm.sret = !llvm.array<9 x i8>}, i8 {llvm.zeroext})
    attributes {kcfi.type_id = #kcfi.type_id<1>, section = ".init.text", uwtable_kind = #llvm.uwtableKind<async>,
                passthrough = ["naked", ["a", "b"], "nounwind"]}
  // CHECK-NEXT: llvm.func internal @jump(%arg0: !llvm.ptr {llvm.sret = !llvm.array<9 x i8>}, %arg1: i8 {llvm.zeroext}) attributes {dso_local, kcfi.type_id = #kcfi.type_id<0x00000007>, no_inline, passthrough = {{\[\["a", "b"\], "nounwind", "minsize"\]}}, section = ".init.text", uwtable_kind = #llvm.uwtableKind<async>} {
  // CHECK-NEXT:   llvm.call musttail @declared(%arg0, %arg1) {no_inline} : (!llvm.ptr {llvm.sret = !llvm.array<9 x i8>}, i8 {llvm.zeroext}) -> ()
  // CHECK-NEXT:   llvm.return
  // CHECK-NEXT: }
  kcfi.entry private @jump of @declared : !kcfi.raw<7> form jump {kcfi.type_id = #kcfi.type_id<7>}

  llvm.func fastcc @other_convention(i32) -> (i32 {llvm.signext})
  // CHECK: llvm.func fastcc @visible(%arg0: i32) -> (i32 {llvm.signext}) attributes
  // CHECK-NEXT: %[[R:.*]] = llvm.call fastcc musttail @other_convention(%arg0) {no_inline} : (i32) -> (i32 {llvm.signext})
  // CHECK-NEXT: llvm.return %[[R]] : i32
  kcfi.entry @visible of @other_convention : !kcfi.raw<7> form jump {kcfi.type_id = #kcfi.type_id<7>}

  llvm.func @variadic(i32, ...) -> i32
  // CHECK: llvm.func internal @jump_variadic(%arg0: i32, ...) -> i32 attributes
  // CHECK-NEXT: llvm.call musttail @variadic(%arg0) vararg(!llvm.func<i32 (i32, ...)>) {no_inline}
  kcfi.entry private @jump_variadic of @variadic : !kcfi.raw<7> form jump {kcfi.type_id = #kcfi.type_id<7>}

  // A copy has the body, without what belongs to one function only.
  llvm.comdat @c { llvm.comdat_selector @any any }
  llvm.func linkonce_odr unnamed_addr @inc(%x: i32) -> i32 comdat(@c::@any)
      attributes {kcfi.sig = !kcfi.raw<1>, kcfi.type_id = #kcfi.type_id<1>, always_inline, function_entry_count = 7 : i64} {
    %one = llvm.mlir.constant(1 : i32) : i32
    %r = llvm.add %x, %one : i32
    llvm.return %r : i32
  }
  // CHECK: llvm.func internal @clone(%arg0: i32) -> i32 attributes {always_inline, dso_local, kcfi.type_id = #kcfi.type_id<0x00000007>} {
  // CHECK-NEXT:   %[[ONE:.*]] = llvm.mlir.constant
  // CHECK-NEXT:   %[[R:.*]] = llvm.add %arg0, %[[ONE]] : i32
  // CHECK-NEXT:   llvm.return %[[R]] : i32
  kcfi.entry private @clone of @inc : !kcfi.raw<7> form clone {kcfi.type_id = #kcfi.type_id<7>}

  // Functions of other dialects are converted first. All uses stay.
  // CHECK: llvm.func @two_ids() attributes {
  // CHECK-SAME: kcfi.prefix_data = array<i8: 0, 0, 0, 0, 0, 0, -72, 8, 0, 0, 0, -72, 7, 0, 0, 0>
  func.func @two_ids() attributes {kcfi.sig = !kcfi.raw<1>, kcfi.type_id = #kcfi.type_id<1>} {
    return
  }
  // CHECK: llvm.mlir.alias internal @near {dso_local} : !llvm.func<void ()> {
  // CHECK-NEXT: %[[F:.*]] = llvm.mlir.addressof @two_ids : !llvm.ptr
  // CHECK-NEXT: %[[E:.*]] = llvm.getelementptr %[[F]][-16] : (!llvm.ptr) -> !llvm.ptr, i8
  // CHECK-NEXT: llvm.return %[[E]] : !llvm.ptr
  kcfi.entry private @near of @two_ids : !kcfi.raw<7> form fallthrough {kcfi.type_id = #kcfi.type_id<7>}
  // The name that LLVM gives to what stands in front of a function.
  // CHECK: llvm.mlir.alias internal @__cfi_near {dso_local} : !llvm.func<void ()> {
  // CHECK: llvm.getelementptr %{{.*}}[-21]
  // CHECK: llvm.mlir.alias external @far {dso_local} : !llvm.func<void ()> {
  // CHECK: llvm.getelementptr %{{.*}}[-21]
  // CHECK: llvm.mlir.alias external @__cfi_far {dso_local} : !llvm.func<void ()> {
  // CHECK: llvm.getelementptr %{{.*}}[-26]
  kcfi.entry @far of @two_ids : !kcfi.raw<8> form fallthrough {kcfi.type_id = #kcfi.type_id<8>}
  // CHECK: llvm.mlir.addressof @far
  func.func @get() -> !kcfi.fnptr<raw<8>> {
    %f = kcfi.address_of @far : !kcfi.fnptr<raw<8>>
    return %f : !kcfi.fnptr<raw<8>>
  }
}

//--- aligned.mlir
// Both entries lie 32 bytes apart, at multiples of 32 if the function is 16 bytes
// behind one. What lies between them is executed.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK: llvm.func @two_ids() attributes {alignment = 32 : i64,
  // CHECK-SAME: kcfi.prefix_data = array<i8: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  // CHECK-SAME: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -72, 8, 0, 0, 0,
  // CHECK-SAME: 102, 15, 31, -124, 0, 0, 0, 0, 0, 102, 15, 31, -124, 0, 0, 0,
  // CHECK-SAME: 0, 0, 102, 15, 31, -124, 0, 0, 0, 0, 0, -72, 7, 0, 0, 0>
  llvm.func @two_ids() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // CHECK: llvm.mlir.alias internal @near
  // CHECK: llvm.getelementptr %{{.*}}[-16]
  kcfi.entry private @near of @two_ids : !kcfi.raw<7> form fallthrough align 32 {kcfi.type_id = #kcfi.type_id<7>}
  // CHECK: llvm.mlir.alias external @far
  // CHECK: llvm.getelementptr %{{.*}}[-48]
  kcfi.entry @far of @two_ids : !kcfi.raw<8> form fallthrough align 32 {kcfi.type_id = #kcfi.type_id<8>}

  // Function and entry at a multiple of 64.
  // CHECK: llvm.func @aligned() attributes {alignment = 64 : i64,
  // CHECK-SAME: kcfi.prefix_data = array<i8: {{((0, ){59})}}-72, 7, 0, 0, 0, {{((102, 15, 31, -124, 0, 0, 0, 0, 0, ){5})}}15, 31, 0>
  llvm.func @aligned() attributes {alignment = 64 : i64, kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // CHECK: llvm.getelementptr %{{.*}}[-64]
  kcfi.entry private @e of @aligned : !kcfi.raw<7> form fallthrough align 64 {kcfi.type_id = #kcfi.type_id<7>}

  // Functions that stand for entries, behind 16 and 8 bytes that LLVM puts there.
  // CHECK: llvm.func internal @jump() attributes {alignment = 64 : i64,
  // CHECK-SAME: kcfi.prefix_data = array<i8: {{(0, ){55}0>}}
  kcfi.entry private @jump of @aligned : !kcfi.raw<8> form jump align 64 {kcfi.type_id = #kcfi.type_id<8>}
  // CHECK: llvm.func internal @less() attributes {alignment = 64 : i64,
  // CHECK-SAME: kcfi.prefix_data = array<i8: {{(0, ){47}0>}}
  kcfi.entry private @less of @aligned : !kcfi.raw<8> form clone align 32 {kcfi.type_id = #kcfi.type_id<8>}
}

//--- auto.mlir
// What is chosen, and why.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // CHECK: Entry | Category:kcfi | Function=f | Entry=e, Form=fallthrough, Reason="nothing is cheaper"
  kcfi.entry @e of @f : !kcfi.raw<7> {kcfi.type_id = #kcfi.type_id<7>}
  llvm.func @g()
  // CHECK: Function=g | Entry=h, Form=jump, Reason="not 'fallthrough': the function has no body here"
  kcfi.entry @h of @g : !kcfi.raw<7> {kcfi.type_id = #kcfi.type_id<7>}
  // CHECK: Function=g | Entry=i, Form=jump, Reason="as asked for"
  kcfi.entry @i of @g : !kcfi.raw<7> form jump {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu", kcfi.codegen = #kcfi.codegen<patchable_prefix = 11>} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // CHECK: Form=jump, Reason="not 'fallthrough': calls through the entry would run what is patched into the prefix at run time"
  kcfi.entry @e of @f : !kcfi.raw<7> {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "aarch64-unknown-linux-gnu"} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // CHECK: Form=adjacent, Reason="nothing is cheaper"
  kcfi.entry @e of @f : !kcfi.raw<7> {kcfi.type_id = #kcfi.type_id<7>}
}

// -----

module attributes {llvm.target_triple = "s390x-unknown-linux-gnu"} {
  llvm.func @f() attributes {kcfi.type_id = #kcfi.type_id<1>} { llvm.return }
  // CHECK: Form=jump, Reason="SystemZ has no other form"
  kcfi.entry @e of @f : !kcfi.raw<7> {kcfi.type_id = #kcfi.type_id<7>}
}

//--- riscv64.mlir
// Without guaranteed jumps, a call does.
module attributes {llvm.target_triple = "riscv64-unknown-linux-gnu"} {
  llvm.func @f(i32) -> i32
  // CHECK: llvm.func internal @jump
  // CHECK-NEXT: llvm.call tail @f(%arg0) {no_inline} : (i32) -> i32
  kcfi.entry private @jump of @f : !kcfi.raw<7> form jump {kcfi.type_id = #kcfi.type_id<7>}
}
