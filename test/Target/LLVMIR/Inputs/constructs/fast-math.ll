; Fast-math flags of arithmetic, comparison and calls

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
  %x = sitofp i32 %n to float
  %a0 = fadd fast float %x, 2.0
  %a1 = fadd nnan float %x, 2.0
  %a2 = fadd ninf float %x, 2.0
  %a3 = fadd nsz float %x, 2.0
  %a4 = fadd arcp float %x, 2.0
  %a5 = fadd contract float %x, 2.0
  %a6 = fadd afn float %x, 2.0
  %a7 = fadd reassoc float %x, 2.0
  %neg = fneg nsz float %a0
  %cmp = fcmp nnan ninf ogt float %neg, %a1
  %sqrt = call nnan float @llvm.sqrt.f32(float %a2)
  %ext = call nsz float @extf(float %a3)
  %mix = call reassoc float @llvm.fmuladd.f32(float %sqrt, float %ext, float %a4)
  %out = fdiv arcp float %mix, %a5
  %rem = frem afn float %out, %a6
  %last = fmul contract float %rem, %a7
  store float %last, ptr %slot
  store i1 %cmp, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare float @llvm.sqrt.f32(float)
declare float @extf(float)
declare float @llvm.fmuladd.f32(float, float, float)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
