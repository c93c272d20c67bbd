; The name of the source comes back: LLVM makes the symbol of the file from it, and
; ThinLTO the ids of local functions. Without one, LLVM takes the module's path,
; which is no part of the module.

; RUN: kcfi-translate --import-llvm-ir %s -o %t.mlir
; RUN: FileCheck %s < %t.mlir
; RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.mlir | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=BACK
; RUN: llvm-as %s -o %t.bc && kcfi-translate --import-llvm-ir %t.bc | FileCheck %s
; RUN: grep -v ^source_filename %s | kcfi-translate --import-llvm-ir - | FileCheck %s --check-prefix=NONE
; RUN: grep -v ^source_filename %s > %t.ll && kcfi-translate --import-llvm-ir %t.ll | FileCheck %s --check-prefix=NONE

; CHECK: module attributes {{.*}}kcfi.source_filename = "dir/a name.c"
; BACK: source_filename = "dir/a name.c"
; NONE: module attributes
; NONE-NOT: source_filename

source_filename = "dir/a name.c"
target triple = "x86_64-unknown-linux-gnu"

define void @f() !kcfi_type !1 {
  ret void
}

!llvm.module.flags = !{!0}
!0 = !{i32 4, !"kcfi", i32 1}
!1 = !{i32 7}
