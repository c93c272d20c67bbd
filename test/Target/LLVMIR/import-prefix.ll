; A function without the prefix that the module says would get one.

; RUN: not kcfi-translate --import-llvm-ir %s 2>&1 | FileCheck %s
; CHECK: error: function 'plain' has no prefix, but the module flag "kcfi-offset" says 11: checks look for the id in front of the caller's prefix, so all functions need the same one
; CHECK-NOT: error:

target triple = "x86_64-unknown-linux-gnu"
define void @plain() !kcfi_type !2 {
  ret void
}
define void @traced() "patchable-function-prefix"="11" !kcfi_type !2 {
  ret void
}
declare void @elsewhere()
!llvm.module.flags = !{!0, !1}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4, !"kcfi-offset", i32 11}
!2 = !{i32 12345}
