; Attributes of arguments at calls

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

declare void @site_align_callee(ptr)
define void @site_align(ptr %p) {
  call void @site_align_callee(ptr align 16 %p)
  ret void
}

declare void @site_allocalign_callee(i64)
define void @site_allocalign(i64 %p) {
  call void @site_allocalign_callee(i64 allocalign %p)
  ret void
}

declare void @site_allocptr_callee(ptr)
define void @site_allocptr(ptr %p) {
  call void @site_allocptr_callee(ptr allocptr %p)
  ret void
}

declare void @site_byval_callee(ptr byval(i64))
define void @site_byval(ptr %p) {
  call void @site_byval_callee(ptr byval(i64) %p)
  ret void
}

declare void @site_byref_callee(ptr byref(i64))
define void @site_byref(ptr %p) {
  call void @site_byref_callee(ptr byref(i64) %p)
  ret void
}

declare void @site_noundef_callee(ptr)
define void @site_noundef(ptr %p) {
  call void @site_noundef_callee(ptr noundef %p)
  ret void
}

declare void @site_dereferenceable_callee(ptr)
define void @site_dereferenceable(ptr %p) {
  call void @site_dereferenceable_callee(ptr dereferenceable(8) %p)
  ret void
}

declare void @site_dereferenceable_or_null_callee(ptr)
define void @site_dereferenceable_or_null(ptr %p) {
  call void @site_dereferenceable_or_null_callee(ptr dereferenceable_or_null(8) %p)
  ret void
}

declare void @site_initializes_callee(ptr)
define void @site_initializes(ptr %p) {
  call void @site_initializes_callee(ptr initializes((0, 4)) %p)
  ret void
}

declare void @site_inreg_callee(ptr)
define void @site_inreg(ptr %p) {
  call void @site_inreg_callee(ptr inreg %p)
  ret void
}

declare void @site_nofpclass_callee(float)
define void @site_nofpclass(float %p) {
  call void @site_nofpclass_callee(float nofpclass(nan inf) %p)
  ret void
}

declare void @site_nest_callee(ptr nest)
define void @site_nest(ptr %p) {
  call void @site_nest_callee(ptr nest %p)
  ret void
}

declare void @site_noalias_callee(ptr)
define void @site_noalias(ptr %p) {
  call void @site_noalias_callee(ptr noalias %p)
  ret void
}

declare void @site_captures_callee(ptr)
define void @site_captures(ptr %p) {
  call void @site_captures_callee(ptr captures(address, read_provenance) %p)
  ret void
}

declare void @site_noext_callee(i32)
define void @site_noext(i32 %p) {
  call void @site_noext_callee(i32 noext %p)
  ret void
}

declare void @site_nofree_callee(ptr)
define void @site_nofree(ptr %p) {
  call void @site_nofree_callee(ptr nofree %p)
  ret void
}

declare void @site_dead_on_unwind_callee(ptr)
define void @site_dead_on_unwind(ptr %p) {
  call void @site_dead_on_unwind_callee(ptr dead_on_unwind %p)
  ret void
}

declare void @site_dead_on_return_callee(ptr)
define void @site_dead_on_return(ptr %p) {
  call void @site_dead_on_return_callee(ptr dead_on_return %p)
  ret void
}

declare void @site_nonnull_callee(ptr)
define void @site_nonnull(ptr %p) {
  call void @site_nonnull_callee(ptr nonnull %p)
  ret void
}

declare void @site_range_callee(i32)
define void @site_range(i32 %p) {
  call void @site_range_callee(i32 range(i32 0, 10) %p)
  ret void
}

declare void @site_readnone_callee(ptr)
define void @site_readnone(ptr %p) {
  call void @site_readnone_callee(ptr readnone %p)
  ret void
}

declare void @site_readonly_callee(ptr)
define void @site_readonly(ptr %p) {
  call void @site_readonly_callee(ptr readonly %p)
  ret void
}

declare ptr @site_returned_callee(ptr)
define ptr @site_returned(ptr %p) {
  %r = call ptr @site_returned_callee(ptr returned %p)
  ret ptr %r
}

declare void @site_signext_callee(i32)
define void @site_signext(i32 %p) {
  call void @site_signext_callee(i32 signext %p)
  ret void
}

declare void @site_alignstack_callee(<4 x i32>)
define void @site_alignstack(<4 x i32> %p) {
  call void @site_alignstack_callee(<4 x i32> alignstack(16) %p)
  ret void
}

declare void @site_sret_callee(ptr sret(i64))
define void @site_sret(ptr %p) {
  call void @site_sret_callee(ptr sret(i64) %p)
  ret void
}

declare swiftcc void @site_swiftself_callee(ptr swiftself)
define void @site_swiftself(ptr %p) {
  call swiftcc void @site_swiftself_callee(ptr swiftself %p)
  ret void
}

declare swifttailcc void @site_swiftasync_callee(ptr swiftasync)
define void @site_swiftasync(ptr %p) {
  call swifttailcc void @site_swiftasync_callee(ptr swiftasync %p)
  ret void
}

declare void @site_writable_callee(ptr)
define void @site_writable(ptr %p) {
  call void @site_writable_callee(ptr writable %p)
  ret void
}

declare void @site_writeonly_callee(ptr)
define void @site_writeonly(ptr %p) {
  call void @site_writeonly_callee(ptr writeonly %p)
  ret void
}

declare void @site_zeroext_callee(i32)
define void @site_zeroext(i32 %p) {
  call void @site_zeroext_callee(i32 zeroext %p)
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
