// The harness and clang's own KCFI on x86-64: a matching call returns, a
// mismatching one ends the program by SIGILL, and the same program built
// without KCFI runs to its end, so a trap is the work of the check alone.

// REQUIRES: run-x86_64
// RUN: %clang_x86_64 -O0 -fsanitize=kcfi %s %start -o %t.O0.match
// RUN: %expect_exit --stdout-lines 2 ok -- %run_x86_64 %t.O0.match
// RUN: %clang_x86_64 -O0 -fsanitize=kcfi -DMISMATCH %s %start -o %t.O0.mismatch
// RUN: %expect_exit --stdout-lines 1 SIGILL -- %run_x86_64 %t.O0.mismatch
// RUN: %clang_x86_64 -O0 -DMISMATCH %s %start -o %t.O0.control
// RUN: %expect_exit --stdout-lines 2 ok -- %run_x86_64 %t.O0.control
// RUN: %clang_x86_64 -O2 -fsanitize=kcfi %s %start -o %t.O2.match
// RUN: %expect_exit --stdout-lines 2 ok -- %run_x86_64 %t.O2.match
// RUN: %clang_x86_64 -O2 -fsanitize=kcfi -DMISMATCH %s %start -o %t.O2.mismatch
// RUN: %expect_exit --stdout-lines 1 SIGILL -- %run_x86_64 %t.O2.mismatch
// RUN: %clang_x86_64 -O2 -DMISMATCH %s %start -o %t.O2.control
// RUN: %expect_exit --stdout-lines 2 ok -- %run_x86_64 %t.O2.control

#include "Inputs/baseline.h"
