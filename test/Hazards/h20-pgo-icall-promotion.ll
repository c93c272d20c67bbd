; H20: promotion of indirect calls by profile looks at the name in the profile,
; not at the id: the call gets a direct path to a function that the check would
; have refused, and the bundle on that path is dropped later (H19).
;
; What we do: no pipeline of ours promotes; the documentation asks for lowering
; before a foreign profile is applied.
; If this test fails because nothing is promoted: the advice can name the fixed
; version.

; RUN: opt -passes=pgo-icall-prom -S %s | FileCheck %s
; RUN: opt -passes='pgo-icall-prom,instcombine' -S %s | FileCheck %s --check-prefix=COMBINED

; CHECK-LABEL: define i32 @hot(
; CHECK:         icmp eq ptr %f, @other
; CHECK:         call i32 @other()
; CHECK:         call i32 %f() [ "kcfi"(i32 305419896) ]

; COMBINED-LABEL: define i32 @hot(
; COMBINED:         call i32 @other(){{$}}

define i32 @other() !kcfi_type !1 {
  ret i32 2
}

define i32 @hot(ptr %f) {
  %r = call i32 %f() [ "kcfi"(i32 305419896) ], !prof !2
  ret i32 %r
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 271733878}
; The lower 64 bits of the MD5 of "other".
!2 = !{!"VP", i32 0, i64 1000, i64 -4848550849129848967, i64 1000}
