/* Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
 * See the LICENSE file for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Instructions that are replaced at boot, and the tables that say where. */

#define ALTERNATIVE(old, new, feature)                                         \
  "661:\n\t" old "\n662:\n"                                                    \
  ".skip -(((6641f - 6640f) - (662b - 661b)) > 0) * "                          \
  "((6641f - 6640f) - (662b - 661b)), 0x90\n"                                  \
  "663:\n"                                                                     \
  ".pushsection .altinstructions, \"a\"\n"                                     \
  ".long 661b - ., 6640f - .\n"                                                \
  ".4byte " #feature "\n"                                                      \
  ".byte 663b - 661b, 6641f - 6640f\n"                                         \
  ".popsection\n"                                                              \
  ".pushsection .altinstr_replacement, \"ax\"\n"                               \
  "6640:\n\t" new "\n6641:\n"                                                  \
  ".popsection\n"

#define LOCK                                                                   \
  ".pushsection .smp_locks, \"a\"\n.balign 4\n.long 671f - .\n.popsection\n"   \
  "671:\n\tlock; "

register unsigned long current_stack_pointer __asm__("rsp");

unsigned int count_bits(unsigned int word) {
  unsigned int result;
  __asm__(ALTERNATIVE("call sw_hweight32", "popcntl %1, %0", (4 * 32 + 23))
          : "=a"(result)
          : "D"(word));
  return result;
}

void barrier(void) {
  __asm__ volatile(ALTERNATIVE("lock; addl $0, -4(%%rsp)", "mfence", 26)::
                       : "memory", "cc");
}

/* A branch on a feature of the processor. */
static inline __attribute__((always_inline)) int has_feature(int bit,
                                                            const char *byte) {
  __asm__ goto(ALTERNATIVE("jmp 6f", "jmp %l[no]", (3 * 32 + 21))
               ".pushsection .altinstr_aux, \"ax\"\n"
               "6:\n"
               "testb %[mask], %[byte]\n"
               "jnz %l[yes]\n"
               "jmp %l[no]\n"
               ".popsection\n"
               :
               : [mask] "i"(1 << (bit & 7)), [byte] "m"(byte[bit >> 3])
               :
               : yes, no);
yes:
  return 1;
no:
  return 0;
}

extern char features[16];

int fast_copy(void *to, const void *from, unsigned long size,
              int (*copy)(void *, const void *, unsigned long)) {
  if (has_feature(77, features)) {
    __builtin_memcpy(to, from, 64);
    return 0;
  }
  return copy(to, from, size);
}

void atomic_add(int *counter, int value) {
  __asm__ volatile(LOCK "addl %1, %0" : "+m"(*counter) : "ir"(value) : "memory");
}

int try_lock(int *lock, int expected) {
  int got;
  __asm__ volatile(LOCK "cmpxchgl %[new], %[lock]"
                   : "=@ccz"(got), [lock] "+m"(*lock), "+a"(expected)
                   : [new] "r"(1)
                   : "memory");
  return got;
}

struct operations {
  unsigned long (*read_cr2)(void);
  void (*flush)(unsigned long);
};

extern struct operations machine_operations;

/* A call through memory that is made direct at boot. */
unsigned long read_cr2(void) {
  unsigned long result;
  __asm__ volatile(ALTERNATIVE("call *%c[entry]", "mov %%cr2, %%rax", 0x100)
                   : "=a"(result), "+r"(current_stack_pointer)
                   : [entry] "i"(&machine_operations.read_cr2)
                   : "memory", "cc", "rcx", "rdx", "rsi", "rdi", "r8", "r9",
                     "r10", "r11");
  return result;
}

void flush_all(const unsigned long *pages, int count) {
  for (int i = 0; i < count; i++)
    machine_operations.flush(pages[i]);
  barrier();
}
