//===- programs/callback.c - The C side of callback.mint -*- C -*-===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

long c_apply(long (*function)(long), long x) { return function(x); }

long c_negate(long x) { return -x; }

static long square(long x) { return x * x; }
static long measure(const char *text) { return text[0]; }

/// The second one is what a bug or an attacker put there.
long (*c_get(long which))(long) {
  return which ? (long (*)(long))measure : square;
}
