//===- objects.c - Driver of the trait object tests -------------*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Calls the functions of objects.mlir, which make and use trait objects. The
// two are separate objects, so no optimisation level knows which vtable is
// used. With FORGED_..., the last call goes through a vtable or pointer that
// must make it trap.
//
//===----------------------------------------------------------------------===//

#include "runtime.h"

typedef int unary(int);

void *square_vtable(void), *i32_vtable(void), *adder_vtable(void);
void *counter_vtable(void), *item_vtable(void), *pointer_vtable(void);
void *forged_slot_vtable(void), *forged_drop_vtable(void);
void *forged_kind_vtable(void);
int call_area(void *data, void *vtable, int k);
int call_id(void *data, void *vtable);
void upcast_and_scale(void *data, void *vtable, int k);
void drop_object(void *data, void *vtable);
void *make_adder(void *storage, int k), *make_counter(void *storage, int n);
unary *plain_pointer(void);
int call_pointer(unary *pointer, int x);
int call_fn(void *data, void *vtable, int x);
int call_fn_mut(void *data, void *vtable, int x);
int call_fn_once(void *data, void *vtable, int x);
int twice(int x);

// Of another type than the shim for fn pointers expects.
static int other(long x) { return (int)x; }

static int check_objects(void) {
  int square = 5;
  if (call_area(&square, square_vtable(), 1) != 26)
    return 1;
  if (call_id(&square, square_vtable()) != 7)
    return 2;
  upcast_and_scale(&square, square_vtable(), 2);
  if (call_area(&square, square_vtable(), 0) != 100)
    return 3;
  drop_object(&square, square_vtable());
  if (square != -1)
    return 4;
  // Nothing to drop.
  int number = 3;
  drop_object(&number, i32_vtable());
  return number == 3 ? 0 : 5;
}

static int check_closures(void) {
  int storage;
  void *adder = make_adder(&storage, 40);
  if (call_fn(adder, adder_vtable(), 2) != 42)
    return 10;
  if (call_fn_mut(adder, adder_vtable(), 3) != 43)
    return 11;
  if (call_fn_once(adder, adder_vtable(), 4) != 44)
    return 12;
  // Used up and dropped.
  if (storage != -1)
    return 13;
  void *counter = make_counter(&storage, 1);
  if (call_fn_mut(counter, counter_vtable(), 2) != 3 ||
      call_fn_mut(counter, counter_vtable(), 2) != 5)
    return 14;
  if (call_pointer(plain_pointer(), 5) != 15)
    return 15;
  unary *pointer = plain_pointer();
  if (call_fn(&pointer, pointer_vtable(), 6) != 18 ||
      call_fn_mut(&pointer, pointer_vtable(), 7) != 21 ||
      call_fn_once(&pointer, pointer_vtable(), 8) != 24)
    return 16;
  if (call_fn(0, item_vtable(), 9) != 18)
    return 17;
  return 0;
}

int main(void) {
  int status = check_objects();
  if (!status)
    status = check_closures();
  if (status)
    return status;
  rt_print("right calls returned\n");
  int memory = 2;
#if defined(FORGED_SLOT)
  call_area(&memory, forged_slot_vtable(), 1);
#elif defined(FORGED_DROP)
  drop_object(&memory, forged_drop_vtable());
#elif defined(FORGED_KIND)
  call_fn(make_counter(&memory, 1), forged_kind_vtable(), 1);
#elif defined(FORGED_POINTER)
  unary *pointer = (unary *)other;
  call_fn(&pointer, pointer_vtable(), 1);
#else
  (void)memory;
  (void)other;
#endif
  rt_print("last call returned\n");
  return 0;
}
