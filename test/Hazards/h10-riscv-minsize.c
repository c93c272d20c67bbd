// H10: at -Oz two RISC-V passes break around checked calls.
//
// * The outliner moves check and call into a function of its own which is
//   called with t0 as return address; the callee may use t0 as it likes.
// * The pass that rebases memory accesses for compressed encodings keeps the new
//   base in a register that the call does not preserve.
//
// What we do: for RISC-V, checked calls of `minsize` functions are expanded in
// IR: what the outliner then sees is an ordinary indirect call.
// If this test fails because neither happens: the RISC-V targets may return
// Bundle whatever `callerIsMinSize` says.

// REQUIRES: clang
// RUN: %clang --target=riscv64-unknown-linux-gnu -ffreestanding -Oz -fsanitize=kcfi -S -o - %s \
// RUN:   | FileCheck %s --check-prefix=OUTLINED
// RUN: %clang --target=riscv64-unknown-linux-gnu -ffreestanding -Oz -mno-outline -fsanitize=kcfi -S -o - %s \
// RUN:   | FileCheck %s --check-prefix=REBASED

typedef int unary(int);

struct operations {
  long other[40];
  unary *a, *b, *c, *d;
};

// REBASED-LABEL: {{^}}all:
// REBASED:         addi [[BASE:a[0-9]]], s0, 256
// REBASED:         ebreak
// REBASED:         jalr
// REBASED-NOT:     addi [[BASE]],
// REBASED:         ld {{.*}}([[BASE]])
// REBASED:         ebreak
// REBASED:         jalr
int all(struct operations *o, int x) {
  return o->a(x) + o->b(x) + o->c(x) + o->d(x);
}

// OUTLINED-LABEL: {{^}}same:
// OUTLINED:         call t0, [[FUNCTION:OUTLINED_FUNCTION_[0-9]+]]
// OUTLINED:       {{^}}[[FUNCTION]]:
// OUTLINED-NOT:     .Lfunc_end
// OUTLINED:         ebreak
// OUTLINED-NOT:     .Lfunc_end
// OUTLINED:         jalr
// OUTLINED-NOT:     .Lfunc_end
// OUTLINED:         jr t0
int same(unary *f, int x) { return f(x) + f(x + 1) + f(x + 2) + f(x + 3); }
