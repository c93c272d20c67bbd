; H18: MergeFunctions compares bodies and forgets the ids: a function with
; another id is replaced by its twin, and every checked call through the second
; table entry traps.
;
; What we do: the pass is in no pipeline of ours; ids can be compared before and
; after optimisation.
; If this test fails because both functions are left: the warning about
; `mergefunc` in the documentation can name the fixed version.

; RUN: opt -passes=mergefunc -S %s | FileCheck %s

; CHECK:     @table = global [2 x ptr] [ptr @takes_int, ptr @takes_int]
; CHECK:     define internal i32 @takes_int() unnamed_addr !kcfi_type ![[#ID:]]
; CHECK-NOT: @takes_long
; CHECK:     ![[#ID]] = !{i32 305419896}
; CHECK-NOT: 271733878

@table = global [2 x ptr] [ptr @takes_int, ptr @takes_long]

define internal i32 @takes_int() unnamed_addr !kcfi_type !1 {
  ret i32 7
}

define internal i32 @takes_long() unnamed_addr !kcfi_type !2 {
  ret i32 7
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
!2 = !{i32 271733878}
