; H31: MLIR's import of LLVM IR loses every id and every bundle and reports
; nothing. The flag stays, so the result looks like a KCFI module: no call in it
; is checked, and checked calls from elsewhere trap.
;
; What we do: our import (docs/Import.md) gives MLIR's the ids in another form, and
; compares what comes back with the original.
; If this test fails because ids or bundles survive: 'copyBundlesToMetadata' and
; DialectImport.cpp may go.

; RUN: mlir-translate --import-llvm --emit-expensive-warnings %s 2>&1 | FileCheck %s

; CHECK-NOT:   warning
; CHECK:       #llvm.mlir.module_flag<override, "kcfi", 1 : i32>
; CHECK-NOT:   {{kcfi|305419896|271733878|warning}}
; CHECK:       llvm.func @caller(
; CHECK-NOT:   {{kcfi|305419896|271733878|warning}}
; CHECK:       llvm.call %{{.*}}() : !llvm.ptr, () -> i32
; CHECK-NOT:   {{kcfi|305419896|271733878|warning}}
; CHECK:       llvm.func @unwinding(
; CHECK:       llvm.invoke %{{.*}}() to ^{{.*}} unwind ^{{.*}} : !llvm.ptr, () -> i32
; CHECK-NOT:   {{kcfi|305419896|271733878|warning}}

declare i32 @__gxx_personality_v0(...)

declare !kcfi_type !1 i32 @elsewhere()

define i32 @caller(ptr %f) !kcfi_type !2 {
  %r = call i32 %f() [ "kcfi"(i32 305419896) ]
  ret i32 %r
}

define i32 @unwinding(ptr %f) personality ptr @__gxx_personality_v0 !kcfi_type !2 {
  %r = invoke i32 %f() [ "kcfi"(i32 305419896) ]
          to label %ok unwind label %cleanup

ok:
  ret i32 %r

cleanup:
  %pad = landingpad { ptr, i32 }
          cleanup
  resume { ptr, i32 } %pad
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
!2 = !{i32 271733878}
