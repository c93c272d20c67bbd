; Every attribute of results, one function each

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

declare align 16 ptr @ret_align()
define align 16 ptr @def_align() {
  %r = call ptr @ret_align()
  ret ptr %r
}

declare noundef ptr @ret_noundef()
define noundef ptr @def_noundef() {
  %r = call ptr @ret_noundef()
  ret ptr %r
}

declare dereferenceable(8) ptr @ret_dereferenceable()
define dereferenceable(8) ptr @def_dereferenceable() {
  %r = call ptr @ret_dereferenceable()
  ret ptr %r
}

declare dereferenceable_or_null(8) ptr @ret_dereferenceable_or_null()
define dereferenceable_or_null(8) ptr @def_dereferenceable_or_null() {
  %r = call ptr @ret_dereferenceable_or_null()
  ret ptr %r
}

declare inreg ptr @ret_inreg()
define inreg ptr @def_inreg() {
  %r = call ptr @ret_inreg()
  ret ptr %r
}

declare nofpclass(nan inf) float @ret_nofpclass()
define nofpclass(nan inf) float @def_nofpclass() {
  %r = call float @ret_nofpclass()
  ret float %r
}

declare noalias ptr @ret_noalias()
define noalias ptr @def_noalias() {
  %r = call ptr @ret_noalias()
  ret ptr %r
}

declare noext i32 @ret_noext()
define noext i32 @def_noext() {
  %r = call i32 @ret_noext()
  ret i32 %r
}

declare nonnull ptr @ret_nonnull()
define nonnull ptr @def_nonnull() {
  %r = call ptr @ret_nonnull()
  ret ptr %r
}

declare range(i32 0, 10) i32 @ret_range()
define range(i32 0, 10) i32 @def_range() {
  %r = call i32 @ret_range()
  ret i32 %r
}

declare signext i32 @ret_signext()
define signext i32 @def_signext() {
  %r = call i32 @ret_signext()
  ret i32 %r
}

declare zeroext i32 @ret_zeroext()
define zeroext i32 @def_zeroext() {
  %r = call i32 @ret_zeroext()
  ret i32 %r
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
