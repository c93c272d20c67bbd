/* Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
 * See the LICENSE file for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Branches and calls that the kernel patches while it runs. */

struct static_key {
  int enabled;
};

extern void slow_path(int value);

/* asm goto with an entry of a table: address, target and key. */
static inline __attribute__((always_inline)) int
branch_likely(struct static_key *key, int likely) {
  __asm__ goto("1: .byte 0x0f, 0x1f, 0x44, 0x00, 0x00\n\t"
               ".pushsection __jump_table, \"aw\"\n\t"
               ".balign 8\n\t"
               ".long 1b - ., %l[yes] - .\n\t"
               ".quad %c0 + %c1 - .\n\t"
               ".popsection"
               :
               : "i"(key), "i"(likely)
               :
               : yes);
  return 0;
yes:
  return 1;
}

static struct static_key trace_key, debug_key;

int traced(int value) {
  if (branch_likely(&trace_key, 0))
    slow_path(value);
  if (branch_likely(&debug_key, 1))
    return value * 3;
  return value + 1;
}

/* The loop makes several predecessors of a target. */
int traced_loop(const int *values, int count) {
  int sum = 0;
  for (int i = 0; i < count; i++) {
    if (branch_likely(&trace_key, 0))
      continue;
    sum += values[i];
    if (branch_likely(&debug_key, 0))
      break;
  }
  return sum;
}

/* A static call: a trampoline in assembly, its key, and calls of both kinds. */
typedef long scheduler_function(unsigned long);

struct static_call_key {
  scheduler_function *function;
};

extern long pick_next(unsigned long flags);
extern scheduler_function scheduler_trampoline;

struct static_call_key scheduler_key = {pick_next};

__asm__(".pushsection .static_call.text, \"ax\"\n"
        ".balign 4\n"
        ".globl scheduler_trampoline\n"
        "scheduler_trampoline:\n"
        ".byte 0xe9\n"
        ".long pick_next - (. + 4)\n"
        ".byte 0x0f, 0xb9, 0xcc\n"
        ".type scheduler_trampoline, @function\n"
        ".size scheduler_trampoline, . - scheduler_trampoline\n"
        ".popsection");

long schedule(unsigned long flags) {
  long result = scheduler_trampoline(flags);
  return result + scheduler_key.function(flags | 1);
}

void static_call_update(scheduler_function *function) {
  *(scheduler_function *volatile *)&scheduler_key.function = function;
}
