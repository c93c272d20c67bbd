/* Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
 * See the LICENSE file for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Room for tracers at the entry, and functions that must not have it. */

#define NOTRACE __attribute__((no_instrument_function))
/* Eleven bytes in front of the entry, as the command line says, and five behind. */
#define TRACED __attribute__((patchable_function_entry(16, 11)))

struct operations {
  struct operations *next;
  void (*function)(unsigned long ip, unsigned long parent,
                   struct operations *operations, void *registers);
  unsigned long flags;
};

struct operations *operations_list;
static int nesting;

static void stub(unsigned long ip, unsigned long parent,
                 struct operations *operations, void *registers) {}

void (*trace_function)(unsigned long, unsigned long, struct operations *,
                       void *) = stub;

NOTRACE void trace_all(unsigned long ip, unsigned long parent, void *registers) {
  if (__atomic_fetch_add(&nesting, 1, __ATOMIC_ACQUIRE) == 0) {
    struct operations *operations =
        *(struct operations *volatile *)&operations_list;
    for (; operations; operations = operations->next)
      if (operations->flags & 1)
        operations->function(ip, parent, operations, registers);
  }
  __atomic_fetch_sub(&nesting, 1, __ATOMIC_RELEASE);
}

TRACED int register_operations(struct operations *operations) {
  if (!operations->function)
    return -22;
  operations->next = operations_list;
  __atomic_store_n(&operations_list, operations, __ATOMIC_RELEASE);
  trace_function = operations->next ? trace_function : operations->function;
  return 0;
}

/* Two names of one function. */
extern __typeof__(register_operations) register_tracer
    __attribute__((alias("register_operations")));

__attribute__((weak)) int arch_prepare(void) { return 0; }

/* A check is not wanted here. */
__attribute__((no_sanitize("kcfi"))) void early_call(void (*function)(void)) {
  function();
}

__attribute__((noinline)) void *return_address(void) {
  return __builtin_extract_return_addr(__builtin_return_address(0));
}

TRACED unsigned long stack_trace(unsigned long *entries, unsigned int size) {
  entries[0] = (unsigned long)return_address();
  return arch_prepare() ? 0 : size;
}
