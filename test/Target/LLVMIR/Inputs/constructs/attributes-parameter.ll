; Every attribute of parameters, one function each, named as the attribute

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

define void @align(ptr align 16 %p) {
  ret void
}

define void @allocalign(i64 allocalign %p) {
  ret void
}

define void @allocptr(ptr allocptr %p) {
  ret void
}

define void @byval(ptr byval(i64) %p) {
  ret void
}

define void @byref(ptr byref(i64) %p) {
  ret void
}

define void @noundef(ptr noundef %p) {
  ret void
}

define void @dereferenceable(ptr dereferenceable(8) %p) {
  ret void
}

define void @dereferenceable_or_null(ptr dereferenceable_or_null(8) %p) {
  ret void
}

define void @inalloca(ptr inalloca(i64) %p) {
  ret void
}

define void @initializes(ptr initializes((0, 4)) %p) {
  ret void
}

define void @inreg(ptr inreg %p) {
  ret void
}

define void @nofpclass(float nofpclass(nan inf) %p) {
  ret void
}

define void @nest(ptr nest %p) {
  ret void
}

define void @noalias(ptr noalias %p) {
  ret void
}

define void @captures(ptr captures(address, read_provenance) %p) {
  ret void
}

define void @noext(i32 noext %p) {
  ret void
}

define void @nofree(ptr nofree %p) {
  ret void
}

define void @dead_on_unwind(ptr dead_on_unwind %p) {
  ret void
}

define void @dead_on_return(ptr dead_on_return %p) {
  ret void
}

define void @nonnull(ptr nonnull %p) {
  ret void
}

define void @preallocated(ptr preallocated(i64) %p) {
  ret void
}

define void @range(i32 range(i32 0, 10) %p) {
  ret void
}

define void @readnone(ptr readnone %p) {
  ret void
}

define void @readonly(ptr readonly %p) {
  ret void
}

define ptr @returned(ptr returned %p) {
  ret ptr %p
}

define void @signext(i32 signext %p) {
  ret void
}

define void @alignstack(<4 x i32> alignstack(16) %p) {
  ret void
}

define void @sret(ptr sret(i64) %p) {
  ret void
}

define swiftcc void @swifterror(ptr swifterror %p) {
  store ptr null, ptr %p
  ret void
}

define swiftcc void @swiftself(ptr swiftself %p) {
  ret void
}

define swifttailcc void @swiftasync(ptr swiftasync %p) {
  ret void
}

define void @writable(ptr writable %p) {
  ret void
}

define void @writeonly(ptr writeonly %p) {
  ret void
}

define void @zeroext(i32 zeroext %p) {
  ret void
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
