// REQUIRES: clang
// What a compiler makes of C: the wrong functions are found without running the
// program, at any level of optimisation, and right ones are not mentioned.

// RUN: %clang --target=x86_64-unknown-linux-gnu -O0 -fsanitize=kcfi -emit-llvm -c %s -DUNIT_A -o %t.a0.bc
// RUN: %clang --target=x86_64-unknown-linux-gnu -O0 -fsanitize=kcfi -emit-llvm -c %s -DUNIT_B -o %t.b0.bc
// RUN: %expect_exit 1 -- kcfi-report --audit %t.a0.bc %t.b0.bc | FileCheck %s
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -emit-llvm -c %s -DUNIT_A -o %t.a2.bc
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi -S -emit-llvm %s -DUNIT_B -o %t.b2.ll
// RUN: %expect_exit 1 -- kcfi-report --audit %t.a2.bc %t.b2.ll | FileCheck %s
// One unit from the standard input, the other as a summary.
// RUN: kcfi-report --format=summary %t.a2.bc -o %t.a2.ndjson
// RUN: kcfi-report --audit --fail-on=none - %t.a2.ndjson < %t.b2.ll | FileCheck %s

// CHECK:      error: @drop_expr is called as 0x{{.*}} by @run [wrong-class-flow]
// CHECK:        way: passed to @add_cleanup as argument 1,{{.*}} stored in field Cleanup+8, called in @run
// CHECK:      error: @access is called as 0x{{.*}} by @probe [unprotected-target]
// CHECK-NEXT:   function: {{.*}}, declared at
// CHECK:        way: stored in global calls+8, called in @probe
// CHECK:      warning: @table_size has 2 different ids in different units [symbol-two-ids]
// CHECK-NEXT:   d{{efined|eclared}}: unknown type [0x{{.*}}] in
// CHECK-NOT:  {{error|warning}}:
// CHECK:      findings:
// CHECK-NEXT:   wrong-class-flow (error): 1
// CHECK-NEXT:   unprotected-target (error): 1
// CHECK-NEXT:   symbol-two-ids (warning): 1

struct Expr {
  int value;
};
struct Cleanup {
  void *object;
  void (*drop)(void *);
  struct Cleanup *next;
};
extern struct Cleanup *cleanups;
void add_cleanup(void (*drop)(void *), void *object);
void drop_any(void *object);
enum Mode { Read, Write };

#ifdef UNIT_A
struct Cleanup *cleanups;
static struct Cleanup pool[16];
static unsigned used;

void add_cleanup(void (*drop)(void *), void *object) {
  struct Cleanup *entry = &pool[used++];
  entry->drop = drop;
  entry->object = object;
  entry->next = cleanups;
  cleanups = entry;
}
void run(void) {
  for (struct Cleanup *c = cleanups; c; c = c->next)
    c->drop(c->object);
}
// Declared with the type of the parameter below, defined with another.
int table_size(enum Mode mode) { return mode == Read ? 1 : 2; }
#endif

#ifdef UNIT_B
int access(const char *name, int mode);
int own_access(const char *name, int mode) { return mode; }
static struct {
  const char *name;
  int (*call)(const char *, int);
} calls[] = {{"access", access}, {"own", own_access}};
void set_call(int i, int (*call)(const char *, int)) { calls[i].call = call; }
int probe(const char *name) { return calls[0].call(name, 0); }

void drop_expr(struct Expr *expr) { expr->value = 0; }
void drop_any(void *object) { *(char *)object = 0; }
void use(struct Expr *expr) {
  add_cleanup((void (*)(void *))drop_expr, expr);
  add_cleanup(drop_any, expr);
}
int table_size(int mode);
int sizes(void) { return table_size(1); }
#endif
