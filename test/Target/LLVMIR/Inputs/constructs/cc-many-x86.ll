; Calling conventions fastcc, coldcc, ghccc, anyregcc, preserve_mostcc, preserve_allcc, swiftcc,
; swifttailcc, cxx_fast_tlscc, tailcc, intel_ocl_bicc, x86_64_sysvcc, win64cc, x86_regcallcc,
; x86_vectorcallcc, cc 81, cc 82

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
  %result_fastcc = call fastcc i32 @fastcc(i32 %n)
  %through_fastcc = call fastcc i32 %slot(i32 %n)
  store i32 %result_fastcc, ptr %slot
  %result_coldcc = call coldcc i32 @coldcc(i32 %n)
  %through_coldcc = call coldcc i32 %slot(i32 %n)
  store i32 %result_coldcc, ptr %slot
  %result_ghccc = call ghccc i32 @ghccc(i32 %n)
  %through_ghccc = call ghccc i32 %slot(i32 %n)
  store i32 %result_ghccc, ptr %slot
  %result_anyregcc = call anyregcc i32 @anyregcc(i32 %n)
  %through_anyregcc = call anyregcc i32 %slot(i32 %n)
  store i32 %result_anyregcc, ptr %slot
  %result_preserve_mostcc = call preserve_mostcc i32 @preserve_mostcc(i32 %n)
  %through_preserve_mostcc = call preserve_mostcc i32 %slot(i32 %n)
  store i32 %result_preserve_mostcc, ptr %slot
  %result_preserve_allcc = call preserve_allcc i32 @preserve_allcc(i32 %n)
  %through_preserve_allcc = call preserve_allcc i32 %slot(i32 %n)
  store i32 %result_preserve_allcc, ptr %slot
  %result_swiftcc = call swiftcc i32 @swiftcc(i32 %n)
  %through_swiftcc = call swiftcc i32 %slot(i32 %n)
  store i32 %result_swiftcc, ptr %slot
  %result_swifttailcc = call swifttailcc i32 @swifttailcc(i32 %n)
  %through_swifttailcc = call swifttailcc i32 %slot(i32 %n)
  store i32 %result_swifttailcc, ptr %slot
  %result_cxx_fast_tlscc = call cxx_fast_tlscc i32 @cxx_fast_tlscc(i32 %n)
  %through_cxx_fast_tlscc = call cxx_fast_tlscc i32 %slot(i32 %n)
  store i32 %result_cxx_fast_tlscc, ptr %slot
  %result_tailcc = call tailcc i32 @tailcc(i32 %n)
  %through_tailcc = call tailcc i32 %slot(i32 %n)
  store i32 %result_tailcc, ptr %slot
  %result_intel_ocl_bicc = call intel_ocl_bicc i32 @intel_ocl_bicc(i32 %n)
  %through_intel_ocl_bicc = call intel_ocl_bicc i32 %slot(i32 %n)
  store i32 %result_intel_ocl_bicc, ptr %slot
  %result_x86_64_sysvcc = call x86_64_sysvcc i32 @x86_64_sysvcc(i32 %n)
  %through_x86_64_sysvcc = call x86_64_sysvcc i32 %slot(i32 %n)
  store i32 %result_x86_64_sysvcc, ptr %slot
  %result_win64cc = call win64cc i32 @win64cc(i32 %n)
  %through_win64cc = call win64cc i32 %slot(i32 %n)
  store i32 %result_win64cc, ptr %slot
  %result_x86_regcallcc = call x86_regcallcc i32 @x86_regcallcc(i32 %n)
  %through_x86_regcallcc = call x86_regcallcc i32 %slot(i32 %n)
  store i32 %result_x86_regcallcc, ptr %slot
  %result_x86_vectorcallcc = call x86_vectorcallcc i32 @x86_vectorcallcc(i32 %n)
  %through_x86_vectorcallcc = call x86_vectorcallcc i32 %slot(i32 %n)
  store i32 %result_x86_vectorcallcc, ptr %slot
  %result_number_81 = call cc 81 i32 @number_81(i32 %n)
  %through_number_81 = call cc 81 i32 %slot(i32 %n)
  store i32 %result_number_81, ptr %slot
  %result_number_82 = call cc 82 i32 @number_82(i32 %n)
  %through_number_82 = call cc 82 i32 %slot(i32 %n)
  store i32 %result_number_82, ptr %slot
  store ptr @local, ptr %slot
  %checked = call i32 %callee(i32 %n) [ "kcfi"(i32 4660) ]
  ret i32 %checked
}

define fastcc i32 @fastcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define coldcc i32 @coldcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define ghccc i32 @ghccc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define anyregcc i32 @anyregcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define preserve_mostcc i32 @preserve_mostcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define preserve_allcc i32 @preserve_allcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define swiftcc i32 @swiftcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define swifttailcc i32 @swifttailcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define cxx_fast_tlscc i32 @cxx_fast_tlscc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define tailcc i32 @tailcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define intel_ocl_bicc i32 @intel_ocl_bicc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define x86_64_sysvcc i32 @x86_64_sysvcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define win64cc i32 @win64cc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define x86_regcallcc i32 @x86_regcallcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define x86_vectorcallcc i32 @x86_vectorcallcc(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define cc 81 i32 @number_81(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

define cc 82 i32 @number_82(i32 %x) {
  %y = call i32 @other(i32 5)
  ret i32 %y
}

!llvm.module.flags = !{!0}

!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 4660}
!2 = !{i32 22136}
