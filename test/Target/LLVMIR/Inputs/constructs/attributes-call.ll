; Every attribute of functions at a direct call, one function each

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

define i64 @site_allocsize(i64 %x) {
  %y = call i64 @ext(i64 %x) allocsize(0)
  ret i64 %y
}

define i64 @site_alwaysinline(i64 %x) {
  %y = call i64 @ext(i64 %x) alwaysinline
  ret i64 %y
}

define i64 @site_builtin(i64 %x) {
  %y = call i64 @ext(i64 %x) builtin
  ret i64 %y
}

define i64 @site_cold(i64 %x) {
  %y = call i64 @ext(i64 %x) cold
  ret i64 %y
}

define i64 @site_convergent(i64 %x) {
  %y = call i64 @ext(i64 %x) convergent
  ret i64 %y
}

define i64 @site_hot(i64 %x) {
  %y = call i64 @ext(i64 %x) hot
  ret i64 %y
}

define i64 @site_disable_sanitizer_instrumentation(i64 %x) {
  %y = call i64 @ext(i64 %x) disable_sanitizer_instrumentation
  ret i64 %y
}

define i64 @site_fn_ret_thunk_extern(i64 %x) {
  %y = call i64 @ext(i64 %x) fn_ret_thunk_extern
  ret i64 %y
}

define i64 @site_inlinehint(i64 %x) {
  %y = call i64 @ext(i64 %x) inlinehint
  ret i64 %y
}

define i64 @site_memory(i64 %x) {
  %y = call i64 @ext(i64 %x) memory(argmem: read)
  ret i64 %y
}

define i64 @site_minsize(i64 %x) {
  %y = call i64 @ext(i64 %x) minsize
  ret i64 %y
}

define i64 @site_nobuiltin(i64 %x) {
  %y = call i64 @ext(i64 %x) nobuiltin
  ret i64 %y
}

define i64 @site_nocallback(i64 %x) {
  %y = call i64 @ext(i64 %x) nocallback
  ret i64 %y
}

define i64 @site_nocreateundeforpoison(i64 %x) {
  %y = call i64 @ext(i64 %x) nocreateundeforpoison
  ret i64 %y
}

define i64 @site_nodivergencesource(i64 %x) {
  %y = call i64 @ext(i64 %x) nodivergencesource
  ret i64 %y
}

define i64 @site_noduplicate(i64 %x) {
  %y = call i64 @ext(i64 %x) noduplicate
  ret i64 %y
}

define i64 @site_nofree(i64 %x) {
  %y = call i64 @ext(i64 %x) nofree
  ret i64 %y
}

define i64 @site_noimplicitfloat(i64 %x) {
  %y = call i64 @ext(i64 %x) noimplicitfloat
  ret i64 %y
}

define i64 @site_noinline(i64 %x) {
  %y = call i64 @ext(i64 %x) noinline
  ret i64 %y
}

define i64 @site_nonlazybind(i64 %x) {
  %y = call i64 @ext(i64 %x) nonlazybind
  ret i64 %y
}

define i64 @site_nomerge(i64 %x) {
  %y = call i64 @ext(i64 %x) nomerge
  ret i64 %y
}

define i64 @site_norecurse(i64 %x) {
  %y = call i64 @ext(i64 %x) norecurse
  ret i64 %y
}

define i64 @site_noredzone(i64 %x) {
  %y = call i64 @ext(i64 %x) noredzone
  ret i64 %y
}

define i64 @site_noreturn(i64 %x) {
  %y = call i64 @ext(i64 %x) noreturn
  ret i64 %y
}

define i64 @site_nosync(i64 %x) {
  %y = call i64 @ext(i64 %x) nosync
  ret i64 %y
}

define i64 @site_nocf_check(i64 %x) {
  %y = call i64 @ext(i64 %x) nocf_check
  ret i64 %y
}

define i64 @site_noprofile(i64 %x) {
  %y = call i64 @ext(i64 %x) noprofile
  ret i64 %y
}

define i64 @site_skipprofile(i64 %x) {
  %y = call i64 @ext(i64 %x) skipprofile
  ret i64 %y
}

define i64 @site_nounwind(i64 %x) {
  %y = call i64 @ext(i64 %x) nounwind
  ret i64 %y
}

define i64 @site_nosanitize_bounds(i64 %x) {
  %y = call i64 @ext(i64 %x) nosanitize_bounds
  ret i64 %y
}

