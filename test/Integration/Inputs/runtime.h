//===- runtime.h - What a freestanding test program can call ----*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef KCFI_TEST_RUNTIME_H
#define KCFI_TEST_RUNTIME_H

#ifdef __cplusplus
extern "C" {
#endif

// Ends the program.
__attribute__((noreturn)) void rt_exit(int status);

// Writes a string to standard output, at once and unbuffered.
void rt_print(const char *text);

#ifdef __cplusplus
}
#endif

#endif // KCFI_TEST_RUNTIME_H
