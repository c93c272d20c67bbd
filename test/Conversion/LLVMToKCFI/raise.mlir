// Each source of signatures, and what is left as it is.

// RUN: split-file %s %t
// RUN: kcfi-opt --kcfi-raise-from-llvm='strings=%t/strings.txt report=%t/report.json' \
// RUN:   --remarks-filter='kcfi.*' %t/in.mlir -o %t/raised.mlir 2> %t/remarks.txt
// RUN: FileCheck %t/in.mlir < %t/raised.mlir --implicit-check-not=debug_
// RUN: FileCheck %t/in.mlir --check-prefix=REMARK < %t/remarks.txt
// RUN: FileCheck %t/in.mlir --check-prefix=JSON < %t/report.json

// The levels hold but for addresses of functions that have no id, and raising
// again changes nothing.
// RUN: kcfi-opt --kcfi-verify-level=level=L3 %t/raised.mlir -o /dev/null
// RUN: not kcfi-opt --kcfi-verify-level=level=L2 %t/raised.mlir -o /dev/null 2>&1 | FileCheck %t/in.mlir --check-prefix=LEVEL
// RUN: kcfi-opt --kcfi-raise-from-llvm %t/raised.mlir | diff %t/raised.mlir -

// Ids that the import gave are those of the signatures.
// RUN: kcfi-opt --kcfi-assign-type-ids %t/raised.mlir | diff %t/raised.mlir -

// Reports name types.
// RUN: kcfi-opt --kcfi-explain=0x00050794 %t/raised.mlir | FileCheck %t/in.mlir --check-prefix=EXPLAIN
// RUN: kcfi-opt --kcfi-report %t/raised.mlir -o /dev/null 2>&1 | FileCheck %t/in.mlir --check-prefix=REPORT

// The lowering gives everything back, except for the types.
// RUN: kcfi-opt --kcfi-roundtrip-pipeline %t/in.mlir | kcfi-translate --kcfi-to-llvmir > %t/plain.ll
// RUN: kcfi-opt --kcfi-roundtrip-pipeline %t/raised.mlir | kcfi-translate --kcfi-to-llvmir | diff %t/plain.ll -
// RUN: kcfi-opt --kcfi-lower-pipeline %t/raised.mlir | kcfi-translate --kcfi-to-llvmir | diff %t/plain.ll -
// RUN: kcfi-opt --convert-to-llvm --reconcile-unrealized-casts --kcfi-expand-checks --kcfi-attach-bundles %t/raised.mlir | kcfi-translate --kcfi-to-llvmir | diff %t/plain.ll -

// RUN: not kcfi-opt --kcfi-raise-from-llvm=strings=%t/none.txt %t/in.mlir 2>&1 | FileCheck %t/in.mlir --check-prefix=NOFILE
// RUN: not kcfi-opt --kcfi-raise-from-llvm=report=%t/none/report.json %t/in.mlir 2>&1 | FileCheck %t/in.mlir --check-prefix=NODIR

//--- strings.txt
_ZTSFvPvE

not a type: its hash is no id
_ZTSFvvE.normalized
//--- in.mlir
// NOFILE: error: cannot open input file
// NODIR: error: cannot open output file

// LEVEL-COUNT-2: violates level L0: the address of the function is taken, but it has no signature
// LEVEL-NOT: violates

// EXPLAIN: int (int)
// REPORT: class 0x00050794: {{.*}}int (int)

// JSON:      "functions": {
// JSON-NEXT:   "total": 8,
// JSON-NEXT:   "debug_info": 2,
// JSON-NEXT:   "module_debug_info": 2,
// JSON-NEXT:   "type_metadata": 1,
// JSON-NEXT:   "strings": 1,
// JSON-NEXT:   "raw": 2
// JSON:      "definitions": {
// JSON-NEXT:   "total": 1,
// JSON:      "calls": {
// JSON-NEXT:   "total": 4,
// JSON:      "addresses": 3,
// JSON:      "machine_misfits": 3,
// JSON:      "own_debug_info": {
// JSON-NEXT:   "functions": 4,
// JSON-NEXT:   "exact": 2,
// JSON-NEXT:   "gaps": {
// JSON-NEXT:     "debug info gives another type than the id": 1,
// JSON-NEXT:     "it says so": 1
// JSON:      "calls_left": {
// JSON-NEXT:   "the call has another operand bundle": 1,
// JSON-NEXT:   "the callee is in an address space": 1
// JSON:      "untyped": [
// JSON:          "function": "gap",
// JSON-NEXT:     "id": "0x00001234",
// JSON-NEXT:     "reason": "it says so"
// JSON:          "function": "unknown",
// JSON-NEXT:     "id": "0x00001235",
// JSON-NEXT:     "reason": "no debug info"

