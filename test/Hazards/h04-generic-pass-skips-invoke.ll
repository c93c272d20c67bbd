; H4: LLVM's generic pass expands calls and leaves invokes alone. Then the back
; end aborts as in H3, or (i386) emits the invoke without any check.
;
; What we do: our own expansion treats invokes like calls.
; If this test fails because @unwinding is expanded: nothing of ours becomes
; superfluous yet, because the generic pass still uses a trap that returns (H5).

; RUN: opt -mtriple=loongarch64-unknown-linux-gnu -passes=kcfi -S %s | FileCheck %s
; RUN: opt -mtriple=loongarch64-unknown-linux-gnu -passes=kcfi -S %s -o %t.la.ll
; RUN: not --crash llc -mtriple=loongarch64-unknown-linux-gnu -o /dev/null %t.la.ll 2>&1 | FileCheck %s --check-prefix=ABORT
; RUN: opt -mtriple=i686-unknown-linux-gnu -passes=kcfi -S %s -o %t.i386.ll
; RUN: llc -mtriple=i686-unknown-linux-gnu -o - %t.i386.ll | FileCheck %s --check-prefix=I386

declare i32 @__gxx_personality_v0(...)

; CHECK-LABEL: define i32 @plain(
; CHECK:         icmp ne i32 %{{.*}}, 305419896
; CHECK:         call i32 %f(i32 %x){{$}}
; CHECK-LABEL: define i32 @unwinding(
; CHECK-NOT:     icmp
; CHECK:         invoke i32 %f(i32 %x) [ "kcfi"(i32 305419896) ]
; CHECK-NOT:     icmp
; CHECK:       }

; ABORT: Target doesn't support calls with kcfi operand bundles.

; I386-LABEL: {{^}}plain:
; I386:         $305419896
; I386:         calll *%
; I386-LABEL: {{^}}unwinding:
; I386-NOT:     {{305419896|3989547400}}
; I386:         calll *
; I386-NOT:     {{305419896|3989547400}}
; I386:       .Lfunc_end

define i32 @plain(ptr %f, i32 %x) !kcfi_type !1 {
  %r = call i32 %f(i32 %x) [ "kcfi"(i32 305419896) ]
  %s = add i32 %r, 1
  ret i32 %s
}

define i32 @unwinding(ptr %f, i32 %x) personality ptr @__gxx_personality_v0 !kcfi_type !1 {
  %r = invoke i32 %f(i32 %x) [ "kcfi"(i32 305419896) ]
          to label %ok unwind label %cleanup

ok:
  %s = add i32 %r, 1
  ret i32 %s

cleanup:
  %pad = landingpad { ptr, i32 }
          cleanup
  resume { ptr, i32 } %pad
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 305419896}