define i64 @site_nosanitize_coverage(i64 %x) {
  %y = call i64 @ext(i64 %x) nosanitize_coverage
  ret i64 %y
}

define i64 @site_null_pointer_is_valid(i64 %x) {
  %y = call i64 @ext(i64 %x) null_pointer_is_valid
  ret i64 %y
}

define i64 @site_optdebug(i64 %x) {
  %y = call i64 @ext(i64 %x) optdebug
  ret i64 %y
}

define i64 @site_optforfuzzing(i64 %x) {
  %y = call i64 @ext(i64 %x) optforfuzzing
  ret i64 %y
}

define i64 @site_optsize(i64 %x) {
  %y = call i64 @ext(i64 %x) optsize
  ret i64 %y
}

define i64 @site_returns_twice(i64 %x) {
  %y = call i64 @ext(i64 %x) returns_twice
  ret i64 %y
}

define i64 @site_safestack(i64 %x) {
  %y = call i64 @ext(i64 %x) safestack
  ret i64 %y
}

define i64 @site_shadowcallstack(i64 %x) {
  %y = call i64 @ext(i64 %x) shadowcallstack
  ret i64 %y
}

define i64 @site_alignstack(i64 %x) {
  %y = call i64 @ext(i64 %x) alignstack(16)
  ret i64 %y
}

define i64 @site_ssp(i64 %x) {
  %y = call i64 @ext(i64 %x) ssp
  ret i64 %y
}

define i64 @site_sspreq(i64 %x) {
  %y = call i64 @ext(i64 %x) sspreq
  ret i64 %y
}

define i64 @site_sspstrong(i64 %x) {
  %y = call i64 @ext(i64 %x) sspstrong
  ret i64 %y
}

define i64 @site_strictfp(i64 %x) {
  %y = call i64 @ext(i64 %x) strictfp
  ret i64 %y
}

define i64 @site_sanitize_address(i64 %x) {
  %y = call i64 @ext(i64 %x) sanitize_address
  ret i64 %y
}

define i64 @site_sanitize_thread(i64 %x) {
  %y = call i64 @ext(i64 %x) sanitize_thread
  ret i64 %y
}

define i64 @site_sanitize_type(i64 %x) {
  %y = call i64 @ext(i64 %x) sanitize_type
  ret i64 %y
}

define i64 @site_sanitize_memory(i64 %x) {
  %y = call i64 @ext(i64 %x) sanitize_memory
  ret i64 %y
}

define i64 @site_sanitize_hwaddress(i64 %x) {
  %y = call i64 @ext(i64 %x) sanitize_hwaddress
  ret i64 %y
}

define i64 @site_sanitize_memtag(i64 %x) {
  %y = call i64 @ext(i64 %x) sanitize_memtag
  ret i64 %y
}

define i64 @site_sanitize_numerical_stability(i64 %x) {
  %y = call i64 @ext(i64 %x) sanitize_numerical_stability
  ret i64 %y
}

define i64 @site_sanitize_realtime(i64 %x) {
  %y = call i64 @ext(i64 %x) sanitize_realtime
  ret i64 %y
}

define i64 @site_sanitize_realtime_blocking(i64 %x) {
  %y = call i64 @ext(i64 %x) sanitize_realtime_blocking
  ret i64 %y
}

define i64 @site_sanitize_alloc_token(i64 %x) {
  %y = call i64 @ext(i64 %x) sanitize_alloc_token
  ret i64 %y
}

define i64 @site_speculative_load_hardening(i64 %x) {
  %y = call i64 @ext(i64 %x) speculative_load_hardening
  ret i64 %y
}

define i64 @site_willreturn(i64 %x) {
  %y = call i64 @ext(i64 %x) willreturn
  ret i64 %y
}

define i64 @site_mustprogress(i64 %x) {
  %y = call i64 @ext(i64 %x) mustprogress
  ret i64 %y
}

define i64 @site_presplitcoroutine(i64 %x) {
  %y = call i64 @ext(i64 %x) presplitcoroutine
  ret i64 %y
}

define i64 @site_coro_only_destroy_when_complete(i64 %x) {
  %y = call i64 @ext(i64 %x) coro_only_destroy_when_complete
  ret i64 %y
}

define i64 @site_coro_elide_safe(i64 %x) {
  %y = call i64 @ext(i64 %x) coro_elide_safe
  ret i64 %y
}
declare i64 @ext(i64)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
