// H10, executed: correct programs crash at -Oz; they work at -O2 and -Os, or
// without KCFI, or with both faulty passes out of the way.
// See h10-riscv-minsize.c for what happens and what follows from a fix.

// REQUIRES: run-riscv64

// The outlined check and call:
// RUN: %clang_riscv64 -DSAME -Oz -fsanitize=kcfi %s %start -o %t.same
// RUN: %expect_exit SIGSEGV -- %run_riscv64 %t.same
// RUN: %clang_riscv64 -DSAME -Oz -mno-outline -fsanitize=kcfi %s %start -o %t.same-whole
// RUN: %expect_exit ok -- %run_riscv64 %t.same-whole

// The base address that does not survive the call:
// RUN: %clang_riscv64 -Oz -mno-outline -fsanitize=kcfi %s %start -o %t.all
// RUN: %expect_exit SIGSEGV -- %run_riscv64 %t.all
// RUN: %clang_riscv64 -Oz -mno-outline -march=rv64g -fsanitize=kcfi %s %start -o %t.all-rv64g
// RUN: %expect_exit ok -- %run_riscv64 %t.all-rv64g

// Neither is the program's fault:
// RUN: %clang_riscv64 -Oz %s %start -o %t.plain
// RUN: %expect_exit ok -- %run_riscv64 %t.plain
// RUN: %clang_riscv64 -DSAME -Oz %s %start -o %t.plain-same
// RUN: %expect_exit ok -- %run_riscv64 %t.plain-same
// RUN: %clang_riscv64 -Os -fsanitize=kcfi %s %start -o %t.Os
// RUN: %expect_exit ok -- %run_riscv64 %t.Os
// RUN: %clang_riscv64 -DSAME -O2 -fsanitize=kcfi %s %start -o %t.O2
// RUN: %expect_exit ok -- %run_riscv64 %t.O2

typedef int unary(int);

struct operations {
  long other[40];
  unary *a, *b, *c, *d;
};

// Uses registers that belong to the callee by the C ABI.
__attribute__((noinline)) static int next(int x) {
  __asm__ volatile("li t0, 0\n\tli a1, 0\n\tli a2, 0\n\t"
                   "li a3, 0\n\tli a4, 0\n\tli a5, 0" ::
                       : "t0", "a1", "a2", "a3", "a4", "a5");
  return x + 1;
}

__attribute__((noinline)) static int all(struct operations *o, int x) {
  return o->a(x) + o->b(x) + o->c(x) + o->d(x);
}

__attribute__((noinline)) static int same(unary *f, int x) {
  return f(x) + f(x + 1) + f(x + 2) + f(x + 3);
}

static struct operations table = {{0}, next, next, next, next};
struct operations *volatile operations = &table;

int main(void) {
#ifdef SAME
  return same(operations->a, 0) == 10 ? 0 : 1;
#else
  return all(operations, 0) == 4 ? 0 : same(0, 0);
#endif
}
