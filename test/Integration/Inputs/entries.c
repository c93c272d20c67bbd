//===- entries.c - Driver of the entry form tests ---------------*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Calls the functions of entries.mlir through their entries. One object each,
// or one program under LTO: the pointers pass through volatile variables, so
// that no optimisation level knows them. With ALIGNMENT, the addresses of the
// entries have to be multiples of it. With WRONG, a call comes last, which must
// trap.
//
//===----------------------------------------------------------------------===//

#include "runtime.h"

#include <stdint.h>

#ifndef ALIGNMENT
#define ALIGNMENT 1
#endif

void *get_twice(void), *get_first(void), *get_second(void);
void *get_outside_first(void);
int call_twice(void *, int), call_first(void *, int), call_second(void *, int);
int call_known(int);
int call_outside_first(void *, int, int);

int outside(int x, int y) { return x - y; }

static void *hide(void *pointer) {
  void *volatile hidden = pointer;
  return hidden;
}

int main(void) {
  void *twice = hide(get_twice()), *first = hide(get_first());
  void *second = hide(get_second()), *outer = hide(get_outside_first());
  if (twice == first || twice == second || first == second)
    return 1;
  // Without the bit that stands for Thumb.
  if (((uintptr_t)first | (uintptr_t)second) & (ALIGNMENT - 1) & ~1u)
    return 7;
  if (call_twice(twice, 21) != 42)
    return 2;
  if (call_first(first, 22) != 44)
    return 3;
  if (call_second(second, 23) != 46)
    return 4;
  if (call_outside_first(outer, 50, 8) != 42)
    return 5;
  if (call_known(14) != 42)
    return 6;
  rt_print("right\n");
#ifdef WRONG
  return (WRONG) == 0;
#else
  return 0;
#endif
}
