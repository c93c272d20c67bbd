; Attributes of results at calls

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

declare ptr @ret_align()
define ptr @site_align() {
  %r = call align 16 ptr @ret_align()
  ret ptr %r
}

declare ptr @ret_noundef()
define ptr @site_noundef() {
  %r = call noundef ptr @ret_noundef()
  ret ptr %r
}

declare ptr @ret_dereferenceable()
define ptr @site_dereferenceable() {
  %r = call dereferenceable(8) ptr @ret_dereferenceable()
  ret ptr %r
}

declare ptr @ret_dereferenceable_or_null()
define ptr @site_dereferenceable_or_null() {
  %r = call dereferenceable_or_null(8) ptr @ret_dereferenceable_or_null()
  ret ptr %r
}

declare ptr @ret_inreg()
define ptr @site_inreg() {
  %r = call inreg ptr @ret_inreg()
  ret ptr %r
}

declare float @ret_nofpclass()
define float @site_nofpclass() {
  %r = call nofpclass(nan inf) float @ret_nofpclass()
  ret float %r
}

declare ptr @ret_noalias()
define ptr @site_noalias() {
  %r = call noalias ptr @ret_noalias()
  ret ptr %r
}

declare i32 @ret_noext()
define i32 @site_noext() {
  %r = call noext i32 @ret_noext()
  ret i32 %r
}

declare ptr @ret_nonnull()
define ptr @site_nonnull() {
  %r = call nonnull ptr @ret_nonnull()
  ret ptr %r
}

declare i32 @ret_range()
define i32 @site_range() {
  %r = call range(i32 0, 10) i32 @ret_range()
  ret i32 %r
}

declare i32 @ret_signext()
define i32 @site_signext() {
  %r = call signext i32 @ret_signext()
  ret i32 %r
}

declare i32 @ret_zeroext()
define i32 @site_zeroext() {
  %r = call zeroext i32 @ret_zeroext()
  ret i32 %r
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
