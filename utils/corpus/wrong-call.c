//===- wrong-call.c - One wrong call for every program ----------*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// run-corpus compiles and round-trips this unit like those of the package and
// links it into each of its programs. KCFI_CORPUS_CALL=right makes a right
// indirect call and ends the program with status 42; KCFI_CORPUS_CALL=wrong
// calls the program's own 'main' through a pointer of another type, which must
// trap: status 43 says that it did not.
//
//===----------------------------------------------------------------------===//

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern int main(int, char **);

static int rightFunction(int value) { return value + 2; }

// Volatile, so that the calls stay indirect.
static int (*volatile rightPointer)(int) = rightFunction;
static void (*volatile wrongPointer)(long, long) = (void (*)(long, long))main;

__attribute__((constructor)) static void callOnRequest(void) {
  const char *request = getenv("KCFI_CORPUS_CALL");
  if (!request)
    return;
  if (strcmp(request, "right") == 0)
    _exit(rightPointer(40));
  wrongPointer(0, 0);
  _exit(43);
}
