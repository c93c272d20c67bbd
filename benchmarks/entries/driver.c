//===- driver.c - Calls generated functions and takes the time --*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Usage: driver ROUNDS. Prints the nanoseconds per call and a sum that shows
// that the right functions were called.
//
//===----------------------------------------------------------------------===//

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { calls = 1 << 15 };

void fill(void **table);
uint64_t call_all(void **table, uint64_t number, uint64_t value);

static void *targets[TARGETS], *sequence[calls];

int main(int argc, char **argv) {
  long rounds = argc > 1 ? atol(argv[1]) : 1;
  fill(targets);
  uint32_t random = 1;
  for (int i = 0; i < calls; ++i) {
    random = random * 1664525 + 1013904223;
    sequence[i] = targets[(random >> 8) % TARGETS];
  }
  struct timespec before, after;
  uint64_t value = call_all(sequence, calls, 1);
  clock_gettime(CLOCK_MONOTONIC, &before);
  for (long i = 0; i < rounds; ++i)
    value = call_all(sequence, calls, value);
  clock_gettime(CLOCK_MONOTONIC, &after);
  double ns =
      (after.tv_sec - before.tv_sec) * 1e9 + (after.tv_nsec - before.tv_nsec);
  printf("%.4f %llu\n", ns / rounds / calls, (unsigned long long)value);
}
