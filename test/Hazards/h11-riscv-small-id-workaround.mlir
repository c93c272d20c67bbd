// H11, worked around: calls with ids whose upper part is zero succeed, also the
// second one, and a wrong id traps.

// REQUIRES: run-riscv64, run-riscv32
// RUN: for xlen in 64 32; do for id in 00000005 fffff900; do \
// RUN:   sed -e "s/XLEN/$xlen/" -e "s/ACTUAL/$id/" -e "s/EXPECTED/$id/" %s | kcfi-opt --kcfi-lower-pipeline | kcfi-translate --kcfi-to-llvmir -o %t.$xlen.$id.right.ll || exit 1; \
// RUN:   sed -e "s/XLEN/$xlen/" -e "s/ACTUAL/00000006/" -e "s/EXPECTED/$id/" %s | kcfi-opt --kcfi-lower-pipeline | kcfi-translate --kcfi-to-llvmir -o %t.$xlen.$id.wrong.ll || exit 1; done; done
// RUN: for id in 00000005 fffff900; do for o in O0 O2; do \
// RUN:   %clang_riscv64 -$o %t.64.$id.right.ll %start -o %t.exe && %expect_exit ok -- %run_riscv64 %t.exe && \
// RUN:   %clang_riscv32 -$o %t.32.$id.right.ll %start -o %t.exe && %expect_exit ok -- %run_riscv32 %t.exe && \
// RUN:   %clang_riscv64 -$o %t.64.$id.wrong.ll %start -o %t.exe && %expect_exit 132 -- %run_riscv64 %t.exe && \
// RUN:   %clang_riscv32 -$o %t.32.$id.wrong.ll %start -o %t.exe && %expect_exit 132 -- %run_riscv32 %t.exe || exit 1; done; done

module attributes {llvm.target_triple = "riscvXLEN-unknown-linux-gnu"} {
  llvm.mlir.global external @slot() : !llvm.ptr {
    %f = llvm.mlir.addressof @callee : !llvm.ptr
    llvm.return %f : !llvm.ptr
  }
  llvm.func @callee() attributes {kcfi.sig = !kcfi.raw<0xACTUAL>} {
    llvm.return
  }
  llvm.func @main() -> i32 attributes {kcfi.sig = !kcfi.fn<() -> c.int>} {
    %slot = llvm.mlir.addressof @slot : !llvm.ptr
    %p = llvm.load volatile %slot : !llvm.ptr -> !llvm.ptr
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<raw<0xEXPECTED>>
    kcfi.call %f() : !kcfi.fnptr<raw<0xEXPECTED>>, () -> ()
    kcfi.call %f() : !kcfi.fnptr<raw<0xEXPECTED>>, () -> ()
    %zero = llvm.mlir.constant(0 : i32) : i32
    llvm.return %zero : i32
  }
}
