; Every attribute of functions, one function each, named as the attribute

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

define i32 @alwaysinline(i32 %x) alwaysinline {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @cold(i32 %x) cold {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @convergent(i32 %x) convergent {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @hot(i32 %x) hot {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @disable_sanitizer_instrumentation(i32 %x) disable_sanitizer_instrumentation {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @fn_ret_thunk_extern(i32 %x) fn_ret_thunk_extern {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @inlinehint(i32 %x) inlinehint {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @jumptable(i32 %x) unnamed_addr jumptable {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @memory(i32 %x) memory(argmem: read) {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @minsize(i32 %x) minsize {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nobuiltin(i32 %x) nobuiltin {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nocallback(i32 %x) nocallback {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nocreateundeforpoison(i32 %x) nocreateundeforpoison {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nodivergencesource(i32 %x) nodivergencesource {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @noduplicate(i32 %x) noduplicate {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nofree(i32 %x) nofree {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @noimplicitfloat(i32 %x) noimplicitfloat {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @noinline(i32 %x) noinline {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nonlazybind(i32 %x) nonlazybind {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nomerge(i32 %x) nomerge {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @norecurse(i32 %x) norecurse {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @noredzone(i32 %x) noredzone {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @noreturn(i32 %x) noreturn {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nosync(i32 %x) nosync {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nocf_check(i32 %x) nocf_check {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @noprofile(i32 %x) noprofile {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @skipprofile(i32 %x) skipprofile {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nounwind(i32 %x) nounwind {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nosanitize_bounds(i32 %x) nosanitize_bounds {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @nosanitize_coverage(i32 %x) nosanitize_coverage {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @null_pointer_is_valid(i32 %x) null_pointer_is_valid {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @optdebug(i32 %x) optdebug {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @optforfuzzing(i32 %x) optforfuzzing {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @optsize(i32 %x) optsize {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @optnone(i32 %x) optnone noinline {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @returns_twice(i32 %x) returns_twice {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @safestack(i32 %x) safestack {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @shadowcallstack(i32 %x) shadowcallstack {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @alignstack(i32 %x) alignstack(16) {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @speculatable(i32 %x) speculatable {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @ssp(i32 %x) ssp {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sspreq(i32 %x) sspreq {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sspstrong(i32 %x) sspstrong {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @strictfp(i32 %x) strictfp {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sanitize_address(i32 %x) sanitize_address {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sanitize_thread(i32 %x) sanitize_thread {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sanitize_type(i32 %x) sanitize_type {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sanitize_memory(i32 %x) sanitize_memory {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sanitize_hwaddress(i32 %x) sanitize_hwaddress {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sanitize_memtag(i32 %x) sanitize_memtag {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sanitize_numerical_stability(i32 %x) sanitize_numerical_stability {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sanitize_realtime(i32 %x) sanitize_realtime {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sanitize_realtime_blocking(i32 %x) sanitize_realtime_blocking {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @sanitize_alloc_token(i32 %x) sanitize_alloc_token {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @speculative_load_hardening(i32 %x) speculative_load_hardening {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @uwtable(i32 %x) uwtable(sync) {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @vscale_range(i32 %x) vscale_range(1,16) {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @willreturn(i32 %x) willreturn {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @mustprogress(i32 %x) mustprogress {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @presplitcoroutine(i32 %x) presplitcoroutine {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @coro_only_destroy_when_complete(i32 %x) coro_only_destroy_when_complete {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define i32 @coro_elide_safe(i32 %x) coro_elide_safe {
  %y = call i32 @ext(i32 %x)
  %z = add i32 %y, 1
  ret i32 %z
}

define void @naked() naked {
  call void asm sideeffect "ret", ""()
  unreachable
}

declare noalias ptr @allocsize(i64, i64) allocsize(0,1)
declare noalias ptr @allockind(i64) allockind("alloc,uninitialized") "alloc-family"="malloc"
@allocators = global [2 x ptr] [ptr @allocsize, ptr @allockind]
declare i32 @ext(i32)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
