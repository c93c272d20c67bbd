; Atomic and volatile loads and stores

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
  %a = load atomic i32, ptr %slot unordered, align 4
  %b = load atomic volatile i32, ptr %slot acquire, align 4
  %c = load atomic float, ptr %slot syncscope("singlethread") monotonic, align 8
  %d = load volatile i32, ptr %slot, align 1
  store atomic i32 %a, ptr %slot unordered, align 4
  store atomic volatile i32 %b, ptr %slot release, align 4
  store atomic ptr %slot, ptr %slot seq_cst, align 8
  store volatile i32 %d, ptr %slot, align 2
  store atomic float %c, ptr %slot syncscope("singlethread") seq_cst, align 4
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
