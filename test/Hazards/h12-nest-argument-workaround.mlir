// H12, worked around: the static chain survives the check, on every target whose
// own check destroys it. A wrong call still traps, and without a check it works.

// REQUIRES: run-x86_64, run-riscv64, run-arm, run-thumb, run-aarch64
// RUN: split-file %s %t.d
// RUN: for a in x86_64:x86_64-unknown-linux-gnu riscv64:riscv64-unknown-linux-gnu arm:armv7a-unknown-linux-gnueabi thumb:thumbv7a-unknown-linux-gnueabi aarch64:aarch64-unknown-linux-gnu; do \
// RUN:   for f in right wrong unchecked; do \
// RUN:     sed "s/TRIPLE/${a#*:}/" %t.d/$f.mlir | kcfi-opt --kcfi-lower-pipeline | kcfi-translate --kcfi-to-llvmir -o %t.${a%%:*}.$f.ll || exit 1; done; done
// RUN: %clang_x86_64 -O1 %t.x86_64.right.ll %start -o %t.exe
// RUN: %expect_exit ok -- %run_x86_64 %t.exe
// RUN: %clang_x86_64 -O1 %t.x86_64.wrong.ll %start -o %t.exe
// RUN: %expect_exit 132 -- %run_x86_64 %t.exe
// RUN: %clang_x86_64 -O1 %t.x86_64.unchecked.ll %start -o %t.exe
// RUN: %expect_exit ok -- %run_x86_64 %t.exe
// RUN: %clang_riscv64 -O1 %t.riscv64.right.ll %start -o %t.exe
// RUN: %expect_exit ok -- %run_riscv64 %t.exe
// RUN: %clang_riscv64 -O1 %t.riscv64.wrong.ll %start -o %t.exe
// RUN: %expect_exit 132 -- %run_riscv64 %t.exe
// RUN: %clang_riscv64 -O1 %t.riscv64.unchecked.ll %start -o %t.exe
// RUN: %expect_exit ok -- %run_riscv64 %t.exe
// RUN: %clang_arm -O1 %t.arm.right.ll %start -o %t.exe
// RUN: %expect_exit ok -- %run_arm %t.exe
// RUN: %clang_arm -O1 %t.arm.wrong.ll %start -o %t.exe
// RUN: %expect_exit 132 -- %run_arm %t.exe
// RUN: %clang_thumb -O1 %t.thumb.right.ll %start -o %t.exe
// RUN: %expect_exit ok -- %run_thumb %t.exe
// RUN: %clang_thumb -O1 %t.thumb.wrong.ll %start -o %t.exe
// RUN: %expect_exit 132 -- %run_thumb %t.exe
// RUN: %clang_aarch64 -O1 %t.aarch64.right.ll %start -o %t.exe
// RUN: %expect_exit ok -- %run_aarch64 %t.exe
// RUN: %clang_aarch64 -O1 %t.aarch64.wrong.ll %start -o %t.exe
// RUN: %expect_exit 133 -- %run_aarch64 %t.exe

//--- right.mlir
module attributes {llvm.target_triple = "TRIPLE"} {
  llvm.mlir.global external @slot() : !llvm.ptr {
    %f = llvm.mlir.addressof @callee : !llvm.ptr
    llvm.return %f : !llvm.ptr
  }
  llvm.mlir.global external @chain(42 : i32) : i32
  llvm.func @callee(%chain: !llvm.ptr {llvm.nest}) -> i32 attributes {kcfi.sig = !kcfi.encoded<"_ZTSFivE">} {
    %r = llvm.load volatile %chain : !llvm.ptr -> i32
    llvm.return %r : i32
  }
  llvm.func @main() -> i32 attributes {kcfi.sig = !kcfi.fn<() -> c.int>} {
    %slot = llvm.mlir.addressof @slot : !llvm.ptr
    %chain = llvm.mlir.addressof @chain : !llvm.ptr
    %p = llvm.load volatile %slot : !llvm.ptr -> !llvm.ptr
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<encoded<"_ZTSFivE">>
    %r = kcfi.call %f(%chain) {arg_attrs = [{llvm.nest}]} : !kcfi.fnptr<encoded<"_ZTSFivE">>, (!llvm.ptr) -> i32
    %right = llvm.mlir.constant(42 : i32) : i32
    %wrong = llvm.sub %r, %right : i32
    llvm.return %wrong : i32
  }
}

//--- wrong.mlir
module attributes {llvm.target_triple = "TRIPLE"} {
  llvm.mlir.global external @slot() : !llvm.ptr {
    %f = llvm.mlir.addressof @callee : !llvm.ptr
    llvm.return %f : !llvm.ptr
  }
  llvm.mlir.global external @chain(42 : i32) : i32
  llvm.func @callee(%chain: !llvm.ptr {llvm.nest}) -> i32 attributes {kcfi.sig = !kcfi.encoded<"_ZTSFjvE">} {
    %r = llvm.load volatile %chain : !llvm.ptr -> i32
    llvm.return %r : i32
  }
  llvm.func @main() -> i32 attributes {kcfi.sig = !kcfi.fn<() -> c.int>} {
    %slot = llvm.mlir.addressof @slot : !llvm.ptr
    %chain = llvm.mlir.addressof @chain : !llvm.ptr
    %p = llvm.load volatile %slot : !llvm.ptr -> !llvm.ptr
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<encoded<"_ZTSFivE">>
    %r = kcfi.call %f(%chain) {arg_attrs = [{llvm.nest}]} : !kcfi.fnptr<encoded<"_ZTSFivE">>, (!llvm.ptr) -> i32
    %right = llvm.mlir.constant(42 : i32) : i32
    %wrong = llvm.sub %r, %right : i32
    llvm.return %wrong : i32
  }
}

//--- unchecked.mlir
module attributes {llvm.target_triple = "TRIPLE"} {
  llvm.mlir.global external @slot() : !llvm.ptr {
    %f = llvm.mlir.addressof @callee : !llvm.ptr
    llvm.return %f : !llvm.ptr
  }
  llvm.mlir.global external @chain(42 : i32) : i32
  llvm.func @callee(%chain: !llvm.ptr {llvm.nest}) -> i32 attributes {kcfi.sig = !kcfi.encoded<"_ZTSFjvE">} {
    %r = llvm.load volatile %chain : !llvm.ptr -> i32
    llvm.return %r : i32
  }
  llvm.func @main() -> i32 attributes {kcfi.sig = !kcfi.fn<() -> c.int>} {
    %slot = llvm.mlir.addressof @slot : !llvm.ptr
    %chain = llvm.mlir.addressof @chain : !llvm.ptr
    %p = llvm.load volatile %slot : !llvm.ptr -> !llvm.ptr
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<encoded<"_ZTSFivE">>
    %r = kcfi.call unchecked %f(%chain) {arg_attrs = [{llvm.nest}]} : !kcfi.fnptr<encoded<"_ZTSFivE">>, (!llvm.ptr) -> i32
    %right = llvm.mlir.constant(42 : i32) : i32
    %wrong = llvm.sub %r, %right : i32
    llvm.return %wrong : i32
  }
}
