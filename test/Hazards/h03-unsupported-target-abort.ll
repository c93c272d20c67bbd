; H3: a target without lowering of its own aborts the whole compilation at the
; first bundle, with or without the module flag.
;
; What we do: the target table decides between bundle and expansion in IR, so
; no bundle reaches such a target.
; If one of these lines fails: that back end has learnt to lower bundles; its
; class in lib/Target may return true from hasNativeBundles() once its check has
; been looked at and run.

; RUN: not --crash llc -mtriple=loongarch64-unknown-linux-gnu -o /dev/null %s 2>&1 | FileCheck %s
; RUN: not --crash llc -mtriple=s390x-unknown-linux-gnu -o /dev/null %s 2>&1 | FileCheck %s
; RUN: not --crash llc -mtriple=powerpc64le-unknown-linux-gnu -o /dev/null %s 2>&1 | FileCheck %s
; RUN: not --crash llc -mtriple=powerpc-unknown-linux-gnu -o /dev/null %s 2>&1 | FileCheck %s
; RUN: not --crash llc -mtriple=mips-unknown-linux-gnu -o /dev/null %s 2>&1 | FileCheck %s
; RUN: not --crash llc -mtriple=sparcv9-unknown-linux-gnu -o /dev/null %s 2>&1 | FileCheck %s
; RUN: not --crash llc -mtriple=hexagon-unknown-linux-musl -o /dev/null %s 2>&1 | FileCheck %s
; RUN: not --crash llc -mtriple=m68k-unknown-linux-gnu -o /dev/null %s 2>&1 | FileCheck %s
; RUN: not --crash llc -mtriple=bpfel -o /dev/null %s 2>&1 | FileCheck %s
; RUN: not --crash llc -mtriple=wasm32-unknown-unknown -o /dev/null %s 2>&1 | FileCheck %s

; RUN: sed '/module.flags/d' %s > %t.ll
; RUN: not --crash llc -mtriple=loongarch64-unknown-linux-gnu -o /dev/null %t.ll 2>&1 | FileCheck %s

; Positive control: the same input is fine where bundles are native.
; RUN: llc -mtriple=x86_64-unknown-linux-gnu -o /dev/null %s

; CHECK: Target doesn't support calls with kcfi operand bundles.

define i32 @caller(ptr %f, i32 %x) !kcfi_type !1 {
  %r = call i32 %f(i32 %x) [ "kcfi"(i32 305419896) ]
  %s = add i32 %r, 1
  ret i32 %s
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
