; Calling conventions amdgpu_vs, amdgpu_gs, amdgpu_cs, amdgpu_hs, amdgpu_ls, amdgpu_es, amdgpu_gfx

target datalayout = "e-m:e-p:64:64-p1:64:64-p2:32:32-p3:32:32-p4:64:64-p5:32:32-p6:32:32-p7:160:256:256:32-p8:128:128:128:48-p9:192:256:256:32-i64:64-v16:16-v24:32-v32:32-v48:64-v96:128-v192:256-v256:256-v512:512-v1024:1024-v2048:2048-n32:64-S32-A5-G1-ni:7:8:9"
target triple = "amdgcn-amd-amdpal"

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  %result_amdgpu_gfx = call amdgpu_gfx i32 @amdgpu_gfx(i32 %n)
  %through_amdgpu_gfx = call amdgpu_gfx i32 %slot(i32 %n)
  store i32 %result_amdgpu_gfx, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

define amdgpu_vs void @amdgpu_vs(i32 %x) {
  %y = call i32 @other(i32 5)
  ret void
}

define amdgpu_gs void @amdgpu_gs(i32 %x) {
  %y = call i32 @other(i32 5)
  ret void
}

define amdgpu_cs void @amdgpu_cs(i32 %x) {
  %y = call i32 @other(i32 5)
  ret void
}

define amdgpu_hs void @amdgpu_hs(i32 %x) {
  %y = call i32 @other(i32 5)
  ret void
}

define amdgpu_ls void @amdgpu_ls(i32 %x) {
  %y = call i32 @other(i32 5)
  ret void
}

define amdgpu_es void @amdgpu_es(i32 %x) {
  %y = call i32 @other(i32 5)
  ret void
}

define amdgpu_gfx i32 @amdgpu_gfx(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
