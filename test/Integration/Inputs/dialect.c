//===- dialect.c - The C half of the dialect-*.test programs ----*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The right calls come first, in both directions; then the one wrong call that
// a macro selects:
//
//   WRONG_IN_DIALECT    dialect.mlir calls a C function of another type
//   WRONG_LATE          the same, by a call with the pointer in another place
//   WRONG_IN_C          C calls a function of dialect.mlir by another type
//   WRONG_UNCHECKED     as WRONG_IN_DIALECT, without a check: nothing happens
//
//===----------------------------------------------------------------------===//

#include "runtime.h"

typedef int unary(int);

int dialect_twice(int x);
unsigned dialect_unsigned(unsigned x);
unary *dialect_get(int number);
int dialect_apply(unary *f, int x);
int dialect_apply_late(int x, int y, int z, unary *f);
int dialect_apply_unchecked(unary *f, int x);

int c_next(int x) { return x + 1; }
static int c_square(int x) { return x * x; }
static unsigned c_unsigned(unsigned x) { return x + 7; }

unary *volatile slot;
unsigned (*volatile unsigned_slot)(unsigned) = c_unsigned;

int main(void) {
  slot = c_square;
  if (dialect_apply(slot, 12) != 144)
    return 1;
  if (dialect_apply_late(3, 4, 100, slot) != 125)
    return 2;
  slot = dialect_twice;
  if (slot(21) != 42 || dialect_apply(slot, 5) != 10)
    return 3;
  slot = dialect_get(0);
  if (slot(14) != 42 || dialect_apply(slot, 5) != 15)
    return 4;
  slot = dialect_get(1);
  if (slot(41) != 42 || dialect_apply(slot, 5) != 6)
    return 5;
  if (unsigned_slot(1) != 8)
    return 6;
  unsigned_slot = dialect_unsigned;
  if (unsigned_slot(1) != 2)
    return 7;
  unsigned_slot = c_unsigned;
  rt_print("right calls returned\n");

#if defined(WRONG_IN_DIALECT)
  slot = (unary *)unsigned_slot;
  if (dialect_apply(slot, 1) != 8)
    return 8;
#elif defined(WRONG_LATE)
  slot = (unary *)unsigned_slot;
  if (dialect_apply_late(1, 2, 3, slot) != 20)
    return 9;
#elif defined(WRONG_IN_C)
  unsigned_slot = dialect_unsigned;
  slot = (unary *)unsigned_slot;
  if (slot(1) != 2)
    return 10;
#elif defined(WRONG_UNCHECKED)
  slot = (unary *)unsigned_slot;
  if (dialect_apply_unchecked(slot, 1) != 8)
    return 11;
#endif
  rt_print("end\n");
  return 0;
}
