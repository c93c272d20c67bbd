// Without a layout of the module's own, that of its target: on 32-bit targets
// pointers are 4 bytes, and no access claims more alignment than it has.
// RUN: kcfi-translate --kcfi-to-llvmir %s | FileCheck %s --check-prefix=DEFAULT
// RUN: sed 's/i686-unknown-linux-gnu"/&, llvm.data_layout = "e-p:32:64"/' %s | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=GIVEN
// RUN: sed 's/attributes {llvm.target_triple = .*} {/{/' %s | kcfi-translate --kcfi-to-llvmir | FileCheck %s --check-prefix=NONE

// DEFAULT: target datalayout = "e-m:e-p:32:32-
// DEFAULT: store ptr %0, ptr %1, align 4
// GIVEN:   target datalayout = "e-p:32:64"
// GIVEN:   store ptr %0, ptr %1, align 8
// NONE-NOT: target datalayout
// NONE:    store ptr
module attributes {llvm.target_triple = "i686-unknown-linux-gnu"} {
  llvm.func @keep(%f: !llvm.ptr, %slot: !llvm.ptr) {
    llvm.store %f, %slot : !llvm.ptr, !llvm.ptr
    llvm.return
  }
}
