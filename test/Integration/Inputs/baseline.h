//===- baseline.h - One matching and one mismatching call -------*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The whole program of the clang-baseline tests. The pointer goes through a
// volatile object, so no optimisation level knows what is called. The matching
// call comes first: what the program prints shows how far it got.
//
//===----------------------------------------------------------------------===//

#include "runtime.h"

typedef int unary(int);

static int twice(int x) { return 2 * x; }
#ifdef MISMATCH
static long sum(long a, long b) { return a + b; }
#endif

static unary *volatile slot = twice;

int main(void) {
  if (slot(21) != 42)
    return 1;
  rt_print("first call returned\n");
#ifdef MISMATCH
  slot = (unary *)sum;
#endif
  (void)slot(1);
  rt_print("second call returned\n");
  return 0;
}
