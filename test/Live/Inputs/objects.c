//===- objects.c - Trait objects of rustc and the dialect -------*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every vtable with every caller: those of rustc begin with rust_.
//
//===----------------------------------------------------------------------===//

#include "runtime.h"

void *square_vtable(void), *adder_vtable(void), *forged_slot_vtable(void);
void *item_vtable(void);
int call_area(void *data, void *vtable, int k);
int call_id(void *data, void *vtable);
void upcast_and_scale(void *data, void *vtable, int k);
void drop_object(void *data, void *vtable);
int call_fn(void *data, void *vtable, int x);
int call_fn_once(void *data, void *vtable, int x);

void *rust_square_vtable(void), *rust_adder_vtable(void);
int rust_call_area(void *data, void *vtable, int k);
int rust_call_id(void *data, void *vtable);
void rust_upcast_and_scale(void *data, void *vtable, int k);
void rust_drop_object(void *data, void *vtable);
int rust_call_fn(void *data, void *vtable, int x);
int rust_call_fn_mut(void *data, void *vtable, int x);

static int check(void *vtable, int status) {
  int square = 5;
  if (call_area(&square, vtable, 1) != 26 ||
      rust_call_area(&square, vtable, 2) != 27)
    return status;
  if (call_id(&square, vtable) != 7 || rust_call_id(&square, vtable) != 7)
    return status + 1;
  upcast_and_scale(&square, vtable, 2);
  rust_upcast_and_scale(&square, vtable, 3);
  if (square != 30)
    return status + 2;
  drop_object(&square, vtable);
  if (square != -1)
    return status + 3;
  square = 1;
  rust_drop_object(&square, vtable);
  if (square != -1)
    return status + 4;
  return 0;
}

static int check_closures(void) {
  int storage = 40;
  void *vtables[] = {adder_vtable(), rust_adder_vtable()};
  for (int i = 0; i < 2; ++i)
    if (call_fn(&storage, vtables[i], 2) != 42 ||
        rust_call_fn(&storage, vtables[i], 3) != 43)
      return 30 + i;
  if (rust_call_fn(0, item_vtable(), 9) != 18 ||
      rust_call_fn_mut(0, item_vtable(), 9) != 18 ||
      rust_call_fn_mut(&storage, adder_vtable(), 4) != 44)
    return 32;
  if (call_fn_once(&storage, rust_adder_vtable(), 5) != 45)
    return 33;
  return 0;
}

int main(void) {
  int status = check(square_vtable(), 10);
  if (!status)
    status = check(rust_square_vtable(), 20);
  if (!status)
    status = check_closures();
  if (status)
    return status;
  rt_print("right calls returned\n");
#ifdef FORGED
  int memory = 2;
  rust_call_area(&memory, forged_slot_vtable(), 1);
#endif
  rt_print("last call returned\n");
  return 0;
}
