//===- start.c - Entry point of freestanding test programs
//------------------===//
//
// Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
// See the LICENSE file for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Test programs of every architecture are linked without a C library: none is
// needed on the test machine, and no uninstrumented code is in the program.
// `_start` calls `int main(void)` and exits with its value by a Linux system
// call. There is no indirect call in this file, so it may be compiled with or
// without KCFI.
//
//===----------------------------------------------------------------------===//

#include "runtime.h"

#include <stddef.h>

int main(void);

// The C ABI wants an aligned stack; the kernel provides it, but a test program
// should not have to know how far.
#if defined(__x86_64__)
__asm__(".text\n.globl _start\n.type _start,@function\n_start:\n"
        "  xorl %ebp, %ebp\n"
        "  andq $-16, %rsp\n"
        "  callq rt_main\n"
        ".size _start, .-_start\n");
enum { nr_write = 1, nr_exit_group = 231 };
static long syscall3(long nr, long a, long b, long c) {
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(nr), "D"(a), "S"(b), "d"(c)
                   : "rcx", "r11", "memory");
  return result;
}

#elif defined(__i386__)
__asm__(".text\n.globl _start\n.type _start,@function\n_start:\n"
        "  xorl %ebp, %ebp\n"
        "  andl $-16, %esp\n"
        "  calll rt_main\n"
        ".size _start, .-_start\n");
enum { nr_write = 4, nr_exit_group = 252 };
static long syscall3(long nr, long a, long b, long c) {
  long result;
  __asm__ volatile("int $0x80"
                   : "=a"(result)
                   : "a"(nr), "b"(a), "c"(b), "d"(c)
                   : "memory");
  return result;
}

#elif defined(__aarch64__)
__asm__(".text\n.globl _start\n.type _start,%function\n_start:\n"
        "  mov x29, #0\n"
        "  mov x30, #0\n"
        "  mov x9, sp\n"
        "  and sp, x9, #-16\n"
        "  bl rt_main\n"
        ".size _start, .-_start\n");
enum { nr_write = 64, nr_exit_group = 94 };
static long syscall3(long nr, long a, long b, long c) {
  register long x8 __asm__("x8") = nr;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
}

#elif defined(__riscv)
__asm__(".text\n.globl _start\n.type _start,@function\n_start:\n"
        ".option push\n.option norelax\n"
        "  la gp, __global_pointer$\n"
        ".option pop\n"
        "  andi sp, sp, -16\n"
        "  li ra, 0\n"
        "  call rt_main\n"
        ".size _start, .-_start\n");
enum { nr_write = 64, nr_exit_group = 94 };
static long syscall3(long nr, long a, long b, long c) {
  register long a7 __asm__("a7") = nr;
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
  return a0;
}

#elif defined(__arm__)
// Assembled in the instruction set of the compilation: A32 or Thumb.
#ifdef __thumb__
#define THUMB_FUNC ".thumb_func\n"
#else
#define THUMB_FUNC ""
#endif
__asm__(".text\n.globl _start\n.type _start,%function\n" THUMB_FUNC "_start:\n"
        "  bl rt_main\n"
        ".size _start, .-_start\n");
enum { nr_write = 4, nr_exit_group = 248 };
static long syscall3(long nr, long a, long b, long c) {
  register long r3 __asm__("r3") = nr;
  register long r0 __asm__("r0") = a;
  register long r1 __asm__("r1") = b;
  register long r2 __asm__("r2") = c;
  // r7 holds the number; it may be the frame pointer of Thumb code.
  __asm__ volatile("push {r7}\n  mov r7, r3\n  svc #0\n  pop {r7}"
                   : "+r"(r0)
                   : "r"(r3), "r"(r1), "r"(r2)
                   : "memory");
  return r0;
}

#elif defined(__loongarch64)
__asm__(".text\n.globl _start\n.type _start,@function\n_start:\n"
        "  bstrins.d $sp, $zero, 3, 0\n"
        "  move $ra, $zero\n"
        "  bl rt_main\n"
        ".size _start, .-_start\n");
enum { nr_write = 64, nr_exit_group = 94 };
static long syscall3(long nr, long a, long b, long c) {
  register long a7 __asm__("$a7") = nr;
  register long a0 __asm__("$a0") = a;
  register long a1 __asm__("$a1") = b;
  register long a2 __asm__("$a2") = c;
  __asm__ volatile("syscall 0"
                   : "+r"(a0)
                   : "r"(a7), "r"(a1), "r"(a2)
                   : "$t0", "$t1", "$t2", "$t3", "$t4", "$t5", "$t6", "$t7",
                     "$t8", "memory");
  return a0;
}

#else
#error "no entry point for this architecture"
#endif

void rt_exit(int status) {
  for (;;)
    syscall3(nr_exit_group, status, 0, 0);
}

void rt_print(const char *text) {
  size_t length = 0;
  while (text[length])
    ++length;
  syscall3(nr_write, 1, (long)text, (long)length);
}

__attribute__((noreturn, used)) void rt_main(void) { rt_exit(main()); }

// The compiler may call these whatever the program does. Volatile keeps it from
// turning the loops back into calls of the functions themselves.
__attribute__((weak)) void *memcpy(void *restrict to, const void *restrict from,
                                   size_t size) {
  volatile char *target = to;
  const char *source = from;
  while (size--)
    *target++ = *source++;
  return to;
}

__attribute__((weak)) void *memset(void *to, int value, size_t size) {
  volatile char *target = to;
  while (size--)
    *target++ = (char)value;
  return to;
}
