; String attributes of functions

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

define i32 @frame-pointer.all(i32 %x) "frame-pointer"="all" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @frame-pointer.non-leaf(i32 %x) "frame-pointer"="non-leaf" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @frame-pointer.reserved(i32 %x) "frame-pointer"="reserved" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @target-cpu.znver3(i32 %x) "target-cpu"="znver3" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @tune-cpu.generic(i32 %x) "tune-cpu"="generic" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @target-features._avx2_-sse4a(i32 %x) "target-features"="+avx2,-sse4a" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @stack-probe-size.4096(i32 %x) "stack-probe-size"="4096" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @probe-stack.inline-asm(i32 %x) "probe-stack"="inline-asm" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no-stack-arg-probe(i32 %x) "no-stack-arg-probe" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @stackrealign(i32 %x) "stackrealign" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @stack-protector-buffer-size.4(i32 %x) "stack-protector-buffer-size"="4" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @warn-stack-size.100(i32 %x) "warn-stack-size"="100" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @patchable-function-prefix.3(i32 %x) "patchable-function-prefix"="3" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @patchable-function-entry.2(i32 %x) "patchable-function-entry"="2" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @patchable-function.prologue-short-redire(i32 %x) "patchable-function"="prologue-short-redirect" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @function-instrument.xray-always(i32 %x) "function-instrument"="xray-always" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @xray-instruction-threshold.1(i32 %x) "xray-instruction-threshold"="1" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @fentry-call.true(i32 %x) "fentry-call"="true" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @mrecord-mcount(i32 %x) "mrecord-mcount" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @instrument-function-entry.mcount(i32 %x) "instrument-function-entry"="mcount" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @instrument-function-entry-inlined.__cyg(i32 %x) "instrument-function-entry-inlined"="__cyg_profile_func_enter" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @instrument-function-exit-inlined.__cyg_p(i32 %x) "instrument-function-exit-inlined"="__cyg_profile_func_exit" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no-jump-tables.true(i32 %x) "no-jump-tables"="true" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no-realign-stack(i32 %x) "no-realign-stack" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no-infs-fp-math.true(i32 %x) "no-infs-fp-math"="true" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no-nans-fp-math.true(i32 %x) "no-nans-fp-math"="true" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no-signed-zeros-fp-math.true(i32 %x) "no-signed-zeros-fp-math"="true" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no-trapping-math.true(i32 %x) "no-trapping-math"="true" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @unsafe-fp-math.true(i32 %x) "unsafe-fp-math"="true" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @approx-func-fp-math.true(i32 %x) "approx-func-fp-math"="true" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @less-precise-fpmad.true(i32 %x) "less-precise-fpmad"="true" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no-inline-line-tables(i32 %x) "no-inline-line-tables" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @use-soft-float.true(i32 %x) "use-soft-float"="true" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @denormal-fp-math.preserve-sign_preserve-(i32 %x) "denormal-fp-math"="preserve-sign,preserve-sign" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @denormal-fp-math-f32.ieee_preserve-sign(i32 %x) "denormal-fp-math-f32"="ieee,preserve-sign" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @disable-tail-calls.true(i32 %x) "disable-tail-calls"="true" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @min-legal-vector-width.256(i32 %x) "min-legal-vector-width"="256" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @prefer-vector-width.128(i32 %x) "prefer-vector-width"="128" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @function-inline-cost.10(i32 %x) "function-inline-cost"="10" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @inline-remark.no(i32 %x) "inline-remark"="no" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @implicit-section-name..text.implicit(i32 %x) "implicit-section-name"=".text.implicit" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @indirect-tls-seg-refs(i32 %x) "indirect-tls-seg-refs" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @retpoline(i32 %x) "retpoline" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @guard_nocf(i32 %x) "guard_nocf" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @zero-call-used-regs.used-gpr(i32 %x) "zero-call-used-regs"="used-gpr" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no_caller_saved_registers(i32 %x) "no_caller_saved_registers" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no_callee_saved_registers(i32 %x) "no_callee_saved_registers" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @thunk(i32 %x) "thunk" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @split-stack(i32 %x) "split-stack" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @safestack-pointer(i32 %x) "safestack-pointer" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @save-reg-params(i32 %x) "save-reg-params" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @ms-hotpatch(i32 %x) "ms-hotpatch" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @bpf_fastcall(i32 %x) "bpf_fastcall" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @statepoint-id.7(i32 %x) "statepoint-id"="7" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @profile-sample-accurate(i32 %x) "profile-sample-accurate" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @use-sample-profile(i32 %x) "use-sample-profile" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @sample-profile-suffix-elision-policy.sel(i32 %x) "sample-profile-suffix-elision-policy"="selected" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @cf-protection-branch(i32 %x) "cf-protection-branch" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no-builtins(i32 %x) "no-builtins" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @no-builtin-memcpy(i32 %x) "no-builtin-memcpy" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @alloc-family.malloc(i32 %x) "alloc-family"="malloc" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @alloc-variant-zeroed.calloc(i32 %x) "alloc-variant-zeroed"="calloc" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @reciprocal-estimates.sqrtf(i32 %x) "reciprocal-estimates"="sqrtf" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @nooutline(i32 %x) "nooutline" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @hot-patch(i32 %x) "hot-patch" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @vector-function-abi-variant._ZGVbN4v_ext(i32 %x) "vector-function-abi-variant"="_ZGVbN4v_ext" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @cfi-canonical-jump-table(i32 %x) "cfi-canonical-jump-table" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @kcfi-target(i32 %x) "kcfi-target" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @my-own.quote__22_and__0A_line(i32 %x) "my-own"="quote \22 and \0A line" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @my-flag(i32 %x) "my-flag" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}
declare i32 @ext(i32)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
