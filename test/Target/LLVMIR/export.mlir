// RUN: kcfi-translate --kcfi-to-llvmir %s | FileCheck %s
// Bitcode is the same module.
// RUN: kcfi-translate --kcfi-to-bitcode %s -o %t.bc
// RUN: llvm-dis %t.bc -o - | grep -v -e ModuleID -e source_filename > %t.bc.ll
// RUN: kcfi-translate --kcfi-to-llvmir %s | llvm-as | llvm-dis | grep -v -e ModuleID -e source_filename | diff - %t.bc.ll
// RUN: kcfi-translate --kcfi-to-llvmir %s | llc -o /dev/null

// The layout is the target's; names of symbols that assembly code can write.
// CHECK:      target datalayout = "e-m:e-
// CHECK:      target triple = "x86_64-unknown-linux-gnu"
// CHECK:      module asm ".weak __kcfi_typeid_handler"
// CHECK-NEXT: module asm ".set __kcfi_typeid_handler, 329620 /* 329620 */"
// CHECK-NEXT: module asm ".weak __kcfi_typeid_all_ones"
// CHECK-NEXT: module asm ".set __kcfi_typeid_all_ones, 4294967295 /* -1 */"
// CHECK-NEXT: module asm ".weak __kcfi_typeid_declared_taken"
// CHECK-NEXT: module asm ".set __kcfi_typeid_declared_taken, 329620 /* 329620 */"
// CHECK-NOT:  module asm

// CHECK:      declare !kcfi_type ![[INT:[0-9]+]] i32 @declared(i32)
// CHECK:      declare !kcfi_type ![[INT]] i32 @declared_taken(i32)
// CHECK:      define i32 @defined(i32 %0) #[[NOPS:[0-9]+]] !kcfi_type ![[INT]] {
// CHECK:      define internal i32 @without(ptr %0) #[[NOPS]] {
// CHECK-NEXT:   call i32 %0() [ "kcfi"(i32 -1) ]
// CHECK:      define void @large() #[[NOPS]] !kcfi_type ![[LARGE:[0-9]+]] {
// CHECK:      attributes #[[NOPS]] = { "patchable-function-entry"="5" "patchable-function-prefix"="11" }
// CHECK:      !llvm.module.flags = !{![[A:[0-9]+]], ![[B:[0-9]+]], ![[C:[0-9]+]], ![[D:[0-9]+]], ![[E:[0-9]+]], !{{[0-9]+}}}
// CHECK-DAG:  ![[A]] = !{i32 4, !"kcfi-offset", i32 11}
// CHECK-DAG:  ![[B]] = !{i32 4, !"kcfi-arity", i32 1}
// CHECK-DAG:  ![[C]] = !{i32 4, !"kcfi", i32 1}
// CHECK-DAG:  ![[D]] = !{i32 4, !"kcfi-hash", !"FNV-1a"}
// CHECK-DAG:  ![[E]] = !{i32 4, !"cfi-normalize-integers", i32 1}
// CHECK-DAG:  ![[INT]] = !{i32 329620}
// CHECK-DAG:  ![[LARGE]] = !{i32 -1}
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu",
                   kcfi.encoding = #kcfi.encoding<hash = fnv1a, normalize_integers>,
                   kcfi.codegen = #kcfi.codegen<patchable_prefix = 11, patchable_entry = 5, arity>} {
  kcfi.signature @handler : !kcfi.raw<0x00050794> {kcfi.type_id = #kcfi.type_id<0x00050794>}
  kcfi.signature @all_ones : !kcfi.raw<0xffffffff> {kcfi.type_id = #kcfi.type_id<0xffffffff>}
  llvm.func @declared(i32) -> i32 attributes {kcfi.type_id = #kcfi.type_id<0x00050794>}
  llvm.func @declared_taken(i32) -> i32 attributes {kcfi.address_taken, kcfi.type_id = #kcfi.type_id<0x00050794>}
  llvm.func @defined(%x: i32) -> i32
      attributes {kcfi.address_taken, kcfi.type_id = #kcfi.type_id<0x00050794>,
                  passthrough = [["patchable-function-prefix", "11"], ["patchable-function-entry", "5"]]} {
    llvm.return %x : i32
  }
  llvm.func internal @without(%f: !llvm.ptr) -> i32
      attributes {kcfi.sig = !kcfi.encoded<"_ZTSFiPvE.normalized">,
                  passthrough = [["patchable-function-prefix", "11"], ["patchable-function-entry", "5"]]} {
    %id = llvm.mlir.constant(-1 : i32) : i32
    %r = llvm.call %f() ["kcfi"(%id : i32)] : !llvm.ptr, () -> i32
    llvm.return %r : i32
  }
  llvm.func @large() attributes {kcfi.type_id = #kcfi.type_id<0xffffffff>,
      passthrough = [["patchable-function-prefix", "11"], ["patchable-function-entry", "5"]]} {
    llvm.return
  }
}
