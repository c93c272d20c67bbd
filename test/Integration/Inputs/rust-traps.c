//===- rust-traps.c - Driver of valid programs that trap --------*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs program number PROGRAM of rust-traps.mlir, a separate object.
//
//===----------------------------------------------------------------------===//

#include "runtime.h"

void *reader_vtable(void), *future_vtable(void), *tracked_vtable(void);
int call_mut(void *data, void *vtable, int x);
int poll(void *data, void *vtable, void *context);
int call_fn(void *data, void *vtable, int x);
void *drop_pointer(void);
void drop_via(void *f, void *p);

int main(void) {
  rt_print("begins\n");
  int memory = 40;
#if PROGRAM == 1
  if (call_mut(&memory, reader_vtable(), 2) != 42)
    return 1;
#elif PROGRAM == 2
  if (poll(&memory, future_vtable(), 0) != 40)
    return 2;
#elif PROGRAM == 3
  if (call_fn(&memory, tracked_vtable(), 2) != 80)
    return 3;
#elif PROGRAM == 4
  drop_via(drop_pointer(), &memory);
  if (memory != -1)
    return 4;
#endif
  rt_print("returned\n");
  return 0;
}
