// REQUIRES: clang-plugin
// Findings of a unit as compiler warnings, at every level of optimisation.

// RUN: rm -rf %t && mkdir %t
// RUN: %clang --target=x86_64-unknown-linux-gnu -O0 -gline-tables-only -fsanitize=kcfi %clang_plugin -mllvm -kcfi-check -c %s -o %t/a.o 2>&1 | FileCheck %s
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -gline-tables-only -fsanitize=kcfi %clang_plugin -mllvm -kcfi-check -c %s -o %t/a.o 2>&1 | FileCheck %s
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fno-strict-aliasing -gline-tables-only -fsanitize=kcfi %clang_plugin -mllvm -kcfi-check=warning -c %s -o %t/a.o 2>&1 | FileCheck %s
// RUN: ls %t/a.o

// Without debug info the place is the file.
// RUN: %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi %clang_plugin -mllvm -kcfi-check -c %s -o %t/a.o 2>&1 | FileCheck %s --check-prefix=NOLINES
// NOLINES: check.c: warning: @wrong is called as {{.*}} [-Wkcfi-wrong-class-flow]

// RUN: %expect_exit 1 -- %clang --target=x86_64-unknown-linux-gnu -O2 -fsanitize=kcfi %clang_plugin -mllvm -kcfi-check=error -c %s -o %t/b.o 2>&1 | FileCheck %s --check-prefix=ERROR
// ERROR: check.c: error: @wrong is called as {{.*}} [-Wkcfi-wrong-class-flow]
// ERROR: error: KCFI plugin: findings are errors here (-kcfi-check=error)
// RUN: not ls %t/b.o

// Nothing to say of an unprotected unit.
// RUN: %clang --target=x86_64-unknown-linux-gnu %clang_plugin -mllvm -kcfi-check=error -c %s -o %t/c.o 2>&1 | count 0

// CHECK-NOT: warning:
// CHECK: {{.*}}check.c:[[@LINE+8]]:{{[0-9]+}}: warning: @wrong is called as {{.*}} by @run [-Wkcfi-wrong-class-flow]
// CHECK: way: {{.*}}stored in field handler+8, called in @run
// Another unit may give @elsewhere an id.
// CHECK-NOT: warning:
struct handler {
  long key;
  void (*call)(long);
};
int run(struct handler *handler) { handler->call(handler->key); return 0; }
void right(long);
int wrong(char *text) { return *text; }
void elsewhere(long);
void register_all(struct handler *handlers) {
  handlers[0].call = right;
  handlers[1].call = (void (*)(long))wrong;
  handlers[2].call = elsewhere;
}
