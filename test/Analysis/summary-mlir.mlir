// The summary of a module on any level: the same before and after the pipeline,
// and after a round trip through LLVM IR, which makes calls of known functions
// direct ones.

// RUN: kcfi-translate --kcfi-to-summary --unit=u %s | FileCheck %s --check-prefixes=CHECK,BEFORE
// RUN: kcfi-opt --kcfi-lower-pipeline %s -o %t.mlir
// RUN: kcfi-translate --kcfi-to-summary --unit=u %t.mlir | FileCheck %s --check-prefixes=CHECK,AFTER
// RUN: kcfi-translate --kcfi-to-llvmir %t.mlir -o %t.ll
// RUN: kcfi-translate --import-llvm-ir %t.ll | kcfi-translate --kcfi-to-summary --unit=u | FileCheck %s --check-prefixes=CHECK,LLVM

// RUN: kcfi-translate --kcfi-to-summary %s | FileCheck %s --check-prefix=UNIT
// UNIT: "unit":"{{.*}}summary-mlir.mlir"

// CHECK:      {"kind":"alias","unit":"u","name":"second","target":"handler"}
// CHECK:      {"kind":"call","unit":"u","caller":"dispatch","callee":"handler"}
// LLVM:       {"kind":"call","unit":"u","caller":"dispatch","callee":"helper","id":"0x00050794"
// BEFORE:     {"kind":"class","id":"0x00050794","string":"_ZTSFiiE","type":"int (int)"}
// CHECK:      {"kind":"function","unit":"u","name":"dispatch","defined":true,
// CHECK:      {"kind":"function","unit":"u","name":"handler","defined":true,"taken":true,"id":"0x00050794"
// CHECK:      {"kind":"function","unit":"u","name":"helper","defined":true,"local":true,{{("taken":true,)?}}"id":"0x00050794"
// CHECK:      {"kind":"global","unit":"u","name":"table","local":true}
// BEFORE:     {"kind":"site","unit":"u","caller":"dispatch","index":0,"state":"checked","id":"0x00050794"
// AFTER:      {"kind":"site","unit":"u","caller":"dispatch","index":0,"state":"bundle","id":"0x00050794"
// CHECK:      {"kind":"unit","version":2,"unit":"u","target":"x86_64-unknown-linux-gnu","protected":true,"hash":"xxhash64"}
// CHECK:      {"kind":"view","unit":"u","function":"handler","place":"global:table+24"
// BEFORE:     {"kind":"view","unit":"u","function":"helper","place":"elsewhere"
// AFTER:      {"kind":"view","unit":"u","function":"helper","place":"elsewhere"
// CHECK-NOT:  {"kind"

// A module without any of it is not protected.
// RUN: echo 'module {}' | kcfi-translate --kcfi-to-summary --unit=u | FileCheck %s --check-prefix=EMPTY
// EMPTY: {"kind":"unit","version":2,"unit":"u","target":"","hash":"xxhash64"}
// EMPTY-NOT: {{.}}

// RUN: not kcfi-translate --kcfi-to-summary --no-implicit-module %S/../Target/LLVMIR/export-not-a-module.mlir 2>&1 | FileCheck %s --check-prefix=MODULE
// MODULE: error: expected a module

module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu", kcfi.encoding = #kcfi.encoding<hash = xxhash64>} {
  llvm.func @handler(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    llvm.return %x : i32
  }
  llvm.func internal @helper(%x: i32) -> i32 attributes {kcfi.sig = !kcfi.fn<(c.int) -> c.int>} {
    llvm.return %x : i32
  }
  llvm.mlir.alias external @second : !llvm.func<i32 (i32)> {
    %0 = llvm.mlir.addressof @handler : !llvm.ptr
    llvm.return %0 : !llvm.ptr
  }
  llvm.mlir.global internal constant @table() : !llvm.array<2 x struct<(i8, ptr)>> {
    %0 = llvm.mlir.undef : !llvm.array<2 x struct<(i8, ptr)>>
    %1 = llvm.mlir.addressof @handler : !llvm.ptr
    %2 = llvm.insertvalue %1, %0[1, 1] : !llvm.array<2 x struct<(i8, ptr)>>
    llvm.return %2 : !llvm.array<2 x struct<(i8, ptr)>>
  }
  llvm.func @dispatch(%x: i32, %p: !llvm.ptr) -> i32 {
    %0 = llvm.call @handler(%x) : (i32) -> i32
    %1 = kcfi.address_of @helper : !kcfi.fnptr<(c.int) -> c.int>
    %2 = kcfi.call %1(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    llvm.return %2 : i32
  }
}
