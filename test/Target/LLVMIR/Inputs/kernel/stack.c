/* Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
 * See the LICENSE file for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* The stack pointer as a variable, and access to the memory of a process. */

register unsigned long current_stack_pointer __asm__("rsp");
#define CALL_CONSTRAINT "+r"(current_stack_pointer)

struct fault {
  long error;
};

extern long copy_slowly(void *to, const void *from, unsigned long size);

#define EXCEPTION_TABLE(from, to)                                              \
  ".pushsection \"__ex_table\", \"a\"\n\t"                                     \
  ".balign 4\n\t"                                                              \
  ".long (" #from ") - .\n\t"                                                  \
  ".long (" to ") - .\n\t"                                                     \
  ".long 3\n\t"                                                                \
  ".popsection\n"

int on_stack(const void *object) {
  unsigned long base = current_stack_pointer & ~0x3ffful;
  return (unsigned long)object - base < 0x4000;
}

/* A call that the compiler must not move before the frame is set up. */
long get_user_call(const int *pointer) {
  register long value __asm__("rdx");
  long result;
  __asm__ volatile("call get_user_4"
                   : "=a"(result), "=r"(value), CALL_CONSTRAINT
                   : "0"(pointer)
                   : "cc");
  return result ? result : value;
}

/* asm goto with a result. */
int get_user(int *to, const int *from) {
  int value;
  __asm__ volatile goto("1: movl %[from], %[value]\n\t" EXCEPTION_TABLE(
                            1b, "%l[failed]")
                        : [value] "=r"(value)
                        : [from] "m"(*from)
                        :
                        : failed);
  *to = value;
  return 0;
failed:
  *to = 0;
  return -14;
}

int put_users(int *to, const int *values, int count) {
  for (int i = 0; i < count; i++)
    __asm__ volatile goto("1: movl %0, %1\n\t" EXCEPTION_TABLE(1b, "%l[failed]")
                          :
                          : "ir"(values[i]), "m"(to[i])
                          :
                          : failed);
  return 0;
failed:
  return -14;
}

/* Registers that the instruction changes. */
unsigned long copy_user(void *to, const void *from, unsigned long size) {
  if (size > 4096)
    return copy_slowly(to, from, size);
  __asm__ volatile("1: rep movsb\n"
                   "2:\n" EXCEPTION_TABLE(1b, "2b")
                   : "+c"(size), "+D"(to), "+S"(from), CALL_CONSTRAINT
                   :
                   : "memory");
  return size;
}

void walk_stack(void (*visit)(unsigned long, void *), void *data) {
  unsigned long *frame = __builtin_frame_address(0);
  unsigned long here = current_stack_pointer;
  while (frame && (unsigned long)frame >= here) {
    visit(frame[1], data);
    frame = (unsigned long *)frame[0];
  }
}
