/* Part of the KCFI project, under the Apache License v2.0 with LLVM Exceptions.
 * See the LICENSE file for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* What is only there for the linker: sections, tables, exports, initcalls. */

#define SECTION(name) __attribute__((section(name)))
#define INIT SECTION(".init.text") __attribute__((cold))
#define INITDATA SECTION(".init.data")
#define EXIT SECTION(".exit.text") __attribute__((used, cold))
#define NOINSTR                                                                \
  SECTION(".noinstr.text")                                                     \
  __attribute__((noinline, no_instrument_function, no_sanitize("address")))

#define ADDRESSABLE(symbol)                                                    \
  static void *SECTION(".discard.addressable")                                 \
      __attribute__((used)) addressable_##symbol = (void *)&symbol

/* An exported symbol: its name, and a place in a table of relative addresses. */
#define EXPORT(symbol)                                                         \
  extern __typeof__(symbol) symbol;                                            \
  ADDRESSABLE(symbol);                                                         \
  __asm__(".section \".export_symbol\", \"a\"\n"                               \
          "__export_symbol_" #symbol ":\n"                                     \
          ".asciz \"GPL\"\n"                                                   \
          ".asciz \"\"\n"                                                      \
          ".balign 8\n"                                                        \
          ".quad " #symbol "\n"                                                \
          ".previous")

#define INITCALL(function, level)                                              \
  ADDRESSABLE(function);                                                       \
  __asm__(".section \".initcall" #level ".init\", \"a\"\n"                     \
          "__initcall_" #function ":\n"                                        \
          ".long " #function " - .\n"                                          \
          ".previous")

struct parameter {
  const char *name;
  int (*setup)(char *);
  int early;
};

#define SETUP(text, function)                                                  \
  static const char SECTION(".init.rodata")                                    \
      __attribute__((aligned(1))) setup_name_##function[] = text;              \
  static struct parameter SECTION(".init.setup")                               \
      __attribute__((used, aligned(8))) setup_##function = {                   \
          setup_name_##function, function, 0}

extern int printk(const char *format, ...);
extern int register_driver(void *driver, int (*probe)(void *));
extern void unregister_driver(void *driver);

static INITDATA int boot_debug = 1;
static char driver[64];
unsigned long loops_per_jiffy SECTION(".data..ro_after_init") = 1 << 12;

static int INIT set_debug(char *text) {
  boot_debug = text[0] - '0';
  return 1;
}
SETUP("debug=", set_debug);

static int probe(void *device) { return device ? 0 : -19; }

static int INIT driver_init(void) {
  if (boot_debug)
    printk("\0016driver with %lu loops\n", loops_per_jiffy);
  return register_driver(driver, probe);
}
INITCALL(driver_init, 6);

static void EXIT driver_exit(void) { unregister_driver(driver); }

/* The linker gives the first and the last of the table. */
extern int SECTION(".init.rodata") initcall_start[], initcall_end[];

int INIT do_initcalls(void) {
  int failed = 0;
  for (int *entry = initcall_start; entry < initcall_end; entry++) {
    int (*function)(void) = (int (*)(void))((unsigned long)entry + *entry);
    failed += function() != 0;
  }
  return failed;
}

unsigned long NOINSTR read_clock(void) {
  unsigned int low, high;
  __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
  return low | (unsigned long)high << 32;
}
EXPORT(read_clock);

int driver_state(int state) { return state ^ driver[0]; }
EXPORT(driver_state);

__asm__(".section \".modinfo\", \"a\"\n.asciz \"license=GPL\"\n.previous");
