; Effects on memory

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
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

define i32 @memory0(ptr %p) memory(none) {
  ret i32 0
}

define i32 @memory1(ptr %p) memory(read) {
  ret i32 1
}

define i32 @memory2(ptr %p) memory(write) {
  ret i32 2
}

define i32 @memory3(ptr %p) memory(argmem: readwrite) {
  ret i32 3
}

define i32 @memory4(ptr %p) memory(inaccessiblemem: readwrite) {
  ret i32 4
}

define i32 @memory5(ptr %p) memory(argmem: read, inaccessiblemem: write) {
  ret i32 5
}

define i32 @memory6(ptr %p) memory(readwrite, argmem: none) {
  ret i32 6
}

define i32 @memory7(ptr %p) memory(read, errnomem: write) {
  ret i32 7
}

define i32 @memory8(ptr %p) memory(errnomem: write) {
  ret i32 8
}

define i32 @memory9(ptr %p) memory(target_mem0: read) {
  ret i32 9
}

define i32 @memory10(ptr %p) memory(write, target_mem1: none) {
  ret i32 10
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
