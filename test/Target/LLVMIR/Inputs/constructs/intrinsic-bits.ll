; Bit operations

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
  %a = call i32 @llvm.ctpop.i32(i32 %n)
  %b = call i32 @llvm.cttz.i32(i32 %a, i1 true)
  %c = call i32 @llvm.bswap.i32(i32 %b)
  %d = call i32 @llvm.bitreverse.i32(i32 %c)
  %e = call i32 @llvm.fshl.i32(i32 %d, i32 %n, i32 5)
  %f = call { i32, i1 } @llvm.sadd.with.overflow.i32(i32 %e, i32 %n)
  %g = extractvalue { i32, i1 } %f, 0
  %h = call i32 @llvm.uadd.sat.i32(i32 %g, i32 5)
  %i = call i32 @llvm.sshl.sat.i32(i32 %h, i32 5)
  %j = call i32 @llvm.smul.fix.i32(i32 %i, i32 5, i32 2)
  %k = call i2 @llvm.scmp.i2.i32(i32 %j, i32 %n)
  store i2 %k, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare i32 @llvm.ctpop.i32(i32)
declare i32 @llvm.cttz.i32(i32, i1)
declare i32 @llvm.bswap.i32(i32)
declare i32 @llvm.bitreverse.i32(i32)
declare i32 @llvm.fshl.i32(i32, i32, i32)
declare { i32, i1 } @llvm.sadd.with.overflow.i32(i32, i32)
declare i32 @llvm.uadd.sat.i32(i32, i32)
declare i32 @llvm.sshl.sat.i32(i32, i32)
declare i32 @llvm.smul.fix.i32(i32, i32, i32)
declare i2 @llvm.scmp.i2.i32(i32, i32)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
