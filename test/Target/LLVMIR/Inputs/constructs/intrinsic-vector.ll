; Masked, strided, reducing and predicated operations of vectors

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
  %a = call <4 x i32> @llvm.masked.load.v4i32.p0(ptr align 4 %slot, <4 x i1> <i1 1, i1 0, i1 1, i1 0>, <4 x i32> poison)
  call void @llvm.masked.store.v4i32.p0(<4 x i32> %a, ptr align 16 %slot, <4 x i1> splat (i1 true))
  %b = call i32 @llvm.vector.reduce.add.v4i32(<4 x i32> %a)
  %c = call <2 x i32> @llvm.vector.extract.v2i32.v4i32(<4 x i32> %a, i64 2)
  %d = call <4 x i1> @llvm.get.active.lane.mask.v4i1.i32(i32 0, i32 %n)
  %e = call <4 x i32> @llvm.vp.add.v4i32(<4 x i32> %a, <4 x i32> %a, <4 x i1> %d, i32 %n)
  %f = call <4 x i32> @llvm.vector.reverse.v4i32(<4 x i32> %e)
  %g = call <4 x i32> @llvm.stepvector.v4i32()
  %h = add <4 x i32> %f, %g
  %i = call { <2 x i32>, <2 x i32> } @llvm.vector.deinterleave2.v4i32(<4 x i32> %h)
  %j = extractvalue { <2 x i32>, <2 x i32> } %i, 0
  %k = call <4 x i32> @llvm.masked.gather.v4i32.v4p0(<4 x ptr> align 4 poison, <4 x i1> %d, <4 x i32> %h)
  %l = call <4 x i32> @llvm.masked.expandload.v4i32(ptr align 4 %slot, <4 x i1> %d, <4 x i32> %k)
  store <4 x i32> %l, ptr %slot
  store <2 x i32> %j, ptr %slot
  store <2 x i32> %c, ptr %slot
  store i32 %b, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare <4 x i32> @llvm.masked.load.v4i32.p0(ptr, <4 x i1>, <4 x i32>)
declare void @llvm.masked.store.v4i32.p0(<4 x i32>, ptr, <4 x i1>)
declare i32 @llvm.vector.reduce.add.v4i32(<4 x i32>)
declare <2 x i32> @llvm.vector.extract.v2i32.v4i32(<4 x i32>, i64)
declare <4 x i1> @llvm.get.active.lane.mask.v4i1.i32(i32, i32)
declare <4 x i32> @llvm.vp.add.v4i32(<4 x i32>, <4 x i32>, <4 x i1>, i32)
declare <4 x i32> @llvm.vector.reverse.v4i32(<4 x i32>)
declare <4 x i32> @llvm.stepvector.v4i32()
declare { <2 x i32>, <2 x i32> } @llvm.vector.deinterleave2.v4i32(<4 x i32>)
declare <4 x i32> @llvm.masked.gather.v4i32.v4p0(<4 x ptr>, <4 x i1>, <4 x i32>)
declare <4 x i32> @llvm.masked.expandload.v4i32(ptr, <4 x i1>, <4 x i32>)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
