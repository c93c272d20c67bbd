; Calling conventions arm_apcscc, arm_aapcscc, arm_aapcs_vfpcc

target datalayout = "e-m:e-p:32:32-Fi8-i64:64-v128:64:128-a:0:32-n32-S64"
target triple = "armv7a-unknown-linux-gnueabihf"

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  %result_arm_apcscc = call arm_apcscc i32 @arm_apcscc(i32 %n)
  %through_arm_apcscc = call arm_apcscc i32 %slot(i32 %n)
  store i32 %result_arm_apcscc, ptr %slot
  %result_arm_aapcscc = call arm_aapcscc i32 @arm_aapcscc(i32 %n)
  %through_arm_aapcscc = call arm_aapcscc i32 %slot(i32 %n)
  store i32 %result_arm_aapcscc, ptr %slot
  %result_arm_aapcs_vfpcc = call arm_aapcs_vfpcc i32 @arm_aapcs_vfpcc(i32 %n)
  %through_arm_aapcs_vfpcc = call arm_aapcs_vfpcc i32 %slot(i32 %n)
  store i32 %result_arm_aapcs_vfpcc, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

define arm_apcscc i32 @arm_apcscc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define arm_aapcscc i32 @arm_aapcscc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define arm_aapcs_vfpcc i32 @arm_aapcs_vfpcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
