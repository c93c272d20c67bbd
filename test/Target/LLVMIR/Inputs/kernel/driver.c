/* Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
 * See the LICENSE file for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Drivers: tables of functions, callbacks, lists, warnings. */

typedef unsigned long size_t;
typedef long ssize_t;
typedef long long loff_t;

#define offset_of(type, member) __builtin_offsetof(type, member)
#define container_of(pointer, type, member)                                    \
  ((type *)((char *)(pointer) - offset_of(type, member)))
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, value) (*(volatile __typeof__(x) *)&(x) = (value))
#define unlikely(x) __builtin_expect(!!(x), 0)
#define barrier() __asm__ volatile("" ::: "memory")

struct bug_entry {
  int place, file;
  unsigned short line, flags;
};

/* An instruction that traps, and a table that says why. */
#define WARN(condition, flags_)                                                \
  ({                                                                           \
    int failed_ = !!(condition);                                               \
    if (unlikely(failed_))                                                     \
      __asm__ volatile("1: ud2\n"                                              \
                       ".pushsection __bug_table, \"aw\"\n"                    \
                       "2: .long 1b - ., %c0 - .\n"                            \
                       ".word %c1, %c2\n"                                      \
                       ".org 2b + %c3\n"                                       \
                       ".popsection\n"                                         \
                       ".pushsection .discard.reachable\n"                     \
                       ".long 1b - .\n"                                        \
                       ".popsection\n"                                         \
                       :                                                       \
                       : "i"(__FILE_NAME__), "i"(__LINE__), "i"(flags_),       \
                         "i"(sizeof(struct bug_entry)));                       \
    unlikely(failed_);                                                         \
  })

struct list {
  struct list *next, *previous;
};

struct file;

struct file_operations {
  ssize_t (*read)(struct file *, char *, size_t, loff_t *);
  ssize_t (*write)(struct file *, const char *, size_t, loff_t *);
  long (*ioctl)(struct file *, unsigned int, unsigned long);
  int (*release)(struct file *);
};

struct file {
  const struct file_operations *operations;
  void *private_data;
};

struct work {
  struct list entry;
  void (*function)(struct work *);
};

struct device {
  char name[16];
  int users;
  struct work work;
  struct list clients;
  unsigned int sequence;
  unsigned long position;
};

struct notifier {
  int (*call)(struct notifier *, unsigned long, void *);
  struct notifier *next;
};

static ssize_t device_read(struct file *file, char *to, size_t size,
                           loff_t *offset) {
  struct device *device = file->private_data;
  if (WARN(*offset < 0, 1 << 9))
    return -22;
  size = size < sizeof(device->name) ? size : sizeof(device->name);
  __builtin_memcpy(to, device->name, size);
  *offset += size;
  return size;
}

static long device_ioctl(struct file *file, unsigned int command,
                         unsigned long argument) {
  struct device *device = file->private_data;
  switch (command) {
  case 0x5401:
    return device->users;
  case 0x5402:
    WRITE_ONCE(device->users, argument);
    return 0;
  case 0x5403:
    device->work.function(&device->work);
    return 0;
  case 0x5410:
    return -16;
  default:
    return -25;
  }
}

static int device_release(struct file *file) {
  struct device *device = file->private_data;
  return --device->users;
}

const struct file_operations device_operations = {
    .read = device_read, .ioctl = device_ioctl, .release = device_release};

static void device_work(struct work *work) {
  struct device *device = container_of(work, struct device, work);
  device->users++;
}

void device_init(struct device *device) {
  device->work.function = device_work;
  device->clients.next = device->clients.previous = &device->clients;
}

ssize_t file_read(struct file *file, char *to, size_t size, loff_t *offset) {
  if (!file->operations->read)
    return -22;
  return file->operations->read(file, to, size, offset);
}

/* A list whose elements know what to call. */
int run_all(struct list *head) {
  int count = 0;
  for (struct list *entry = READ_ONCE(head->next); entry != head;
       entry = READ_ONCE(entry->next), count++) {
    struct work *work = container_of(entry, struct work, entry);
    work->function(work);
  }
  return count;
}

int notify(struct notifier *chain, unsigned long event, void *data) {
  int result = 0;
  while (chain) {
    struct notifier *next = READ_ONCE(chain->next);
    result = chain->call(chain, event, data);
    if (result & 0x8000)
      break;
    chain = next;
  }
  return result;
}

/* Read again if somebody has written meanwhile. */
unsigned long device_position(const struct device *device) {
  unsigned int sequence;
  unsigned long position;
  do {
    while ((sequence = READ_ONCE(device->sequence)) & 1)
      __asm__ volatile("rep; nop" ::: "memory");
    barrier();
    position = device->position;
    barrier();
  } while (READ_ONCE(device->sequence) != sequence);
  return position;
}

/* A system call is a wrapper that takes registers out of memory. */
struct registers {
  unsigned long di, si, dx;
};

static inline long do_close(unsigned int descriptor) {
  return descriptor > 1024 ? -9 : 0;
}

long sys_close(const struct registers *registers) {
  return do_close((unsigned int)registers->di);
}

extern long sys_nothing(const struct registers *);

long (*const system_calls[])(const struct registers *) = {
    [0] = sys_nothing, [1] = sys_close, [2 ... 3] = sys_nothing};

long system_call(const struct registers *registers, unsigned int number) {
  if (number >= 4)
    return -38;
  /* The index may be guessed wrongly by the processor. */
  __asm__("cmp %1, %0; sbb %0, %0" : "+r"(number) : "ir"(4) : "cc");
  return system_calls[number & 3](registers);
}
