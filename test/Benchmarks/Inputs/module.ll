target triple = "x86_64-unknown-linux-gnu"
define i32 @inc(i32 %x) !kcfi_type !1 {
  %sum = add nsw i32 %x, 1
  ret i32 %sum
}
define i32 @apply(ptr %f, i32 %x) !kcfi_type !2 {
  %result = call i32 %f(i32 %x) [ "kcfi"(i32 329620) ]
  ret i32 %result
}
define i32 @main() {
  %result = call i32 @apply(ptr @inc, i32 1)
  ret i32 %result
}
!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 329620}
!2 = !{i32 7}
