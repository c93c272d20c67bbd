// RUN: split-file %s %t
// RUN: kcfi-opt --kcfi-expand-checks %t/native.mlir | FileCheck %t/native.mlir
// RUN: kcfi-opt --kcfi-expand-checks=all %t/native.mlir | FileCheck %t/native.mlir --check-prefix=ALL
// RUN: kcfi-opt --kcfi-expand-checks %t/loongarch.mlir | FileCheck %t/loongarch.mlir
// RUN: kcfi-opt --kcfi-expand-checks %t/thumb.mlir | FileCheck %t/thumb.mlir
// RUN: kcfi-opt --kcfi-expand-checks %t/riscv.mlir | FileCheck %t/riscv.mlir
// RUN: kcfi-opt --kcfi-expand-checks=all %t/riscv-prefix.mlir | FileCheck %t/riscv-prefix.mlir
// RUN: kcfi-opt --kcfi-expand-checks=all %t/x86-prefix.mlir | FileCheck %t/x86-prefix.mlir
// RUN: kcfi-opt --kcfi-expand-checks %t/known.mlir 2>&1 | FileCheck %t/known.mlir
// RUN: kcfi-opt --kcfi-expand-checks %t/none.mlir | FileCheck %t/none.mlir

//--- native.mlir
// Only what LLVM gets wrong is expanded on x86-64.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  // CHECK-LABEL: llvm.func @plain
  // CHECK-NEXT:  llvm.call %arg0(%arg1) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
  // ALL-LABEL:   llvm.func @plain
  // ALL-NEXT:    %[[ADDRESS:.*]] = llvm.getelementptr %arg0[-4] : (!llvm.ptr) -> !llvm.ptr, i8
  // ALL-NEXT:    %[[ACTUAL:.*]] = llvm.load %[[ADDRESS]] {alignment = 1 : i64} : !llvm.ptr -> i32
  // ALL-NEXT:    %[[NEGATED:.*]] = llvm.mlir.constant(-329620 : i32) : i32
  // ALL-NEXT:    %[[HIDDEN:.*]] = llvm.inline_asm "", "=r,0" %[[NEGATED]] : (i32) -> i32
  // ALL-NEXT:    %[[SUM:.*]] = llvm.add %[[ACTUAL]], %[[HIDDEN]] : i32
  // ALL-NEXT:    %[[ZERO:.*]] = llvm.mlir.constant(0 : i32) : i32
  // ALL-NEXT:    %[[DIFFERS:.*]] = llvm.icmp "ne" %[[SUM]], %[[ZERO]] : i32
  // ALL-NEXT:    llvm.cond_br %[[DIFFERS]] weights([1, 1048575]), ^[[TRAP:bb[0-9]+]], ^[[CALL:bb[0-9]+]]
  // ALL-NEXT:  ^[[TRAP]]:
  // ALL-NEXT:    llvm.intr.trap
  // ALL-NEXT:    llvm.unreachable
  // ALL-NEXT:  ^[[CALL]]:
  // ALL-NEXT:    llvm.call %arg0(%arg1) {kcfi.checked = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
  // ALL-NEXT:    llvm.return
  llvm.func @plain(%f: !llvm.ptr, %x: i32) -> i32 {
    %r = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
    llvm.return %r : i32
  }
  // CHECK-LABEL: llvm.func @unchecked
  // CHECK-NEXT:  llvm.call %arg0() : !llvm.ptr, () -> ()
  // ALL-LABEL:   llvm.func @unchecked
  // ALL-NEXT:    llvm.call %arg0() : !llvm.ptr, () -> ()
  llvm.func @unchecked(%f: !llvm.ptr) {
    llvm.call %f() : !llvm.ptr, () -> ()
    llvm.return
  }
  // Two calls in one block, the second of which uses the result of the first.
  // ALL-LABEL:   llvm.func @two
  // ALL-COUNT-2: llvm.icmp "ne"
  // ALL-NOT:     llvm.icmp
  // ALL-LABEL:   llvm.func @nest
  llvm.func @two(%f: !llvm.ptr, %x: i32) -> i32 {
    %r = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
    %s = llvm.call %f(%r) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
    llvm.return %s : i32
  }
  // CHECK-LABEL: llvm.func @nest
  // CHECK:       llvm.icmp "ne"
  // CHECK:       llvm.call %arg0(%arg1) {kcfi.checked = #kcfi.type_id<0x00050794>} : !llvm.ptr, (!llvm.ptr {llvm.nest}) -> i32
  llvm.func @nest(%f: !llvm.ptr, %x: !llvm.ptr) -> i32 {
    %r = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (!llvm.ptr {llvm.nest}) -> i32
    llvm.return %r : i32
  }
  // CHECK-LABEL: llvm.func @convention
  // CHECK:       llvm.icmp "ne"
  // CHECK:       llvm.call preserve_mostcc %arg0() {kcfi.checked
  // CHECK:       llvm.icmp "ne"
  // CHECK:       llvm.call fastcc %arg0() {kcfi.checked
  // CHECK-NOT:   llvm.icmp "ne"
  // CHECK:       llvm.call win64cc %arg0() {kcfi.type_id
  llvm.func @convention(%f: !llvm.ptr) {
    llvm.call preserve_mostcc %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.call fastcc %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.call win64cc %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  llvm.func @__gxx_personality_v0(...) -> i32
  // CHECK-LABEL: llvm.func @invoke
  // CHECK:         llvm.cond_br %{{.*}} weights([1, 1048575]), ^[[TRAP:bb[0-9]+]], ^[[CALL:bb[0-9]+]]
  // CHECK-NEXT:  ^[[TRAP]]:
  // CHECK-NEXT:    llvm.intr.trap
  // CHECK-NEXT:    llvm.unreachable
  // CHECK-NEXT:  ^[[CALL]]:
  // CHECK-NEXT:    llvm.invoke %arg0() to ^[[OK:bb[0-9]+]] unwind ^[[BAD:bb[0-9]+]] {kcfi.checked = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
  // CHECK-NEXT:  ^[[OK]]:
  llvm.func @invoke(%f: !llvm.ptr) attributes {personality = @__gxx_personality_v0} {
    llvm.invoke %f() to ^ok unwind ^bad {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
  ^ok:
    llvm.return
  ^bad:
    %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
    llvm.resume %lp : !llvm.struct<(ptr, i32)>
  }
  // An id that looks like an ENDBR instruction is stored as its successor.
  // ALL-LABEL: llvm.func @endbr
  // ALL:       llvm.mlir.constant(98693132 : i32)
  // ALL:       kcfi.checked = #kcfi.type_id<0xfa1e0ff3>
  llvm.func @endbr(%f: !llvm.ptr) {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0xfa1e0ff3>} : !llvm.ptr, () -> ()
    llvm.return
  }
}

