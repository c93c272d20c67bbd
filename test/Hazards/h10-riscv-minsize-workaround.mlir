// H10, worked around: in a minsize function the checks are expanded before LLVM
// outlines or compresses anything. The callee clobbers all that it may.

// REQUIRES: run-riscv64
// RUN: split-file %s %t.d
// RUN: kcfi-opt --kcfi-lower-pipeline %t.d/same.mlir | kcfi-translate --kcfi-to-llvmir -o %t.ll
// RUN: FileCheck %s --input-file=%t.ll --implicit-check-not='"kcfi"('
// RUN: %clang_riscv64 -Oz -c %t.ll -o %t.o
// RUN: %clang_riscv64 -O2 -fsanitize=kcfi %t.d/main.c %start %t.o -o %t.exe
// RUN: %expect_exit ok -- %run_riscv64 %t.exe
// RUN: %clang_riscv64 -O2 -fsanitize=kcfi -DWRONG %t.d/main.c %start %t.o -o %t.exe
// RUN: %expect_exit 132 -- %run_riscv64 %t.exe
// CHECK-COUNT-4: call void @llvm.trap()

//--- same.mlir
module attributes {llvm.target_triple = "riscv64-unknown-linux-gnu"} {
  llvm.func @same(%p: !llvm.ptr, %x: i32) -> i32
      attributes {kcfi.sig = !kcfi.fn<(ptr<fn<(c.int) -> c.int>>, c.int) -> c.int>, passthrough = ["minsize", "optsize"]} {
    %f = kcfi.cast launder %p : !llvm.ptr to !kcfi.fnptr<(c.int) -> c.int>
    %a = kcfi.call %f(%x) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %b = kcfi.call %f(%a) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %c = kcfi.call %f(%b) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    %d = kcfi.call %f(%c) : !kcfi.fnptr<(c.int) -> c.int>, (i32) -> i32
    llvm.return %d : i32
  }
}

//--- main.c
int same(int (*f)(int), int x);
static int next(int x) {
  __asm__ volatile("li t0, 0\n li a1, 0\n li a2, 0\n li t1, 0\n li t2, 0" ::: "t0", "a1", "a2", "t1", "t2");
  return x + 1;
}
static unsigned other(unsigned x) { return x + 1; }
int (*volatile right)(int) = next;
unsigned (*volatile wrong)(unsigned) = other;
int main(void) {
#ifdef WRONG
  return same((int (*)(int))wrong, 1);
#else
  return same(right, 38) == 42 ? 0 : 1;
#endif
}
