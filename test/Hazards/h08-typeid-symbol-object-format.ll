; H8, second part: the absolute weak symbol with which assembly code asks for an
; id assembles for ELF and COFF, not for Mach-O and WebAssembly.
;
; What we do: supportsTypeIdSymbols() is false for the latter, and
; `kcfi.signature` does not export a symbol there.
; If this test fails: a format has learnt it; extend supportsTypeIdSymbols().

; RUN: llc -mtriple=x86_64-unknown-linux-gnu -filetype=obj -o %t.elf %s
; RUN: llvm-nm %t.elf | FileCheck %s --check-prefix=ELF
; RUN: llc -mtriple=x86_64-pc-windows-msvc -filetype=obj -o %t.coff %s
; RUN: llvm-nm %t.coff | FileCheck %s --check-prefix=COFF
; RUN: not llc -mtriple=arm64-apple-macosx -filetype=obj -o /dev/null %s 2>&1 | FileCheck %s --check-prefix=MACHO
; RUN: not --crash llc -mtriple=wasm32-unknown-unknown -filetype=obj -o /dev/null %s 2>&1 | FileCheck %s --check-prefix=WASM

; ELF: 0000000012345678 W __kcfi_typeid_f
; COFF-DAG: 12345678 A .weak.__kcfi_typeid_f.default
; COFF-DAG: W __kcfi_typeid_f
; MACHO: error: unknown directive
; MACHO: .weak __kcfi_typeid_f
; WASM: __kcfi_typeid_f: absolute addressing not supported!

module asm ".weak __kcfi_typeid_f"
module asm ".set __kcfi_typeid_f, 305419896"
