//===- runtime.c - What programs are linked with -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include <stdio.h>
#include <stdlib.h>

void *mint_allocate(long size) {
  void *memory = malloc(size);
  if (!memory)
    abort();
  return memory;
}

void mint_print(long number) {
  printf("%ld\n", number);
  // A program that traps has printed what came before.
  fflush(stdout);
}