//--- loongarch.mlir
// No native lowering: everything is expanded; the id word is aligned.
module attributes {llvm.target_triple = "loongarch64-unknown-linux-gnu"} {
  // CHECK-LABEL: llvm.func @plain
  // CHECK-NEXT:  llvm.getelementptr %arg0[-4] : (!llvm.ptr) -> !llvm.ptr, i8
  // CHECK-NEXT:  llvm.load %{{.*}} {alignment = 4 : i64} : !llvm.ptr -> i32
  llvm.func @plain(%f: !llvm.ptr, %x: i32) -> i32 {
    %r = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
    llvm.return %r : i32
  }
}

//--- thumb.mlir
// The Thumb bit is cleared; pointers have 32 bits. Thumb1 is in the triple, in
// the features of the caller, or in a string attribute.
module attributes {llvm.target_triple = "armv6-unknown-linux-gnueabi"} {
  // CHECK-LABEL: llvm.func @a32
  // CHECK-NOT:   llvm.icmp
  // CHECK-LABEL: llvm.func @thumb1
  // CHECK-NEXT:  %[[ADDRESS:.*]] = llvm.ptrtoint %arg0 : !llvm.ptr to i32
  // CHECK-NEXT:  %[[MASK:.*]] = llvm.mlir.constant(-2 : i32) : i32
  // CHECK-NEXT:  %[[MASKED:.*]] = llvm.and %[[ADDRESS]], %[[MASK]] : i32
  // CHECK-NEXT:  %[[ENTRY:.*]] = llvm.inttoptr %[[MASKED]] : i32 to !llvm.ptr
  // CHECK-NEXT:  llvm.getelementptr %[[ENTRY]][-4]
  // CHECK:       llvm.call %arg0() {kcfi.checked
  // CHECK-LABEL: llvm.func @thumb1_text
  // CHECK:       llvm.icmp
  llvm.func @a32(%f: !llvm.ptr) {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  llvm.func @thumb1(%f: !llvm.ptr) attributes {target_features = #llvm.target_features<["+thumb-mode"]>} {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  llvm.func @thumb1_text(%f: !llvm.ptr) attributes {passthrough = ["noinline", ["target-features", "+armv6,+thumb-mode"]]} {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
}

//--- riscv.mlir
module attributes {llvm.target_triple = "riscv64-unknown-linux-gnu"} {
  // CHECK-LABEL: llvm.func @plain
  // CHECK-NOT:   llvm.icmp
  // CHECK-LABEL: llvm.func @minsize
  // CHECK:       llvm.icmp
  // CHECK-LABEL: llvm.func @small_id
  // CHECK:       llvm.mlir.constant(-5 : i32)
  // CHECK:       llvm.icmp
  // CHECK:       llvm.mlir.constant(1 : i32)
  // CHECK:       llvm.icmp
  // CHECK-NOT:   llvm.icmp
  llvm.func @plain(%f: !llvm.ptr) {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  llvm.func @minsize(%f: !llvm.ptr) attributes {passthrough = ["minsize", "optsize"]} {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  llvm.func @small_id(%f: !llvm.ptr) {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00000005>} : !llvm.ptr, () -> ()
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0xffffffff>} : !llvm.ptr, () -> ()
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00000800>} : !llvm.ptr, () -> ()
    llvm.return
  }
}

//--- riscv-prefix.mlir
// The size of a NOP follows from the features of the function.
module attributes {llvm.target_triple = "riscv64-unknown-linux-gnu", kcfi.codegen = #kcfi.codegen<patchable_prefix = 8>} {
  // CHECK-LABEL: llvm.func @wide
  // CHECK:       llvm.getelementptr %arg0[-36]
  // CHECK-LABEL: llvm.func @compressed
  // CHECK:       llvm.getelementptr %arg0[-20]
  // CHECK-LABEL: llvm.func @zca
  // CHECK:       llvm.getelementptr %arg0[-20]
  // CHECK-LABEL: llvm.func @text
  // CHECK:       llvm.getelementptr %arg0[-20]
  // CHECK-LABEL: llvm.func @text_last
  // CHECK:       llvm.getelementptr %arg0[-20]
  // CHECK-LABEL: llvm.func @text_wide
  // CHECK:       llvm.getelementptr %arg0[-36]
  llvm.func @wide(%f: !llvm.ptr) attributes {target_features = #llvm.target_features<["+m"]>} {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  llvm.func @compressed(%f: !llvm.ptr) attributes {target_features = #llvm.target_features<["+m", "+c"]>} {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  llvm.func @zca(%f: !llvm.ptr) attributes {target_features = #llvm.target_features<["+zca"]>} {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  llvm.func @text(%f: !llvm.ptr) attributes {passthrough = [["target-features", "+m,+c,+d"]]} {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  llvm.func @text_last(%f: !llvm.ptr) attributes {passthrough = [["target-features", "+m,+c"]]} {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
  llvm.func @text_wide(%f: !llvm.ptr) attributes {passthrough = [["target-features", "+m,-c"]]} {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
}

//--- x86-prefix.mlir
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu", kcfi.codegen = #kcfi.codegen<patchable_prefix = 11>} {
  // CHECK: llvm.getelementptr %arg0[-15]
  llvm.func @f(%f: !llvm.ptr) {
    llvm.call %f() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    llvm.return
  }
}

//--- known.mlir
// LLVM would drop the check of a call whose callee it knows.
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu"} {
  llvm.func @right(i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">}
  llvm.func @wrong(i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000007, "other">}
  llvm.func @wrong_nameless() attributes {kcfi.type_id = #kcfi.type_id<0x00000007>}
  llvm.func @without(i32) -> i32
  llvm.func weak @replaceable(%x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000007, "other">} {
    llvm.return %x : i32
  }
  llvm.func weak_odr @odr(%x: i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00000007>} {
    llvm.return %x : i32
  }
  llvm.mlir.global external @data() : i32

  // CHECK: warning: call always traps: it expects type id 0x00050794 ("_ZTSFiiE"), its callee @wrong has 0x00000007 ("other")
  // CHECK: warning: call always traps: it expects type id 0x00050794, its callee @wrong_nameless has 0x00000007{{$}}
  // CHECK: warning: call always traps: it expects type id 0x00050794, its callee @odr has
  // CHECK: warning: call always traps: it expects type id 0x00050794, its callee @wrong_nameless has
  // CHECK: warning: call always traps: it expects type id 0x00000007, its callee @same_name has 0x00000008
  // CHECK-NOT: warning

  // CHECK-LABEL: llvm.func @calls
  llvm.func @calls(%x: i32) -> i32 {
    // CHECK:      llvm.call %{{.*}}(%arg0) {kcfi.type_id
    %f = llvm.mlir.addressof @right : !llvm.ptr
    %a = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
    // CHECK:      llvm.call @right(%arg0) {kcfi.type_id
    %b = llvm.call @right(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : (i32) -> i32
    // CHECK:      llvm.call @without(%arg0) {kcfi.type_id
    %c = llvm.call @without(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : (i32) -> i32
    // CHECK:      llvm.call %{{.*}}(%arg0) {kcfi.type_id
    %g = llvm.mlir.addressof @replaceable : !llvm.ptr
    %d = llvm.call %g(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
    // CHECK:      llvm.call %{{.*}}() {kcfi.type_id
    %h = llvm.mlir.addressof @data : !llvm.ptr
    llvm.call %h() {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, () -> ()
    // CHECK:      llvm.intr.trap
    // CHECK-NEXT: %[[POISON:.*]] = llvm.mlir.poison : i32
    // CHECK-NEXT: llvm.unreachable
    // CHECK-NOT:  llvm.call
    // CHECK:      llvm.return %[[POISON]] : i32
    %w = llvm.mlir.addressof @wrong : !llvm.ptr
    %e = llvm.call %w(%x) {kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">} : !llvm.ptr, (i32) -> i32
    llvm.return %e : i32
  }
  // CHECK-LABEL: llvm.func @direct
  // CHECK-NEXT:  llvm.intr.trap
  // CHECK-NEXT:  llvm.unreachable
  llvm.func @direct() {
    llvm.call @wrong_nameless() {kcfi.type_id = #kcfi.type_id<0x00050794>} : () -> ()
    llvm.return
  }
  // CHECK-LABEL: llvm.func @one_definition
  // CHECK:       llvm.intr.trap
  llvm.func @one_definition(%x: i32) -> i32 {
    %e = llvm.call @odr(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : (i32) -> i32
    llvm.return %e : i32
  }
  llvm.func @__gxx_personality_v0(...) -> i32
  // CHECK-LABEL: llvm.func @invoke
  // CHECK-NEXT:  llvm.intr.trap
  // CHECK-NEXT:  llvm.unreachable
  llvm.func @invoke() attributes {personality = @__gxx_personality_v0} {
    llvm.invoke @wrong_nameless() to ^ok unwind ^bad {kcfi.type_id = #kcfi.type_id<0x00050794>} : () -> ()
  ^ok:
    llvm.return
  ^bad:
    %lp = llvm.landingpad cleanup : !llvm.struct<(ptr, i32)>
    llvm.resume %lp : !llvm.struct<(ptr, i32)>
  }
  // A name means what the nearest table says.
  llvm.func @same_name() attributes {kcfi.type_id = #kcfi.type_id<0x00000007>}
  // CHECK-LABEL: module @nested
  module @nested {
    llvm.func @same_name() attributes {kcfi.type_id = #kcfi.type_id<0x00000008>}
    // CHECK-LABEL: llvm.func @caller
    // CHECK-NEXT:  llvm.call @same_name() {kcfi.type_id
    // CHECK-NEXT:  llvm.intr.trap
    llvm.func @caller() {
      llvm.call @same_name() {kcfi.type_id = #kcfi.type_id<0x00000008>} : () -> ()
      llvm.call @same_name() {kcfi.type_id = #kcfi.type_id<0x00000007>} : () -> ()
      llvm.return
    }
  }
}

//--- none.mlir
// Without checks there is nothing to do, and no target is needed.
// CHECK: {{^}}module {
module {
  // CHECK: llvm.call %arg0() : !llvm.ptr, () -> ()
  llvm.func @f(%f: !llvm.ptr) {
    llvm.call %f() : !llvm.ptr, () -> ()
    llvm.return
  }
}
