//===- shims.c - Driver of Rust methods as fn pointers ----------*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime.h"

int right(void), wrong(void);

int main(void) {
  if (right() != 5 + 14 + 28)
    return 1;
  rt_print("right calls returned\n");
#ifdef WRONG
  wrong();
#endif
  rt_print("last call returned\n");
  return 0;
}
