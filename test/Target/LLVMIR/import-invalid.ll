; Inputs that cannot be imported: one located error each, exit code 1, no output.

; RUN: split-file %s %t
; RUN: not kcfi-translate --import-llvm-ir %t/no-flag.ll 2>&1 | FileCheck %s --check-prefix=FLAG
; FLAG: error: the module has 1 type ids and 1 checks, but no module flag "kcfi": LLVM would ignore them
; RUN: not kcfi-translate --import-llvm-ir %t/hash.ll 2>&1 | FileCheck %s --check-prefix=HASH
; HASH: error: module flag "kcfi-hash" names an unknown hash: "SHA-1"
; RUN: not kcfi-translate --import-llvm-ir %t/zero.ll 2>&1 | FileCheck %s --check-prefix=ZERO
; ZERO: error: type id 0 of function 'f' is reserved: it means "no type"
; ZERO: error: a call in function 'g' has a "kcfi" bundle with id 0, which makes no check
; RUN: not kcfi-translate --import-llvm-ir %t/symbol.ll 2>&1 | FileCheck %s --check-prefix=SYMBOL
; SYMBOL: error: symbol '__kcfi_typeid_callee' is 0x00000007, the function has type id 0x00001388
; RUN: not kcfi-translate --import-llvm-ir %t/syntax.ll 2>&1 | FileCheck %s --check-prefix=SYNTAX
; SYNTAX: syntax.ll:2:{{[0-9]+}}: error: expected instruction opcode
; RUN: not kcfi-translate --import-llvm-ir %t/verifier.ll 2>&1 | FileCheck %s --check-prefix=VERIFIER
; VERIFIER: verifier.ll:{{.*}} error: invalid LLVM IR: function must have a single !kcfi_type attachment
; RUN: not kcfi-translate --import-llvm-ir --carry=none %t/callbr.ll 2>&1 | FileCheck %s --check-prefix=CALLBR
; CALLBR: error: {{.*}}callbr
; RUN: not kcfi-translate --import-llvm-ir %t/absent.ll 2>&1 | FileCheck %s --check-prefix=ABSENT
; ABSENT: No such file or directory

;--- no-flag.ll
define void @f(ptr %p) !kcfi_type !1 {
  call void %p() [ "kcfi"(i32 5000) ]
  ret void
}
!1 = !{i32 5000}
;--- hash.ll
declare !kcfi_type !2 void @f()
!llvm.module.flags = !{!0, !1}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4, !"kcfi-hash", !"SHA-1"}
!2 = !{i32 5000}
;--- zero.ll
declare !kcfi_type !1 void @f()
define void @g(ptr %p) {
  call void %p() [ "kcfi"(i32 0) ]
  ret void
}
!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 0}
;--- symbol.ll
module asm ".weak __kcfi_typeid_callee"
module asm ".set __kcfi_typeid_callee, 7 /* 7 */"
declare !kcfi_type !1 void @callee()
!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 5000}
;--- syntax.ll
define void @f() {
  nonsense
}
;--- verifier.ll
define void @f() !kcfi_type !1 !kcfi_type !1 {
  ret void
}
!1 = !{i32 5000}
;--- callbr.ll
define void @f() {
  callbr void asm "", "!i"() to label %a [label %b]
a:
  ret void
b:
  ret void
}
