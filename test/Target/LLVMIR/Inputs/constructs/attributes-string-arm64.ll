; String attributes of functions on AArch64

target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128-Fn32"
target triple = "aarch64-unknown-linux-gnu"

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

define i32 @sign-return-address.all(i32 %x) "sign-return-address"="all" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @sign-return-address.non-leaf(i32 %x) "sign-return-address"="non-leaf" "sign-return-address-key"="b_key" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @branch-target-enforcement(i32 %x) "branch-target-enforcement" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @branch-protection-pauth-lr(i32 %x) "branch-protection-pauth-lr" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @guarded-control-stack(i32 %x) "guarded-control-stack" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @aarch64_pstate_sm_enabled.target-feature(i32 %x) "aarch64_pstate_sm_enabled" "target-features"="+sve,+sme2" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @aarch64_pstate_sm_body.target-features(i32 %x) "aarch64_pstate_sm_body" "target-features"="+sve,+sme2" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @aarch64_pstate_sm_compatible.target-feat(i32 %x) "aarch64_pstate_sm_compatible" "target-features"="+sve,+sme2" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @aarch64_new_za.target-features(i32 %x) "aarch64_new_za" "target-features"="+sve,+sme2" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @aarch64_inout_za.target-features(i32 %x) "aarch64_inout_za" "target-features"="+sve,+sme2" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @aarch64_preserves_zt0.target-features(i32 %x) "aarch64_preserves_zt0" "target-features"="+sve,+sme2" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @aarch64_new_zt0.target-features(i32 %x) "aarch64_new_zt0" "target-features"="+sve,+sme2" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @sign-return-address-harden(i32 %x) "sign-return-address-harden" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @ptrauth-returns(i32 %x) "ptrauth-returns" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @ptrauth-calls(i32 %x) "ptrauth-calls" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @ptrauth-auth-traps(i32 %x) "ptrauth-auth-traps" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @outline-atomics(i32 %x) "outline-atomics" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @harden-sls-retbr(i32 %x) "harden-sls-retbr" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}

define i32 @target-features._sve__sme(i32 %x) "target-features"="+sve,+sme" {
  %y = call i32 @ext(i32 %x)
  ret i32 %y
}
declare i32 @ext(i32)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
