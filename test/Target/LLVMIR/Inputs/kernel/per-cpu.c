/* Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
 * See the LICENSE file for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Variables of which each processor has its own, relative to gs. */

#define PERCPU __attribute__((section(".data..percpu")))

struct task {
  int pid;
  struct task *parent;
  void (*exit)(struct task *);
};

PERCPU int cpu_number;
PERCPU unsigned long irq_count[4];
__attribute__((section(".data..percpu..hot"), aligned(64)))
struct task *current_task;
static PERCPU unsigned int preempt_count = 0x80000000u;

extern unsigned long percpu_offset[8];

#define PERCPU_READ(variable)                                                  \
  ({                                                                           \
    __typeof__(variable) value_;                                               \
    __asm__ volatile("mov %%gs:%1, %0" : "=r"(value_) : "m"(variable));        \
    value_;                                                                    \
  })

int smp_processor_id(void) { return PERCPU_READ(cpu_number); }

/* Not volatile: the compiler may take an earlier value. */
static inline struct task *get_current(void) {
  struct task *task;
  __asm__("movq %%gs:%c1, %0" : "=r"(task) : "i"(&current_task));
  return task;
}

int current_pid(void) { return get_current()->pid + get_current()->parent->pid; }

void exit_current(void) {
  struct task *task = get_current();
  if (task->exit)
    task->exit(task);
}

void preempt_disable(void) {
  __asm__ volatile("incl %%gs:%0" : "+m"(preempt_count));
}

/* A result in a flag. */
int preempt_enable_and_test(void) {
  int is_zero;
  __asm__ volatile("decl %%gs:%0" : "+m"(preempt_count), "=@cce"(is_zero));
  return is_zero;
}

/* The address space of gs instead of assembly. */
void count_irq(unsigned int which) {
  unsigned long __seg_gs *counts =
      (unsigned long __seg_gs *)(unsigned long)irq_count;
  counts[which & 3]++;
}

unsigned long sum_irqs(int cpu) {
  unsigned long base = (unsigned long)irq_count + percpu_offset[cpu];
  unsigned long sum = 0;
  for (int i = 0; i < 4; i++)
    sum += ((volatile unsigned long *)base)[i];
  return sum;
}