// REMARK-DAG: Untyped{{.*}}Function=gap{{.*}}it says so
// REMARK-DAG: Untyped{{.*}}Function=unknown{{.*}}no debug info
// REMARK-DAG: CallNotRaised{{.*}}Function=kept{{.*}}the call has another operand bundle
// REMARK-DAG: CallNotRaised{{.*}}Function=kept{{.*}}the callee is in an address space
// REMARK-DAG: Raise{{.*}}Functions=8

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu",
                   kcfi.encoding = #kcfi.encoding<hash = xxhash64>,
                   kcfi.debug_types = [!kcfi.fn<(c.int, ...) -> c.int>, !kcfi.fn<(c.long) -> c.int const>]} {
  // CHECK-LABEL: llvm.func @own(i32) -> i32 attributes
  // CHECK-SAME: kcfi.sig = !kcfi.fn<(c.int) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  llvm.func @own(i32) -> i32 attributes {kcfi.address_taken, kcfi.debug_sig = !kcfi.fn<(c.int) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00050794>}

  // The optimiser took the parameter away.
  // CHECK-LABEL: llvm.func @misfit() -> i32 attributes
  // CHECK-SAME: kcfi.sig = !kcfi.encoded<"_ZTSFiiE">, kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  llvm.func @misfit() -> i32 attributes {kcfi.debug_sig = !kcfi.fn<(c.int) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00050794>}

  // Debug info is wrong here, and right for another function.
  // CHECK-LABEL: llvm.func @wrong(i32) -> i32 attributes
  // CHECK-SAME: kcfi.sig = !kcfi.fn<(c.int) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00050794, "_ZTSFiiE">
  llvm.func @wrong(i32) -> i32 attributes {kcfi.debug_sig = !kcfi.fn<(c.uint) -> c.int>, kcfi.type_id = #kcfi.type_id<0x00050794>}

  // CHECK-LABEL: llvm.func @gap(i32) attributes
  // CHECK-SAME: kcfi.sig = !kcfi.raw<0x00001234>, kcfi.type_id = #kcfi.type_id<0x00001234>
  llvm.func @gap(i32) attributes {kcfi.debug_sig = "it says so", kcfi.type_id = #kcfi.type_id<0x1234>}

  // CHECK-LABEL: llvm.func @unknown(i32) attributes
  // CHECK-SAME: kcfi.sig = !kcfi.raw<0x00001235>
  llvm.func @unknown(i32) attributes {kcfi.address_taken, kcfi.type_id = #kcfi.type_id<0x1235>}

  // CHECK-LABEL: llvm.func @cfi() attributes
  // CHECK-SAME: kcfi.sig = !kcfi.encoded<"_ZTSFvvE">
  llvm.func @cfi() attributes {kcfi.address_taken, kcfi.type_id = #kcfi.type_id<0xa540670c>, kcfi.type_metadata = [[0, "_ZTSFvvE"], [0, "_ZTSFvvE.generalized"]]}

  // CHECK-LABEL: llvm.func @listed(!llvm.ptr) attributes
  // CHECK-SAME: kcfi.sig = !kcfi.encoded<"_ZTSFvPvE">
  llvm.func @listed(!llvm.ptr) attributes {kcfi.type_id = #kcfi.type_id<0xa488ebfc>}

  // Without an id there is nothing to compare with.
  // CHECK-LABEL: llvm.func @none(i32)
  // CHECK-NOT: kcfi.sig
  llvm.func @none(i32)

  // CHECK-LABEL: llvm.mlir.global external constant @table
  llvm.mlir.global external constant @table() : !llvm.array<2 x ptr> {
    %0 = llvm.mlir.undef : !llvm.array<2 x ptr>
    // CHECK: %[[OWN:.*]] = kcfi.address_of @own : !kcfi.fnptr<(c.int) -> c.int>
    // CHECK: kcfi.cast unchecked %[[OWN]] : !kcfi.fnptr<(c.int) -> c.int> to !llvm.ptr
    %1 = llvm.mlir.addressof @own : !llvm.ptr
    // CHECK: llvm.mlir.addressof @none
    %2 = llvm.mlir.addressof @none : !llvm.ptr
    %3 = llvm.insertvalue %1, %0[0] : !llvm.array<2 x ptr>
    %4 = llvm.insertvalue %2, %3[1] : !llvm.array<2 x ptr>
    llvm.return %4 : !llvm.array<2 x ptr>
  }

  // CHECK: llvm.mlir.alias external @alias
  // CHECK-NEXT: llvm.mlir.addressof @calls
  llvm.mlir.alias external @alias : !llvm.func<i32 (ptr, i32)> {
    %0 = llvm.mlir.addressof @calls : !llvm.ptr
    llvm.return %0 : !llvm.ptr
  }

  // CHECK-LABEL: llvm.func @calls
  llvm.func @calls(%f: !llvm.ptr, %x: i32) -> i32 attributes {kcfi.debug_sig = !kcfi.fn<(c.uint) -> c.int>, kcfi.type_metadata = [[0, "_ZTSFiiE"]]} {
    // CHECK: kcfi.address_of @unknown : !kcfi.fnptr<raw<0x00001235>>
    %g = llvm.mlir.addressof @unknown : !llvm.ptr
    // CHECK: %[[F:.*]] = kcfi.cast launder %{{.*}} : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
    // CHECK: kcfi.call %[[F]](%{{.*}}) id <0x00050794, "_ZTSFiiE"> {kcfi.llvm_properties = {}} : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %0 = llvm.call %f(%x) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i32) -> i32
    // A variadic callee.
    // CHECK: kcfi.call %{{.*}}(%{{.*}}, %{{.*}}) fixed(1) id <0x{{.*}}, "_ZTSFiizE"> {kcfi.llvm_properties = {var_callee_type = !llvm.func<i32 (i32, ...)>}}
    %1 = llvm.call %f(%x, %x) vararg(!llvm.func<i32 (i32, ...)>) {kcfi.type_id = #kcfi.type_id<0x43477988>} : !llvm.ptr, (i32, i32) -> i32
    // Through a pointer to member: the object comes first.
    // CHECK: kcfi.call %{{.*}}(%{{.*}}, %{{.*}}) id <0x{{.*}}, "_ZTSKFilE"> {implicit_object, kcfi.llvm_properties = {}}
    %l = llvm.sext %x : i32 to i64
    %2 = llvm.call %f(%f, %l) {kcfi.type_id = #kcfi.type_id<0x41a572a1>} : !llvm.ptr, (!llvm.ptr, i64) -> i32
    // Machine types that contradict the type.
    // CHECK: kcfi.cast launder {{.*}} to !kcfi.fnptr<encoded<"_ZTSFiiE">>
    %3 = llvm.call %f(%l) {kcfi.type_id = #kcfi.type_id<0x00050794>} : !llvm.ptr, (i64) -> i32
    // Not indirect, or not checked.
    // CHECK: llvm.call @own(%{{.*}})
    %4 = llvm.call @own(%x) : (i32) -> i32
    // CHECK: llvm.call %{{.*}}(%{{.*}}) : !llvm.ptr, (i32) -> i32
    %5 = llvm.call %f(%x) : !llvm.ptr, (i32) -> i32
    %6 = llvm.call %g(%x) : !llvm.ptr, (i32) -> i32
    llvm.return %0 : i32
  }

  // CHECK-LABEL: llvm.func @kept
  llvm.func @kept(%f: !llvm.ptr, %g: !llvm.ptr<270>, %x: i32) {
    // CHECK-COUNT-2: llvm.call
    llvm.call %f(%x) ["deopt"(%x : i32)] {kcfi.type_id = #kcfi.type_id<0x1234>} : !llvm.ptr, (i32) -> ()
    llvm.call %g(%x) {kcfi.type_id = #kcfi.type_id<0x1234>} : !llvm.ptr<270>, (i32) -> ()
    llvm.return
  }

  // CHECK-LABEL: llvm.func @more
  llvm.func @more() -> !llvm.ptr attributes {kcfi.type_id = #kcfi.type_id<0x43477988>} {
    %0 = llvm.mlir.addressof @cfi : !llvm.ptr
    llvm.return %0 : !llvm.ptr
  }
}
