//===- entries_situations.c - Calls views of functions ----------*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Without arguments: prints what calls of all views give. With `pointer N` or
// `slot VTABLE SLOT`: calls what is there as a function of another type.
//
//===----------------------------------------------------------------------===//

#include <stdio.h>
#include <stdlib.h>

void fill(void **pointers, void ***vtables);
unsigned run(void **pointers, void ***vtables, void *self, int x);
int call_other(void *function, void *self, int x);

int main(int argc, char **argv) {
  static void *pointers[64], **vtables[64];
  static long self;
  fill(pointers, vtables);
  if (argc == 1)
    printf("%u\n", run(pointers, vtables, &self, 5));
  else if (argc == 3)
    return call_other(pointers[atoi(argv[2])], &self, 5);
  else // Size, alignment and the function that destroys come first.
    return call_other(vtables[atoi(argv[2])][3 + atoi(argv[3])], &self, 5);
}
