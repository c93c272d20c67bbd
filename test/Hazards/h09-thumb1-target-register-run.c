// H9, executed: a correct program crashes on Thumb1 as soon as the called
// pointer is the third argument. Built for Thumb2 or without KCFI it works.
// See h09-thumb1-target-register.ll for what follows from a fix.

// REQUIRES: run-thumb1
// RUN: %clang_thumb1 -O2 -fsanitize=kcfi %s %start -o %t.thumb1
// RUN: %expect_exit SIGSEGV -- %run_thumb1 %t.thumb1
// RUN: %clang_thumb1 -O2 %s %start -o %t.plain
// RUN: %expect_exit ok -- %run_thumb1 %t.plain
// RUN: %clang_thumb -O2 -fsanitize=kcfi %s %start -o %t.thumb2
// RUN: %expect_exit ok -- %run_thumb %t.thumb2

typedef int binary(int, int);

static int add(int a, int b) { return a + b; }

__attribute__((noinline)) static int apply(int a, int b, binary *f) {
  return f(a, b) + 1;
}

binary *volatile slot = add;

int main(void) { return apply(20, 21, slot) == 42 ? 0 : 1; }
