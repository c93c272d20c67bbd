; Calling conventions ptx_kernel, ptx_device

target datalayout = "e-p6:32:32-i64:64-i128:128-i256:256-v16:16-v32:32-n16:32:64"
target triple = "nvptx64-nvidia-cuda"

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  %result_ptx_device = call ptx_device i32 @ptx_device(i32 %n)
  %through_ptx_device = call ptx_device i32 %slot(i32 %n)
  store i32 %result_ptx_device, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

define ptx_kernel void @ptx_kernel(i32 %x) {
  %y = call i32 @other(i32 5)
  ret void
}

define ptx_device i32 @ptx_device(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
