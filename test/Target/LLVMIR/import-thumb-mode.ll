; A function is Thumb code if the last sign of `thumb-mode` in its features is a
; plus. LLVM reads the list so, and makes ARM code here, whose checks it makes well.
; RUN: llc -o - %s | FileCheck %s --check-prefix=LLVM
; LLVM: .code 32

; RUN: kcfi-translate --import-llvm-ir %s -o %t.mlir
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.mlir | FileCheck %s --implicit-check-not=llvm.intr.trap
; CHECK: llvm.call %{{.*}}() ["kcfi"(%{{.*}} : i32)]

; A feature whose name begins alike is another feature.
; RUN: sed 's/,-thumb-mode/,-thumb-mode-2/' %s | kcfi-translate --import-llvm-ir -o %t.thumb.mlir
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.thumb.mlir | FileCheck %s --check-prefix=THUMB
; THUMB: llvm.intr.trap

; Both readings of the features agree: no warning about a check of Thumb code in
; a function that is carried.
; RUN: sed 's/\[ "kcfi"/[ "other"(i32 0), "kcfi"/' %s | kcfi-translate --import-llvm-ir -o %t.carried.mlir 2>&1 | FileCheck %s --check-prefix=CARRIED --allow-empty
; CARRIED-NOT: Thumb1

target triple = "armv6-unknown-linux-gnueabi"

define void @call(ptr %f) #0 !kcfi_type !0 {
  call void %f() [ "kcfi"(i32 12345) ]
  ret void
}

attributes #0 = { "target-features"="+thumb-mode,+armv6,-thumb-mode" }

!llvm.module.flags = !{!1}
!0 = !{i32 12345}
!1 = !{i32 4, !"kcfi", i32 1}
