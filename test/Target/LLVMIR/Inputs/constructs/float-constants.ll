; Not-a-numbers with payload, infinities, negative zero and denormal numbers

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@nans = global [2 x double] [double 0x7FF0000000000001, double 0xFFF8000000000123]

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  store volatile float 0x7FF8000020000000, ptr %slot
  store volatile float 0x7FF4000000000000, ptr %slot
  store volatile double 0x7FF0000000000001, ptr %slot
  store volatile double 0xFFF8000000000123, ptr %slot
  store volatile double 0xFFF0000000000000, ptr %slot
  store volatile double -0.0, ptr %slot
  store volatile float 0x36A0000000000000, ptr %slot
  store volatile half 0xH7D01, ptr %slot
  store volatile <2 x float> <float 0x7FF4000000000000, float -0.0>, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
