; H6: the generic pass cannot skip the NOPs of a patchable prefix and refuses
; them, naming a compiler option that the writer of the IR has never seen.
;
; What we do: expanded checks know the size of the prefix and look behind it.
; If this test fails because the pass succeeds: nothing changes for us, but
; docs/LLVMHazards.md does.

; RUN: not opt -mtriple=loongarch64-unknown-linux-gnu -passes=kcfi -disable-output %s 2>&1 | FileCheck %s
; RUN: not opt -mtriple=i686-unknown-linux-gnu -passes=kcfi -disable-output %s 2>&1 | FileCheck %s
; RUN: sed 's/"patchable-function-prefix"="4"//' %s | opt -mtriple=loongarch64-unknown-linux-gnu -passes=kcfi -disable-output

; CHECK: -fpatchable-function-entry=N,M, where M>0 is not compatible with -fsanitize=kcfi on this target

define void @caller(ptr %f) "patchable-function-prefix"="4" !kcfi_type !1 {
  call void %f() [ "kcfi"(i32 305419896) ]
  ret void
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
