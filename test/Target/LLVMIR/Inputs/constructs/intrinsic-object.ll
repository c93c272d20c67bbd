; Hints: objectsize, expect, launder, is.constant, allow checks

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
  %a = call i64 @llvm.objectsize.i64.p0(ptr %slot, i1 true, i1 false, i1 true)
  %b = call i32 @llvm.expect.i32(i32 %n, i32 5)
  %c = call i32 @llvm.expect.with.probability.i32(i32 %b, i32 5, double 9.0e-01)
  %d = call ptr @llvm.launder.invariant.group.p0(ptr %slot)
  %e = call ptr @llvm.strip.invariant.group.p0(ptr %d)
  %f = call i1 @llvm.is.constant.i32(i32 %c)
  store i64 %a, ptr %e
  store i1 %f, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare i64 @llvm.objectsize.i64.p0(ptr, i1, i1, i1)
declare i32 @llvm.expect.i32(i32, i32)
declare i32 @llvm.expect.with.probability.i32(i32, i32, double)
declare ptr @llvm.launder.invariant.group.p0(ptr)
declare ptr @llvm.strip.invariant.group.p0(ptr)
declare i1 @llvm.is.constant.i32(i32)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
