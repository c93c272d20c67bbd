; Access indices, which relocate fields

target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
target triple = "bpfel"

%pair = type { i32, i32 }

define internal i32 @local(i32 %x) !kcfi_type !1 {
  ret i32 %x
}

define i32 @other(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}

define i32 @user(ptr %callee, ptr %slot, i32 %n) !kcfi_type !2 {
  %b = call ptr @llvm.preserve.struct.access.index.p0.p0(ptr elementtype(%pair) %slot, i32 1, i32 1), !llvm.preserve.access.index !3
  store i32 %n, ptr %b
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

declare ptr @llvm.preserve.struct.access.index.p0.p0(ptr, i32, i32)

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
!3 = !DICompositeType(tag: DW_TAG_structure_type, name: "pair", size: 64, elements: !4)
!4 = !{}
