; H8: the generic pass reads the four bytes in front of whatever the pointer
; points to, also where that is not code: an index into a table (WebAssembly), a
; function descriptor (64-bit PowerPC, ELFv1). On WebAssembly the data in front
; of functions cannot even be written to an object.
;
; What we do: TargetInfo::lookup refuses both targets, with the reason.
; If this test fails for WebAssembly or ELFv1: look whether the new output tests
; something real before a target class is added.

; RUN: opt -mtriple=wasm32-unknown-unknown -passes=kcfi -S %s -o %t.wasm.ll
; RUN: llc -mtriple=wasm32-unknown-unknown -o - %t.wasm.ll | FileCheck %s --check-prefix=WASM
; RUN: not --crash llc -mtriple=wasm32-unknown-unknown -filetype=obj -o /dev/null %t.wasm.ll 2>&1 | FileCheck %s --check-prefix=WASM-OBJ
; RUN: opt -mtriple=powerpc64-unknown-linux-gnu -passes=kcfi -S %s -o %t.ppc.ll
; RUN: llc -mtriple=powerpc64-unknown-linux-gnu -o - %t.ppc.ll | FileCheck %s --check-prefix=ELFV1

; The same value is an address (minus four) and an index of the table:
; WASM-LABEL: {{^}}caller:
; WASM:         local.get 0
; WASM-NEXT:    i32.const -4
; WASM-NEXT:    i32.add
; WASM-NEXT:    i32.load 0
; WASM-NEXT:    i32.const 305419896
; WASM:         local.get 0
; WASM-NEXT:    call_indirect

; WASM-OBJ: function sections must contain one function each

; The entry point is the first word of the descriptor, the id is looked for in
; front of the descriptor:
; ELFV1:       .section .opd
; ELFV1-LABEL: {{^}}caller:
; ELFV1:         lwz {{[0-9]+}}, -4([[POINTER:[0-9]+]])
; ELFV1:         ld [[ENTRY:[0-9]+]], 0([[POINTER]])
; ELFV1:         mtctr [[ENTRY]]
; ELFV1:         bctrl

define i32 @caller(ptr %f, i32 %x) !kcfi_type !1 {
  %r = call i32 %f(i32 %x) [ "kcfi"(i32 305419896) ]
  %s = add i32 %r, 1
  ret i32 %s
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
