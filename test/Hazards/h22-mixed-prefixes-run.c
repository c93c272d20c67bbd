// H22, executed: two objects of one program, built with different patchable
// prefixes, link without complaint, and a matching call traps. With the same
// prefix everywhere the call succeeds.
// See h22-mixed-prefixes.ll for what follows from a fix.

// REQUIRES: run-x86_64, run-aarch64
// RUN: %clang_x86_64 -O2 -fsanitize=kcfi -DCALLEE -c %s -o %t.none.o
// RUN: %clang_x86_64 -O2 -fsanitize=kcfi -fpatchable-function-entry=3,3 -DCALLEE -c %s -o %t.three.o
// RUN: %clang_x86_64 -O2 -fsanitize=kcfi %s %t.three.o %start -o %t.mixed
// RUN: %expect_exit SIGILL -- %run_x86_64 %t.mixed
// RUN: %clang_x86_64 -O2 -fsanitize=kcfi -fpatchable-function-entry=3,3 %s %t.none.o %start -o %t.mixed2
// RUN: %expect_exit SIGILL -- %run_x86_64 %t.mixed2
// RUN: %clang_x86_64 -O2 -fsanitize=kcfi -fpatchable-function-entry=3,3 %s %t.three.o %start -o %t.same
// RUN: %expect_exit ok -- %run_x86_64 %t.same

// RUN: %clang_aarch64 -O2 -fsanitize=kcfi -fpatchable-function-entry=2,2 -DCALLEE -c %s -o %t.a64.o
// RUN: %clang_aarch64 -O2 -fsanitize=kcfi %s %t.a64.o %start -o %t.a64.mixed
// RUN: %expect_exit SIGTRAP -- %run_aarch64 %t.a64.mixed
// RUN: %clang_aarch64 -O2 -fsanitize=kcfi -fpatchable-function-entry=2,2 %s %t.a64.o %start -o %t.a64.same
// RUN: %expect_exit ok -- %run_aarch64 %t.a64.same

int callee(int x);

#ifdef CALLEE
int callee(int x) { return x - 1; }
#else
int (*volatile slot)(int) = callee;
int main(void) { return slot(1); }
#endif
