; H22: where the id is, is a property of the callee; where the check looks for
; it, is computed from the prefix of the caller. Nothing compares the two.
;
; What we do: the prefix is an attribute of the module and the same for all its
; functions; modules that differ are not merged.
; If this test fails because LLVM rejects the module: our own error comes
; earlier, but is no longer needed for soundness within one module.

; RUN: opt -passes=verify -disable-output %s
; RUN: llc -mtriple=x86_64-unknown-linux-gnu -o - %s | FileCheck %s

; Three NOPs between the id and @callee, hence the id is at -7:
; CHECK:       movl $305419896, %eax
; CHECK-NEXT:  .Lcfi_func_end
; CHECK:       nop
; CHECK-NEXT:  nop
; CHECK-NEXT:  nop
; CHECK-NEXT:  callee:
; CHECK-LABEL: {{^}}no_prefix:
; CHECK:         addl -4(%
; CHECK-LABEL: {{^}}same_prefix:
; CHECK:         addl -7(%

define i32 @callee(i32 %x) "patchable-function-prefix"="3" !kcfi_type !1 {
  ret i32 %x
}

define i32 @no_prefix(ptr %f) !kcfi_type !1 {
  %r = call i32 %f(i32 1) [ "kcfi"(i32 305419896) ]
  %s = add i32 %r, 1
  ret i32 %s
}

define i32 @same_prefix(ptr %f) "patchable-function-prefix"="3" !kcfi_type !1 {
  %r = call i32 %f(i32 1) [ "kcfi"(i32 305419896) ]
  %s = add i32 %r, 1
  ret i32 %s
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
