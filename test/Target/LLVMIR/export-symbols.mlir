// No symbol where the object format or assembly code cannot have it.
// RUN: kcfi-translate --kcfi-to-llvmir %s -o %t.elf.ll 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: FileCheck %s --check-prefix=ELF --input-file=%t.elf.ll
// RUN: sed s/x86_64-unknown-linux-gnu/x86_64-apple-macosx/ %s | kcfi-translate --kcfi-to-llvmir -o %t.macho.ll 2>&1 | FileCheck %s --check-prefix=FORMAT
// RUN: FileCheck %s --check-prefix=MACHO --input-file=%t.macho.ll
// RUN: sed s/x86_64-unknown-linux-gnu/x86_64-pc-windows-msvc/ %s | kcfi-translate --kcfi-to-llvmir -o - 2>&1 | FileCheck %s --check-prefix=ELF

// NAME:       warning: no symbol '__kcfi_typeid_with space': assembly code cannot write this name
// NAME-NOT:   warning
// FORMAT:     warning: no symbol '__kcfi_typeid_plain.1_a': the object format of the target cannot define it
// FORMAT:     warning: no symbol '__kcfi_typeid_with space': the object format
// ELF:        module asm ".set __kcfi_typeid_plain.1_a, 5 /* 5 */"
// ELF-NOT:    module asm
// MACHO-NOT:  module asm
// MACHO:      !kcfi_type
module attributes {llvm.target_triple = "x86_64-unknown-linux-gnu", kcfi.encoding = #kcfi.encoding<hash = xxhash64>} {
  llvm.func @plain.1_a() attributes {kcfi.address_taken, kcfi.type_id = #kcfi.type_id<0x00000005>}
  llvm.func @"with space"() attributes {kcfi.address_taken, kcfi.type_id = #kcfi.type_id<0x00000005>}
}
