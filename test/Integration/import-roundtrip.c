// A program that clang compiled goes through import and export and behaves as
// before: right calls work, the wrong one traps.

// REQUIRES: run-x86_64
// RUN: %clang -O1 -fsanitize=kcfi -S -emit-llvm %s -o %t.ll
// RUN: kcfi-translate --import-llvm-ir %t.ll -o %t.mlir
// RUN: kcfi-opt --kcfi-roundtrip-pipeline %t.mlir -o %t.lowered.mlir
// RUN: kcfi-translate --kcfi-to-llvmir %t.lowered.mlir -o %t.rt.ll
// RUN: grep -c kcfi_type %t.ll > %t.before && grep -c kcfi_type %t.rt.ll > %t.after
// RUN: diff %t.before %t.after
// RUN: grep -o '"kcfi"(i32 [-0-9]*)' %t.ll | sort > %t.before
// RUN: grep -o '"kcfi"(i32 [-0-9]*)' %t.rt.ll | sort > %t.after
// RUN: diff %t.before %t.after
// RUN: %clang -O1 -Wno-override-module %t.rt.ll -o %t
// RUN: %expect_exit ok -- %t
// RUN: %expect_exit SIGILL -- %t wrong

// The same without the checks: the wrong call is made.
// RUN: %clang -O1 %s -o %t.unchecked
// RUN: %expect_exit 3 -- %t.unchecked wrong

// RUN: kcfi-opt --kcfi-report %t.mlir -o /dev/null 2>&1 | FileCheck %s
// CHECK: indirect calls: 1 checked
// CHECK-SAME: 0 unchecked
// CHECK: class 0x00050794: 2 function(s), 1 call(s)

#include <stdlib.h>

__attribute__((noinline)) static int increment(int x) { return x + 1; }
__attribute__((noinline)) static int twice(int x) { return 2 * x; }
__attribute__((noinline)) static long other(long x, long y) { return x + y + 1; }

typedef int (*operation)(int);
static operation volatile table[] = {increment, twice, (operation)other};

__attribute__((noinline)) static int run(unsigned index, int x) {
  return table[index](x);
}

int main(int argc, char **argv) {
  (void)argv;
  if (run(0, 1) != 2 || run(1, 4) != 8)
    return 1;
  if (argc > 1) {
    run(2, 1);
    return 3;
  }
  return 0;
}
