; Every atomicrmw operation on integers

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
  %v0 = atomicrmw xchg ptr %slot, i32 %n seq_cst
  %v1 = atomicrmw add ptr %slot, i32 %n seq_cst
  %v2 = atomicrmw sub ptr %slot, i32 %n seq_cst
  %v3 = atomicrmw and ptr %slot, i32 %n seq_cst
  %v4 = atomicrmw nand ptr %slot, i32 %n seq_cst
  %v5 = atomicrmw or ptr %slot, i32 %n seq_cst
  %v6 = atomicrmw xor ptr %slot, i32 %n seq_cst
  %v7 = atomicrmw max ptr %slot, i32 %n seq_cst
  %v8 = atomicrmw min ptr %slot, i32 %n seq_cst
  %v9 = atomicrmw umax ptr %slot, i32 %n seq_cst
  %v10 = atomicrmw umin ptr %slot, i32 %n seq_cst
  %v11 = atomicrmw uinc_wrap ptr %slot, i32 %n seq_cst
  %v12 = atomicrmw udec_wrap ptr %slot, i32 %n seq_cst
  %v13 = atomicrmw usub_cond ptr %slot, i32 %n seq_cst
  %v14 = atomicrmw usub_sat ptr %slot, i32 %n seq_cst
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
