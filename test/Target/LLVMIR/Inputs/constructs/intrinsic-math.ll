; Mathematical functions

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
  %x = bitcast i32 %n to float
  %a = call float @llvm.sin.f32(float %x)
  %b = call float @llvm.maximum.f32(float %a, float 1.0)
  %c = call float @llvm.minimumnum.f32(float %b, float 1.0)
  %d = call { float, i32 } @llvm.frexp.f32.i32(float %c)
  %e = extractvalue { float, i32 } %d, 0
  %f = call i1 @llvm.is.fpclass.f32(float %e, i32 3)
  %g = call i32 @llvm.fptosi.sat.i32.f32(float %e)
  %h = call float @llvm.canonicalize.f32(float %e)
  %i = call float @llvm.arithmetic.fence.f32(float %h)
  %j = call { float, float } @llvm.sincos.f32(float %i)
  %k = extractvalue { float, float } %j, 1
  %l = call float @llvm.powi.f32.i32(float %k, i32 %g)
  store i1 %f, ptr %slot
  store float %l, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare float @llvm.sin.f32(float)
declare float @llvm.maximum.f32(float, float)
declare float @llvm.minimumnum.f32(float, float)
declare { float, i32 } @llvm.frexp.f32.i32(float)
declare i1 @llvm.is.fpclass.f32(float, i32)
declare i32 @llvm.fptosi.sat.i32.f32(float)
declare float @llvm.canonicalize.f32(float)
declare float @llvm.arithmetic.fence.f32(float)
declare { float, float } @llvm.sincos.f32(float)
declare float @llvm.powi.f32.i32(float, i32)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
